# SPDX-License-Identifier: Apache-2.0
"""What the pages of the rules ask: packs, rules, cohorts, obligations, and the writer's answer."""

from datetime import date
from typing import Protocol

from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import Reader


class RuleReads(Protocol):
    """The part of `reads.Reads` that is about rules; the same holds for it."""

    def packs(self, reader: Reader | None, cursor: Cursor, /) -> views.PacksView:
        """Return every version of every pack, newest first."""

    def pack(
        self, jurisdiction: str, version: str | None, at: date | None, known: date | None, /
    ) -> views.PackView | None:
        """Return a version with its rules in force on a day, as known on another."""

    def rule(self, rule_id: str) -> views.RuleView | None:
        """Return one rule with its history."""

    def cohorts(self, reader: Reader | None, cursor: Cursor, /) -> views.CohortsView:
        """Return sandbox cohorts, newest first."""

    def cohort(self, reader: Reader | None, cohort_id: str) -> views.CohortView | None:
        """Return one cohort with its exit report."""

    def obligations(self, reader: Reader | None, cursor: Cursor, /) -> views.ObligationsView:
        """Return how deadlines were kept, and those that run for the reader."""

    def explain(self, reader: Reader | None, asking: views.Asking | None, /) -> views.ExplainView:
        """Return the form, and what the rules allow of the purchase that was asked about."""
