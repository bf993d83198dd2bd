# SPDX-License-Identifier: Apache-2.0
"""Outside ledgers, their statements, and what they tell differently."""

from dataclasses import dataclass
from datetime import date

from lejar.web.views.parts import Amount, AsAt, Fact, PartyRef, Span, State
from lejar.web.views.settlement import StageRow


@dataclass(frozen=True, slots=True)
class BreakRow:
    """One break in a list."""

    break_id: str
    kind: str
    day: date
    difference: Amount
    """Theirs less ours."""
    age: int
    """Business days since it opened, until it was resolved."""
    is_escalated: bool
    state: State
    assigned_to: PartyRef | None
    entry: int


@dataclass(frozen=True, slots=True)
class OutsideStatementRow:
    """A statement beside what the hub had."""

    day: date
    sequence: int
    keeper: PartyRef
    theirs: Amount
    ours: Amount
    entries: int
    accounted: int
    """Entries of it that are matched, or stand in a break; breaks of ours alone count as well."""
    entry: int


@dataclass(frozen=True, slots=True)
class ReconciliationView:
    """The page of reconciliation, for the sides of outside ledgers and their supervisors."""

    as_at: AsAt
    rows: tuple[BreakRow, ...] | None
    """None: nobody is signed in."""
    statements: tuple[OutsideStatementRow, ...] | None
    """The last ones; None: nobody is signed in."""
    wanted: State | None
    span: Span


@dataclass(frozen=True, slots=True)
class BreakView:
    """One break with its life."""

    as_at: AsAt
    row: BreakRow
    facts: tuple[Fact, ...]
    steps: tuple[StageRow, ...]
