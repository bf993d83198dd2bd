# SPDX-License-Identifier: Apache-2.0
"""What may be asked of settlement: by those whose instructions they are, and by who runs it."""

import datetime
import enum
from typing import Annotated

import msgspec

from lejar.domain.settlement.model import (
    PROMISES_MAX,
    USUAL,
    Digest,
    InstructionLeg,
    OffLedgerLeg,
    OnShortfall,
    Priority,
    Terms,
)
from lejar.kernel.envelope import Command, Id
from lejar.kernel.quantity import AMOUNT_MAX, Amount

Legs = Annotated[tuple[InstructionLeg, ...], msgspec.Meta(min_length=1, max_length=256)]
"""More than are allowed can be read, so that they are refused with a sentence."""
Promises = Annotated[tuple[OffLedgerLeg, ...], msgspec.Meta(max_length=PROMISES_MAX)]
Chosen = Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=4096)]
Millionths = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Days = Annotated[int, msgspec.Meta(ge=1, le=366)]


class Instruct(Command, frozen=True, tag="settlement.instruct"):
    """Agree an exchange; whoever signs and owns an account thereby affirms.

    Signed by all sides with today's value date, it settles in the entry that records it.  The same
    legs, day and terms from the other side match what this side has sent.
    """

    legs: Legs
    value_date: datetime.date | None
    """None means today."""
    terms: Terms = USUAL
    promises: Promises = ()
    """What is done outside the hub, and must be attested before anything settles."""


class Pay(Command, frozen=True, tag="settlement.pay"):
    """Pay from one account to another; the payer alone signs."""

    asset: Id
    source: Id
    target: Id
    amount: Amount
    """Smallest units of the currency."""
    value_date: datetime.date | None = None
    """None means today."""
    priority: Priority = Priority.NORMAL
    on_shortfall: OnShortfall = OnShortfall.QUEUE
    reference: Id | None = None
    """The payer's own: a UETR, for example."""


class Affirm(Command, frozen=True, tag="settlement.affirm"):
    """Agree to an instruction that another side has sent."""

    instruction: Id


class Cancel(Command, frozen=True, tag="settlement.cancel"):
    """Withdraw or reject before all have affirmed; after that, all sides must ask."""

    instruction: Id


class Retry(Command, frozen=True, tag="settlement.retry"):
    """Try a failed instruction again, today; or set another day, if all sides sign."""

    instruction: Id
    value_date: datetime.date | None = None
    """None means today."""


class Attest(Command, frozen=True, tag="settlement.attest"):
    """Say that what was promised outside the hub was done; signed by the named agent."""

    instruction: Id
    promise: Annotated[int, msgspec.Meta(ge=1, le=PROMISES_MAX)]
    """Which promise, counted from 1."""
    evidence: Digest
    """SHA-256 of the evidence, which is used once."""


class Settle(Command, frozen=True, tag="settlement.settle"):
    """Let an instruction settle that waits for a party's word."""

    instruction: Id


class Hold(Command, frozen=True, tag="settlement.hold"):
    """Keep one's own instruction from settling until it is released."""

    instruction: Id


class Release(Command, frozen=True, tag="settlement.release"):
    """Let one's own instruction settle again."""

    instruction: Id


class Link(Command, frozen=True, tag="settlement.link"):
    """Let one's agreed instruction wait until another one of one's own has settled."""

    instruction: Id
    """The one that waits."""
    after: Id
    """The one that goes before."""


class Prioritise(Command, frozen=True, tag="settlement.prioritise"):
    """Change the priority of a waiting instruction; by a side that gives."""

    instruction: Id
    priority: Priority


class End(enum.StrEnum):
    """An end of a queue."""

    FIRST = "first"
    LAST = "last"


class Reorder(Command, frozen=True, tag="settlement.reorder"):
    """Move a waiting instruction to an end of its priority; by a side that gives."""

    instruction: Id
    to: End


class SetSenderLimit(Command, frozen=True, tag="settlement.set_sender_limit"):
    """Limit what a party sends, net of what it receives in the day; by the party itself."""

    party: Id
    asset: Id
    counterparty: Id | None
    """None limits what goes to all to whom no limit of their own is set."""
    amount: Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX)] | None
    """Smallest units; none takes the limit away."""


class Reserve(Command, frozen=True, tag="settlement.reserve"):
    """Set money aside for urgent instructions; nothing gives it back."""

    account: Id
    asset: Id
    amount: Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX)]


class PauseSettlement(Command, frozen=True, tag="settlement.pause"):
    """Let nothing settle until resumed; what is agreed meanwhile waits."""

    reason: Digest
    """SHA-256 of the reason, which is published outside."""


class ResumeSettlement(Command, frozen=True, tag="settlement.resume"):
    """Let settlement go on."""


class SettleSet(Command, frozen=True, tag="settlement.settle_set"):
    """Settle a set of waiting instructions together, found outside in free order.

    It is verified here: nobody falls short, and it is worth no less than what the queue would
    settle by itself.
    """

    instructions: Chosen
    bound: Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX)]
    """What no set can be worth more than, as its finder proved; equal to its worth: the best."""


class SetFailRules(Command, frozen=True, tag="settlement.set_fail_rules"):
    """Say what failing to give an asset costs, and when a buy-in may be notified.

    What is none is not known, and does not bind.
    """

    asset: Id
    daily_rate: Millionths | None
    """Of what was to be paid, for each business day."""
    free_days: Annotated[int, msgspec.Meta(ge=0, le=366)]
    """Business days that cost nothing."""
    buy_in_after: Days | None
    """Business days of failing, after which a buy-in may be notified."""
    buy_in_notice: Days | None
    """Business days from the notice until the buyer may end the instruction alone."""


class NotifyBuyIn(Command, frozen=True, tag="settlement.notify_buy_in"):
    """Tell a seller that fails that one will buy elsewhere; by a side that was to receive."""

    instruction: Id


class ChargePenalty(Command, frozen=True, tag="settlement.charge_penalty"):
    """Charge what has accrued for an instruction, from the day after it was shown; by the payee."""

    instruction: Id


class LimitVenue(Command, frozen=True, tag="settlement.limit_venue"):
    """Say which assets may be agreed at a venue, or by an agent; nothing listed, none."""

    venue: Id
    assets: Annotated[tuple[Id, ...], msgspec.Meta(max_length=256)]
