# SPDX-License-Identifier: Apache-2.0
"""The life of a proposal between being made and ending, and the mandate it gives.

The requirement is asked anew at each step and when the command is carried out: one that became
stricter binds what is still open, and one that became looser frees it.
"""

from lejar.domain.consent import events
from lejar.domain.consent.counting import Voice, heard, lacking, voices_for
from lejar.domain.consent.model import (
    AGREEMENTS,
    PROPOSALS,
    SUBJECTS,
    Proposal,
    Requirement,
    Stage,
    place_of_subject,
    requirement_for,
)
from lejar.domain.consent.refusals import ConsentRefusal
from lejar.domain.identity import No as Identity
from lejar.kernel.draft import Draft
from lejar.kernel.failure import Broken
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.mandate import KIND, Mandate
from lejar.kernel.module import Mandates
from lejar.kernel.refusal import Refused, refuse_if
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.kernel.state import Reader

EXPIRES = "consent.expire"
STALLING = (ConsentRefusal.CONSENT_MISSING, Identity.POWER_MISSING, Identity.WITNESS_MISSING)
"""Refusals that say that who agreed no longer suffices, not that the command cannot be done."""


def requirement_of(reader: Reader, proposal: Proposal) -> Requirement:
    """Give what an open proposal needs today."""
    found = requirement_for(reader, proposal.verb, proposal.matter)
    if found is None:
        raise Broken("a requirement is never taken away, and an open proposal lacks its own")
    return found


def opened(draft: Draft, proposal_id: bytes, proposal: Proposal) -> None:
    """Keep a proposal, and let it end by itself."""
    PROPOSALS.put(draft, proposal_id, proposal)
    place = place_of_subject(proposal.verb, proposal.subject)
    SUBJECTS.put(draft, place + proposal_id, SUBJECTS.record(draft.at))
    schedule(draft, proposal.expires_at, proposal_id, Due(EXPIRES, proposal_id))


def settle(draft: Draft, proposal_id: bytes) -> None:
    """Schedule the command once everybody needed has agreed; what is scheduled stays so."""
    proposal = PROPOSALS.require(draft, proposal_id)
    requirement = requirement_of(draft, proposal)
    found = heard(draft, voices_for(draft, proposal_id), proposal.role)
    due_at = moment_of_effect(draft, proposal, requirement, draft.at)
    too_late = due_at >= proposal.expires_at  # then it expires, open as it is
    if proposal.stage is Stage.AGREED or too_late or lacking(requirement, found) is not None:
        return
    _scheduled(draft, proposal_id, _changed(proposal, Stage.AGREED, draft.at, due_at))
    draft.emit(events.ProposalAgreed(proposal_id, due_at))


def moment_of_effect(
    reader: Reader, proposal: Proposal, requirement: Requirement, agreed_at: int
) -> int:
    """Give the earliest moment at which what was agreed may be carried out."""
    return max(proposal.effective_at or 0, agreed_at + requirement.notice_micros, reader.at)


def _scheduled(draft: Draft, proposal_id: bytes, agreed: Proposal) -> None:
    PROPOSALS.put(draft, proposal_id, agreed)
    if agreed.due_at is not None and agreed.due_at < agreed.expires_at:
        schedule(draft, agreed.due_at, proposal_id, Due(KIND, proposal_id))


def ended(draft: Draft, proposal_id: bytes) -> None:
    """Forget a proposal with all that hangs on it."""
    proposal = PROPOSALS.require(draft, proposal_id)
    for key in [key for key, _ in AGREEMENTS.scan(draft, proposal_id)]:
        AGREEMENTS.remove(draft, key)
    SUBJECTS.remove(draft, place_of_subject(proposal.verb, proposal.subject) + proposal_id)
    PROPOSALS.remove(draft, proposal_id)
    if proposal.due_at is not None:
        unschedule(draft, proposal.due_at, proposal_id)
    unschedule(draft, proposal.expires_at, proposal_id)


def expire(draft: Draft, payload: bytes) -> None:
    """End a proposal whose time is over."""
    draft.emit(events.ProposalExpired(payload))
    ended(draft, payload)


def counted(draft: Draft, proposal_id: bytes) -> Mandate:
    """Give the mandate of a proposal whose moment has come, counted anew, or refuse."""
    proposal = PROPOSALS.require(draft, proposal_id)
    requirement = requirement_of(draft, proposal)
    found = heard(draft, _concerned(draft, proposal_id, requirement), proposal.role)
    refuse_if(lacking(requirement, found))
    notice_until = (proposal.agreed_at or 0) + requirement.notice_micros
    if draft.at < notice_until or draft.at >= proposal.expires_at:
        raise Refused(ConsentRefusal.CONSENT_MISSING, notice_until=notice_until)
    return Mandate(proposal.command, found.parties, proposal_id)


def _concerned(reader: Reader, proposal_id: bytes, requirement: Requirement) -> tuple[Voice, ...]:
    concerned = requirement.concerned
    return tuple(one for one in voices_for(reader, proposal_id) if one.party in concerned)


def became(draft: Draft, proposal_id: bytes, refused: Refused | None) -> None:
    """Write down what became of a proposal whose moment came."""
    proposal = PROPOSALS.require(draft, proposal_id)
    if refused is None:
        draft.emit(events.ProposalEnacted(proposal_id))
        ended(draft, proposal_id)
        _supersede_others(draft, proposal_id, proposal)
    elif draft.at >= proposal.expires_at:
        expire(draft, proposal_id)
    elif refused.refusal is ConsentRefusal.CONSENT_MISSING and "notice_until" in refused.facts:
        _postpone(draft, proposal_id, proposal)
    elif refused.refusal in STALLING:
        PROPOSALS.put(draft, proposal_id, _changed(proposal, Stage.STALLED, None, None))
        draft.emit(events.ProposalStalled(proposal_id, refused.refusal.code))
    else:
        draft.emit(events.ProposalFailed(proposal_id, refused.refusal.code))
        ended(draft, proposal_id)


def _postpone(draft: Draft, proposal_id: bytes, proposal: Proposal) -> None:
    requirement = requirement_of(draft, proposal)
    agreed_at = proposal.agreed_at or draft.at
    due_at = moment_of_effect(draft, proposal, requirement, agreed_at)
    _scheduled(draft, proposal_id, _changed(proposal, Stage.AGREED, agreed_at, due_at))
    draft.emit(events.ProposalPostponed(proposal_id, due_at))


def _supersede_others(draft: Draft, proposal_id: bytes, proposal: Proposal) -> None:
    """End the other proposals of the verb on the subject: what they rested on has changed."""
    if proposal.subject is None:
        return
    place = place_of_subject(proposal.verb, proposal.subject)
    for key in [key for key, _ in SUBJECTS.scan(draft, place)]:
        other = key[ID_BYTES:]
        draft.emit(events.ProposalSuperseded(other, proposal_id))
        ended(draft, other)


def _changed(
    proposal: Proposal, stage: Stage, agreed_at: int | None, due_at: int | None
) -> Proposal:
    return Proposal(
        proposal.proposer,
        proposal.verb,
        proposal.matter,
        proposal.role,
        proposal.subject,
        proposal.command,
        proposal.basis,
        proposal.grounds,
        proposal.effective_at,
        proposal.expires_at,
        stage,
        agreed_at,
        due_at,
    )


MANDATES = Mandates(counted, became)
