# SPDX-License-Identifier: Apache-2.0
"""Currencies and banks' claims in them, as assets among others."""

from lejar.domain.instruments import InstrumentStage
from lejar.domain.money import events as happened
from lejar.domain.money.deposits import events as deposits
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.known import CURRENCY, DEPOSIT
from lejar.projections.schema import assets


def currency_created(batch: Batch, receipt: Receipt, event: happened.CurrencyCreated) -> None:
    """Add a currency."""
    _add(
        batch,
        receipt,
        id=event.asset,
        kind=CURRENCY,
        code=event.code,
        issuer=event.central_bank,
        issuance_account=event.issuance_account,
    )
    batch.known.money[event.asset] = None


def deposit_token_created(
    batch: Batch, receipt: Receipt, event: deposits.DepositTokenCreated
) -> None:
    """Add a bank's claim in a currency."""
    _add(
        batch,
        receipt,
        id=event.asset,
        kind=DEPOSIT,
        code=event.code,
        issuer=event.bank,
        issuance_account=event.issuance_account,
    )
    batch.known.money[event.asset] = None


def _add(batch: Batch, receipt: Receipt, **known: bytes | str) -> None:
    row = {
        "isin": None,
        "name": None,
        "approver": None,
        "agent": None,
        "stage": str(InstrumentStage.LIVE),
        "issued": None,
        "terms": None,
        "conditions": None,
        "created_at": receipt.at,
        "entry": receipt.number,
        **known,
    }
    batch.replace(assets, row)


FOLDS: Folds = (
    (happened.CurrencyCreated, currency_created),
    (deposits.DepositTokenCreated, deposit_token_created),
)
