# SPDX-License-Identifier: Apache-2.0
"""Retail tiers: the verbs that the module of money takes in; the caps stand in policy."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.identity import Role
from lejar.domain.money.deposits import No as Deposits
from lejar.domain.money.refusals import MoneyRefusal as Money
from lejar.domain.money.tiers import commands, events, handlers
from lejar.domain.money.tiers.refusals import TierRefusal as No
from lejar.kernel.module import Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = ["EVENTS", "VERBS", "No"]

EVENTS = (events.TierDefined, events.RetailOpened)
VERBS = (
    Verb(
        commands.DefineTier,
        handlers.define_tier,
        Role.OPERATE,
        (
            No.RETAIL_OFF,
            Ledger.ASSET_UNKNOWN,
            Deposits.NOT_A_CURRENCY,
            Money.NOT_THE_CENTRAL_BANK,
            No.TIER_UNSOUND,
        ),
    ),
    Verb(
        commands.OpenRetail,
        handlers.open_retail,
        Role.OPERATE,
        (
            No.RETAIL_OFF,
            Ledger.ASSET_UNKNOWN,
            Deposits.NOT_A_CURRENCY,
            Ledger.ACCOUNT_UNKNOWN,
            Accounts.NOT_THE_OWNER,
            No.INTERMEDIARY_MISSING,
            No.RETAIL_ACCOUNT_UNFIT,
            No.TIER_UNKNOWN,
        ),
    ),
)
