# SPDX-License-Identifier: Apache-2.0
"""Payments on a paper: those announced, and those that its terms promise after them."""

from typing import Final

from lejar.domain.instruments import FixedProfitSukuk, Period, periods
from lejar.domain.instruments.events import InstrumentCreated
from lejar.projections import Wanted
from lejar.projections.public.payments import PaymentLine, payments_page
from lejar.web import views
from lejar.web.reading.asked import Asked, Asset
from lejar.web.reading.facts import cause_words

STATES: Final = {
    "announced": views.State.ANNOUNCED,
    "fixed": views.State.FIXED,
    "paying": views.State.PAYING,
    "failed": views.State.FAILED,
    "paid": views.State.PAID,
    "cancelled": views.State.CANCELLED,
}


PAYMENTS_MAX: Final = 500


def payments_of(asked: Asked, asset: bytes) -> tuple[PaymentLine, ...]:
    """Give a paper's payments by period; one announced anew stands beside the first."""
    return payments_page(asked.snapshot, asset, Wanted(None, PAYMENTS_MAX)).rows


def payment_rows(
    asked: Asked, asset: Asset, lines: tuple[PaymentLine, ...]
) -> tuple[views.PaymentRow, ...]:
    """Give the table of payments: announced ones, then what the terms promise."""
    announced = tuple(_announced(asset, line) for line in lines)
    return (*announced, *(_promised(asset, period) for period in ahead(asked, asset, lines)))


def ahead(asked: Asked, asset: Asset, lines: tuple[PaymentLine, ...]) -> tuple[Period, ...]:
    """Give the periods that are not announced yet and that the hub will pay."""
    debt = asset.debt
    if debt is None or asset.line.stage == "redeemed":
        return ()
    done = {line.period for line in lines if line.stage != "cancelled"}
    came = asked.day(asset.line.created_at)
    return tuple(
        period for period in periods(debt) if period.number not in done and period.end > came
    )


def total_of(line: PaymentLine) -> int | None:
    """Give what all holders together get; none until the record date has ended."""
    has_ended = line.stage not in {"announced", "cancelled"}
    return line.income + line.principal if has_ended else None


def income_kind(asset: Asset) -> str:
    """Name what the paper pays: profit on a sukuk, a coupon on a bond."""
    created = asset.created
    is_sukuk = isinstance(created, InstrumentCreated) and isinstance(
        created.terms, FixedProfitSukuk
    )
    return "profit" if is_sukuk else "coupon"


def kind_of(asset: Asset, *, redeems: bool) -> str:
    """Name a payment; the last one redeems as well."""
    return f"{income_kind(asset)}_redemption" if redeems else income_kind(asset)


def _announced(asset: Asset, line: PaymentLine) -> views.PaymentRow:
    return views.PaymentRow(
        kind=kind_of(asset, redeems=line.redeems),
        record_on=line.record_date,
        scheduled_on=line.due_on,
        pays_on=line.pays_on,
        rate=None if asset.debt is None else asset.debt.rate_millionths,
        total_sen=total_of(line),
        state=STATES[line.stage],
        receipt_id=str(line.entry),
        paid_sen=line.paid,
        unclaimed_sen=line.unclaimed,
        reason=None if line.cause is None else cause_words(line.cause),
    )


def _promised(asset: Asset, period: Period) -> views.PaymentRow:
    debt = asset.debt
    redeems = debt is not None and period.end == debt.maturity
    return views.PaymentRow(
        kind=kind_of(asset, redeems=redeems),
        record_on=None,
        scheduled_on=period.end,
        pays_on=period.end,
        rate=None if debt is None else debt.rate_millionths,
        total_sen=None,
        state=views.State.SCHEDULED,
        receipt_id=None,
    )
