# SPDX-License-Identifier: Apache-2.0
"""What consent's commands do."""

from lejar.domain.consent import commands, events, life, rules
from lejar.domain.consent.counting import (
    Voice,
    each_person_speaks_for_one_party,
    heard,
    lacking,
    voices_for,
    voices_signing,
)
from lejar.domain.consent.model import (
    AGREEMENTS,
    OFFICERS,
    REQUIREMENTS,
    Agreement,
    Officer,
    Proposal,
    Requirement,
    Stage,
)
from lejar.domain.consent.refusals import ConsentRefusal
from lejar.domain.identity import Power, known_party, must_have_signed, signer_with
from lejar.kernel.draft import Draft
from lejar.kernel.identifiers import NOBODY
from lejar.kernel.mandate import Carried
from lejar.kernel.refusal import Refused


def set_requirement(draft: Draft, command: commands.SetRequirement) -> None:
    """Say who must agree to a command from now on."""
    signer_with(draft, Power.GOVERN)
    made = Requirement(command.owner, command.concurring, command.officers, command.notice_micros)
    for party in made.concerned:
        known_party(draft, party)
    rules.requirement_can_be_met(draft, command.verb, made)
    REQUIREMENTS.put(draft, command.verb.encode(), made)
    draft.emit(
        events.RequirementSet(
            command.verb, made.owner, made.concurring, made.officers, made.notice_micros
        )
    )


def appoint_officer(draft: Draft, command: commands.AppointOfficer) -> None:
    """Put a natural person behind a key."""
    known_party(draft, command.agency)
    must_have_signed(draft, command.agency)
    rules.key_is_the_agencys(draft, command.agency, command.key)
    place = command.agency + command.key
    if OFFICERS.get(draft, place) is not None:
        raise Refused(ConsentRefusal.OFFICER_ALREADY, agency=command.agency)
    OFFICERS.put(draft, place, Officer(command.person, draft.at))
    draft.emit(events.OfficerAppointed(command.agency, command.key, command.person))


def dismiss_officer(draft: Draft, command: commands.DismissOfficer) -> None:
    """Take the natural person from behind a key; what was agreed with it no longer counts."""
    known_party(draft, command.agency)
    must_have_signed(draft, command.agency)
    place = command.agency + command.key
    standing = OFFICERS.get(draft, place)
    if standing is None:
        raise Refused(ConsentRefusal.OFFICER_UNKNOWN, agency=command.agency)
    OFFICERS.remove(draft, place)
    draft.emit(events.OfficerDismissed(command.agency, command.key, standing.person))


def propose(draft: Draft, command: commands.Propose) -> None:
    """Let a privileged command wait for consent; whoever proposes agrees."""
    carried = rules.command_can_be_carried(draft)
    requirement = rules.consent_is_needed(draft, carried)
    proposer = rules.signer_concerned(draft, requirement)
    rules.it_lives_long_enough(draft, command, requirement)
    rules.subject_has_room(draft, carried)
    proposal_id = draft.new_id("proposal")
    life.opened(draft, proposal_id, _proposal(command, carried, proposer))
    draft.emit(_made(proposal_id, command, carried, proposer, requirement))
    _record_agreement(draft, proposal_id, requirement)


def _proposal(command: commands.Propose, carried: Carried, proposer: bytes) -> Proposal:
    return Proposal(
        proposer,
        carried.name,
        carried.matter,
        carried.role,
        carried.subject,
        command.command,
        command.basis,
        command.grounds,
        command.effective_at,
        command.expires_at,
        Stage.OPEN,
        None,
        None,
    )


def _made(
    proposal_id: bytes,
    command: commands.Propose,
    carried: Carried,
    proposer: bytes,
    requirement: Requirement,
) -> events.ProposalMade:
    return events.ProposalMade(
        proposal_id,
        proposer,
        carried.name,
        carried.matter,
        requirement.owner,
        requirement.concurring,
        command.command,
        command.basis,
        command.grounds,
        command.effective_at,
        command.expires_at,
    )


def agree(draft: Draft, command: commands.Agree) -> None:
    """Add the signers' voices; with the last one that is needed the command is scheduled."""
    proposal = rules.known_proposal(draft, command.proposal)
    requirement = life.requirement_of(draft, proposal)
    rules.signer_concerned(draft, requirement)
    _record_agreement(draft, command.proposal, requirement)


def _record_agreement(draft: Draft, proposal_id: bytes, requirement: Requirement) -> None:
    voices = voices_signing(draft, requirement.concerned)
    before = voices_for(draft, proposal_id)
    each_person_speaks_for_one_party((*before, *voices))
    for voice in voices:
        place = proposal_id + voice.party + voice.person + voice.key
        AGREEMENTS.put(draft, place, Agreement(draft.at))
    if all(voice in before for voice in voices):
        _repetition_changes_something(draft, proposal_id, requirement)
    _say_who_agreed(draft, proposal_id, voices)
    life.settle(draft, proposal_id)


def _repetition_changes_something(
    draft: Draft, proposal_id: bytes, requirement: Requirement
) -> None:
    """A repeated word is fresh agreement to what stalled, and otherwise says nothing new."""
    proposal = rules.known_proposal(draft, proposal_id)
    found = heard(draft, voices_for(draft, proposal_id), proposal.role)
    if proposal.stage is Stage.AGREED or lacking(requirement, found) is not None:
        raise Refused(ConsentRefusal.AGREEMENT_ALREADY, proposal=proposal_id)


def _say_who_agreed(draft: Draft, proposal_id: bytes, voices: tuple[Voice, ...]) -> None:
    for party in dict.fromkeys(voice.party for voice in voices):
        persons = [one.person for one in voices if one.party == party and one.person != NOBODY]
        draft.emit(events.AgreementGiven(proposal_id, party, tuple(dict.fromkeys(persons))))


def object_(draft: Draft, command: commands.Object) -> None:
    """End a proposal: one no of somebody whose agreement is needed is enough."""
    proposal = rules.known_proposal(draft, command.proposal)
    party = rules.signer_concerned(draft, life.requirement_of(draft, proposal))
    draft.emit(events.ProposalObjected(command.proposal, party, command.reason))
    life.ended(draft, command.proposal)


def withdraw(draft: Draft, command: commands.Withdraw) -> None:
    """Take a proposal back."""
    proposal = rules.known_proposal(draft, command.proposal)
    must_have_signed(draft, proposal.proposer)
    draft.emit(events.ProposalWithdrawn(command.proposal))
    life.ended(draft, command.proposal)
