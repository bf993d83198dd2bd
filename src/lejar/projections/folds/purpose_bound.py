# SPDX-License-Identifier: Apache-2.0
"""Envelopes of purpose-bound money; the holder is told of each, whose account it is not."""

import json

from lejar.domain.money.purpose_bound import events as happened
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.folds.money import keeps
from lejar.projections.money_schema import bound_money

OPEN, SPENT, RETURNED, STUCK = "open", "spent", "returned", "stuck"


def money_bound(batch: Batch, receipt: Receipt, event: happened.MoneyBound) -> None:
    """Add an envelope; its escrow account holds what the payer's does, as its posting says."""
    row = {
        "id": event.envelope,
        "currency": event.currency,
        "source": event.account,
        "escrow": event.escrow,
        "holder": event.holder,
        "receivers": json.dumps([one.hex() for one in event.receivers]),
        "credential": event.credential,
        "purpose": event.purpose,
        "until": event.until,
        "amount": event.amount,
        "left": event.amount,
        "stage": OPEN,
        "cause": None,
        "entry": receipt.number,
    }
    batch.replace(bound_money, row)
    batch.concern_party(receipt.number, event.holder)
    for posting in receipt.postings:
        if posting.account == event.escrow and posting.asset != event.currency:
            keeps(batch, receipt, event.escrow, event.currency, posting.asset)


def bound_money_spent(batch: Batch, _receipt: Receipt, event: happened.BoundMoneySpent) -> None:
    """Lessen what is left; with nothing left the envelope is over."""
    stage = OPEN if event.left else SPENT
    batch.change(bound_money, (event.envelope,), {"left": event.left, "stage": stage})


def bound_money_returned(
    batch: Batch, receipt: Receipt, event: happened.BoundMoneyReturned
) -> None:
    """End an envelope whose rest went back."""
    ended = {"left": 0, "stage": RETURNED, "cause": None}
    batch.change(bound_money, (event.envelope,), ended)
    batch.concern_party(receipt.number, event.holder)


def bound_money_stuck(batch: Batch, receipt: Receipt, event: happened.BoundMoneyStuck) -> None:
    """Say that an envelope is over, and why its rest could not go back."""
    batch.change(bound_money, (event.envelope,), {"stage": STUCK, "cause": event.cause})
    batch.concern(receipt.number, event.account)
    batch.concern_party(receipt.number, event.holder)


FOLDS: Folds = (
    (happened.MoneyBound, money_bound),
    (happened.BoundMoneySpent, bound_money_spent),
    (happened.BoundMoneyReturned, bound_money_returned),
    (happened.BoundMoneyStuck, bound_money_stuck),
)
