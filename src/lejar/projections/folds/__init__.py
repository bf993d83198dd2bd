# SPDX-License-Identifier: Apache-2.0
"""Which fold belongs to which event: one file for each module of the domain, named here.

An event without a fold is a mistake unless `CHANGES_NOTHING` says why; a test holds it.
"""

from typing import Final

from lejar.domain.calendar.events import TimeAdvanced
from lejar.domain.instruments.events import UnitsRetired
from lejar.domain.money.events import MoneyIssued, MoneyRedeemed
from lejar.domain.policy.events import AmountThawed, PersonCleared
from lejar.kernel.module import Event
from lejar.projections.folds import (
    accounts,
    identity,
    instruments,
    ledger,
    money,
    policy,
    rules,
    servicing,
    settlement,
)
from lejar.projections.folds.fold import Fold

FOLDS: Final[dict[type[Event], Fold]] = dict(
    (
        *ledger.FOLDS,
        *identity.FOLDS,
        *policy.FOLDS,
        *rules.FOLDS,
        *accounts.FOLDS,
        *instruments.FOLDS,
        *money.FOLDS,
        *settlement.FOLDS,
        *servicing.FOLDS,
    )
)

CHANGES_NOTHING: Final[dict[type[Event], str]] = {
    TimeAdvanced: "the moment of the next block says it",
    AmountThawed: "the ledger says in the same entry that the hold was released",
    PersonCleared: "a list's page must not tell who was near it, and by whom somebody was cleared",
    UnitsRetired: "the postings of the entry say it",
    MoneyIssued: "the postings of the entry say it",
    MoneyRedeemed: "the postings of the entry say it",
}
