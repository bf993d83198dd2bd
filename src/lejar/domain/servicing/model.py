# SPDX-License-Identifier: Apache-2.0
"""Payments on instruments, who is entitled to them, and who may announce them.

Why so little stays: a holder that was paid leaves no record here, only receipts; what remains is
what somebody may still ask for.
"""

from datetime import date
from enum import StrEnum

from lejar.kernel.codec import Record
from lejar.kernel.state import Table

PERIOD_BYTES = 2


class PaymentStage(StrEnum):
    """Where a payment stands."""

    ANNOUNCED = "announced"
    """The record date has not ended."""
    FIXED = "fixed"
    """The register was read; the payment date decides the rest."""
    PAYING = "paying"
    """All of it is set aside and part of it is paid; the rest follows block by block."""
    FAILED = "failed"
    """It could not be paid, for the cause it names; the agent may retry."""
    PAID = "paid"
    """Every holder was paid, or its part stands unclaimed."""


class EntitlementStage(StrEnum):
    """Where one holder's part stands; a part that was paid in the run is gone from here."""

    DUE = "due"
    UNCLAIMED = "unclaimed"
    """It could not be paid in the run; its money is held until it is claimed."""
    CLAIMED = "claimed"


class Agent(Record, frozen=True):
    """Who acts for the issuer of an asset, which is the key."""

    agent: bytes
    since: int


class Payment(Record, frozen=True, kw_only=True):
    """A payment; its id is the key.  Amounts in the smallest unit of `money`."""

    asset: bytes
    period: int
    """The number of the accrual period that it pays, from 1."""
    money: bytes
    due_on: date
    """The end of the period, before any move to a business day."""
    pays_on: date
    record_date: date
    """Whoever stands in the register at the end of this day is entitled."""
    claims_until: date | None
    """The last day on which an unpaid part may be claimed; none for no end."""
    paying_account: bytes
    redeems: bool
    holidays_known: bool
    """Whether the calendar lists the holidays of the years that decided the payment date."""
    stage: PaymentStage = PaymentStage.ANNOUNCED
    holders: int = 0
    units: int = 0
    total: int = 0
    """The sum of all entitlements."""
    residue: int = 0
    """The payment on all entitled units as one, less `total`: it stays with the payer, or below
    zero is what the payer has added."""
    paid: int = 0
    unclaimed: int = 0
    reclaimed: int = 0
    cursor: bytes = b""
    """The last account that the run has dealt with."""
    hold: bytes | None = None
    """What is set aside for holders that the run has not reached, and for the unclaimed."""
    cause: str | None = None
    """Why it failed: a refusal's code."""
    attempts: int = 0

    @property
    def outstanding(self) -> int:
        """What the run has not dealt with yet."""
        return self.total - self.paid - self.unclaimed - self.reclaimed


class PaymentOf(Record, frozen=True):
    """The payment of a period; asset and period number are the key."""

    payment: bytes


class Entitlement(Record, frozen=True):
    """One account's part of a payment; payment id and account are the key."""

    units: int
    income: int
    principal: int
    stage: EntitlementStage = EntitlementStage.DUE
    cause: str | None = None
    """Why it is unclaimed: a refusal's code."""

    @property
    def amount(self) -> int:
        """Income and principal together."""
        return self.income + self.principal


AGENTS: Table[Agent] = Table(0x58, "agents", Agent)
PAYMENTS: Table[Payment] = Table(0x59, "payments", Payment)
PERIODS: Table[PaymentOf] = Table(0x5A, "payments_of_periods", PaymentOf)
ENTITLEMENTS: Table[Entitlement] = Table(0x5B, "entitlements", Entitlement)


def period_key(asset: bytes, period: int) -> bytes:
    """Give the key under which a period's payment stands."""
    return asset + period.to_bytes(PERIOD_BYTES, "big")
