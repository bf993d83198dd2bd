# SPDX-License-Identifier: Apache-2.0
"""What this room asks of the projections about settlement: terms, reasons, queue and day."""

import msgspec

from lejar.domain.settlement import OnShortfall, Priority


class LegView(msgspec.Struct, frozen=True):
    """An amount of an asset from one account to another."""

    asset: bytes
    source: bytes
    target: bytes
    amount: int
    """What is open, or was when it settled."""
    settled: int
    """What had moved before, in parts."""


class TermsView(msgspec.Struct, frozen=True):
    """On which terms an instruction settles; what it has not is none."""

    priority: Priority | None
    """For those who give something, and for whoever runs settlement."""
    on_shortfall: OnShortfall | None
    partial_from: int | None
    pool: bytes | None
    pool_number: int | None
    by_hand: bool
    from_block: int | None
    mediator: bytes | None
    venue: bytes | None
    reference: bytes | None
    buy_in_until: int | None
    buy_in_by: bytes | None


class PromiseView(msgspec.Struct, frozen=True):
    """What is done outside the hub; `entry` is where its agent said that it was."""

    number: int
    attested_by: bytes
    promised_by: bytes
    promised_to: bytes
    matter: bytes
    entry: int | None


class LinkView(msgspec.Struct, frozen=True):
    """Another instruction that must have settled before."""

    instruction: bytes
    stage: str


class WaitView(msgspec.Struct, frozen=True):
    """One reason for which an instruction waits, as far as the reader may know."""

    kind: str
    """`affirmation`, `held`, `by_hand`, `after`, `promise`, `pool`, `block`, `day`, `paused`,
    `lacks`, `reserved`, `limit`, `ahead`, `others` or `next`."""
    en: str
    ms: str
    parties: tuple[bytes, ...]
    instructions: tuple[bytes, ...]
    """Those it stands behind, comes after, or would be freed by."""
    asset: bytes | None
    account: bytes | None
    amount: int | None


class PenaltyView(msgspec.Struct, frozen=True):
    """What failing has cost; `days` is zero where it was charged."""

    instruction: bytes
    payer: bytes
    payee: bytes
    asset: bytes
    amount: int
    days: int
    shown_on: str | None
    entry: int


class QueueRow(msgspec.Struct, frozen=True):
    """What waits; place and priority for those who give something, and whoever runs settlement."""

    instruction: bytes
    position: int | None
    priority: Priority | None
    since_at: int
    legs: tuple[LegView, ...]
    waits: tuple[WaitView, ...]


class CurrencyToday(msgspec.Struct, frozen=True):
    """What was settled of a currency today, and what accounts have less than this morning."""

    asset: bytes
    code: str
    amount: int
    movements: int
    drawn: int


class WaitingToday(msgspec.Struct, frozen=True):
    """How many wait at a priority, and the money in them."""

    priority: Priority
    waiting: int
    value: int


class PassView(msgspec.Struct, frozen=True):
    """What came out of the queue together; a bound where the set was found outside."""

    entry: int
    at: int
    times: int
    value: int
    bound: int | None


class FailRuleView(msgspec.Struct, frozen=True):
    """What failing to give an asset costs a day, in millionths; what is none does not bind."""

    asset: bytes
    daily_rate: int | None
    free_days: int
    buy_in_after: int | None
    buy_in_notice: int | None


class DayView(msgspec.Struct, frozen=True):
    """The settlement day in figures."""

    as_at: int
    day: str
    business_day: bool
    paused_by: bytes | None
    paused_at: int | None
    closes_at: int
    closed_on: str | None
    failed_at_close: int | None
    times_settled: int
    partly: int
    queued: int
    failed: int
    ended: int
    """What was cancelled or lapsed."""
    passed: int
    """What came out of the queue."""
    currencies: tuple[CurrencyToday, ...]
    queue: tuple[WaitingToday, ...]
    passes: tuple[PassView, ...]
    fail_rules: tuple[FailRuleView, ...]


class LimitView(msgspec.Struct, frozen=True):
    """A sender limit and what is left of it today; no counterparty: all others together."""

    party: bytes
    asset: bytes
    limited_to: bytes | None
    amount: int
    room: int


class ReserveView(msgspec.Struct, frozen=True):
    """What an account keeps for urgent instructions."""

    account: bytes
    owner: bytes
    asset: bytes
    amount: int


class LimitsView(msgspec.Struct, frozen=True):
    """Limits and reservations: the reader's own, or everybody's for whoever runs settlement."""

    as_at: int
    limits: tuple[LimitView, ...]
    reserves: tuple[ReserveView, ...]
