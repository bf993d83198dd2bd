# SPDX-License-Identifier: Apache-2.0
"""What must hold of retail tiers, each named as its sentence."""

from lejar.domain.money.deposits import deposit_kept
from lejar.domain.money.deposits.rules import party_is_a_bank
from lejar.domain.money.tiers.commands import DefineTier, OpenRetail
from lejar.domain.money.tiers.refusals import TierRefusal
from lejar.domain.policy import RETAIL_TIERS, AssetProfile, retail_is_on
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Account, Purpose


def retail_is_switched_on(reader: Reader) -> Refused | None:
    """Who sets policy has switched retail money on."""
    return None if retail_is_on(reader) else Refused(TierRefusal.RETAIL_OFF)


def caps_fit_together(command: DefineTier) -> Refused | None:
    """What may be paid at once may be paid in a day, and be held before."""
    if command.payment_max <= min(command.daily_max, command.holding_max):
        return None
    return Refused(TierRefusal.TIER_UNSOUND, allowed=min(command.daily_max, command.holding_max))


def intermediary(draft: Draft, owner: bytes, currency: AssetProfile) -> bytes:
    """Give who signed for the person: the central bank or a bank, and not the person itself."""
    for signer in draft.signers:
        is_bank = party_is_a_bank(draft, signer, currency) is None
        if signer != owner and (signer == currency.issuer or is_bank):
            return signer
    raise Refused(TierRefusal.INTERMEDIARY_MISSING)


def account_is_a_persons(
    reader: Reader, command: OpenRetail, found: Account, currency: AssetProfile
) -> Refused | None:
    """The account is the person's own and holds the currency itself; the person is no bank."""
    is_own = found.purpose is Purpose.OWN and found.cash_account is None
    is_bank = party_is_a_bank(reader, found.person, currency) is None
    kept = deposit_kept(reader, command.account, command.currency)
    if is_own and not is_bank and kept is None:
        return None
    return Refused(TierRefusal.RETAIL_ACCOUNT_UNFIT, account=command.account)


def tier_is_defined(reader: Reader, command: OpenRetail) -> Refused | None:
    """The central bank has set the tier's caps."""
    if RETAIL_TIERS.get(reader, command.currency + command.tier.encode()) is None:
        return Refused(TierRefusal.TIER_UNKNOWN, tier=command.tier)
    return None
