# SPDX-License-Identifier: Apache-2.0
"""Sandbox cohorts with their exit reports, and obligations with how they were kept."""

from lejar.domain.policy.pack import Rule
from lejar.kernel import identifiers
from lejar.projections.folds.rules import CohortStage
from lejar.projections.privileged import ruled
from lejar.projections.public import cohorts as public
from lejar.projections.public.obligations import obligation_counts
from lejar.projections.public.reasons import own_currency
from lejar.projections.public.rules import RuleLine, newest_packs, rule_history
from lejar.reference.parameters import in_one_line
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import reader_is_concerned
from lejar.web.reading.asked import Asked
from lejar.web.reading.cursors import read_page, span_of
from lejar.web.reading.rules import words


def cohorts_view(asked: Asked, cursor: Cursor) -> views.CohortsView:
    """Give the page of cohorts, the newest first."""
    found = read_page(lambda page: public.cohorts_page(asked.snapshot, page), cursor)
    return views.CohortsView(asked.as_at, tuple(_row(line) for line in found.rows), span_of(found))


def cohort_view(asked: Asked, id_: bytes) -> views.CohortView | None:
    """Give the page of a cohort; a participant sees itself there, a supervisor everybody."""
    line = public.cohort(asked.snapshot, id_)
    if line is None:
        return None
    taking_part = ruled.participants_of(asked.snapshot, id_)
    return views.CohortView(
        as_at=asked.as_at,
        row=_row(line),
        by=asked.party(line.opened_by),
        basis=line.basis,
        link=line.link,
        relaxed=tuple(_relaxed(asked, line, place) for place in range(len(line.relaxed))),
        known=asked.parties(
            one for one in taking_part if reader_is_concerned(asked.reader, (one,))
        ),
        money_each=_money(asked, line.money_each),
        money_all=_money(asked, line.money_all),
        ended_at=line.ended_at,
        ended_by=None if line.ended_by is None else asked.party(line.ended_by),
        movements=line.movements,
        money=_money(asked, line.money),
    )


def obligations_view(asked: Asked, cursor: Cursor) -> views.ObligationsView:
    """Give the page of obligations: counts, and to a reader its own or all that it supervises."""
    counts = tuple(
        views.ObligationCountRow(
            one.rule, _title(asked, one.rule), one.open, one.missed, one.met, one.late
        )
        for one in obligation_counts(asked.snapshot)
    )
    reader = asked.reader
    if reader is None:
        return views.ObligationsView(asked.as_at, counts, None, views.Span(None, None))
    party = None if reader.supervises else reader.party
    found = read_page(lambda page: ruled.obligations_page(asked.snapshot, party, page), cursor)
    rows = tuple(
        views.ObligationRow(
            obligation_id=identifiers.show("obligation", one.id),
            rule_id=one.rule,
            title=_title(asked, one.rule),
            party=asked.party(one.party),
            happened_at=one.happened_at,
            due_at=one.due_at,
            state=views.State(one.stage),
            entry=one.entry,
        )
        for one in found.rows
    )
    return views.ObligationsView(asked.as_at, counts, rows, span_of(found))


def _row(line: public.CohortLine) -> views.CohortRow:
    is_open = line.stage == CohortStage.OPEN
    return views.CohortRow(
        cohort_id=identifiers.show("cohort", line.id),
        title=line.title,
        rules=tuple(one.rule for one in line.relaxed),
        from_at=line.from_at,
        until=line.until_at,
        state=views.State.OPEN if is_open else views.State.ENDED,
        participants=line.participants,
        entry=line.entry,
    )


def _relaxed(asked: Asked, line: public.CohortLine, place: int) -> views.RelaxedRow:
    """Give a rule's usual values, as they were when the cohort was opened, beside its own."""
    relaxed = line.relaxed[place]
    jurisdiction = relaxed.rule.partition(".")[0]
    known = _before(asked, relaxed.rule, line.opened, line.from_at)
    offset = 0 if known is None else known.offset_minutes
    rule: Rule | None = None if known is None else known.rule
    return views.RelaxedRow(
        rule_id=relaxed.rule,
        title=None if rule is None else views.Words(rule.title, rule.title_ms),
        usual=None if rule is None else words(in_one_line(rule.spec, jurisdiction, offset)),
        relaxed=words(in_one_line(relaxed.spec, jurisdiction, offset)),
    )


def _before(asked: Asked, rule: str, entry: int, at: int) -> RuleLine | None:
    """Give a rule as it was known before an entry, in force at a moment where it then was."""
    known = [one for one in rule_history(asked.snapshot, rule) if one.entry < entry]
    newest = [one for one in known if one.entry == known[0].entry]
    return next((one for one in newest if one.rule.is_in_force(at)), newest[0] if newest else None)


def _title(asked: Asked, rule: str) -> views.Words | None:
    """Give a rule's sentence as it stands now, or as it last stood."""
    history = rule_history(asked.snapshot, rule)
    newest = [line.entry for line in newest_packs(asked.snapshot)]
    now = asked.as_at.at
    standing = [one for one in history if one.entry in newest and one.rule.is_in_force(now)]
    found = next(iter([*standing, *history]), None)
    return None if found is None else views.Words(found.rule.title, found.rule.title_ms)


def _money(asked: Asked, amount: int | None) -> views.Amount | None:
    """Name a sum; the hub's own currency is what cohorts count in."""
    currency = own_currency(asked.snapshot)
    if amount is None:
        return None
    return views.Amount(amount, "", "") if currency is None else asked.amount(currency, amount)
