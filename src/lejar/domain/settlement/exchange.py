# SPDX-License-Identifier: Apache-2.0
"""The exchange itself: an instruction's legs as movements, tried, held and settled.

A cash leg of an account that names a settlement bank moves that bank's client money, under the
bank's standing authority; when both sides bank together, nothing moves in central-bank money.
Where an account holds a bank's deposit, its claim ends or begins (`money.money_legs`).
"""

from collections.abc import Sequence

import msgspec

from lejar.domain.accounts import paying_account, receiving_account
from lejar.domain.money import bank_of, deposit_kept, money_legs
from lejar.domain.policy import (
    AssetKind,
    Leg,
    Movement,
    MovePurpose,
    move_resolved,
    refuse_unless_clear,
    resolved,
)
from lejar.domain.settlement.model import InstructionLeg
from lejar.kernel.draft import Draft
from lejar.kernel.state import Reader
from lejar.ledger.accounts import known_account


def read_legs(reader: Reader, legs: Sequence[InstructionLeg]) -> list[Movement]:
    """Read the assets and accounts that an instruction names, and what each security costs."""
    read = [resolved(reader, Leg(leg.asset, leg.source, leg.target, leg.amount)) for leg in legs]
    first, second = read
    if first.profile.kind is AssetKind.SECURITY:
        return _priced(reader, first, second)
    security, money = _priced(reader, second, first)
    return [money, security]


def _priced(reader: Reader, security: Movement, money: Movement) -> list[Movement]:
    """Give both legs: a security's with what is paid for it, both with the banks that move."""
    pays_from, paid_to = money.source, money.target
    payer, payee = money.giver, money.receiver
    agents: tuple[bytes, ...] = ()
    if payer.cash_account is not None:
        pays_from = payer.cash_account
        agents = (known_account(reader, pays_from).owner,)
    if payee.cash_account is not None:
        paid_to = payee.cash_account
        agents = (*agents, known_account(reader, paid_to).owner)
    for account in (money.source, money.target):
        bank = bank_of(reader, account, money.asset)
        agents = agents if bank is None else (*agents, bank)
    priced = Movement(
        security.asset,
        security.source,
        security.target,
        security.amount,
        security.profile,
        security.giver,
        security.receiver,
        money.amount,
        money.asset,
        pays_from,
        paid_to,
        agents,
    )
    return [priced, msgspec.structs.replace(money, agents=agents) if agents else money]


def movements(reader: Reader, named: Sequence[Movement]) -> list[Movement]:
    """Turn named legs into what moves; refuses what a bank has not authorised, or may not do.

    What a payer gives comes first of what moves for its leg.
    """
    found = []
    for leg in named:
        claims = _claims(reader, leg)
        if claims is not None:
            found.extend([resolved(reader, one) for one in claims])
        elif _moves_elsewhere(reader, leg):
            source = paying_account(reader, leg.source, leg.amount)
            target = receiving_account(reader, leg.target)
            if source != target:
                found.append(resolved(reader, Leg(leg.asset, source, target, leg.amount)))
        else:
            found.append(leg)
    return found


def exchange(draft: Draft, named: Sequence[Movement]) -> None:
    """Move all legs or none.

    A freeze stops the account that is named, also where its bank's client money would move.
    """
    moving = movements(draft, named)
    if any(_moves_elsewhere(draft, leg) for leg in named):
        for leg in named:
            refuse_unless_clear(draft, leg)
    move_resolved(draft, moving, MovePurpose.SETTLEMENT, named)


def _claims(reader: Reader, leg: Movement) -> tuple[Leg, ...] | None:
    """Give what moves when a side holds a bank's deposit in place of the currency."""
    if leg.profile.kind is not AssetKind.MONEY:
        return None
    return money_legs(reader, Leg(leg.asset, leg.source, leg.target, leg.amount))


def _moves_elsewhere(reader: Reader, leg: Movement) -> bool:
    """Say whether a bank's money, or a claim on it, moves for a side of this leg."""
    return leg.profile.kind is AssetKind.MONEY and (
        leg.giver.cash_account is not None
        or leg.receiver.cash_account is not None
        or deposit_kept(reader, leg.source, leg.asset) is not None
        or deposit_kept(reader, leg.target, leg.asset) is not None
    )
