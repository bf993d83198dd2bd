# SPDX-License-Identifier: Apache-2.0
"""The read models of the rules behind this gateway."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from lejar.gateways.rest import views
from lejar.gateways.rest.seams import When
from lejar.kernel.moment import MICROS_PER_DAY, start_of
from lejar.projections import NotBuilt, Page, Projections, Snapshot, Wanted
from lejar.projections.privileged import ruled
from lejar.projections.public import cohorts, obligations, reasons, rules
from lejar.reference.wording import About, Fact

L = TypeVar("L")
R = TypeVar("R")


class ProjectedRules:
    """Answers what `seams.Reads` asks of the rules."""

    _projections: Projections

    def about(self, facts: Mapping[str, Fact], at: int) -> About:
        """What the text of a refusal needs; nothing, where the tables cannot be read now.

        A refusal is answered in any case, then with the sentence of its kind.
        """
        try:
            with self._projections.snapshot() as snapshot:
                return reasons.about(snapshot, facts, at)
        except (NotBuilt, SQLAlchemyError):
            return About()

    def packs(self, cursor: str | None, limit: int) -> views.Part[views.PackRow]:
        """Every version of every pack."""
        with self._projections.snapshot() as snapshot:
            page = rules.packs_page(snapshot, Wanted(cursor, limit))
        return part(page, [_pack(line) for line in page.rows])

    def pack(self, jurisdiction: str, at: When | None, known: When | None) -> views.PackView | None:
        """The newest version that was known, with its rules."""
        with self._projections.snapshot() as snapshot:
            lines = rules.versions(snapshot, jurisdiction)
            offset = lines[0].offset_minutes if lines else 0
            known_at = _ending(known, offset)
            line = rules.known_at(lines, known_at)
            return None if line is None else _view(snapshot, line, _beginning(at, offset), known_at)

    def pack_version(self, jurisdiction: str, version: str) -> views.PackView | None:
        """One version."""
        with self._projections.snapshot() as snapshot:
            line = rules.pack(snapshot, jurisdiction, version)
            return None if line is None else _view(snapshot, line, None, None)

    def rule(self, rule: str) -> Sequence[views.RuleVersion]:
        """A rule in every version that has it."""
        with self._projections.snapshot() as snapshot:
            found = rules.rule_history(snapshot, rule)
        return [
            views.RuleVersion(one.jurisdiction, one.version, one.recorded_at, one.entry, one.rule)
            for one in found
        ]

    def cohorts(self, cursor: str | None, limit: int) -> views.Part[views.CohortView]:
        """Sandbox cohorts."""
        with self._projections.snapshot() as snapshot:
            page = cohorts.cohorts_page(snapshot, Wanted(cursor, limit))
            return part(page, [_cohort(snapshot, line) for line in page.rows])

    def cohort(self, cohort: bytes) -> views.CohortView | None:
        """One cohort."""
        with self._projections.snapshot() as snapshot:
            line = cohorts.cohort(snapshot, cohort)
            return None if line is None else _cohort(snapshot, line)

    def lists(self, cursor: str | None, limit: int) -> views.Part[views.ListView]:
        """Lists of persons."""
        with self._projections.snapshot() as snapshot:
            page = ruled.lists_page(snapshot, Wanted(cursor, limit))
        rows = [
            views.ListView(
                one.name,
                one.keeper,
                one.version,
                one.digest,
                one.members,
                one.updated_at,
                one.entry,
            )
            for one in page.rows
        ]
        return part(page, rows)

    def obligations(
        self, party: bytes | None, cursor: str | None, limit: int
    ) -> views.Part[views.ObligationView]:
        """A party's obligations, or all."""
        with self._projections.snapshot() as snapshot:
            page = ruled.obligations_page(snapshot, party, Wanted(cursor, limit))
        rows = [
            views.ObligationView(
                one.id,
                one.rule,
                one.pack,
                one.party,
                one.happened_at,
                one.due_at,
                one.stage,
                one.entry,
            )
            for one in page.rows
        ]
        return part(page, rows)

    def obligation_counts(self) -> Sequence[views.ObligationCount]:
        """How each rule's deadlines were kept."""
        with self._projections.snapshot() as snapshot:
            found = obligations.obligation_counts(snapshot)
        return [
            views.ObligationCount(one.rule, one.open, one.missed, one.met, one.late)
            for one in found
        ]

    def figures(self, subject: bytes) -> views.Figures:
        """What is recorded of a party or an asset."""
        with self._projections.snapshot() as snapshot:
            rows = tuple(
                views.FigureView(
                    one.subject,
                    one.name,
                    one.value,
                    one.recorded_by,
                    one.recorded_at,
                    one.expires_at,
                    one.entry,
                )
                for one in ruled.figures_of(snapshot, subject)
            )
            return views.Figures(ruled.issuer_of(snapshot, subject), rows)

    def duties(self) -> Sequence[views.DutyTotal]:
        """What each rule has brought in."""
        with self._projections.snapshot() as snapshot:
            found = rules.duty_totals(snapshot)
        return [
            views.DutyTotal(one.rule, one.asset, one.times, one.base, one.amount) for one in found
        ]


def part(page: Page[L], rows: list[R]) -> views.Part[R]:
    """Give a page's rows, with the cursor of the rest."""
    return views.Part(tuple(rows), page.after)


def _view(
    snapshot: Snapshot, line: rules.PackLine, at: int | None, known_at: int | None
) -> views.PackView:
    return views.PackView(_pack(line), at, known_at, rules.rules_of(snapshot, line, at))


def _pack(line: rules.PackLine) -> views.PackRow:
    return views.PackRow(
        line.jurisdiction,
        line.version,
        line.digest,
        line.offset_minutes,
        line.rules,
        line.recorded_at,
        line.adopted_by,
        line.basis,
        line.link,
        line.entry,
    )


def _cohort(snapshot: Snapshot, line: cohorts.CohortLine) -> views.CohortView:
    return views.CohortView(
        line.id,
        line.title,
        line.opened_by,
        line.basis,
        line.link,
        line.relaxed,
        line.participants,
        ruled.participants_of(snapshot, line.id),
        line.money_each,
        line.money_all,
        line.from_at,
        line.until_at,
        line.stage,
        line.ended_at,
        line.ended_by,
        line.movements,
        line.money,
        line.entry,
    )


def _beginning(when: When | None, offset_minutes: int) -> int | None:
    """Give a moment, or the beginning of a local day."""
    return start_of(when, offset_minutes) if isinstance(when, datetime.date) else when


def _ending(when: When | None, offset_minutes: int) -> int | None:
    """Give a moment, or the last of a local day."""
    if isinstance(when, datetime.date):
        return start_of(when, offset_minutes) + MICROS_PER_DAY - 1
    return when
