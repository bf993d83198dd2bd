# SPDX-License-Identifier: Apache-2.0
"""What happened to requirements, officers and proposals."""

from lejar.domain.basis import LegalBasis
from lejar.kernel.module import Event


class RequirementSet(Event, frozen=True, tag="consent.requirement_set"):
    """A command needs this consent from now on."""

    verb: str
    owner: bytes
    concurring: tuple[bytes, ...]
    officers: int
    notice_micros: int


class OfficerAppointed(Event, frozen=True, tag="consent.officer_appointed"):
    """A natural person is behind a key."""

    agency: bytes
    key: bytes
    person: bytes


class OfficerDismissed(Event, frozen=True, tag="consent.officer_dismissed"):
    """A natural person is no longer behind a key."""

    agency: bytes
    key: bytes
    person: bytes


class ProposalMade(Event, frozen=True, tag="consent.proposal_made"):
    """A privileged command waits for consent."""

    proposal: bytes
    proposer: bytes
    verb: str
    matter: str
    owner: bytes
    concurring: tuple[bytes, ...]
    carried: bytes
    basis: LegalBasis
    grounds: bytes | None
    effective_at: int | None
    expires_at: int


class AgreementGiven(Event, frozen=True, tag="consent.agreement_given"):
    """A party agreed, through these persons; none if its key has no officer."""

    proposal: bytes
    party: bytes
    persons: tuple[bytes, ...]


class ProposalAgreed(Event, frozen=True, tag="consent.proposal_agreed"):
    """Everybody needed has agreed; the command is carried out at this moment."""

    proposal: bytes
    due_at: int


class ProposalPostponed(Event, frozen=True, tag="consent.proposal_postponed"):
    """A longer notice came to be asked for meanwhile; the command waits until then."""

    proposal: bytes
    due_at: int


class ProposalStalled(Event, frozen=True, tag="consent.proposal_stalled"):
    """When its moment came, the consent no longer stood; it needs fresh agreement."""

    proposal: bytes
    cause: str


class ProposalEnacted(Event, frozen=True, tag="consent.proposal_enacted"):
    """The command was carried out, in this entry."""

    proposal: bytes


class ProposalFailed(Event, frozen=True, tag="consent.proposal_failed"):
    """The command was refused for this cause, and nothing of it happened."""

    proposal: bytes
    cause: str


class ProposalObjected(Event, frozen=True, tag="consent.proposal_objected"):
    """A party whose agreement is needed said no."""

    proposal: bytes
    party: bytes
    reason: bytes


class ProposalWithdrawn(Event, frozen=True, tag="consent.proposal_withdrawn"):
    """The party that made it took it back."""

    proposal: bytes


class ProposalExpired(Event, frozen=True, tag="consent.proposal_expired"):
    """Its time ended before it was carried out."""

    proposal: bytes


class ProposalSuperseded(Event, frozen=True, tag="consent.proposal_superseded"):
    """Another proposal for the same verb and subject was carried out."""

    proposal: bytes
    enacted: bytes
