# SPDX-License-Identifier: Apache-2.0
"""Currencies, as assets among others."""

from lejar.domain.instruments import InstrumentStage
from lejar.domain.money import events as happened
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.schema import assets

CURRENCY = "currency"


def currency_created(batch: Batch, receipt: Receipt, event: happened.CurrencyCreated) -> None:
    """Add a currency."""
    row = {
        "id": event.asset,
        "kind": CURRENCY,
        "code": event.code,
        "isin": None,
        "name": None,
        "issuer": event.central_bank,
        "approver": None,
        "agent": None,
        "issuance_account": event.issuance_account,
        "stage": str(InstrumentStage.LIVE),
        "issued": None,
        "terms": None,
        "conditions": None,
        "created_at": receipt.at,
        "entry": receipt.number,
    }
    batch.replace(assets, row)
    batch.known.currencies[event.asset] = None


FOLDS: Folds = ((happened.CurrencyCreated, currency_created),)
