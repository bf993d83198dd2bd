# SPDX-License-Identifier: Apache-2.0
"""Instructions: what two parties want exchanged, and how far they have come.

A settled or cancelled instruction leaves the state; its receipts and the projections keep its
history.  Nothing that is finished takes room in what every node must hold.
"""

import datetime
import enum

from lejar.kernel.codec import Record
from lejar.kernel.envelope import Id
from lejar.kernel.quantity import Amount
from lejar.kernel.state import Table

LEGS = 2
PENDING_DAYS_MAX = 366


class InstructionLeg(Record, frozen=True):
    """An amount of an asset from one party's account to the other's."""

    asset: Id
    source: Id
    target: Id
    amount: Amount


class Stage(enum.StrEnum):
    """Where an open instruction stands."""

    ALLEGED = "alleged"
    """Somebody has not affirmed yet."""
    MATCHED = "matched"
    """All have affirmed; the value date decides the rest."""
    FAILED = "failed"
    """The value date came and something was missing; it can be retried or cancelled."""


class Instruction(Record, frozen=True):
    """An open instruction; its id is the key."""

    legs: tuple[InstructionLeg, ...]
    value_date: datetime.date
    parties: tuple[bytes, ...]
    """The owners of the accounts, in the order of their ids: all must affirm."""
    affirmed: tuple[bytes, ...]
    cancelling: tuple[bytes, ...]
    """The parties that have asked to cancel after all had affirmed."""
    stage: Stage
    due_at: int
    """When the next due work for it comes."""
    attempts: int
    holds: tuple[bytes, ...] = ()
    """What the affirmed givers have set aside while the other side is awaited today."""


INSTRUCTIONS: Table[Instruction] = Table(0x48, "instructions", Instruction)
