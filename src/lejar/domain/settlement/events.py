# SPDX-License-Identifier: Apache-2.0
"""What happened in settlement."""

import datetime

from lejar.domain.settlement.model import InstructionLeg, OffLedgerLeg, Terms
from lejar.kernel.module import Event


class InstructionAlleged(Event, frozen=True, tag="settlement.instruction_alleged"):
    """An instruction waits for somebody to affirm."""

    instruction: bytes
    legs: tuple[InstructionLeg, ...]
    value_date: datetime.date
    affirmed: tuple[bytes, ...]
    terms: Terms
    promises: tuple[OffLedgerLeg, ...]


class InstructionAffirmed(Event, frozen=True, tag="settlement.instruction_affirmed"):
    """One more side agrees, and others are still awaited."""

    instruction: bytes
    affirmed: tuple[bytes, ...]
    """All that have agreed."""


class InstructionMatched(Event, frozen=True, tag="settlement.instruction_matched"):
    """All have affirmed; its day, a link, a hold or a promise decides when it settles."""

    instruction: bytes
    legs: tuple[InstructionLeg, ...]
    value_date: datetime.date
    terms: Terms
    promises: tuple[OffLedgerLeg, ...]


class InstructionQueued(Event, frozen=True, tag="settlement.instruction_queued"):
    """It could settle but for something missing, and waits for it until the cut-off."""

    instruction: bytes
    legs: tuple[InstructionLeg, ...]
    value_date: datetime.date
    terms: Terms
    place: bytes
    """Where it stands: smaller goes first."""
    changes: tuple[tuple[bytes, int], ...]
    """What it will take and give: of each resource, the net amount."""
    cause: str


class InstructionMoved(Event, frozen=True, tag="settlement.instruction_moved"):
    """It stands elsewhere in the queue."""

    instruction: bytes
    place: bytes
    priority: str


class InstructionHeld(Event, frozen=True, tag="settlement.instruction_held"):
    """A party keeps it from settling."""

    instruction: bytes
    party: bytes


class InstructionReleased(Event, frozen=True, tag="settlement.instruction_released"):
    """A party keeps it from settling no more."""

    instruction: bytes
    party: bytes


class InstructionLinked(Event, frozen=True, tag="settlement.instruction_linked"):
    """It waits until another one has settled, and stands in the queue no more."""

    instruction: bytes
    after: bytes


class InstructionSettled(Event, frozen=True, tag="settlement.instruction_settled"):
    """All legs moved, in this entry, finally."""

    instruction: bytes
    legs: tuple[InstructionLeg, ...]
    reference: bytes | None = None


class InstructionPartlySettled(Event, frozen=True, tag="settlement.instruction_partly_settled"):
    """A part of it moved, in this entry, finally; the rest stays open."""

    instruction: bytes
    legs: tuple[InstructionLeg, ...]
    """What moved."""
    remaining: tuple[InstructionLeg, ...]


class InstructionFailed(Event, frozen=True, tag="settlement.instruction_failed"):
    """The value date came and it could not settle; the cause is a refusal's code."""

    instruction: bytes
    cause: str
    attempts: int


class CancellationAsked(Event, frozen=True, tag="settlement.cancellation_asked"):
    """One side wants to cancel; the other has not agreed yet."""

    instruction: bytes
    party: bytes


class InstructionCancelled(Event, frozen=True, tag="settlement.instruction_cancelled"):
    """The instruction is no more, and nothing of it is held."""

    instruction: bytes


class InstructionLapsed(Event, frozen=True, tag="settlement.instruction_lapsed"):
    """The value date ended before all had affirmed."""

    instruction: bytes


class PromiseAttested(Event, frozen=True, tag="settlement.promise_attested"):
    """What was promised outside the hub was done, as its agent says."""

    instruction: bytes
    promise: int
    agent: bytes
    evidence: bytes


class QueueSettled(Event, frozen=True, tag="settlement.queue_settled"):
    """Waiting instructions settled together in this entry."""

    count: int
    value: int
    """Money in smallest units, over all currencies."""
    bound: int | None
    """What no set could have been worth more than; none for the queue's own order."""


class SenderLimitSet(Event, frozen=True, tag="settlement.sender_limit_set"):
    """What a party sends is limited, or no longer."""

    party: bytes
    asset: bytes
    counterparty: bytes | None
    amount: int | None


class MoneyReserved(Event, frozen=True, tag="settlement.money_reserved"):
    """So much of an account is kept for urgent instructions."""

    account: bytes
    asset: bytes
    amount: int


class SettlementPaused(Event, frozen=True, tag="settlement.paused"):
    """Nothing settles."""

    by: bytes
    reason: bytes


class SettlementResumed(Event, frozen=True, tag="settlement.resumed"):
    """Settlement goes on."""

    by: bytes


class DayClosed(Event, frozen=True, tag="settlement.day_closed"):
    """The cut-off came: what still waited has failed, and failing cost what it costs."""

    day: datetime.date
    failed: int
    """How many instructions stood failed at the close."""
    next_day: datetime.date


class FailRulesSet(Event, frozen=True, tag="settlement.fail_rules_set"):
    """What failing to give an asset costs, and when a buy-in may be notified."""

    asset: bytes
    daily_rate: int | None
    free_days: int
    buy_in_after: int | None
    buy_in_notice: int | None


class PenaltyAccrued(Event, frozen=True, tag="settlement.penalty_accrued"):
    """A day of failing cost so much; nothing is charged yet."""

    instruction: bytes
    payer: bytes
    """The account that failed to give."""
    payee: bytes
    """The account that was to receive."""
    asset: bytes
    amount: int
    total: int
    days: int


class PenaltyCharged(Event, frozen=True, tag="settlement.penalty_charged"):
    """What had accrued was paid."""

    instruction: bytes
    payer: bytes
    payee: bytes
    asset: bytes
    amount: int


class BuyInNotified(Event, frozen=True, tag="settlement.buy_in_notified"):
    """The buyer will buy elsewhere, and may end the instruction alone after the notice."""

    instruction: bytes
    by: bytes
    until: int


class VenueLimited(Event, frozen=True, tag="settlement.venue_limited"):
    """Only these assets may be agreed at a venue."""

    venue: bytes
    assets: tuple[bytes, ...]
