# SPDX-License-Identifier: Apache-2.0
"""What is always true of open proposals, over the whole state."""

from lejar.domain.consent.life import EXPIRES, requirement_of
from lejar.domain.consent.model import (
    AGREEMENTS,
    PROPOSALS,
    SUBJECTS,
    Proposal,
    Stage,
    place_of_subject,
)
from lejar.kernel.failure import must
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.mandate import KIND
from lejar.kernel.schedule import DUE, Due, key_of
from lejar.kernel.state import Reader


def for_all(reader: Reader) -> None:
    """Walk every proposal and what hangs on it."""
    for proposal_id, proposal in PROPOSALS.scan(reader):
        ends_by_itself(reader, proposal_id, proposal)
        is_scheduled_when_agreed(reader, proposal_id, proposal)
        is_found_by_its_subject(reader, proposal_id, proposal)
        requirement_of(reader, proposal)
    for key, _ in AGREEMENTS.scan(reader):
        must(PROPOSALS.get(reader, key[:ID_BYTES]), "an agreement hangs on an open proposal")
    for key, _ in SUBJECTS.scan(reader):
        must(PROPOSALS.get(reader, key[ID_BYTES:]), "a subject names open proposals only")


def ends_by_itself(reader: Reader, proposal_id: bytes, proposal: Proposal) -> None:
    """An open proposal has its end among the due work."""
    due = DUE.get(reader, key_of(proposal.expires_at, proposal_id))
    must(due == Due(EXPIRES, proposal_id), "an open proposal ends by itself")


def is_scheduled_when_agreed(reader: Reader, proposal_id: bytes, proposal: Proposal) -> None:
    """An agreed proposal has its moment, unless its end comes first; no other one has any."""
    must((proposal.due_at is not None) == (proposal.stage is Stage.AGREED), "who agreed is due")
    if proposal.due_at is not None and proposal.due_at < proposal.expires_at:
        due = DUE.get(reader, key_of(proposal.due_at, proposal_id))
        must(due == Due(KIND, proposal_id), "an agreed proposal is among the due work")


def is_found_by_its_subject(reader: Reader, proposal_id: bytes, proposal: Proposal) -> None:
    """An open proposal stands under its verb and subject."""
    place = place_of_subject(proposal.verb, proposal.subject)
    must(SUBJECTS.get(reader, place + proposal_id), "a proposal is found by its subject")
