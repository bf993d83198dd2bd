# SPDX-License-Identifier: Apache-2.0
"""Instructions: what parties want exchanged, on which terms, and how far it has come.

A settled or cancelled instruction leaves the state; its receipts and the projections keep its
history.  Nothing that is finished takes room in what every node must hold.
"""

import datetime
import enum
from typing import Annotated

import msgspec

from lejar.kernel.codec import Record
from lejar.kernel.envelope import Id
from lejar.kernel.quantity import AMOUNT_MAX, Amount
from lejar.kernel.state import Table

LEGS_MAX = 32
LINKS_MAX = 16
FOLLOWERS_MAX = 64
"""So many may wait for one: all of them are let go in the entry that settles it."""
POOL_MAX = 64
PROMISES_MAX = 8
PENDING_DAYS_MAX = 366

Digest = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class InstructionLeg(Record, frozen=True):
    """An amount of an asset from one account to another."""

    asset: Id
    source: Id
    target: Id
    amount: Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX)]
    """Smallest units; nothing is refused with a code of its own."""
    pays_for: Annotated[int, msgspec.Meta(ge=1, le=LEGS_MAX)] | None = None
    """The leg that this money pays for, counted from 1; none where only one can be meant."""


class OffLedgerLeg(Record, frozen=True):
    """What one party does for another outside the hub; a named agent attests that it was done."""

    agent: Id
    giver: Id
    receiver: Id
    matter: Digest
    """SHA-256 of what was promised; the text stays outside."""


class Priority(enum.StrEnum):
    """Which instruction goes first where one payer's liquidity does not suffice for all."""

    URGENT = "urgent"
    """May use what was reserved."""
    HIGH = "high"
    NORMAL = "normal"


class OnShortfall(enum.StrEnum):
    """What shall be when something to give is missing on the value date."""

    REFUSE = "refuse"
    """Tell the sender at once; on the value date itself: fail with the cause."""
    QUEUE = "queue"
    """Wait until the day's cut-off for what is missing, or for others to settle together with."""


class Pool(Record, frozen=True):
    """Instructions that settle all together or not at all; one party is a side of all of them."""

    reference: Id
    number: Annotated[int, msgspec.Meta(ge=2, le=POOL_MAX)]
    """How many they are; none settles before all of them are agreed."""


class Terms(Record, frozen=True):
    """On which terms an instruction settles; all sides affirm them with it."""

    on_shortfall: OnShortfall = OnShortfall.REFUSE
    priority: Priority = Priority.NORMAL
    partial_from: Amount | None = None
    """The least number of units that may settle alone where not all are there; none for all."""
    after: Annotated[tuple[Id, ...], msgspec.Meta(max_length=LINKS_MAX)] = ()
    """Instructions that must have settled before this one."""
    pool: Pool | None = None
    on_hold: bool = False
    """Whether it waits until whoever instructed releases it."""
    by_hand: bool = False
    """Whether it settles only when a party says so."""
    from_block: Annotated[int, msgspec.Meta(ge=1, le=AMOUNT_MAX)] | None = None
    """The first block in which it may settle."""
    mediator: Id | None = None
    """Who must affirm too, and may reject."""
    venue: Id | None = None
    """Where it was agreed; a venue may be limited to its own assets."""
    reference: Id | None = None
    """What both sides call it; two instructions match only when they name the same."""


USUAL = Terms()


class Stage(enum.StrEnum):
    """Where an open instruction stands."""

    ALLEGED = "alleged"
    """Somebody has not affirmed yet."""
    MATCHED = "matched"
    """All have affirmed; its day, a link, a hold or a promise decides the rest."""
    QUEUED = "queued"
    """It could settle but for something missing; it waits for that until the cut-off."""
    FAILED = "failed"
    """The day came and it could not settle; it can be retried or cancelled."""


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
    terms: Terms = USUAL
    promises: tuple[OffLedgerLeg, ...] = ()
    attested: tuple[int, ...] = ()
    """Which promises were attested, counted from 1."""
    held_by: tuple[bytes, ...] = ()
    """Parties that keep it from settling."""
    place: bytes = b""
    """Where it stands in the queue; empty when it does not."""
    failed_on: datetime.date | None = None
    """The day on which it first failed."""
    buy_in: int | None = None
    """When the notice of a buy-in runs out; the notifier may then end it alone."""
    notifier: bytes = b""
    followers: tuple[bytes, ...] = ()
    """Instructions that wait until this one has settled."""


class Sighted(Record, frozen=True):
    """The alleged instruction with these terms that came first; their digest is the key."""

    instruction: bytes


INSTRUCTIONS: Table[Instruction] = Table(0x48, "instructions", Instruction)
ALLEGED: Table[Sighted] = Table(0x4E, "alleged", Sighted)
