# SPDX-License-Identifier: Apache-2.0
"""Wholesale central-bank money: the face that other modules see."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.domain.money import commands, events, handlers, intraday, limits
from lejar.domain.money.intraday import Unwinding, unwind_intraday
from lejar.domain.money.model import CURRENCIES, REFERENCES, Currency, currency
from lejar.domain.money.refusals import MoneyRefusal as No
from lejar.domain.policy import No as Policy
from lejar.kernel.module import Module, Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "CURRENCIES",
    "MODULE",
    "Currency",
    "No",
    "Unwinding",
    "currency",
    "unwind_intraday",
]

MODULE = Module(
    name="money",
    tables=(CURRENCIES, REFERENCES, *intraday.TABLES),
    refusals=(No, intraday.No),
    due=intraday.DUE,
    audits=(intraday.for_all,),
    events=(
        events.CurrencyCreated,
        events.MoneyIssued,
        events.MoneyRedeemed,
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
        *intraday.VERBS,
        *limits.VERBS,
    ),
)
