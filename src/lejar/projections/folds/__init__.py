# SPDX-License-Identifier: Apache-2.0
"""Which fold belongs to which event: one file for each module of the domain, named here.

An event without a fold is a mistake unless `CHANGES_NOTHING` says why; a test holds it.
"""

from typing import Final

from lejar.domain.calendar.events import TimeAdvanced
from lejar.domain.consent.events import OfficerAppointed, OfficerDismissed
from lejar.domain.instruments.events import UnitsRetired
from lejar.domain.money.deposits.events import DepositIssued, DepositRedeemed
from lejar.domain.money.events import MoneyIssued, MoneyRedeemed
from lejar.domain.money.intraday.events import BuyBackMade, SecuritiesSold
from lejar.domain.money.tiers.events import RetailOpened
from lejar.domain.policy.events import PersonCleared
from lejar.domain.reconciliation.events import StatementMatched
from lejar.kernel.module import Event
from lejar.projections.folds import (
    accounts,
    consent,
    identity,
    instruments,
    intraday,
    ledger,
    money,
    operating,
    oversight,
    purpose_bound,
    reconciliation,
    rules,
    servicing,
    settlement,
)
from lejar.projections.folds.fold import Fold

FOLDS: Final[dict[type[Event], Fold]] = dict(
    (
        *ledger.FOLDS,
        *identity.FOLDS,
        *rules.FOLDS,
        *consent.FOLDS,
        *accounts.FOLDS,
        *instruments.FOLDS,
        *money.FOLDS,
        *purpose_bound.FOLDS,
        *intraday.FOLDS,
        *settlement.FOLDS,
        *operating.FOLDS,
        *servicing.FOLDS,
        *reconciliation.FOLDS,
        *oversight.FOLDS,
    )
)

CHANGES_NOTHING: Final[dict[type[Event], str]] = {
    TimeAdvanced: "the moment of the next block says it",
    PersonCleared: "a list's page must not tell who was near it, and by whom somebody was cleared",
    OfficerAppointed: "which natural person is behind a key is read from its receipt, by few",
    OfficerDismissed: "which natural person was behind a key is read from its receipt, by few",
    StatementMatched: "the statement's own event has both closing balances",
    UnitsRetired: "the postings of the entry say it",
    MoneyIssued: "the postings of the entry say it",
    MoneyRedeemed: "the postings of the entry say it",
    DepositIssued: "the postings of the entry say it",
    DepositRedeemed: "the postings of the entry say it",
    RetailOpened: "who is in which tier is told to nobody; the receipt tells person and bank",
    SecuritiesSold: "the draw of the same entry says it",
    BuyBackMade: "the last payment of the same entry says it",
}
