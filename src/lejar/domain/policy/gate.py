# SPDX-License-Identifier: Apache-2.0
"""The one door: every movement of every asset passes here, all legs or none.

A dry run (`judge`) and an execution (`move`) are the same function, so they cannot disagree.  A
purpose names a list of rules; there is no flag that turns rules off.
"""

from collections.abc import Iterable, Sequence

from lejar.domain.policy.freezes import asset_is_not_frozen
from lejar.domain.policy.model import (
    PROFILES,
    Allowance,
    AssetProfile,
    Leg,
    Movement,
    MovePurpose,
)
from lejar.domain.policy.rules import (
    FORCED,
    PRIMARY,
    SEIZED,
    SIDES,
    TRANSFER,
    MovementRule,
    is_clear,
)
from lejar.domain.policy.switches import market_is_not_halted
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Account, known_account
from lejar.ledger.balances import Change, Plan, planned, post
from lejar.ledger.refusals import LedgerRefusal

RULES: dict[MovePurpose, tuple[MovementRule, ...]] = {
    MovePurpose.SETTLEMENT: TRANSFER,
    MovePurpose.ISSUE: PRIMARY,
    MovePurpose.SERVICING: PRIMARY,
    MovePurpose.DIRECTIVE: FORCED,
    MovePurpose.SEIZURE: SEIZED,
}

_OF_LEGS = {
    purpose: tuple(rule for rule in rules if rule not in SIDES) for purpose, rules in RULES.items()
}


def move(draft: Draft, legs: Iterable[Leg], purpose: MovePurpose) -> None:
    """Judge all legs together; post them all, or refuse with the tightest rule's reason."""
    move_resolved(draft, [resolved(draft, leg) for leg in legs], purpose)


def move_resolved(draft: Draft, movements: Sequence[Movement], purpose: MovePurpose) -> None:
    """Do the same with legs whose facts the caller has already read."""
    post(draft, _judged(draft, movements, purpose))


def judge(reader: Reader, legs: Iterable[Leg], purpose: MovePurpose) -> None:
    """Refuse exactly when `move` would, and change nothing."""
    _judged(reader, [resolved(reader, leg) for leg in legs], purpose)


def allowed(reader: Reader, leg: Leg, purpose: MovePurpose) -> Allowance | None:
    """Give the tightest answer for one leg, or none when only the balance limits it."""
    movement = resolved(reader, leg)
    answers = [rule(reader, movement, (movement,)) for rule in RULES[purpose]]
    return min((a for a in answers if a is not None), key=lambda a: a.at_most, default=None)


def resolved(reader: Reader, leg: Leg) -> Movement:
    """Read what the rules ask about a leg; refuses an asset or account that does not exist."""
    return Movement(
        leg.asset,
        leg.source,
        leg.target,
        leg.amount,
        known_profile(reader, leg.asset),
        known_account(reader, leg.source),
        known_account(reader, leg.target),
    )


def refuse_unless_clear(reader: Reader, leg: Movement) -> None:
    """Refuse a leg that is stopped as it is named, although another account moves in its place."""
    clear = is_clear(reader, leg.source, leg.giver.owner) and is_clear(
        reader, leg.target, leg.receiver.owner
    )
    for rule in (*(() if clear else SIDES), asset_is_not_frozen, market_is_not_halted):
        answer = rule(reader, leg, (leg,))
        if answer is not None:
            raise Refused(answer.reason, asset=leg.asset, **dict(answer.facts))


def known_profile(reader: Reader, asset: bytes) -> AssetProfile:
    """Give an asset's profile, or refuse."""
    found = PROFILES.get(reader, asset)
    if found is None:
        raise Refused(LedgerRefusal.ASSET_UNKNOWN, asset=asset)
    return found


def _judged(reader: Reader, movements: Sequence[Movement], purpose: MovePurpose) -> Plan:
    """Ask every rule about every leg, then the balances; gives what is to be posted.

    A side that is clear in one leg is clear in all: rules about sides are asked one by one only
    to find the reason when a side is not clear.
    """
    every, of_legs = RULES[purpose], _OF_LEGS[purpose]
    clear: dict[bytes, bool] = {}
    for leg in movements:
        if _is_clear(reader, clear, leg.source, leg.giver) and _is_clear(
            reader, clear, leg.target, leg.receiver
        ):
            rules = of_legs
        else:
            rules = every
        tightest: Allowance | None = None
        for rule in rules:
            answer = rule(reader, leg, movements)
            if (
                answer is not None
                and not answer.allows(leg.amount)
                and (tightest is None or answer.at_most < tightest.at_most)
            ):
                tightest = answer
        if tightest is not None:
            raise Refused(tightest.reason, asset=leg.asset, **dict(tightest.facts))
    changes: list[Change] = []
    for leg in movements:
        changes.append((leg.asset, leg.source, leg.giver, -leg.amount))
        changes.append((leg.asset, leg.target, leg.receiver, leg.amount))
    return planned(reader, changes)


def _is_clear(reader: Reader, clear: dict[bytes, bool], account: bytes, record: Account) -> bool:
    known = clear.get(account)
    if known is None:
        known = clear[account] = is_clear(reader, account, record.owner)
    return known
