# SPDX-License-Identifier: Apache-2.0
"""Outside ledgers, their statements, and breaks by age; for their sides and supervisors.

A break is also for whom it is assigned to.  Its age is counted in business days of the hub's
calendar, up to the day it was resolved, or to the day at which the answer stands.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from lejar.domain.calendar import Calendar
from lejar.domain.reconciliation import business_days_since
from lejar.kernel.codec import decode
from lejar.kernel.moment import local_date
from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.reconciled_schema import (
    break_history,
    breaks,
    business_calendar,
    counterparts,
    outside_statements,
)
from lejar.projections.snapshot import Found, Snapshot


@dataclass(frozen=True, slots=True)
class CounterpartLine:
    """An outside ledger; `closing` is what its account had when `closed_on` ended."""

    id: bytes
    kind: str
    keeper: bytes
    owner: bytes
    account: bytes
    asset: bytes
    reference: bytes
    business_days: int | None
    closed_on: str | None
    closing: int | None
    is_ended: bool
    named: int
    entry: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What an outside ledger said of a day, beside what the hub had."""

    counterpart: bytes
    asset: bytes
    sequence: int
    day: str
    theirs: int
    ours: int
    entries: int
    matched: int
    unmatched: int
    is_matched: bool
    file: bytes
    recorded_at: int
    recorded: int
    entry: int


@dataclass(frozen=True, slots=True)
class BreakLine:
    """Something that two ledgers tell differently."""

    id: bytes
    counterpart: bytes
    keeper: bytes
    owner: bytes
    asset: bytes
    sequence: int
    kind: str
    day: str
    reference: bytes | None
    ours: int | None
    theirs: int | None
    candidates: int
    opened_on: str
    stage: str
    is_escalated: bool
    assigned_to: bytes | None
    cause: str | None
    correction: int | None
    ended_on: str | None
    opened: int
    entry: int

    @property
    def difference(self) -> int:
        """Theirs less ours; what a ledger does not have counts as nothing."""
        return (self.theirs or 0) - (self.ours or 0)

    @property
    def concerned(self) -> tuple[bytes, ...]:
        """Its sides, and whom it is assigned to."""
        assigned = () if self.assigned_to is None else (self.assigned_to,)
        return (self.keeper, self.owner, *assigned)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a break's life: `opened`, `escalated`, or the stage that it came to."""

    entry: int
    at: int
    step: str
    party: bytes | None
    cause: str | None
    evidence: bytes | None
    correction: int | None


_COUNTERPART = tuple(counterparts.c[name] for name in CounterpartLine.__dataclass_fields__)
_OF_COUNTERPART = {"keeper", "owner", "asset"}
_STATEMENT = tuple(
    (counterparts if name == "asset" else outside_statements).c[name]
    for name in StatementLine.__dataclass_fields__
)
_BREAK = tuple(
    (counterparts if name in _OF_COUNTERPART else breaks).c[name]
    for name in BreakLine.__dataclass_fields__
)
_STEP = tuple(break_history.c[name] for name in StepLine.__dataclass_fields__)


def counterparts_page(
    snapshot: Snapshot, party: bytes | None, wanted: Wanted = FIRST_PAGE
) -> Page[CounterpartLine]:
    """Give a page of the outside ledgers of which a party is a side, or of all; newest first."""
    query = _for_sides(select(*_COUNTERPART), party)
    return page(snapshot, _COUNTERPARTS, query, wanted)


def counterparts_of(snapshot: Snapshot, party: bytes | None) -> tuple[CounterpartLine, ...]:
    """Give every outside ledger of which a party is a side, or all; they are few."""
    query = _for_sides(select(*_COUNTERPART), party).order_by(counterparts.c.named)
    return tuple(_counterpart(row) for row in snapshot.connection.execute(query))


def statements_page(
    snapshot: Snapshot, party: bytes | None, wanted: Wanted = FIRST_PAGE
) -> Page[StatementLine]:
    """Give a page of statements, the one that was recorded last first."""
    joined = outside_statements.join(
        counterparts, counterparts.c.id == outside_statements.c.counterpart
    )
    query = _for_sides(select(*_STATEMENT).select_from(joined), party)
    return page(snapshot, _STATEMENTS, query, wanted)


def breaks_page(
    snapshot: Snapshot, party: bytes | None, stage: str | None = None, wanted: Wanted = FIRST_PAGE
) -> Page[BreakLine]:
    """Give a page of breaks, at one stage or at all; the oldest first, for they are the worst."""
    query = _for_sides(_breaks(), party, breaks.c.assigned_to == party)
    if stage is not None:
        query = query.where(breaks.c.stage == stage)
    return page(snapshot, _BREAKS, query, wanted)


def break_found(snapshot: Snapshot, break_id: bytes) -> BreakLine | None:
    """Give one break; `concerned` says whom it is for."""
    row = snapshot.connection.execute(_breaks().where(breaks.c.id == break_id)).one_or_none()
    return None if row is None else _break(row)


def steps_of(snapshot: Snapshot, break_id: bytes) -> tuple[StepLine, ...]:
    """Give a break's life, from its beginning."""
    c = break_history.c
    query = select(*_STEP).where(c.break_id == break_id).order_by(c.entry)
    return tuple(StepLine(*row) for row in snapshot.connection.execute(query))


def ages(snapshot: Snapshot, lines: tuple[BreakLine, ...]) -> tuple[int, ...]:
    """Give the age of each break in business days."""
    data = snapshot.connection.execute(select(business_calendar.c.data)).scalar_one()
    days: Calendar = decode(bytes(data), Calendar)
    now = local_date(snapshot.standing.at, days.offset_minutes)
    return tuple(
        business_days_since(
            days,
            date.fromisoformat(line.opened_on),
            now if line.ended_on is None else date.fromisoformat(line.ended_on),
        )
        for line in lines
    )


def _breaks() -> Select[Any]:
    joined = breaks.join(counterparts, counterparts.c.id == breaks.c.counterpart)
    return select(*_BREAK).select_from(joined)


def _for_sides(
    query: Select[Any], party: bytes | None, *others: ColumnElement[bool]
) -> Select[Any]:
    if party is None:
        return query
    c = counterparts.c
    return query.where(or_(c.keeper == party, c.owner == party, *others))


def _counterpart(row: Found) -> CounterpartLine:
    return CounterpartLine(*row)


def _statement(row: Found) -> StatementLine:
    return StatementLine(*row)


def _break(row: Found) -> BreakLine:
    return BreakLine(*row)


_COUNTERPARTS: Listing[CounterpartLine] = Listing(
    "counterparts", (counterparts.c.named, counterparts.c.id), _counterpart
)
_STATEMENTS: Listing[StatementLine] = Listing(
    "outside_statements", (outside_statements.c.recorded,), _statement
)
_BREAKS: Listing[BreakLine] = Listing(
    "breaks", (breaks.c.opened, breaks.c.id), _break, newest_first=False
)
