# SPDX-License-Identifier: Apache-2.0
"""An account's statement of one asset for one local day: opening, what moved, closing.

Nothing is kept for it.  The closing balance is today's, less what has moved since the day ended, so
a recent day costs little and an old one as much as has moved on the account since.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from lejar.kernel.moment import MICROS_PER_DAY, local_date, start_of
from lejar.projections.paging import FIRST_PAGE, SIZE_MAX, Listing, Wanted, page
from lejar.projections.schema import (
    accounts,
    assets,
    balances,
    blocks,
    directed_entries,
    entries,
    postings,
    standing,
)
from lejar.projections.snapshot import Found, Snapshot
from lejar.projections.standing import Standing

DAYS_MAX = 60
"""A page of days has at most so many: each is looked up."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement; positive for what came in."""

    entry: int
    ordinal: int
    at: int
    command: str
    reference: bytes
    """The id of the command that moved it, or of the piece of due work."""
    amount: int
    counterparty: bytes
    """The account on the other side."""
    directive: bytes | None
    """The authority's order that moved it, if one did."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One account, one asset, one local day, in the asset's smallest unit."""

    standing: Standing
    account: bytes
    asset: bytes
    code: str | None
    """The currency's code, or the paper's; none where it is not listed."""
    day: datetime.date
    is_final: bool
    """Whether the day has ended where these projections stand."""
    opening: int
    closing: int
    came_in: int
    went_out: int
    """As a positive amount."""
    movements: int
    """How many there are on the day, on all pages."""
    entries: tuple[StatementLine, ...]
    next: str | None
    """The cursor of the rest of the day; none at its end."""


@dataclass(frozen=True, slots=True)
class StatementDay:
    """A local day on which something of an asset moved on an account."""

    day: datetime.date
    movements: int


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The entries of a day: from the first to before the next day's first."""

    first: int
    behind: int


def statement(
    snapshot: Snapshot,
    account: bytes,
    asset: bytes,
    day: datetime.date,
    wanted: Wanted = FIRST_PAGE,
) -> Statement | None:
    """Give a page of a statement; none for an account or an asset that does not exist."""
    there = select(accounts.c.id).where(accounts.c.id == account)
    code = snapshot.connection.execute(select(assets.c.code).where(assets.c.id == asset)).first()
    if snapshot.connection.execute(there).first() is None or code is None:
        return None
    bounds = _bounds(snapshot, day)
    came, went, movements = _sums(snapshot, account, asset, bounds)
    later = _sums(snapshot, account, asset, _Bounds(bounds.behind, snapshot.standing.entry + 1))
    closing = _balance(snapshot, account, asset) - later[0] + later[1]
    found = page(snapshot, _LINES, _lines(account, asset, bounds), wanted)
    return Statement(
        standing=snapshot.standing,
        account=account,
        asset=asset,
        code=code[0],
        day=day,
        is_final=day < today(snapshot),
        opening=closing - came + went,
        closing=closing,
        came_in=came,
        went_out=went,
        movements=movements,
        entries=found.rows,
        next=found.after,
    )


def whole_statement(
    snapshot: Snapshot, account: bytes, asset: bytes, day: datetime.date
) -> Statement | None:
    """Give a statement with all that moved on the day, for a message that has no pages."""
    first = statement(snapshot, account, asset, day, Wanted(size=SIZE_MAX))
    if first is None:
        return None
    lines, cursor = list(first.entries), first.next
    query = _lines(account, asset, _bounds(snapshot, day))
    while cursor is not None:
        more = page(snapshot, _LINES, query, Wanted(cursor, SIZE_MAX))
        lines.extend(more.rows)
        cursor = more.after
    return replace(first, entries=tuple(lines), next=None)


def statement_days(
    snapshot: Snapshot,
    account: bytes,
    asset: bytes,
    before: datetime.date | None = None,
    size: int = DAYS_MAX,
) -> tuple[StatementDay, ...]:
    """Give the days on which something moved, the newest first, those before a day if named."""
    behind = snapshot.standing.entry + 1
    if before is not None:
        behind = _bounds(snapshot, before).first
    return tuple(islice(_days(snapshot, account, asset, behind), min(size, DAYS_MAX)))


def day_before(
    snapshot: Snapshot, account: bytes, asset: bytes, day: datetime.date
) -> datetime.date | None:
    """Give the last day before a day on which something moved, or none."""
    found = statement_days(snapshot, account, asset, day, 1)
    return found[0].day if found else None


