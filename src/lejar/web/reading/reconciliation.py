# SPDX-License-Identifier: Apache-2.0
"""Breaks and statements of outside ledgers, for whom they concern."""

from datetime import date
from typing import Final

from lejar.kernel import identifiers
from lejar.projections import Wanted
from lejar.projections.privileged import reconciliation as told
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import reader_is_concerned
from lejar.web.reading.asked import Asked
from lejar.web.reading.cursors import read_page, span_of
from lejar.web.reading.facts import named_facts

STATEMENTS_SHOWN: Final = 20
OPENED: Final = "opened"


def reconciliation_view(
    asked: Asked, wanted: views.State | None, cursor: Cursor
) -> views.ReconciliationView:
    """Give the page: nothing of it is public."""
    reader = asked.reader
    if reader is None:
        return views.ReconciliationView(asked.as_at, None, None, wanted, views.Span(None, None))
    party = None if reader.supervises else reader.party
    stage = None if wanted is None else wanted.value
    found = read_page(lambda page: told.breaks_page(asked.snapshot, party, stage, page), cursor)
    ages = told.ages(asked.snapshot, found.rows)
    rows = [_row(asked, line, age) for line, age in zip(found.rows, ages, strict=True)]
    last = told.statements_page(asked.snapshot, party, Wanted(size=STATEMENTS_SHOWN))
    keepers = {one.id: one.keeper for one in told.counterparts_of(asked.snapshot, party)}
    statements = tuple(_statement(asked, line, keepers[line.counterpart]) for line in last.rows)
    return views.ReconciliationView(asked.as_at, tuple(rows), statements, wanted, span_of(found))


def break_view(asked: Asked, id_: bytes) -> views.BreakView | None:
    """Give the page of a break, to its sides and to whom it is assigned."""
    line = told.break_found(asked.snapshot, id_)
    if line is None or not reader_is_concerned(asked.reader, line.concerned):
        return None
    (age,) = told.ages(asked.snapshot, (line,))
    steps = told.steps_of(asked.snapshot, id_)
    return views.BreakView(
        asked.as_at, _row(asked, line, age), _facts(asked, line), tuple(map(_step, steps))
    )


def _row(asked: Asked, line: told.BreakLine, age: int) -> views.BreakRow:
    assigned = line.assigned_to
    return views.BreakRow(
        break_id=identifiers.show("break", line.id),
        kind=line.kind,
        day=date.fromisoformat(line.day),
        difference=asked.amount(line.asset, line.difference),
        age=age,
        is_escalated=line.is_escalated,
        state=views.State(line.stage),
        assigned_to=None if assigned is None else asked.party(assigned),
        entry=line.entry,
    )


def _statement(asked: Asked, line: told.StatementLine, keeper: bytes) -> views.OutsideStatementRow:
    return views.OutsideStatementRow(
        day=date.fromisoformat(line.day),
        sequence=line.sequence,
        keeper=asked.party(keeper),
        theirs=asked.amount(line.asset, line.theirs),
        ours=asked.amount(line.asset, line.ours),
        entries=line.entries,
        accounted=line.matched + line.unmatched,
        entry=line.recorded,
    )


def _facts(asked: Asked, line: told.BreakLine) -> tuple[views.Fact, ...]:
    """Give what is known of it, each understood by its name."""
    known = {
        "keeper": line.keeper,
        "owner": line.owner,
        "asset": line.asset,
        "sequence": line.sequence,
        "day": date.fromisoformat(line.day),
        "reference": line.reference,
        "ours": line.ours,
        "theirs": line.theirs,
        "candidates": line.candidates or None,
        "assigned_to": line.assigned_to,
        "break_cause": line.cause,
        "correction": line.correction,
    }
    return named_facts(asked, {name: one for name, one in known.items() if one is not None})


def _step(step: told.StepLine) -> views.StageRow:
    state = views.State.OPEN if step.step == OPENED else views.State(step.step)
    return views.StageRow(state, views.LifeStage.DONE, step.at, step.entry, str(step.entry))
