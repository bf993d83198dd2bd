# SPDX-License-Identifier: Apache-2.0
"""Proposals and requirements from the projections, in this room's own shapes."""

import msgspec

from lejar.gateways.rest import views
from lejar.projections import Snapshot, Wanted
from lejar.projections.privileged.proposals import carried_command
from lejar.projections.public import proposals


def proposals_part(
    snapshot: Snapshot, cursor: str | None, limit: int
) -> views.Part[views.ProposalRow]:
    """Give some proposals, the newest first."""
    page = proposals.proposals_page(snapshot, wanted=Wanted(cursor, limit))
    return views.Part(tuple(_row(line) for line in page.rows), page.after)


def proposal_view(snapshot: Snapshot, proposal: bytes) -> views.ProposalView | None:
    """Give one proposal with its sides and the command that it holds."""
    found = proposals.proposal(snapshot, proposal)
    if found is None:
        return None
    row = _row(found.proposal)
    return views.ProposalView(
        **msgspec.structs.asdict(row),
        link=found.proposal.link,
        grounds=found.proposal.grounds,
        parties=tuple(side.party for side in found.sides),
        agreed=tuple(side.party for side in found.sides if side.agreed is not None),
        officers=next((s.persons for s in found.sides if s.party == row.owner), 0),
        officers_needed=0 if found.requirement is None else found.requirement.officers,
        carried=carried_command(snapshot, proposal),
    )


def requirements_part(
    snapshot: Snapshot, cursor: str | None, limit: int
) -> views.Part[views.RequirementView]:
    """Give some requirements, by verb."""
    page = proposals.requirements_page(snapshot, Wanted(cursor, limit))
    rows = tuple(
        views.RequirementView(
            one.verb, one.owner, one.concurring, one.officers, one.notice_micros, one.entry
        )
        for one in page.rows
    )
    return views.Part(rows, page.after)


def _row(line: proposals.ProposalLine) -> views.ProposalRow:
    return views.ProposalRow(
        line.id,
        line.proposer,
        line.verb,
        line.matter,
        line.owner,
        line.basis,
        line.effective_at,
        line.expires_at,
        line.stage,
        line.cause,
        line.due_at,
        line.made,
        line.entry,
    )
