# SPDX-License-Identifier: Apache-2.0
"""Sandbox cohorts: named participants judged by named rules with other values, for a while.

A relaxation holds only for what participants do with one another; it ends by itself, and what was
done under it is counted for the report at its end.
"""

import enum
from typing import Annotated

import msgspec

from lejar.domain.basis import LegalBasis
from lejar.domain.policy.model import Movement
from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table, Writer


class CohortStage(enum.StrEnum):
    """Where a cohort stands."""

    OPEN = "open"
    ENDED = "ended"


class Cohort(Record, frozen=True):
    """A cohort; its id is the key."""

    title: Annotated[str, msgspec.Meta(min_length=3, max_length=120)]
    by: bytes
    basis: LegalBasis
    participants: tuple[bytes, ...]
    rules: tuple[str, ...]
    """The rules that were relaxed."""
    from_at: int
    until: int
    stage: CohortStage


class Member(Record, frozen=True):
    """The cohort that a person takes part in; the person is the key."""

    cohort: bytes


class Use(Record, frozen=True):
    """What was done under a cohort, for its exit report; the cohort is the key."""

    movements: int
    money: int
    """What was paid in all, in the currency's smallest units."""


COHORTS: Table[Cohort] = Table(0x63, "cohorts", Cohort)
MEMBERS: Table[Member] = Table(0x64, "cohort_members", Member)
USES: Table[Use] = Table(0x65, "cohort_uses", Use)
UNUSED = Use(0, 0)


def cohort_of(reader: Reader, leg: Movement) -> bytes | None:
    """Give the cohort in which both sides take part, or none."""
    receiver = MEMBERS.get(reader, leg.receiver.person)
    if receiver is None:
        return None
    giver = MEMBERS.get(reader, leg.giver.person)
    return receiver.cohort if giver == receiver else None


def count_use(draft: Writer, cohort: bytes, leg: Movement) -> None:
    """Count a movement that was judged by a cohort's values."""
    before = USES.get(draft, cohort) or UNUSED
    USES.put(draft, cohort, Use(before.movements + 1, before.money + leg.paid))
