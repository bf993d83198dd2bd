# SPDX-License-Identifier: Apache-2.0
"""Instruments: their terms, their life, who holds them, what they will pay."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lejar.web.views.parts import AsAt, PartyRef, Span, State, Words


class LifeStage(StrEnum):
    """Where an event of an instrument's life stands."""

    DONE = "done"
    NEXT = "next"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """One instrument in a list."""

    instrument_id: str
    name: str
    kind: str
    """`sukuk`, `bond`, `currency` …: a name in the code."""
    isin: str | None
    issuer: PartyRef
    rate: int | None
    """Millionths a year."""
    matures_on: date | None
    outstanding: int
    """Units issued and not redeemed."""
    outstanding_sen: int | None
    """Their nominal value in ringgit."""
    state: State
    decimals: int | None = None
    """For money: the digits after its point."""


@dataclass(frozen=True, slots=True)
class InstrumentsView:
    """The page of instruments."""

    as_at: AsAt
    rows: tuple[InstrumentRow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """Where the terms were read."""

    name: str
    href: str | None
    source_class: str
    """P primary, L law firm, N news, W weak, U unverified."""
    collected: str | None = None
    """Month or day on which it was read there, ISO 8601."""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a fixed-rate paper. None: not known, and the page says so."""

    currency: str
    stock_code: str | None
    issuer_name: str | None
    principle: str | None
    rate: int | None
    accrues_from: date | None
    first_payment_on: date | None
    matures_on: date | None
    payments_a_year: int | None
    day_count: str | None
    convention: str | None
    ex_days: int | None
    redemption_price: int | None
    issue_sen: int | None
    unit_nominal_sen: int | None
    rounding: str | None
    assumed: tuple[str, ...] = ()
    """Names of the fields above that are assumptions of ours and not in the source."""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class UnitTerms:
    """The terms of units that promise no payment."""

    units_max: int | None
    """Units ever issued at most; None: no end."""
    jurisdictions: tuple[str, ...]
    holding_max: int | None
    """The most that one person may own; None: no cap."""
    documents: tuple[str, ...]
    """Digests, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One event of the life: issued, a payment, redeemed."""

    kind: str
    """`admitted`, `issued`, `settled`, `frozen`, `redeemed`, or a payment's kind …"""
    on: date
    stage: LifeStage
    amount_sen: int | None
    receipt_id: str | None
    entry: int | None
    note: Words | None = None
    count: int | None = None
    """How many such events this line tells, when it tells more than one."""


@dataclass(frozen=True, slots=True)
class HolderRow:
    """One account's holding, in units."""

    account_id: str
    holder: PartyRef
    total: int
    free: int
    held: int


@dataclass(frozen=True, slots=True)
class Holders:
    """Holdings: totals for everybody, rows only for those who may see them."""

    count: int
    total: int
    held: int
    rows: tuple[HolderRow, ...] | None
    """None: this reader may not see any."""
    are_own: bool = False
    """The rows are the reader's own accounts only."""
    span: Span = field(default_factory=lambda: Span(None, None))


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment to holders, made or to come."""

    kind: str
    """`coupon`, `profit`, `redemption`, or both in one: `profit_redemption`."""
    record_on: date | None
    """None: not announced yet."""
    scheduled_on: date
    pays_on: date
    """Moved to a business day where the convention says so."""
    rate: int | None
    total_sen: int | None
    """For all holders; None until the record date."""
    state: State
    receipt_id: str | None
    paid_sen: int | None = None
    """What holders have received."""
    unclaimed_sen: int = 0
    """What waits for holders who could not be paid."""
    reason: Words | None = None
    """Why it failed."""


@dataclass(frozen=True, slots=True)
class Level:
    """From this day on, this much was outstanding."""

    on: date
    sen: int


@dataclass(frozen=True, slots=True)
class PaidOn:
    """What was paid to all holders on a day."""

    on: date
    sen: int
    kind: str
    """As in `PaymentRow`."""


@dataclass(frozen=True, slots=True)
class LifeChart:
    """Outstanding and paid over time; drawn, and told as a table."""

    begins_on: date
    ends_on: date
    today: date
    levels: tuple[Level, ...]
    paid: tuple[PaidOn, ...]


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """One instrument."""

    as_at: AsAt
    row: InstrumentRow
    terms: Terms | None
    """None for a currency, and for plain units."""
    life: tuple[LifeEvent, ...]
    holders: Holders
    payments: tuple[PaymentRow, ...]
    chart: LifeChart | None = None
    """None: nothing to draw yet."""
    units: UnitTerms | None = None
    """None for a currency, and for a paper that pays."""
