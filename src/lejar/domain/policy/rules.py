# SPDX-License-Identifier: Apache-2.0
"""The first rules of the one door, each named as the sentence that must hold.

A rule answers none when it does not bind, or the largest amount it allows and the reason.  Rules
never call rules; asking for more never raises the answer.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from lejar.domain.identity import PARTIES, Party, PartyStatus, has_credential
from lejar.domain.policy.freezes import asset_is_not_frozen
from lejar.domain.policy.halts import market_is_not_halted
from lejar.domain.policy.limits import account_may_hold, accounts_keep_their_limits
from lejar.domain.policy.model import FOR_GOOD, FREEZES, Allowance, Movement
from lejar.domain.policy.netting import person_gains
from lejar.domain.policy.refusals import PolicyRefusal
from lejar.domain.policy.retail import (
    may_hold_as_retail,
    source_stays_within_tier,
    target_stays_within_tier,
)
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Account
from lejar.ledger.balances import owned

_PARTY = PARTIES.prefix
_OPEN = PartyStatus.OPEN
_FREEZE = FREEZES.prefix


MovementRule: TypeAlias = Callable[[Reader, Movement, Sequence[Movement]], Allowance | None]
"""Reader, leg, and all the legs of the command: amounts in and out are netted over these."""


def source_is_open(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Allowance | None:
    """The giver is not suspended, nor whom it gives for.

    Basis: rules of the hub; a suspended party neither acts nor gives.
    """
    stopped = _suspended(reader, leg.giver, leg.source)
    if stopped is None:
        return None
    return Allowance(PolicyRefusal.SOURCE_SUSPENDED, 0, (stopped,))


def target_is_open(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Allowance | None:
    """The receiver is not suspended, nor whom it receives for.

    Basis: rules of the hub; a suspended party does not receive.
    """
    stopped = _suspended(reader, leg.receiver, leg.target)
    if stopped is None:
        return None
    return Allowance(PolicyRefusal.TARGET_SUSPENDED, 0, (stopped,))


def source_is_not_frozen(
    reader: Reader, leg: Movement, _legs: Sequence[Movement]
) -> Allowance | None:
    """Neither the giver, nor whom it gives for, nor its account is frozen.

    Basis: the directive that froze it.
    """
    get = reader.get
    giver = leg.giver
    freeze = get(_FREEZE + giver.owner) or get(_FREEZE + giver.person) or get(_FREEZE + leg.source)
    if freeze is None:
        return None
    facts = (("account", leg.source), ("agency", freeze.by))
    return Allowance(PolicyRefusal.SOURCE_FROZEN, 0, facts)


def target_is_not_frozen(
    reader: Reader, leg: Movement, _legs: Sequence[Movement]
) -> Allowance | None:
    """Neither the receiver, nor whom it receives for, nor its account is frozen.

    Basis: the directive that froze it; the facts do not name the agency to a counterparty.
    """
    get = reader.get
    stops = (leg.receiver.owner, leg.receiver.person, leg.target)
    if all(get(_FREEZE + subject) is None for subject in stops):
        return None
    return Allowance(PolicyRefusal.TARGET_FROZEN, 0, (("account", leg.target),))


def target_is_eligible(
    reader: Reader, leg: Movement, _legs: Sequence[Movement]
) -> Allowance | None:
    """The receiver holds every credential that the asset demands, none of them expired.

    Basis: terms of issue, eligible holders.  A holder whose credential lapsed may still give, and
    the issuer may always take back what is its own obligation.  A retail holder of a currency holds
    it by its tier in place of them.
    """
    person = leg.receiver.person
    if person == leg.profile.issuer:
        return None
    for wanted in leg.profile.required:
        if not has_credential(reader, person, wanted):
            if may_hold_as_retail(reader, leg.asset, person):
                return None
            return Allowance(PolicyRefusal.TARGET_INELIGIBLE, 0, (("credential", wanted),))
    return None


def lock_up_has_ended(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Allowance | None:
    """The asset's lock-up has ended, and its register is not closed for redemption.

    Basis: terms of issue, lock-up and redemption.
    """
    until = leg.profile.locked_until
    if until is None or reader.at >= until:
        return None
    if until == FOR_GOOD:
        return Allowance(PolicyRefusal.REGISTER_CLOSED, 0)
    return Allowance(PolicyRefusal.LOCK_UP, 0, (("until", until),))


def target_stays_within_cap(
    reader: Reader, leg: Movement, legs: Sequence[Movement]
) -> Allowance | None:
    """The receiver, over all accounts and with what is on its way in, stays within the cap.

    Basis: terms of issue, holding cap.  Amounts in and out of one command are netted first.  The
    issuer is no holder of its own obligation: it may always take it back.
    """
    cap = leg.profile.holding_max
    if cap is None or leg.receiver.person == leg.profile.issuer:
        return None
    net_in = person_gains(leg.receiver.person, leg.asset, legs)
    if net_in <= 0:
        return None
    has = owned(reader, leg.asset, leg.receiver.person)
    room = cap - has.total - has.pending_in - (net_in - leg.amount)
    facts = (("allowed", max(room, 0)), ("cap", cap))
    return Allowance(PolicyRefusal.HOLDING_CAP, max(room, 0), facts)


def is_clear(reader: Reader, account: bytes, record: Account) -> bool:
    """Say whether no rule about a side stops it: whoever stands behind it is open, none frozen."""
    return (
        reader.get(_FREEZE + account) is None
        and _may_act(reader, record.owner)
        and (record.beneficiary is None or _may_act(reader, record.beneficiary))
    )


def _may_act(reader: Reader, party: bytes) -> bool:
    found: Party | None = reader.get(_PARTY + party)
    return found is not None and found.status is _OPEN and reader.get(_FREEZE + party) is None


def _suspended(reader: Reader, side: Account, account: bytes) -> tuple[str, bytes] | None:
    """Name a suspended owner; for a beneficiary name the account: a client is nobody's business."""
    if PARTIES.require(reader, side.owner).status is not _OPEN:
        return ("party", side.owner)
    if PARTIES.require(reader, side.person).status is not _OPEN:
        return ("account", account)
    return None


SIDES: tuple[MovementRule, ...] = (
    source_is_open,
    target_is_open,
    source_is_not_frozen,
    target_is_not_frozen,
)
"""The rules about a side; `is_clear` says that none of them stops it."""

TRANSFER: tuple[MovementRule, ...] = (
    *SIDES,
    asset_is_not_frozen,
    market_is_not_halted,
    target_is_eligible,
    lock_up_has_ended,
    target_stays_within_cap,
    target_stays_within_tier,
    source_stays_within_tier,
    accounts_keep_their_limits,
)
"""What judges a movement between holders."""

HOLDERS_ONLY: tuple[MovementRule, ...] = (
    market_is_not_halted,
    lock_up_has_ended,
    source_stays_within_tier,
    accounts_keep_their_limits,
)

PRIMARY: tuple[MovementRule, ...] = (
    *(rule for rule in TRANSFER if rule not in HOLDERS_ONLY),
    account_may_hold,
)
"""What judges a movement out of or into the issuer's hands: what binds holders only is left out."""

FORCED: tuple[MovementRule, ...] = (
    target_is_open,
    target_is_not_frozen,
    target_is_eligible,
    target_stays_within_cap,
)
"""What judges a transfer that an authority forces: the giver is not asked, the receiver is."""

SEIZED: tuple[MovementRule, ...] = (target_is_open,)
"""What judges a seizure: a court keeps what it may not own."""
