# SPDX-License-Identifier: Apache-2.0
"""Whether the signers of a command suffice: identity says who signed, consent who had to.

Without a requirement a command needs its signers' power and nothing else.
"""

from lejar.domain import identity
from lejar.domain.consent.commands import Agree
from lejar.domain.consent.counting import (
    each_person_speaks_for_one_party,
    heard,
    lacking,
    voices_signing,
)
from lejar.domain.consent.model import PROPOSALS, Requirement, requirement_for
from lejar.domain.consent.refusals import ConsentRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.envelope import Command, Signed
from lejar.kernel.module import Verb
from lejar.kernel.refusal import Refused, refuse_if


def authorize(
    draft: Draft, signatures: tuple[Signed, ...], verb: Verb, command: Command
) -> tuple[bytes, ...]:
    """Give the parties that validly signed a command, or refuse; consent is asked where needed."""
    parties = identity.authorize(draft, signatures, _role(draft, verb, command))
    requirement = requirement_for(draft, verb.name, verb.matter_of(command))
    if requirement is not None:
        draft.signers = parties  # they did sign: the command id is theirs, even if refused
        _consent_is_in_this_envelope(draft, requirement, verb.role)
    return parties


def _role(draft: Draft, verb: Verb, command: Command) -> str:
    """Whoever agrees to a command signs in the role that the command itself needs."""
    if draft.carried is not None:
        return draft.carried.role
    if isinstance(command, Agree):
        proposal = PROPOSALS.get(draft, command.proposal)
        if proposal is not None:
            return proposal.role
    return verb.role


def _consent_is_in_this_envelope(draft: Draft, requirement: Requirement, role: str) -> None:
    voices = voices_signing(draft, requirement.concerned)
    each_person_speaks_for_one_party(voices)
    refuse_if(lacking(requirement, heard(draft, voices, role)))
    if requirement.notice_micros:
        raise Refused(
            ConsentRefusal.CONSENT_MISSING,
            owner=requirement.owner,
            missing="",
            officers=0,
            notice_until=draft.at + requirement.notice_micros,
        )
