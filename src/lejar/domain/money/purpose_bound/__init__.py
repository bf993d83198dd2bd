# SPDX-License-Identifier: Apache-2.0
"""Purpose-bound money: the verbs and tables that the module of money takes in."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.domain.money.deposits import No as Deposits
from lejar.domain.money.purpose_bound import commands, events, handlers
from lejar.domain.money.purpose_bound.invariants import what_is_bound_is_held
from lejar.domain.money.purpose_bound.model import ENVELOPES, Envelope, left_in
from lejar.domain.money.purpose_bound.refusals import BoundRefusal as No
from lejar.domain.money.refusals import MoneyRefusal as Money
from lejar.domain.policy import No as Policy
from lejar.kernel.module import Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "DUE",
    "ENVELOPES",
    "EVENTS",
    "TABLES",
    "VERBS",
    "Envelope",
    "No",
    "left_in",
    "what_is_bound_is_held",
]

TABLES = (ENVELOPES,)
DUE = ((handlers.BOUND_MONEY_ENDS, handlers.bound_money_ends),)
EVENTS = (
    events.MoneyBound,
    events.BoundMoneySpent,
    events.BoundMoneyReturned,
    events.BoundMoneyStuck,
)
VERBS = (
    Verb(
        commands.BindMoney,
        handlers.bind_money,
        Role.OPERATE,
        (
            Ledger.ASSET_UNKNOWN,
            Deposits.NOT_A_CURRENCY,
            Ledger.ACCOUNT_UNKNOWN,
            Accounts.NOT_THE_OWNER,
            Money.ACCOUNT_IS_ISSUANCE,
            Identity.PARTY_UNKNOWN,
            No.BOUND_TO_NOBODY,
            Policy.OVER_ALREADY,
            Deposits.DEPOSIT_BANK_STOPPED,
            Accounts.AUTHORITY_MISSING,
            Accounts.AUTHORITY_EXCEEDED,
            Policy.SOURCE_SUSPENDED,
            Policy.SOURCE_FROZEN,
            Policy.ASSET_FROZEN,
            Policy.MARKET_HALTED,
            Policy.TARGET_INELIGIBLE,
            Ledger.FUNDS_INSUFFICIENT,
        ),
    ),
    Verb(
        commands.SpendBound,
        handlers.spend_bound,
        Role.OPERATE,
        (
            No.ENVELOPE_UNKNOWN,
            No.NOT_THE_SPENDER,
            No.BOUND_MONEY_ENDED,
            No.BOUND_PURPOSE_UNFIT,
            Ledger.ACCOUNT_UNKNOWN,
            No.BOUND_RECEIVER_UNFIT,
            No.BOUND_INSUFFICIENT,
            Deposits.DEPOSIT_BANK_STOPPED,
            Policy.SOURCE_SUSPENDED,
            Policy.TARGET_SUSPENDED,
            Policy.SOURCE_FROZEN,
            Policy.TARGET_FROZEN,
            Policy.ASSET_FROZEN,
            Policy.MARKET_HALTED,
            Policy.TARGET_INELIGIBLE,
            Ledger.FUNDS_INSUFFICIENT,
            Ledger.AMOUNT_TOO_LARGE,
        ),
    ),
    Verb(
        commands.UnbindMoney,
        handlers.unbind_money,
        Role.OPERATE,
        (
            No.ENVELOPE_UNKNOWN,
            No.NOT_THE_BINDER,
            No.NOT_THE_SPENDER,
            Deposits.DEPOSIT_BANK_STOPPED,
            Policy.SOURCE_SUSPENDED,
            Policy.SOURCE_FROZEN,
            Policy.TARGET_FROZEN,
            Policy.ASSET_FROZEN,
            Policy.MARKET_HALTED,
            Policy.TARGET_INELIGIBLE,
            Ledger.FUNDS_INSUFFICIENT,
            Ledger.AMOUNT_TOO_LARGE,
        ),
    ),
)
