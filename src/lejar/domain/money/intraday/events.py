# SPDX-License-Identifier: Apache-2.0
"""What happened in intraday liquidity."""

from lejar.domain.money.intraday.model import Form
from lejar.kernel.module import Event


class CollateralSet(Event, frozen=True, tag="money.collateral_set"):
    """A security is taken at these terms; a price of none means that it is not taken."""

    currency: bytes
    asset: bytes
    price: int | None
    haircut: int | None
    until: int | None
    islamic: bool


class FacilityOpened(Event, frozen=True, tag="money.facility_opened"):
    """Banks may draw by themselves."""

    currency: bytes
    forms: tuple[Form, ...]
    account: bytes
    closing_minutes: int
    difference: int | None
    bank_max: int | None


class FacilityClosed(Event, frozen=True, tag="money.facility_closed"):
    """Nobody may draw any more."""

    currency: bytes


class IntradayDrawn(Event, frozen=True, tag="money.intraday_drawn"):
    """New central-bank money is out against securities."""

    credit: bytes
    form: Form
    currency: bytes
    bank: bytes
    account: bytes
    amount: int
    owed: int
    closes_at: int


class CollateralGiven(Event, frozen=True, tag="money.collateral_given"):
    """Securities became the central bank's, under a credit."""

    credit: bytes
    asset: bytes
    amount: int


class CollateralReturned(Event, frozen=True, tag="money.collateral_returned"):
    """Securities are the bank's again."""

    credit: bytes
    asset: bytes
    amount: int


class SecuritiesSold(Event, frozen=True, tag="money.securities_sold"):
    """The first contract of a sale and buy-back: an outright sale, complete in itself."""

    credit: bytes
    bank: bytes
    central_bank: bytes
    currency: bytes
    amount: int


class BuyBackPromised(Event, frozen=True, tag="money.buy_back_promised"):
    """The second contract: the bank's own promise to buy at this price, agreed now."""

    promise: bytes
    credit: bytes
    bank: bytes
    currency: bytes
    amount: int


class BuyBackMade(Event, frozen=True, tag="money.buy_back_made"):
    """The promise was kept."""

    promise: bytes
    credit: bytes
    currency: bytes
    amount: int


class IntradayRepaid(Event, frozen=True, tag="money.intraday_repaid"):
    """Money was paid back and is no more; the credit is closed when nothing is owed."""

    credit: bytes
    bank: bytes
    currency: bytes
    paid: int
    owed: int


class IntradayOverdue(Event, frozen=True, tag="money.intraday_overdue"):
    """A credit could not be unwound at the close: the central bank keeps the securities."""

    credit: bytes
    bank: bytes
    currency: bytes
    owed: int
    shortfall: int
    """What the bank's account lacks; zero where something else is in the way."""
    cause: str


class MarginCalled(Event, frozen=True, tag="money.margin_called"):
    """At the central bank's new price, securities no longer cover what is owed."""

    credit: bytes
    bank: bytes
    currency: bytes
    value: int
    owed: int
    shortfall: int
