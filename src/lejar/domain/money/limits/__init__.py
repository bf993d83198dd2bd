# SPDX-License-Identifier: Apache-2.0
"""Limits on accounts: what the module of money joins into its own."""

from lejar.domain.identity import Role
from lejar.domain.money.limits import commands, events, handlers
from lejar.domain.money.refusals import MoneyRefusal as Money
from lejar.kernel.module import Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

EVENTS = (events.AccountLimitSet,)

VERBS = (
    Verb(
        commands.SetAccountLimit,
        handlers.set_account_limit,
        Role.OPERATE,
        (
            Ledger.ASSET_UNKNOWN,
            Money.NOT_MONEY,
            Money.NOT_THE_CENTRAL_BANK,
            Ledger.ACCOUNT_UNKNOWN,
            Money.ACCOUNT_IS_ISSUANCE,
        ),
    ),
)
