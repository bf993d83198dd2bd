# SPDX-License-Identifier: Apache-2.0
"""The pages' reads of reconciliation, over the projections."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import Reader
from lejar.web.reading import reconciliation
from lejar.web.reading.asked import Asked
from lejar.web.reading.entries import id_of


class ReconciledReads(ABC):
    """`break_reads.BreakReads` of one node."""

    @abstractmethod
    def _asked(self, reader: Reader | None) -> AbstractContextManager[Asked]:
        """Take a snapshot for a reader's question."""

    def reconciliation(
        self, reader: Reader | None, wanted: views.State | None, cursor: Cursor, /
    ) -> views.ReconciliationView:
        """Return breaks, and the last statements."""
        with self._asked(reader) as asked:
            return reconciliation.reconciliation_view(asked, wanted, cursor)

    def reconciliation_break(self, reader: Reader | None, break_id: str) -> views.BreakView | None:
        """Return one break."""
        raw = id_of("break", break_id)
        with self._asked(reader) as asked:
            return None if raw is None else reconciliation.break_view(asked, raw)
