# SPDX-License-Identifier: Apache-2.0
"""Intraday liquidity: what banks may draw, against what, and every credit from draw to end.

The bank is told of what happens to its credit without its signature: a call, a close that failed.
"""

from lejar.domain.money.intraday import events as happened
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.money_schema import (
    ENDED,
    OPEN,
    OVERDUE,
    collateral_terms,
    facilities,
    intraday_collateral,
    intraday_credits,
)


def collateral_set(batch: Batch, receipt: Receipt, event: happened.CollateralSet) -> None:
    """Set the terms of a security, or say that it is taken no more."""
    if event.price is None:
        batch.remove(collateral_terms, (event.currency, event.asset))
        return
    row = {
        "currency": event.currency,
        "asset": event.asset,
        "price": event.price,
        "haircut": event.haircut,
        "until": event.until,
        "islamic": event.islamic,
        "entry": receipt.number,
    }
    batch.replace(collateral_terms, row)


def facility_opened(batch: Batch, receipt: Receipt, event: happened.FacilityOpened) -> None:
    """Say what banks may draw, in place of what was said before."""
    row = {
        "currency": event.currency,
        "forms": " ".join(event.forms),
        "account": event.account,
        "closing_minutes": event.closing_minutes,
        "difference": event.difference,
        "bank_max": event.bank_max,
        "entry": receipt.number,
    }
    batch.replace(facilities, row)


def facility_closed(batch: Batch, _receipt: Receipt, event: happened.FacilityClosed) -> None:
    """Remove what banks may draw; credits that are open stay."""
    batch.remove(facilities, (event.currency,))


def intraday_drawn(batch: Batch, receipt: Receipt, event: happened.IntradayDrawn) -> None:
    """Add a credit."""
    row = {
        "id": event.credit,
        "form": str(event.form),
        "currency": event.currency,
        "bank": event.bank,
        "account": event.account,
        "promise": None,
        "drawn": event.amount,
        "owed": event.owed,
        "closes_at": event.closes_at,
        "stage": OPEN,
        "overdue_since": None,
        "tried_at": None,
        "shortfall": None,
        "cause": None,
        "called_at": None,
        "ended_at": None,
        "opened": receipt.number,
        "entry": receipt.number,
    }
    batch.insert(intraday_credits, row)


def buy_back_promised(batch: Batch, _receipt: Receipt, event: happened.BuyBackPromised) -> None:
    """Add the separate promise to a sale."""
    batch.change(intraday_credits, (event.credit,), {"promise": event.promise})


def collateral_given(batch: Batch, _receipt: Receipt, event: happened.CollateralGiven) -> None:
    """Add to what is kept for a credit."""
    key = (event.credit, event.asset)
    batch.total(intraday_collateral, key, {"amount": event.amount})


def collateral_returned(
    batch: Batch, _receipt: Receipt, event: happened.CollateralReturned
) -> None:
    """Take from what is kept for a credit."""
    key = (event.credit, event.asset)
    batch.total(intraday_collateral, key, {"amount": -event.amount})


def intraday_repaid(batch: Batch, receipt: Receipt, event: happened.IntradayRepaid) -> None:
    """Lessen what is owed; a credit of which nothing is owed has ended."""
    batch.concern_party(receipt.number, event.bank)
    changed: dict[str, object] = {"owed": event.owed, "entry": receipt.number}
    if not event.owed:
        changed |= {"stage": ENDED, "shortfall": None, "cause": None, "ended_at": receipt.at}
    batch.change(intraday_credits, (event.credit,), changed)


def intraday_overdue(batch: Batch, receipt: Receipt, event: happened.IntradayOverdue) -> None:
    """Say what was in the way at a close."""
    batch.concern_party(receipt.number, event.bank)
    key = (event.credit,)
    batch.fill(intraday_credits, key, {"overdue_since": receipt.at})
    changed = {
        "stage": OVERDUE,
        "tried_at": receipt.at,
        "shortfall": event.shortfall,
        "cause": event.cause,
        "entry": receipt.number,
    }
    batch.change(intraday_credits, key, changed)


def margin_called(batch: Batch, receipt: Receipt, event: happened.MarginCalled) -> None:
    """Say when a credit was called; whether it covers now, its collateral says."""
    batch.concern_party(receipt.number, event.bank)
    called = {"called_at": receipt.at, "entry": receipt.number}
    batch.change(intraday_credits, (event.credit,), called)


FOLDS: Folds = (
    (happened.CollateralSet, collateral_set),
    (happened.FacilityOpened, facility_opened),
    (happened.FacilityClosed, facility_closed),
    (happened.IntradayDrawn, intraday_drawn),
    (happened.BuyBackPromised, buy_back_promised),
    (happened.CollateralGiven, collateral_given),
    (happened.CollateralReturned, collateral_returned),
    (happened.IntradayRepaid, intraday_repaid),
    (happened.IntradayOverdue, intraday_overdue),
    (happened.MarginCalled, margin_called),
)
