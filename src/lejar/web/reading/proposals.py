# SPDX-License-Identifier: Apache-2.0
"""Proposals: anybody sees who must agree to what and who has; who decides reads what it carries."""

from lejar.kernel import identifiers
from lejar.projections.privileged.proposals import carried_command
from lejar.projections.public import proposals as told
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import reader_is_concerned
from lejar.web.reading.asked import Asked
from lejar.web.reading.cursors import read_page, span_of
from lejar.web.reading.facts import carried_facts, cause_words

SCHEDULED = "agreed"
"""The stage in which the command has a moment at which it is carried out."""


def proposals_view(asked: Asked, wanted: views.State | None, cursor: Cursor) -> views.ProposalsView:
    """Give the page of proposals, the newest first."""
    stage = None if wanted is None else str(wanted)
    found = read_page(
        lambda page: told.proposals_page(asked.snapshot, stage=stage, wanted=page), cursor
    )
    rows = tuple(_row(asked, line) for line in found.rows)
    return views.ProposalsView(asked.as_at, rows, wanted, span_of(found))


def proposal_view(asked: Asked, id_: bytes) -> views.ProposalView | None:
    """Give the page of a proposal."""
    found = told.proposal(asked.snapshot, id_)
    if found is None:
        return None
    line = found.proposal
    sees = reader_is_concerned(asked.reader, [side.party for side in found.sides])
    return views.ProposalView(
        as_at=asked.as_at,
        row=_row(asked, line),
        proposer=asked.party(line.proposer),
        link=line.link,
        grounds=line.grounds.hex() if sees and line.grounds is not None else None,
        effective_at=line.effective_at,
        due_at=line.due_at if line.stage == SCHEDULED else None,
        sides=_sides(asked, found),
        carried=_carried(asked, line) if sees else None,
        steps=tuple(_step(asked, step) for step in found.history),
    )


def requirements_view(asked: Asked, cursor: Cursor) -> views.RequirementsView:
    """Give the page of requirements, by command."""
    found = read_page(lambda page: told.requirements_page(asked.snapshot, page), cursor)
    rows = tuple(_requirement(asked, line) for line in found.rows)
    return views.RequirementsView(asked.as_at, rows, span_of(found, newest_first=False))


def _row(asked: Asked, line: told.ProposalLine) -> views.ProposalRow:
    return views.ProposalRow(
        proposal_id=identifiers.show("proposal", line.id),
        verb=line.verb,
        matter=line.matter,
        owner=asked.party(line.owner),
        basis=line.basis,
        expires_at=line.expires_at,
        state=views.State(line.stage),
        cause=None if line.cause is None else cause_words(line.cause),
        entry=line.made,
    )


def _sides(asked: Asked, found: told.ProposalFound) -> tuple[views.SideRow, ...]:
    """Give who must agree, the owner first; how many officers, only the owner is asked."""
    owner = found.proposal.owner
    needed = 0 if found.requirement is None else found.requirement.officers
    ordered = sorted(found.sides, key=lambda side: (side.party != owner, side.party))
    return tuple(
        views.SideRow(
            party=asked.party(side.party),
            is_owner=side.party == owner,
            entry=side.agreed,
            officers=side.persons,
            officers_needed=needed if side.party == owner else 0,
        )
        for side in ordered
    )


def _carried(asked: Asked, line: told.ProposalLine) -> views.CarriedView | None:
    data = carried_command(asked.snapshot, line.id)
    return None if data is None else views.CarriedView(line.verb, carried_facts(asked, data))


def _step(asked: Asked, step: told.StepLine) -> views.ProposalStep:
    return views.ProposalStep(
        what=step.what,
        at=step.at,
        entry=step.entry,
        party=None if step.party is None else asked.party(step.party),
        cause=None if step.cause is None else cause_words(step.cause),
    )


def _requirement(asked: Asked, line: told.RequirementLine) -> views.RequirementRow:
    verb, _, matter = line.verb.partition("/")
    return views.RequirementRow(
        verb=verb,
        matter=matter,
        owner=asked.party(line.owner),
        concurring=asked.parties(line.concurring),
        officers=line.officers,
        notice_micros=line.notice_micros,
        entry=line.entry,
    )