def day_after(
    snapshot: Snapshot, account: bytes, asset: bytes, day: datetime.date
) -> datetime.date | None:
    """Give the first day after a day on which something moved, or none."""
    c = postings.c
    query = (
        select(entries.c.at)
        .join(postings, c.entry == entries.c.number)
        .where(c.account == account, c.asset == asset, c.entry >= _bounds(snapshot, day).behind)
        .order_by(c.entry)
        .limit(1)
    )
    at = snapshot.connection.execute(query).scalar_one_or_none()
    return None if at is None else local_date(at, _offset(snapshot))


def today(snapshot: Snapshot) -> datetime.date:
    """Give the local day where these projections stand."""
    return local_date(snapshot.standing.at, _offset(snapshot))


def _days(snapshot: Snapshot, account: bytes, asset: bytes, behind: int) -> Iterator[StatementDay]:
    """Walk from day to day backwards, with two look-ups for each."""
    c = postings.c
    while True:
        query = (
            select(entries.c.at)
            .join(postings, c.entry == entries.c.number)
            .where(c.account == account, c.asset == asset, c.entry < behind)
            .order_by(c.entry.desc())
            .limit(1)
        )
        at = snapshot.connection.execute(query).scalar_one_or_none()
        if at is None:
            return
        day = local_date(at, _offset(snapshot))
        bounds = _bounds(snapshot, day)
        yield StatementDay(day, _sums(snapshot, account, asset, bounds)[2])
        behind = bounds.first


def _lines(account: bytes, asset: bytes, bounds: _Bounds) -> Select[Any]:
    """Ask for the movements of a day; the two sides of a leg stand next to each other."""
    c, other = postings.c, _OTHER.c
    beside = and_(other.entry == c.entry, other.ordinal == c.ordinal + 1 - 2 * (c.ordinal % 2))
    return (
        select(
            c.entry,
            c.ordinal,
            entries.c.at,
            entries.c.command,
            entries.c.command_id,
            c.amount,
            other.account.label("counterparty"),
            directed_entries.c.directive,
        )
        .select_from(
            postings.join(entries, entries.c.number == c.entry)
            .join(_OTHER, beside)
            .outerjoin(directed_entries, directed_entries.c.entry == c.entry)
        )
        .where(*_within(account, asset, bounds))
    )


def _sums(
    snapshot: Snapshot, account: bytes, asset: bytes, bounds: _Bounds
) -> tuple[int, int, int]:
    """Give what came in, what went out and how many movements there are between two entries."""
    amount = postings.c.amount
    came = func.coalesce(func.sum(case((amount > 0, amount), else_=0)), 0)
    went = func.coalesce(func.sum(case((amount < 0, -amount), else_=0)), 0)
    query = select(came, went, func.count()).where(*_within(account, asset, bounds))
    row = snapshot.connection.execute(query.select_from(postings)).one()
    return int(row[0]), int(row[1]), int(row[2])


def _within(account: bytes, asset: bytes, bounds: _Bounds) -> tuple[ColumnElement[bool], ...]:
    c = postings.c
    return (
        c.account == account,
        c.asset == asset,
        c.entry >= bounds.first,
        c.entry < bounds.behind,
    )


def _balance(snapshot: Snapshot, account: bytes, asset: bytes) -> int:
    c = balances.c
    query = select(c.total).where(c.asset == asset, c.account == account)
    return int(snapshot.connection.execute(query).scalar_one_or_none() or 0)


def _bounds(snapshot: Snapshot, day: datetime.date) -> _Bounds:
    begins = start_of(day, _offset(snapshot))
    return _Bounds(_first_from(snapshot, begins), _first_from(snapshot, begins + MICROS_PER_DAY))


def _first_from(snapshot: Snapshot, moment: int) -> int:
    """Give the number of the first entry from a moment on; the next one's, where none is yet."""
    c = blocks.c
    query = select(c.first).where(c.at >= moment).order_by(c.at, c.number).limit(1)
    found = snapshot.connection.execute(query).scalar_one_or_none()
    return snapshot.standing.entry + 1 if found is None else int(found)


def _offset(snapshot: Snapshot) -> int:
    return int(snapshot.connection.execute(select(standing.c.offset_minutes)).scalar_one())


def _line(row: Found) -> StatementLine:
    return StatementLine(*row)


_OTHER: Final = postings.alias("other")
_LINES: Listing[StatementLine] = Listing(
    "statement", (postings.c.entry, postings.c.ordinal), _line, newest_first=False
)
