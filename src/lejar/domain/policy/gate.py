# SPDX-License-Identifier: Apache-2.0
"""The one door: every movement of every asset passes here, all legs or none.

A dry run (`judge`) and an execution (`move`) are the same function, so they cannot disagree.  A
purpose names a list of rules; there is no flag that turns rules off.
"""

from collections.abc import Sequence

from lejar.domain.policy.model import (
    PROFILES,
    Allowance,
    AssetProfile,
    Leg,
    MovePurpose,
    Movement,
)
from lejar.domain.policy.rules import PRIMARY, TRANSFER, MovementRule
from lejar.kernel.draft import Draft
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import known_account
from lejar.ledger.balances import balance, post
from lejar.ledger.refusals import LedgerRefusal



RULES: dict[MovePurpose, tuple[MovementRule, ...]] = {
    MovePurpose.SETTLEMENT: TRANSFER,
    MovePurpose.ISSUE: PRIMARY,
    MovePurpose.SERVICING: PRIMARY,
}


def move(draft: Draft, legs: Sequence[Leg], purpose: MovePurpose) -> None:
    """Judge all legs together; post them all, or refuse with the tightest rule's reason."""
    judge(draft, legs, purpose)
    for leg in legs:
        post(draft, leg.asset, leg.source, -leg.amount)
        post(draft, leg.asset, leg.target, leg.amount)


def judge(reader: Reader, legs: Sequence[Leg], purpose: MovePurpose) -> None:
    """Refuse exactly when `move` would, and change nothing."""
    rules = RULES[purpose]
    movements = _read(reader, legs)
    for movement in movements:
        tightest: Allowance | None = None
        for rule in rules:
            answer = rule(reader, movement)
            if answer is not None and not answer.allows(movement.amount):
                if tightest is None or answer.at_most < tightest.at_most:
                    tightest = answer
        if tightest is not None:
            raise Refused(tightest.reason, asset=movement.asset, **dict(tightest.facts))
    _funds_suffice(reader, legs)


def allowed(reader: Reader, leg: Leg, purpose: MovePurpose) -> Allowance | None:
    """Give the tightest answer for one leg, or none when only the balance limits it."""
    (movement,) = _read(reader, (leg,))
    answers = [rule(reader, movement) for rule in RULES[purpose]]
    return min((a for a in answers if a is not None), key=lambda a: a.at_most, default=None)


def known_profile(reader: Reader, asset: bytes) -> AssetProfile:
    """Give an asset's profile, or refuse."""
    found = PROFILES.get(reader, asset)
    if found is None:
        raise Refused(LedgerRefusal.ASSET_UNKNOWN, asset=asset)
    return found


def _read(reader: Reader, legs: Sequence[Leg]) -> list[Movement]:
    rows = []
    net: dict[bytes, int] = {}
    for leg in legs:
        asset, amount = leg.asset, leg.amount
        profile = known_profile(reader, asset)
        source = known_account(reader, leg.source).owner
        target = known_account(reader, leg.target).owner
        net[asset + source] = net.get(asset + source, 0) - amount
        net[asset + target] = net.get(asset + target, 0) + amount
        rows.append((leg, profile, source, target))
    return [
        Movement(
            leg.asset,
            leg.source,
            leg.target,
            leg.amount,
            source,
            target,
            profile,
            net[leg.asset + target],
        )
        for leg, profile, source, target in rows
    ]


def _funds_suffice(reader: Reader, legs: Sequence[Leg]) -> None:
    """Every account can give what the legs, in their order, take from it."""
    changes: dict[bytes, int] = {}
    for leg in legs:
        source, target = leg.asset + leg.source, leg.asset + leg.target
        left = changes.get(source, 0) - leg.amount
        changes[source] = left
        changes[target] = changes.get(target, 0) + leg.amount
        profile = PROFILES.require(reader, leg.asset)
        has = balance(reader, leg.asset, leg.source)
        if leg.source != profile.issuance_account and has.free + left < 0:
            raise Refused(
                LedgerRefusal.FUNDS_INSUFFICIENT,
                account=leg.source,
                asset=leg.asset,
                missing=-(has.free + left),
            )
        there = balance(reader, leg.asset, leg.target)
        if there.total + changes[target] > AMOUNT_MAX:
            raise Refused(LedgerRefusal.AMOUNT_TOO_LARGE, account=leg.target, asset=leg.asset)
