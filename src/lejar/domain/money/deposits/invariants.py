# SPDX-License-Identifier: Apache-2.0
"""What is always true of tokenised deposits; walked by a full replay."""

from lejar.domain.money.deposits.model import DEPOSITS, KEPT
from lejar.domain.policy import AssetClass, AssetKind, known_profile
from lejar.kernel.failure import must
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.state import State
from lejar.ledger.accounts import Purpose, known_account
from lejar.ledger.balances import holders, supply


def claims_are_on_their_bank(state: State) -> None:
    """A bank owes exactly what its depositors hold, and settles from an account of its own."""
    for asset, deposit in DEPOSITS.scan(state):
        profile = known_profile(state, asset)
        must(profile.issuer == deposit.bank, "a deposit is its bank's liability")
        must(profile.kind is AssetKind.MONEY, "a deposit is money")
        must(profile.asset_class is AssetClass.DEPOSIT, "a deposit is of the class of deposits")
        issuance = profile.issuance_account
        held = [found.total for account, found in holders(state, asset) if account != issuance]
        must(supply(state, asset, issuance) == sum(held), "what is owed is what is held")
        settles_in = known_account(state, deposit.settles_in)
        must(settles_in.owner == deposit.bank, "a bank settles from its own account")
    for key, kept in KEPT.scan(state):
        account, currency = key[:ID_BYTES], key[ID_BYTES:]
        must(DEPOSITS.require(state, kept.deposit).currency == currency, "a deposit is kept for it")
        found = known_account(state, account)
        must(found.cash_account is None, "a depositor's account stands on no bank's pool")
        must(found.purpose is not Purpose.ISSUANCE, "what an issuer owes is nobody's deposit")
