# SPDX-License-Identifier: Apache-2.0
"""The exchange itself: legs as what really moves, through the door, all or none.

A cash leg of an account that names a settlement bank moves that bank's client money, under the
bank's standing authority; when both sides bank together, nothing moves in central-bank money.
Where an account holds a bank's deposit, its claim ends or begins (`money.money_legs`).
"""

import operator
from collections.abc import Sequence

from lejar.domain.accounts import paying_account, receiving_account
from lejar.domain.money import deposit_kept, money_legs
from lejar.domain.policy import (
    AssetKind,
    Leg,
    Movement,
    MovePurpose,
    move_resolved,
    refuse_unless_clear,
    resolved,
    screened,
)
from lejar.kernel.draft import Draft
from lejar.kernel.state import Reader

_MONEY = AssetKind.MONEY


def movements(reader: Reader, named: Sequence[Movement]) -> list[Movement]:
    """Turn named legs into what moves; refuses what a bank has not authorised, or may not do.

    What a payer gives comes first of what moves for its leg.
    """
    found = []
    for leg in named:
        claims = _claims(reader, leg)
        if claims is not None:
            found.extend([resolved(reader, one) for one in claims])
        elif _stands_on_a_bank(leg):
            source = paying_account(reader, leg.source, leg.amount)
            target = receiving_account(reader, leg.target)
            if source != target:
                found.append(resolved(reader, Leg(leg.asset, source, target, leg.amount)))
        else:
            found.append(leg)
    return found


def exchange(draft: Draft, named: Sequence[Movement], moving: Sequence[Movement]) -> None:
    """Move all legs or none.

    A freeze stops the account that is named, also where its bank's client money would move.
    """
    _refuse_unless_clear(draft, named, moving)
    move_resolved(draft, moving, MovePurpose.SETTLEMENT, named)


def screen(reader: Reader, named: Sequence[Movement], moving: Sequence[Movement]) -> list[Movement]:
    """Ask every rule but the balances; gives what the exchange would cost besides."""
    _refuse_unless_clear(reader, named, moving)
    return screened(reader, moving, MovePurpose.SETTLEMENT, named)


def _refuse_unless_clear(
    reader: Reader, named: Sequence[Movement], moving: Sequence[Movement]
) -> None:
    """Ask of the named accounts what the door asks of those that move, where these are others."""
    if len(named) == len(moving) and all(map(operator.is_, named, moving)):
        return
    for leg in named:
        refuse_unless_clear(reader, leg)


def _claims(reader: Reader, leg: Movement) -> tuple[Leg, ...] | None:
    """Give what moves when a side holds a bank's deposit in place of the currency."""
    if not _is_in_claims(reader, leg):
        return None
    return money_legs(reader, Leg(leg.asset, leg.source, leg.target, leg.amount))


def _is_in_claims(reader: Reader, leg: Movement) -> bool:
    """Say whether a side of this leg holds a bank's deposit in place of the currency."""
    return leg.profile.kind is _MONEY and (
        deposit_kept(reader, leg.source, leg.asset) is not None
        or deposit_kept(reader, leg.target, leg.asset) is not None
    )


def _stands_on_a_bank(leg: Movement) -> bool:
    """Say whether a settlement bank's client money moves for a side of this leg."""
    return leg.profile.kind is _MONEY and (
        leg.giver.cash_account is not None or leg.receiver.cash_account is not None
    )
