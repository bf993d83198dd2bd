# SPDX-License-Identifier: Apache-2.0
"""Freezes of parties, accounts and amounts."""

from lejar.domain.policy import events as happened
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.schema import freezes, holds


def subject_frozen(batch: Batch, receipt: Receipt, event: happened.SubjectFrozen) -> None:
    """Add a freeze."""
    row = {
        "subject": event.subject,
        "agency": event.agency,
        "basis": event.basis,
        "at": receipt.at,
        "entry": receipt.number,
    }
    batch.replace(freezes, row)


def subject_thawed(batch: Batch, _receipt: Receipt, event: happened.SubjectThawed) -> None:
    """Remove a freeze."""
    batch.remove(freezes, (event.subject,))


def amount_frozen(batch: Batch, _receipt: Receipt, event: happened.AmountFrozen) -> None:
    """Name the directive behind a hold, which the ledger has placed in the same entry."""
    batch.change(holds, (event.hold,), {"basis": event.basis})


FOLDS: Folds = (
    (happened.SubjectFrozen, subject_frozen),
    (happened.SubjectThawed, subject_thawed),
    (happened.AmountFrozen, amount_frozen),
)
