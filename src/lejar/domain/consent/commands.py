# SPDX-License-Identifier: Apache-2.0
"""What may be asked of consent."""

from typing import Annotated

import msgspec

from lejar.domain.basis import LegalBasis
from lejar.domain.consent.model import COMMAND_BYTES_MAX, Concurring, Matter, Notice, Officers
from lejar.kernel.envelope import Command, Id, Instant, Key

Digest = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Carried = Annotated[bytes, msgspec.Meta(min_length=1, max_length=COMMAND_BYTES_MAX)]


class SetRequirement(Command, frozen=True, tag="consent.set_requirement"):
    """Say who must agree to a command; signed by a party with the power to govern.

    `verb` is the command's tag, with `/matter` behind it for one matter of it.  `notice_micros` is
    in microseconds.  What stood there is replaced, also for proposals that are open.
    """

    verb: Matter
    owner: Id
    concurring: Concurring
    officers: Officers
    notice_micros: Notice


class AppointOfficer(Command, frozen=True, tag="consent.appoint_officer"):
    """Say which natural person is behind a key of an agency; signed by its administering keys."""

    agency: Id
    key: Key
    person: Id


class DismissOfficer(Command, frozen=True, tag="consent.dismiss_officer"):
    """Say that a person no longer acts with a key; signed by the agency's administering keys."""

    agency: Id
    key: Key


class Propose(Command, frozen=True, tag="consent.propose"):
    """Propose a privileged command; signed by its owner or a concurring party, which agrees by it.

    `command` is the whole command in its canonical bytes; `grounds` the digest of the reasons,
    which stay outside.  It takes force at `effective_at`, or as soon as it may.
    """

    command: Carried
    basis: LegalBasis
    effective_at: Instant | None
    expires_at: Instant
    grounds: Digest | None


class Agree(Command, frozen=True, tag="consent.agree"):
    """Agree to a proposal; signed by its owner or a concurring party."""

    proposal: Id


class Object(Command, frozen=True, tag="consent.object"):
    """End a proposal with a no; signed by its owner or a concurring party."""

    proposal: Id
    reason: Digest


class Withdraw(Command, frozen=True, tag="consent.withdraw"):
    """Take a proposal back before it is carried out; signed by the party that made it."""

    proposal: Id
