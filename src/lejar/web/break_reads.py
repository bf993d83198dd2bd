# SPDX-License-Identifier: Apache-2.0
"""What the pages of reconciliation ask."""

from typing import Protocol

from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import Reader


class BreakReads(Protocol):
    """The part of `reads.Reads` that is about outside ledgers; the same holds for it."""

    def reconciliation(
        self, reader: Reader | None, wanted: views.State | None, cursor: Cursor, /
    ) -> views.ReconciliationView:
        """Return breaks that concern the reader, the oldest first, and the last statements."""

    def reconciliation_break(self, reader: Reader | None, break_id: str) -> views.BreakView | None:
        """Return one break with its life."""
