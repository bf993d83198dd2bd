# SPDX-License-Identifier: Apache-2.0
"""What an agency with the power to direct may ask of the door."""

from typing import Annotated

import msgspec

from lejar.domain.basis import LegalBasis
from lejar.domain.identity.commands import Digest
from lejar.domain.policy.kinds.figures import Value
from lejar.domain.policy.kinds.form import Name
from lejar.domain.policy.pack import AnySpec, Pack
from lejar.kernel.codec import Record
from lejar.kernel.envelope import Command, Id, Instant
from lejar.kernel.quantity import Amount

StatusType = Annotated[str, msgspec.Meta(pattern=r"\A(licence|investor)\.[a-z][a-z0-9_.]{1,50}\Z")]
"""What is granted only when the packs' rules about it hold."""


class ListedPerson(Record, frozen=True):
    """A person to be put on a list, until a moment or for good."""

    person: Id
    expires_at: Instant | None


class RelaxedRule(Record, frozen=True):
    """A rule of an adopted pack, and the values that a cohort is judged by instead."""

    rule: Name
    spec: AnySpec


class AdoptPack(Command, frozen=True, tag="policy.adopt_pack"):
    """Make a version of a jurisdiction's pack count from this entry on; signed by who sets policy.

    The whole pack is in the command, so that every node judges by the same rules.  What was
    admitted before stays admitted.
    """

    pack: Pack
    basis: LegalBasis


class BindName(Command, frozen=True, tag="policy.bind_name"):
    """Say what a word of the packs stands for here: an agency, an account, an asset."""

    name: Name
    target: Id


class RecordFigure(Command, frozen=True, tag="policy.record_figure"):
    """Vouch for a number about a party or an asset, such as paid-up capital in sen."""

    subject: Id
    name: Name
    value: Value
    expires_at: Instant | None
    evidence: Digest


class UpdateList(Command, frozen=True, tag="policy.update_list"):
    """Bring a list of persons up to date; signed by its keeper, who is whoever began it.

    An update that changes nothing says that the list is current.
    """

    name: Name
    version: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    added: Annotated[tuple[ListedPerson, ...], msgspec.Meta(max_length=1024)]
    removed: Annotated[tuple[Id, ...], msgspec.Meta(max_length=1024)]
    digest: Digest
    """SHA-256 of the published list that it was made from."""


class ClearPerson(Command, frozen=True, tag="policy.clear_person"):
    """Decide that a person is not the one on a list; signed by the list's keeper.

    The decision ends by itself when any credential of the person changes.
    """

    name: Name
    person: Id
    expires_at: Instant | None
    evidence: Digest


class ApproveMovement(Command, frozen=True, tag="policy.approve_movement"):
    """Let a person receive so many units of an asset beyond what needs no approval."""

    person: Id
    asset: Id
    units: Amount
    expires_at: Instant
    evidence: Digest


class RecordMilestone(Command, frozen=True, tag="policy.record_milestone"):
    """Say that something has happened to an asset, such as that its project is completed."""

    asset: Id
    name: Name
    evidence: Digest


class SetSwitch(Command, frozen=True, tag="policy.set_switch"):
    """Turn a switch of the whole market on or off; signed by who sets policy."""

    name: Name
    on: bool
    basis: LegalBasis


class OpenCohort(Command, frozen=True, tag="policy.open_cohort"):
    """Judge named participants by named rules with other values, for a while and within limits."""

    title: Annotated[str, msgspec.Meta(min_length=3, max_length=120)]
    participants: Annotated[tuple[Id, ...], msgspec.Meta(min_length=2, max_length=256)]
    relaxed: Annotated[tuple[RelaxedRule, ...], msgspec.Meta(min_length=1, max_length=64)]
    money_each: Amount | None
    """The most that one participant may pay within the cohort, in the smallest units."""
    money_all: Amount | None
    from_at: Instant
    until: Instant
    basis: LegalBasis


class EndCohort(Command, frozen=True, tag="policy.end_cohort"):
    """End a cohort before its time."""

    cohort: Id
    basis: LegalBasis


class GrantStatus(Command, frozen=True, tag="policy.grant_status"):
    """Grant a licence or a class of investor, when every adopted rule about it holds.

    It is kept as a credential of that type; without a pack nothing more than the power is asked.
    """

    subject: Id
    status: StatusType
    expires_at: Instant | None
    evidence: Digest


class OpenObligation(Command, frozen=True, tag="policy.open_obligation"):
    """Say that something has happened after which a rule's deadline runs for a party.

    Signed by the party itself, or by an agency that directs.
    """

    rule: Name
    party: Id
    happened_at: Instant
    evidence: Digest


class DischargeObligation(Command, frozen=True, tag="policy.discharge_obligation"):
    """Say that an obligation was met, on evidence; signed as it was opened, late or not."""

    obligation: Id
    evidence: Digest
