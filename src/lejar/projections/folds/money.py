# SPDX-License-Identifier: Apache-2.0
"""Currencies, as assets among others."""

from lejar.domain.money import events as happened
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.schema import assets


def currency_created(batch: Batch, receipt: Receipt, event: happened.CurrencyCreated) -> None:
    """Add a currency."""
    row = {
        "id": event.asset,
        "kind": "currency",
        "code": event.code,
        "isin": None,
        "name": None,
        "issuer": event.central_bank,
        "issuance_account": event.issuance_account,
        "terms": None,
        "created_at": receipt.at,
        "entry": receipt.number,
    }
    batch.replace(assets, row)


FOLDS: Folds = ((happened.CurrencyCreated, currency_created),)
