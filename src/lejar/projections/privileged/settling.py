# SPDX-License-Identifier: Apache-2.0
"""What whoever runs settlement watches: limits, reservations, and what failing costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from lejar.domain.settlement.limits import SenderLimits
from lejar.kernel.identifiers import ID_BYTES
from lejar.projections.queue import limits_of
from lejar.projections.queue_schema import fail_rules
from lejar.projections.schema import accounts, holds
from lejar.projections.snapshot import Snapshot

RESERVE: Final = "reserve"


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A sender limit with what is left of it today; no counterparty: all others together."""

    party: bytes
    asset: bytes
    counterparty: bytes | None
    amount: int
    room: int


@dataclass(frozen=True, slots=True)
class ReserveLine:
    """What an account keeps for urgent instructions."""

    account: bytes
    owner: bytes
    asset: bytes
    amount: int


@dataclass(frozen=True, slots=True)
class FailRuleLine:
    """What failing to give an asset costs a day, in millionths, and when a buy-in may come."""

    asset: bytes
    daily_rate: int | None
    free_days: int
    buy_in_after: int | None
    buy_in_notice: int | None
    entry: int


def limits_page(snapshot: Snapshot, party: bytes | None) -> tuple[LimitLine, ...]:
    """Give a party's limits, or everybody's."""
    return tuple(
        line
        for key, one in limits_of(snapshot).items()
        if party in (None, key[:ID_BYTES])
        for line in _lines(key, one)
    )


def _lines(key: bytes, one: SenderLimits) -> Iterator[LimitLine]:
    party, asset, day = key[:ID_BYTES], key[ID_BYTES:], one.day
    named: list[tuple[bytes | None, int | None]] = [(None, one.to_all), *one.to_one]
    for counterparty, amount in named:
        room = one.room(day, counterparty)
        if amount is not None and room is not None:
            yield LimitLine(party, asset, counterparty, amount, room)


def reserves_of(snapshot: Snapshot, party: bytes | None) -> tuple[ReserveLine, ...]:
    """Give what a party keeps for urgent instructions, or what everybody keeps."""
    c = holds.c
    query = (
        select(c.account, accounts.c.owner, c.asset, c.amount)
        .join(accounts, accounts.c.id == c.account)
        .where(c.purpose == RESERVE)
        .order_by(c.account, c.asset)
    )
    if party is not None:
        query = query.where(accounts.c.owner == party)
    return tuple(ReserveLine(*row) for row in snapshot.connection.execute(query))


def fail_rules_of(snapshot: Snapshot) -> tuple[FailRuleLine, ...]:
    """Give what failing costs, by asset: it is public."""
    query = select(*(fail_rules.c[name] for name in FailRuleLine.__dataclass_fields__))
    rows = snapshot.connection.execute(query.order_by(fail_rules.c.asset))
    return tuple(FailRuleLine(*row) for row in rows)
