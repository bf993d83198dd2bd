# SPDX-License-Identifier: Apache-2.0
"""What happened at the door."""

from lejar.domain.basis import LegalBasis
from lejar.domain.policy.commands import RelaxedRule
from lejar.domain.policy.pack import Pack
from lejar.kernel.module import Event


class PackAdopted(Event, frozen=True, tag="policy.pack_adopted"):
    """A version of a jurisdiction's pack counts from this entry on.

    The receipt carries the pack, so that anybody can prove the very rules that somebody was
    judged by.
    """

    jurisdiction: str
    version: str
    digest: bytes
    rules: int
    by: bytes
    basis: LegalBasis
    pack: Pack


class NameBound(Event, frozen=True, tag="policy.name_bound"):
    """A word of the packs stands for something on this network."""

    name: str
    target: bytes


class FigureRecorded(Event, frozen=True, tag="policy.figure_recorded"):
    """Somebody vouches for a number about a party or an asset."""

    subject: bytes
    name: str
    value: int
    by: bytes
    expires_at: int | None


class ListUpdated(Event, frozen=True, tag="policy.list_updated"):
    """A list of persons was brought up to date."""

    name: str
    version: int
    by: bytes
    digest: bytes
    members: int


class PersonCleared(Event, frozen=True, tag="policy.person_cleared"):
    """A list's keeper decided that a person is not the one that is listed."""

    name: str
    person: bytes
    by: bytes
    expires_at: int | None


class MovementApproved(Event, frozen=True, tag="policy.movement_approved"):
    """An officer lets a person receive so many units of an asset."""

    person: bytes
    asset: bytes
    units: int
    by: bytes
    expires_at: int


class MilestoneReached(Event, frozen=True, tag="policy.milestone_reached"):
    """Something has happened to an asset."""

    asset: bytes
    name: str
    by: bytes


class SwitchSet(Event, frozen=True, tag="policy.switch_set"):
    """A switch of the whole market was turned."""

    name: str
    on: bool
    by: bytes
    basis: LegalBasis


class CohortOpened(Event, frozen=True, tag="policy.cohort_opened"):
    """Named participants will be judged by other values for a while."""

    cohort: bytes
    title: str
    by: bytes
    participants: tuple[bytes, ...]
    rules: tuple[str, ...]
    from_at: int
    until: int
    basis: LegalBasis
    relaxed: tuple[RelaxedRule, ...]
    """The values that stand for the rules', in the order of `rules`."""
    money_each: int | None
    money_all: int | None


class CohortEnded(Event, frozen=True, tag="policy.cohort_ended"):
    """A cohort is over: its exit report.  Nobody ended it when its time had come."""

    cohort: bytes
    by: bytes | None
    movements: int
    money: int


class DutyCharged(Event, frozen=True, tag="policy.duty_charged"):
    """A duty or fee was paid in this entry, because of a movement in it."""

    rule: str
    pack: str
    asset: bytes
    payer: bytes
    collector: bytes
    base: int
    amount: int


class ObligationOpened(Event, frozen=True, tag="policy.obligation_opened"):
    """A deadline runs for a party."""

    obligation: bytes
    rule: str
    pack: str
    party: bytes
    happened_at: int
    due_at: int


class ObligationDischarged(Event, frozen=True, tag="policy.obligation_discharged"):
    """An obligation was met, in time or late."""

    obligation: bytes
    in_time: bool


class ObligationMissed(Event, frozen=True, tag="policy.obligation_missed"):
    """A deadline has passed, and nobody has said that the obligation was met."""

    obligation: bytes
    rule: str
    party: bytes
