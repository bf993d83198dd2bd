# SPDX-License-Identifier: Apache-2.0
"""The queue and the settlement day, as pages show them."""

from dataclasses import dataclass
from datetime import date

from lejar.web.views.parts import Amount, AsAt, PartyRef, Reference, Words


@dataclass(frozen=True, slots=True)
class WaitRow:
    """One reason for which something waits, and the instructions that it names."""

    said: Words
    instructions: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One instruction that waits; place and priority None: not for this reader."""

    instruction_id: str
    kind: str
    position: int | None
    priority: str | None
    since: int
    amounts: tuple[Amount, ...]
    givers: tuple[PartyRef, ...]
    receivers: tuple[PartyRef, ...]
    waits: tuple[WaitRow, ...]


@dataclass(frozen=True, slots=True)
class GiverRow:
    """What waits for one party to give, and what it would receive, in one asset."""

    party: PartyRef
    number: int
    gives: Amount
    gets: Amount


@dataclass(frozen=True, slots=True)
class QueueView:
    """The page of the queue; rows None: nobody signed in."""

    as_at: AsAt
    rows: tuple[QueueRow, ...] | None
    givers: tuple[GiverRow, ...]
    waiting: int
    """How many wait for this reader, of which the rows are the first."""


@dataclass(frozen=True, slots=True)
class CurrencyRow:
    """One currency today."""

    amount: Amount
    legs: int
    drawn: Amount


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """How much waits at a priority."""

    priority: str
    number: int
    money: int


@dataclass(frozen=True, slots=True)
class PassRow:
    """What came out of the queue together; bound None: in the queue's own order."""

    entry: int
    at: int
    number: int
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True)
class SettlementDayView:
    """The page of the settlement day."""

    as_at: AsAt
    day: date
    is_business_day: bool
    paused_by: PartyRef | None
    paused_at: int | None
    closes_at: int
    closed_on: date | None
    failed_at_close: int | None
    settled: int
    partly: int
    queued: int
    failed: int
    ended: int
    passed: int
    waiting: int
    currencies: tuple[CurrencyRow, ...]
    priorities: tuple[PriorityRow, ...]
    passes: tuple[PassRow, ...]


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """What is promised outside; `entry` None: not attested yet."""

    number: int
    giver: PartyRef
    receiver: PartyRef
    agent: PartyRef
    entry: int | None


@dataclass(frozen=True, slots=True)
class PenaltyRow:
    """What failing has cost; days zero: charged."""

    payer: PartyRef
    payee: PartyRef
    amount: Amount
    days: int
    entry: int
