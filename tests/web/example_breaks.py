# SPDX-License-Identifier: Apache-2.0
"""What the invented hub says of its outside ledgers: one break, and the statement it came from."""

from datetime import date

from lejar.web.cursor import Cursor
from lejar.web.readers import Reader
from lejar.web.views import (
    Amount,
    BreakRow,
    BreakView,
    LifeStage,
    OutsideStatementRow,
    ReconciliationView,
    Span,
    StageRow,
    State,
)
from tests.web.example_market import AS_AT, BANK_A, MYR_ID, REGULATOR, made_id

BREAK_ID = made_id("brk", "one")
OFF, STOOD = Amount(-2_50, "MYR", MYR_ID), Amount(1_000_000_00, "MYR", MYR_ID)
ROW = BreakRow(
    BREAK_ID, "closing", date(2026, 11, 24), OFF, 7, True, State.ASSIGNED, BANK_A, 1_204_300  # noqa: FBT003
)  # fmt: skip
STATEMENT = OutsideStatementRow(date(2026, 11, 24), 12, REGULATOR, STOOD, STOOD, 40, 40, 1_204_200)
STEPS = tuple(
    StageRow(state, LifeStage.DONE, AS_AT.at, 1_204_200, "1204200")
    for state in (State.OPEN, State.ASSIGNED, State.ESCALATED)
)
BREAK_PAGES = {
    "reconciliation": "/reconciliation",
    "reconciliation-empty": "/reconciliation?state=resolved",
    "break": f"/reconciliation/breaks/{BREAK_ID}",
}
"""Their addresses, by a name for tests and screenshots."""


class ExampleBreaks:
    """What the invented hub says of its breaks."""

    def reconciliation(
        self, reader: Reader | None, wanted: State | None, _cursor: Cursor
    ) -> ReconciliationView:
        """Return one break and one statement to whoever is signed in."""
        span = Span(None, None)
        if reader is None:
            return ReconciliationView(AS_AT, None, None, wanted, span)
        rows = (ROW,) if wanted in {None, State.ASSIGNED} else ()
        return ReconciliationView(AS_AT, rows, (STATEMENT,), wanted, span)

    def reconciliation_break(self, _reader: Reader | None, break_id: str) -> BreakView | None:
        """Return the one break there is."""
        return BreakView(AS_AT, ROW, (), STEPS) if break_id == BREAK_ID else None
