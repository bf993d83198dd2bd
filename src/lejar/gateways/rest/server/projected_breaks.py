# SPDX-License-Identifier: Apache-2.0
"""The read models of reconciliation behind this gateway."""

from lejar.gateways.rest import break_views, views
from lejar.gateways.rest.server.projected_rules import part
from lejar.projections import Projections, Wanted
from lejar.projections.privileged import reconciliation as told


class ProjectedBreaks:
    """Answers what `seams.Reads` asks of outside ledgers."""

    _projections: Projections

    def counterparts(
        self, party: bytes | None, cursor: str | None, limit: int
    ) -> views.Part[break_views.CounterpartView]:
        """Outside ledgers."""
        with self._projections.snapshot() as snapshot:
            page = told.counterparts_page(snapshot, party, Wanted(cursor, limit))
        return part(page, [_counterpart(line) for line in page.rows])

    def outside_statements(
        self, party: bytes | None, cursor: str | None, limit: int
    ) -> views.Part[break_views.OutsideStatementView]:
        """Statements."""
        with self._projections.snapshot() as snapshot:
            page = told.statements_page(snapshot, party, Wanted(cursor, limit))
        return part(page, [_statement(line) for line in page.rows])

    def breaks(
        self, party: bytes | None, stage: str | None, cursor: str | None, limit: int
    ) -> views.Part[break_views.BreakRow]:
        """Breaks, with their age."""
        with self._projections.snapshot() as snapshot:
            page = told.breaks_page(snapshot, party, stage, Wanted(cursor, limit))
            ages = told.ages(snapshot, page.rows)
        rows = [_row(line, age) for line, age in zip(page.rows, ages, strict=True)]
        return part(page, rows)

    def reconciliation_break(self, break_id: bytes) -> break_views.BreakView | None:
        """One break with its life."""
        with self._projections.snapshot() as snapshot:
            line = told.break_found(snapshot, break_id)
            if line is None:
                return None
            (age,) = told.ages(snapshot, (line,))
            steps = told.steps_of(snapshot, break_id)
        return break_views.BreakView(_row(line, age), line.concerned, tuple(map(_step, steps)))


def _counterpart(line: told.CounterpartLine) -> break_views.CounterpartView:
    return break_views.CounterpartView(
        line.id,
        line.kind,
        line.keeper,
        line.owner,
        line.account,
        line.asset,
        line.business_days,
        line.closed_on,
        line.closing,
        line.is_ended,
        line.entry,
    )


def _statement(line: told.StatementLine) -> break_views.OutsideStatementView:
    return break_views.OutsideStatementView(
        line.counterpart,
        line.sequence,
        line.day,
        line.theirs,
        line.ours,
        line.entries,
        line.matched,
        line.unmatched,
        line.is_matched,
        line.file,
        line.recorded_at,
        line.entry,
    )


def _row(line: told.BreakLine, age: int) -> break_views.BreakRow:
    return break_views.BreakRow(
        line.id,
        line.counterpart,
        line.asset,
        line.sequence,
        line.kind,
        line.day,
        line.reference,
        line.ours,
        line.theirs,
        str(line.difference),
        line.candidates,
        age,
        line.stage,
        line.is_escalated,
        line.assigned_to,
        line.cause,
        line.correction,
        line.entry,
    )


def _step(line: told.StepLine) -> break_views.BreakStep:
    return break_views.BreakStep(
        line.entry,
        line.at,
        line.step,
        line.party,
        line.cause,
        line.evidence,
        line.correction,
    )
