# SPDX-License-Identifier: Apache-2.0
"""Directives: what an authority has ordered, how far it has come, and whether it was appealed.

A directive stays in the state when it has ended: whoever it was about must be able to show what was
ordered and how it ended, and to appeal what was done at once.
"""

import enum

from lejar.domain.basis import LegalBasis
from lejar.kernel.codec import Record
from lejar.kernel.state import Table


class Kind(enum.StrEnum):
    """What a directive orders."""

    FREEZE = "freeze"
    FREEZE_AMOUNT = "freeze_amount"
    SEIZE = "seize"
    FORCED_TRANSFER = "forced_transfer"
    HALT = "halt"
    CANCEL_INSTRUCTION = "cancel_instruction"


class Stage(enum.StrEnum):
    """Whether a directive still binds."""

    IN_FORCE = "in_force"
    LIFTED = "lifted"
    EXPIRED = "expired"
    EXECUTED = "executed"
    """Done in the entry that records it; there is nothing to lift."""


class Appeal(enum.StrEnum):
    """How far an appeal has come; a directive is appealed once at most."""

    NONE = "none"
    LODGED = "lodged"
    UPHELD = "upheld"
    """The directive was right, and stands."""
    ALLOWED = "allowed"
    """The directive was wrong, and binds no more."""


class Outcome(enum.StrEnum):
    """How an appeal ends."""

    UPHELD = "upheld"
    ALLOWED = "allowed"


class HaltScope(enum.StrEnum):
    """How far a halt reaches."""

    ASSET = "asset"
    CLASS = "class"
    MARKET = "market"


class Directive(Record, frozen=True):
    """A directive; its id is the key."""

    kind: Kind
    agency: bytes
    bears_on: bytes
    """A party, an account or an asset; the instruction cancelled; the scope halted."""
    concerned: tuple[bytes, ...]
    """The parties that may appeal."""
    basis: LegalBasis
    issued_at: int
    expires_at: int | None = None
    stage: Stage = Stage.IN_FORCE
    appeal: Appeal = Appeal.NONE


DIRECTIVES: Table[Directive] = Table(0x70, "directives", Directive)
