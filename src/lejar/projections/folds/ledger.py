# SPDX-License-Identifier: Apache-2.0
"""Postings and holds: together they say every change of every balance."""

from lejar.kernel.entry import Receipt
from lejar.ledger.events import HoldPlaced, HoldReleased
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.schema import holds, postings


def posted(batch: Batch, receipt: Receipt) -> None:
    """Write an entry's postings and move the balances; postings are not events."""
    for ordinal, posting in enumerate(receipt.postings):
        batch.append(
            postings,
            {
                "entry": receipt.number,
                "ordinal": ordinal,
                "account": posting.account,
                "asset": posting.asset,
                "amount": posting.amount,
            },
        )
        batch.move(posting.asset, posting.account, total=posting.amount)
        batch.concern(receipt.number, posting.account)


def hold_placed(batch: Batch, receipt: Receipt, event: HoldPlaced) -> None:
    """Add the hold to what is held."""
    batch.replace(
        holds,
        {
            "id": event.hold,
            "asset": event.asset,
            "account": event.account,
            "amount": event.amount,
            "purpose": event.purpose,
            "owner": event.owner,
            "expires_at": event.expires_at,
            "entry": receipt.number,
        },
    )
    batch.move(event.asset, event.account, held=event.amount)
    batch.concern(receipt.number, event.account)


def hold_released(batch: Batch, receipt: Receipt, event: HoldReleased) -> None:
    """Take the hold away from what is held."""
    batch.remove(holds, (event.hold,))
    batch.move(event.asset, event.account, held=-event.amount)
    batch.concern(receipt.number, event.account)


FOLDS: Folds = ((HoldPlaced, hold_placed), (HoldReleased, hold_released))
