# SPDX-License-Identifier: Apache-2.0
"""Currencies and banks' claims in them, as assets among others; who keeps what, and limits."""

from lejar.domain.instruments import InstrumentStage
from lejar.domain.money import events as happened
from lejar.domain.money.deposits import events as deposits
from lejar.domain.money.limits.events import AccountLimitSet
from lejar.domain.money.tiers.events import TierDefined
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.known import CURRENCY, DEPOSIT
from lejar.projections.money_schema import (
    account_limits,
    deposit_tokens,
    deposits_kept,
    retail_tiers,
)
from lejar.projections.schema import assets


def currency_created(batch: Batch, receipt: Receipt, event: happened.CurrencyCreated) -> None:
    """Add a currency."""
    _add(
        batch,
        receipt,
        id=event.asset,
        kind=CURRENCY,
        code=event.code,
        decimals=event.decimals,
        issuer=event.central_bank,
        issuance_account=event.issuance_account,
    )
    batch.known.money[event.asset] = event.decimals


def deposit_token_created(
    batch: Batch, receipt: Receipt, event: deposits.DepositTokenCreated
) -> None:
    """Add a bank's claim in a currency, which is counted in that currency's unit."""
    decimals = batch.known.money[event.currency]
    _add(
        batch,
        receipt,
        id=event.asset,
        kind=DEPOSIT,
        code=event.code,
        decimals=decimals,
        issuer=event.bank,
        issuance_account=event.issuance_account,
    )
    row = {
        "id": event.asset,
        "currency": event.currency,
        "bank": event.bank,
        "code": event.code,
        "settles_in": event.settles_in,
        "entry": receipt.number,
    }
    batch.append(deposit_tokens, row)
    batch.known.money[event.asset] = decimals


def deposit_kept(batch: Batch, receipt: Receipt, event: deposits.DepositKept) -> None:
    """Say which claim an account holds; another bank's replaces it."""
    keeps(batch, receipt, event.account, event.currency, event.asset)


def keeps(batch: Batch, receipt: Receipt, account: bytes, currency: bytes, deposit: bytes) -> None:
    """Write which claim an account holds in place of a currency."""
    row = {"account": account, "currency": currency, "deposit": deposit, "entry": receipt.number}
    batch.replace(deposits_kept, row)


def tier_defined(batch: Batch, receipt: Receipt, event: TierDefined) -> None:
    """Set a tier's caps in place of those it had."""
    row = {
        "currency": event.currency,
        "tier": event.tier,
        "holding_max": event.holding_max,
        "payment_max": event.payment_max,
        "daily_max": event.daily_max,
        "entry": receipt.number,
    }
    batch.replace(retail_tiers, row)


def account_limit_set(batch: Batch, receipt: Receipt, event: AccountLimitSet) -> None:
    """Set an account's limits, or take them away; its owner may read what was said."""
    batch.concern(receipt.number, event.account)
    if event.holding_max is None and event.daily_out_max is None:
        batch.remove(account_limits, (event.account, event.currency))
        return
    row = {
        "account": event.account,
        "currency": event.currency,
        "holding_max": event.holding_max,
        "daily_out_max": event.daily_out_max,
        "entry": receipt.number,
    }
    batch.replace(account_limits, row)


def _add(batch: Batch, receipt: Receipt, **known: bytes | str | int) -> None:
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
    (deposits.DepositKept, deposit_kept),
    (TierDefined, tier_defined),
    (AccountLimitSet, account_limit_set),
)
