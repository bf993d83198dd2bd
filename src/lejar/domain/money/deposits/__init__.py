# SPDX-License-Identifier: Apache-2.0
"""Tokenised deposits: the verbs and tables that the module of money takes in."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.identity import Role
from lejar.domain.money.deposits import commands, events, handlers
from lejar.domain.money.deposits.invariants import claims_are_on_their_bank
from lejar.domain.money.deposits.model import DEPOSITS, KEPT, Deposit, Kept, bank_of, deposit_kept
from lejar.domain.money.deposits.paying import held_form, money_legs
from lejar.domain.money.deposits.refusals import DepositRefusal as No
from lejar.domain.money.refusals import MoneyRefusal as Money
from lejar.domain.policy import No as Policy
from lejar.kernel.module import Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "DEPOSITS",
    "EVENTS",
    "KEPT",
    "TABLES",
    "VERBS",
    "Deposit",
    "Kept",
    "No",
    "bank_of",
    "claims_are_on_their_bank",
    "deposit_kept",
    "held_form",
    "money_legs",
]

TABLES = (DEPOSITS, KEPT)
EVENTS = (
    events.DepositTokenCreated,
    events.DepositKept,
    events.DepositIssued,
    events.DepositRedeemed,
)
VERBS = (
    Verb(
        commands.CreateDepositToken,
        handlers.create_deposit_token,
        Role.OPERATE,
        (
            Ledger.ASSET_UNKNOWN,
            No.NOT_A_CURRENCY,
            Ledger.ACCOUNT_UNKNOWN,
            Accounts.NOT_THE_OWNER,
            No.SETTLEMENT_ACCOUNT_UNFIT,
            No.NOT_A_BANK,
            No.DEPOSIT_TOKEN_EXISTS,
            No.DEPOSIT_CODE_TAKEN,
        ),
    ),
    Verb(
        commands.KeepAsDeposit,
        handlers.keep_as_deposit,
        Role.OPERATE,
        (
            No.NOT_A_DEPOSIT,
            No.NOT_THE_BANK,
            Ledger.ACCOUNT_UNKNOWN,
            Accounts.NOT_THE_OWNER,
            No.KEEPING_UNFIT,
            No.DEPOSIT_STILL_HELD,
        ),
    ),
    Verb(
        commands.IssueDeposit,
        handlers.issue_deposit,
        Role.OPERATE,
        (
            No.NOT_A_DEPOSIT,
            No.NOT_THE_BANK,
            No.DEPOSIT_NOT_KEPT,
            Money.REFERENCE_USED,
            Policy.TARGET_SUSPENDED,
            Policy.SOURCE_FROZEN,
            Policy.TARGET_FROZEN,
            Policy.ASSET_FROZEN,
            Policy.TARGET_INELIGIBLE,
            Ledger.AMOUNT_TOO_LARGE,
        ),
    ),
    Verb(
        commands.RedeemDeposit,
        handlers.redeem_deposit,
        Role.OPERATE,
        (
            No.NOT_A_DEPOSIT,
            No.NOT_THE_BANK,
            Ledger.ACCOUNT_UNKNOWN,
            Accounts.NOT_THE_OWNER,
            No.DEPOSIT_NOT_KEPT,
            Money.REFERENCE_USED,
            Policy.SOURCE_FROZEN,
            Policy.TARGET_FROZEN,
            Policy.ASSET_FROZEN,
            Ledger.FUNDS_INSUFFICIENT,
        ),
    ),
)
