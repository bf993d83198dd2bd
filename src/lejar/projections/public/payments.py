# SPDX-License-Identifier: Apache-2.0
"""Payments on a paper: their days and their totals, without who is paid."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.schema import payments
from lejar.projections.snapshot import Found, Snapshot
from lejar.projections.standing import Standing


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment; amounts in the smallest unit of `money`."""

    id: bytes
    asset: bytes
    period: int
    """The number of the period that it pays, from 1."""
    money: bytes
    due_on: date
    """The end of the period, before any move to a business day."""
    pays_on: date
    record_date: date
    claims_until: date | None
    redeems: bool
    holidays_known: bool
    """False says that the payment date may still turn out to be a holiday."""
    stage: str
    """`announced`, `fixed`, `paying`, `failed`, `paid` or `cancelled`."""
    cause: str | None
    """Why it failed: a refusal's code."""
    attempts: int
    holders: int
    """Accounts that are entitled; this and all amounts are 0 until the record date has ended."""
    units: int
    income: int
    principal: int
    residue: int
    issuer_units: int
    paid: int
    unclaimed: int
    reclaimed: int
    announced: int
    """The entry that announced it."""
    entry: int
    """The entry that changed it last."""

    @property
    def outstanding(self) -> int:
        """What the run has not dealt with yet."""
        return self.income + self.principal - self.paid - self.unclaimed - self.reclaimed


@dataclass(frozen=True, slots=True)
class PaymentFound:
    """One payment, as at a standing."""

    standing: Standing
    payment: PaymentLine


def payments_page(
    snapshot: Snapshot, asset: bytes, wanted: Wanted = FIRST_PAGE
) -> Page[PaymentLine]:
    """Give a page of a paper's payments, by period; one announced anew stands beside the first."""
    return page(snapshot, _LISTING, select(payments).where(payments.c.asset == asset), wanted)


def payment(snapshot: Snapshot, id_: bytes) -> PaymentFound | None:
    """Give one payment."""
    query = select(payments).where(payments.c.id == id_)
    row = snapshot.connection.execute(query).one_or_none()
    return None if row is None else PaymentFound(snapshot.standing, _line(row))


def _line(row: Found) -> PaymentLine:
    named = row._asdict()
    for day in ("due_on", "pays_on", "record_date", "claims_until"):
        written = named[day]
        named[day] = None if written is None else date.fromisoformat(written)
    return PaymentLine(**named)


_LISTING: Listing[PaymentLine] = Listing(
    "payments", (payments.c.period, payments.c.id), _line, newest_first=False
)
