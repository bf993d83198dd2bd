# SPDX-License-Identifier: Apache-2.0
"""Requirements, officers, proposals, agreements: what must be agreed, and who has agreed.

What has ended takes no room: the log keeps its history, the state keeps only what is open.
"""

import enum
from typing import Annotated

import msgspec

from lejar.domain.basis import LegalBasis
from lejar.kernel.codec import Record
from lejar.kernel.digest import sha256
from lejar.kernel.envelope import Id
from lejar.kernel.identifiers import ID_BYTES, NOBODY
from lejar.kernel.moment import MICROS_PER_DAY
from lejar.kernel.state import Reader, Table

CONCURRING_MAX = 8
OFFICERS_MAX = 8
NOTICE_MAX = 366 * MICROS_PER_DAY
LIFE_MAX = 366 * MICROS_PER_DAY
"""A proposal that nobody could agree on in a year has to be made again."""
PROPOSALS_OF_SUBJECT_MAX = 256
COMMAND_BYTES_MAX = 1 << 19

Matter = Annotated[
    str,
    msgspec.Meta(pattern=r"\A[a-z][a-z_]{0,39}\.[a-z][a-z_]{0,39}(/[a-z][a-z_]{0,39})?\Z"),
]
"""A verb's tag, and behind a slash what it is about, where one verb serves several matters."""
Officers = Annotated[int, msgspec.Meta(ge=0, le=OFFICERS_MAX)]
Notice = Annotated[int, msgspec.Meta(ge=0, le=NOTICE_MAX)]
Concurring = Annotated[tuple[Id, ...], msgspec.Meta(max_length=CONCURRING_MAX)]


class Requirement(Record, frozen=True):
    """What must be agreed before a command is carried out; its matter is the key."""

    owner: Id
    """The agency whose matter it is."""
    concurring: Concurring
    """The parties that must agree beside the owner."""
    officers: Officers
    """Different natural persons of the owner who must have agreed: 2 is four eyes."""
    notice_micros: Notice
    """The least time between the last agreement and the effect."""

    @property
    def concerned(self) -> tuple[bytes, ...]:
        """Everybody whose agreement counts."""
        return (self.owner, *self.concurring)


class Officer(Record, frozen=True):
    """The natural person behind a key of a party; (party, public key) is the key."""

    person: bytes
    """Opaque: who it is stays outside."""
    since: int


class Stage(enum.StrEnum):
    """Where an open proposal stands; what has ended is not kept."""

    OPEN = "open"
    AGREED = "agreed"
    STALLED = "stalled"


class Proposal(Record, frozen=True):
    """A privileged command that waits for consent; its id is the key."""

    proposer: bytes
    verb: str
    matter: str
    role: str
    subject: bytes | None
    command: bytes
    basis: LegalBasis
    grounds: bytes | None
    effective_at: int | None
    expires_at: int
    stage: Stage
    agreed_at: int | None
    """When the last agreement that was needed came; none while one is missing."""
    due_at: int | None
    """When the command is to be carried out; none while it is not scheduled."""


class Agreement(Record, frozen=True):
    """A signature for a proposal; (proposal, party, person, public key) is the key.

    The person stands in the key, so that a key given to somebody else cannot rewrite who agreed.
    """

    at: int


class Named(Record, frozen=True):
    """That a proposal is open on a subject; (verb and subject, proposal) is the key."""

    since: int


REQUIREMENTS: Table[Requirement] = Table(0x2A, "requirements", Requirement)
OFFICERS: Table[Officer] = Table(0x2B, "officers", Officer)
PROPOSALS: Table[Proposal] = Table(0x2C, "proposals", Proposal)
AGREEMENTS: Table[Agreement] = Table(0x2D, "agreements", Agreement)
SUBJECTS: Table[Named] = Table(0x2E, "proposals_of_subjects", Named)


def requirement_for(reader: Reader, verb: str, matter: str) -> Requirement | None:
    """Give what must be agreed: for the very matter if it is named, otherwise for the verb."""
    if matter:
        found = REQUIREMENTS.get(reader, f"{verb}/{matter}".encode())
        if found is not None:
            return found
    return REQUIREMENTS.get(reader, verb.encode())


def person_behind(reader: Reader, party: bytes, key: bytes) -> bytes:
    """Give the natural person behind a key, or nobody."""
    found = OFFICERS.get(reader, party + key)
    return NOBODY if found is None else found.person


def place_of_subject(verb: str, subject: bytes | None) -> bytes:
    """Give the prefix under which the open proposals of a verb on a subject stand."""
    named = b"" if subject is None else b"\0" + subject
    return sha256(b"lejar/subject/1\n" + verb.encode() + named)[:ID_BYTES]
