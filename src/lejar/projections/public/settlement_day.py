# SPDX-License-Identifier: Apache-2.0
"""The settlement day in figures: open or paused, what was settled, what waits, what it took.

These are totals over everybody; nobody's balance or instruction can be told from them unless there
is only one, so what waits is given in money and number alone.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from lejar.domain.calendar import is_business_day
from lejar.domain.settlement import Priority
from lejar.kernel.moment import local_date, start_of
from lejar.ledger.accounts import Purpose
from lejar.projections.known import CURRENCY
from lejar.projections.queue import calendar_of, closes_at, waiting_lines
from lejar.projections.queue_schema import (
    queue_passes,
    settlement_days,
    settlement_state,
    settlement_values,
)
from lejar.projections.schema import accounts, assets, blocks, postings
from lejar.projections.snapshot import Snapshot
from lejar.projections.standing import Standing

PASSES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CurrencyLine:
    """One currency today, in its smallest units."""

    asset: bytes
    code: str
    settled: int
    """What was settled in it, each leg counted."""
    legs: int
    drawn: int
    """What accounts have less than this morning, added up: the liquidity that settling took."""


@dataclass(frozen=True, slots=True)
class PassLine:
    """What came out of the queue together; a bound where a set was found outside."""

    entry: int
    at: int
    settled: int
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """How many wait at a priority, and the money in them."""

    priority: Priority
    number: int
    value: int


@dataclass(frozen=True, slots=True)
class DayFound:
    """The settlement day."""

    standing: Standing
    day: date
    is_business_day: bool
    paused_by: bytes | None
    paused_at: int | None
    paused_reason: bytes | None
    closes_at: int
    closed_on: date | None
    failed_at_close: int | None
    settled: int
    partly: int
    queued: int
    failed: int
    ended: int
    currencies: tuple[CurrencyLine, ...]
    waiting: tuple[WaitingCount, ...]
    passes: tuple[PassLine, ...]
    passed: int
    """How many instructions came out of the queue today."""


def settlement_day(snapshot: Snapshot) -> DayFound:
    """Give the day as it stands."""
    state = snapshot.connection.execute(select(settlement_state)).one()
    days = calendar_of(snapshot)
    day = local_date(snapshot.standing.at, days.offset_minutes)
    counts = _counts(snapshot, day)
    passes, passed = _passes(snapshot, day)
    return DayFound(
        snapshot.standing,
        day,
        is_business_day(days, day),
        state.paused_by,
        state.paused_at,
        state.paused_reason,
        closes_at(snapshot),
        None if state.closed_on is None else date.fromisoformat(state.closed_on),
        state.failed_at_close,
        *counts,
        _currencies(snapshot, day, start_of(day, days.offset_minutes)),
        _waiting(snapshot),
        passes,
        passed,
    )


def _counts(snapshot: Snapshot, day: date) -> tuple[int, int, int, int, int]:
    c = settlement_days.c
    query = select(c.settled, c.partly, c.queued, c.failed, c.ended)
    row = snapshot.connection.execute(query.where(c.day == day.isoformat())).one_or_none()
    return (0, 0, 0, 0, 0) if row is None else (row[0], row[1], row[2], row[3], row[4])


def _currencies(snapshot: Snapshot, day: date, begins_at: int) -> tuple[CurrencyLine, ...]:
    value = settlement_values.c
    query = select(value.asset, value.amount, value.legs).where(value.day == day.isoformat())
    settled = {row.asset: (row.amount, row.legs) for row in snapshot.connection.execute(query)}
    drawn = _drawn(snapshot, begins_at)
    known = select(assets.c.id, assets.c.code).where(assets.c.kind == CURRENCY)
    rows = snapshot.connection.execute(known.order_by(assets.c.code, assets.c.id))
    return tuple(
        CurrencyLine(one, code, *settled.get(one, (0, 0)), drawn.get(one, 0)) for one, code in rows
    )


def _drawn(snapshot: Snapshot, begins_at: int) -> dict[bytes, int]:
    """Add up what accounts lost since a moment, by asset; where money is made counts for nobody."""
    first = select(func.min(blocks.c.first)).where(blocks.c.at >= begins_at)
    entry = snapshot.connection.execute(first).scalar_one_or_none()
    if entry is None:
        return {}
    c = postings.c
    nets = (
        select(c.asset, func.sum(c.amount).label("net"))
        .join(accounts, accounts.c.id == c.account)
        .join(assets, assets.c.id == c.asset)
        .where(
            c.entry >= entry,
            accounts.c.purpose != str(Purpose.ISSUANCE),
            assets.c.kind == CURRENCY,
        )
        .group_by(c.asset, c.account)
        .subquery()
    )
    lost = func.sum(case((nets.c.net < 0, -nets.c.net), else_=0))
    rows = snapshot.connection.execute(select(nets.c.asset, lost).group_by(nets.c.asset))
    return {bytes(asset): int(amount) for asset, amount in rows}


def _waiting(snapshot: Snapshot) -> tuple[WaitingCount, ...]:
    lines = waiting_lines(snapshot)
    return tuple(
        WaitingCount(
            priority,
            sum(line.priority is priority for line in lines),
            sum(line.waiting.value for line in lines if line.priority is priority),
        )
        for priority in Priority
    )


def _passes(snapshot: Snapshot, day: date) -> tuple[tuple[PassLine, ...], int]:
    c = queue_passes.c
    today_only = c.day == day.isoformat()
    total = select(func.coalesce(func.sum(c.settled), 0)).where(today_only)
    query = (
        select(c.entry, c.at, c.settled, c.value, c.bound)
        .where(today_only)
        .order_by(c.entry.desc(), c.ordinal.desc())
        .limit(PASSES_SHOWN)
    )
    found = tuple(PassLine(*row) for row in snapshot.connection.execute(query))
    return found, int(snapshot.connection.execute(total).scalar_one())
