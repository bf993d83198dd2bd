# SPDX-License-Identifier: Apache-2.0
"""Accounts, and the authorities of the banks that stand behind their cash legs."""

from lejar.domain.accounts import events as happened
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.known import people
from lejar.projections.schema import accounts, authorities


def account_opened(batch: Batch, receipt: Receipt, event: happened.AccountOpened) -> None:
    """Add an account."""
    row = {
        "id": event.account,
        "owner": event.owner,
        "purpose": str(event.purpose),
        "opened_at": receipt.at,
        "cash_account": event.cash_account,
        "beneficiary": event.beneficiary,
        "entry": receipt.number,
    }
    batch.replace(accounts, row)
    batch.known.people[event.account] = people(event.owner, event.beneficiary)
    batch.known.moves[event.account] = event.cash_account or event.account


def authority_granted(batch: Batch, receipt: Receipt, event: happened.AuthorityGranted) -> None:
    """Add a standing authority, or replace it."""
    row = {
        "account": event.account,
        "bank": event.bank,
        "amount_max": event.amount_max,
        "since": receipt.at,
        "entry": receipt.number,
    }
    batch.replace(authorities, row)


def authority_withdrawn(
    batch: Batch, _receipt: Receipt, event: happened.AuthorityWithdrawn
) -> None:
    """Remove a standing authority."""
    batch.remove(authorities, (event.account,))


FOLDS: Folds = (
    (happened.AccountOpened, account_opened),
    (happened.AuthorityGranted, authority_granted),
    (happened.AuthorityWithdrawn, authority_withdrawn),
)
