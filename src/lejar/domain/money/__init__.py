# SPDX-License-Identifier: Apache-2.0
"""Central-bank money and the deposits that are claims for it: the face that other modules see."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.domain.money import (
    commands,
    deposits,
    events,
    handlers,
    intraday,
    limits,
    purpose_bound,
    tiers,
)
from lejar.domain.money.deposits import No as DepositNo
from lejar.domain.money.deposits import bank_of, deposit_kept, held_form, money_legs
from lejar.domain.money.model import CURRENCIES, REFERENCES, Currency, currency
from lejar.domain.money.purpose_bound import No as BoundNo
from lejar.domain.money.refusals import MoneyRefusal as No
from lejar.domain.money.tiers import No as TierNo
from lejar.domain.policy import No as Policy
from lejar.kernel.module import Module, Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "CURRENCIES",
    "MODULE",
    "Currency",
    "DepositNo",
    "No",
    "bank_of",
    "currency",
    "deposit_kept",
    "held_form",
    "money_legs",
]

MODULE = Module(
    name="money",
    tables=(CURRENCIES, REFERENCES, *deposits.TABLES, *purpose_bound.TABLES, *intraday.TABLES),
    refusals=(No, DepositNo, BoundNo, TierNo, intraday.No),
    due=(*purpose_bound.DUE, *intraday.DUE),
    audits=(
        deposits.claims_are_on_their_bank,
        purpose_bound.what_is_bound_is_held,
        intraday.for_all,
    ),
    events=(
        events.CurrencyCreated,
        events.MoneyIssued,
        events.MoneyRedeemed,
        *deposits.EVENTS,
        *purpose_bound.EVENTS,
        *tiers.EVENTS,
        *intraday.EVENTS,
        *limits.EVENTS,
    ),
    verbs=(
        Verb(
            commands.CreateCurrency,
            handlers.create_currency,
            Role.OPERATE,
            (Identity.POWER_MISSING, No.CURRENCY_EXISTS),
        ),
        Verb(
            commands.IssueMoney,
            handlers.issue_money,
            Role.OPERATE,
            (
                Ledger.ASSET_UNKNOWN,
                No.NOT_MONEY,
                No.NOT_THE_CENTRAL_BANK,
                Ledger.ACCOUNT_UNKNOWN,
                No.ACCOUNT_IS_ISSUANCE,
                No.ACCOUNT_HOLDS_DEPOSITS,
                No.REFERENCE_USED,
                Policy.TARGET_SUSPENDED,
                Policy.SOURCE_FROZEN,
                Policy.TARGET_FROZEN,
                Policy.ASSET_FROZEN,
                Policy.TARGET_INELIGIBLE,
                Ledger.AMOUNT_TOO_LARGE,
            ),
        ),
        Verb(
            commands.RedeemMoney,
            handlers.redeem_money,
            Role.OPERATE,
            (
                Ledger.ASSET_UNKNOWN,
                No.NOT_MONEY,
                No.NOT_THE_CENTRAL_BANK,
                Ledger.ACCOUNT_UNKNOWN,
                No.ACCOUNT_IS_ISSUANCE,
                Accounts.NOT_THE_OWNER,
                No.REFERENCE_USED,
                Policy.SOURCE_FROZEN,
                Policy.TARGET_FROZEN,
                Policy.ASSET_FROZEN,
                Ledger.FUNDS_INSUFFICIENT,
            ),
        ),
        *deposits.VERBS,
        *purpose_bound.VERBS,
        *tiers.VERBS,
        *intraday.VERBS,
        *limits.VERBS,
    ),
)
