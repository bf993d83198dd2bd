# SPDX-License-Identifier: Apache-2.0
"""The pages' reads of the rules, over the projections and the writer."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from datetime import date

from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import Reader
from lejar.web.reading import explained, rules, sandbox
from lejar.web.reading.asked import Asked
from lejar.web.reading.entries import id_of


class RuledReads(ABC):
    """`rule_reads.RuleReads` of one node."""

    _explainer: explained.Explainer | None

    @abstractmethod
    def _asked(self, reader: Reader | None) -> AbstractContextManager[Asked]:
        """Take a snapshot for a reader's question."""

    def packs(self, reader: Reader | None, cursor: Cursor, /) -> views.PacksView:
        """Return every version of every pack."""
        with self._asked(reader) as asked:
            return rules.packs_view(asked, cursor)

    def pack(
        self, jurisdiction: str, version: str | None, at: date | None, known: date | None, /
    ) -> views.PackView | None:
        """Return a version with its rules in force on a day."""
        with self._asked(None) as asked:
            return rules.pack_view(asked, jurisdiction, version, at, known)

    def rule(self, rule_id: str) -> views.RuleView | None:
        """Return one rule."""
        with self._asked(None) as asked:
            return rules.rule_view(asked, rule_id)

    def cohorts(self, reader: Reader | None, cursor: Cursor, /) -> views.CohortsView:
        """Return sandbox cohorts."""
        with self._asked(reader) as asked:
            return sandbox.cohorts_view(asked, cursor)

    def cohort(self, reader: Reader | None, cohort_id: str) -> views.CohortView | None:
        """Return one cohort."""
        raw = id_of("cohort", cohort_id)
        with self._asked(reader) as asked:
            return None if raw is None else sandbox.cohort_view(asked, raw)

    def obligations(self, reader: Reader | None, cursor: Cursor, /) -> views.ObligationsView:
        """Return obligations."""
        with self._asked(reader) as asked:
            return sandbox.obligations_view(asked, cursor)

    def explain(self, reader: Reader | None, asking: views.Asking | None, /) -> views.ExplainView:
        """Return what the rules allow."""
        with self._asked(reader) as asked:
            return explained.explain_view(asked, asking, self._explainer)
