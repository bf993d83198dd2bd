# SPDX-License-Identifier: Apache-2.0
"""What must hold of consent's commands, each named as its sentence."""

from lejar.domain.consent import commands
from lejar.domain.consent.model import (
    LIFE_MAX,
    OFFICERS,
    PROPOSALS,
    PROPOSALS_OF_SUBJECT_MAX,
    SUBJECTS,
    Proposal,
    Requirement,
    place_of_subject,
    requirement_for,
)
from lejar.domain.consent.refusals import ConsentRefusal
from lejar.domain.identity import KEYRINGS
from lejar.kernel.draft import Draft
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.mandate import Carried
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader

OURS = ("consent.propose", "consent.agree", "consent.object", "consent.withdraw")
"""The steps of consent itself: to need consent for them would never end."""


def requirement_can_be_met(reader: Reader, verb: str, requirement: Requirement) -> None:
    """Each party stands once, the owner has officers enough, and consent needs no consent."""
    concerned = requirement.concerned
    twice = len(concerned) != len(dict.fromkeys(concerned))
    if twice or verb.partition("/")[0] in OURS:
        raise Refused(ConsentRefusal.REQUIREMENT_UNFIT, verb=verb)
    have = len(persons_of(reader, requirement.owner))
    if have < requirement.officers:
        raise Refused(ConsentRefusal.REQUIREMENT_UNFIT, verb=verb, officers=have)


def persons_of(reader: Reader, party: bytes) -> tuple[bytes, ...]:
    """Give the different persons behind the keys in a party's ring."""
    ring = [key.public for key in KEYRINGS.require(reader, party).keys]
    found = [one.person for key, one in OFFICERS.scan(reader, party) if key[ID_BYTES:] in ring]
    return tuple(dict.fromkeys(found))


def key_is_the_agencys(reader: Reader, agency: bytes, key: bytes) -> None:
    """The key is in the agency's key ring."""
    if all(one.public != key for one in KEYRINGS.require(reader, agency).keys):
        raise Refused(ConsentRefusal.OFFICER_KEY_FOREIGN, agency=agency)


def command_can_be_carried(draft: Draft) -> Carried:
    """The proposal carries one known command that carries no other."""
    if draft.carried is None:
        raise Refused(ConsentRefusal.COMMAND_UNFIT)
    return draft.carried


def consent_is_needed(reader: Reader, carried: Carried) -> Requirement:
    """Somebody must agree to the command."""
    found = requirement_for(reader, carried.name, carried.matter)
    if found is None:
        raise Refused(ConsentRefusal.REQUIREMENT_MISSING, verb=carried.name)
    return found


def signer_concerned(draft: Draft, requirement: Requirement) -> bytes:
    """Give the first signer whose agreement counts; the owner goes first."""
    for party in requirement.concerned:
        if party in draft.signers:
            return party
    raise Refused(ConsentRefusal.NOT_CONCERNED, owner=requirement.owner)


def it_lives_long_enough(
    reader: Reader, command: commands.Propose, requirement: Requirement
) -> None:
    """The proposal can take force before it ends, and ends within a year and a day."""
    earliest = max(command.effective_at or 0, reader.at + requirement.notice_micros)
    if not earliest < command.expires_at <= reader.at + LIFE_MAX:
        raise Refused(ConsentRefusal.EXPIRY_UNFIT, earliest_at=earliest)


def subject_has_room(reader: Reader, carried: Carried) -> None:
    """Not too many proposals of this command on this subject are open."""
    place = place_of_subject(carried.name, carried.subject)
    open_now = sum(1 for _ in SUBJECTS.scan(reader, place))
    if open_now >= PROPOSALS_OF_SUBJECT_MAX:
        raise Refused(ConsentRefusal.PROPOSALS_TOO_MANY, verb=carried.name)


def known_proposal(reader: Reader, proposal: bytes) -> Proposal:
    """The proposal is open."""
    found = PROPOSALS.get(reader, proposal)
    if found is None:
        raise Refused(ConsentRefusal.PROPOSAL_UNKNOWN, proposal=proposal)
    return found
