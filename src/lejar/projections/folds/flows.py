# SPDX-License-Identifier: Apache-2.0
"""Which money an instruction lets go from which party to which, read back from its legs.

The core works it out from the legs and what the rules charge; an event tells the legs and the net
changes.  What the changes have beyond the legs is what was charged, or what banks pay one another
for depositors.
"""

from collections.abc import Iterator, Sequence

from lejar.domain.settlement import InstructionLeg
from lejar.domain.settlement.events import InstructionQueued
from lejar.domain.settlement.limits import Flow
from lejar.domain.settlement.queue import Waiting
from lejar.kernel.entry import Receipt
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.moment import local_date
from lejar.projections.batch import Batch
from lejar.projections.queue_schema import sender_flows

Move = tuple[bytes, bytes, bytes, int]
"""Asset, account that pays, account that is paid, amount."""


def waiting_of(batch: Batch, event: InstructionQueued) -> Waiting:
    """Give what a waiting instruction takes and gives, as the arithmetic reads it."""
    there = dict.fromkeys(resource[1:] for resource, _ in event.changes)
    named = [
        move
        for move in _money(batch, event.legs)
        if move[0] + move[1] in there and move[0] + move[2] in there
    ]
    moves = [*named, *_charges(batch, event, named)]
    pool = event.terms.pool
    return Waiting(
        event.changes,
        tuple(_flows(batch, moves)),
        sum(amount for *_, amount in moves),
        b"" if pool is None else pool.reference,
        0 if pool is None else pool.number,
    )


def note_sent(batch: Batch, receipt: Receipt, legs: Sequence[InstructionLeg]) -> None:
    """Count what was sent, for those who limit it."""
    if not batch.known.limits:
        return
    day = local_date(receipt.at, batch.known.offset_minutes).isoformat()
    for payer, payee, asset, amount in _flows(batch, _money(batch, legs)):
        for party, other, sign in ((payer, payee, 1), (payee, payer, -1)):
            limits = batch.known.limits.get((party, asset))
            if limits is not None:
                key = (party, asset, limits.since, day, other)
                batch.total(sender_flows, key, {"net": sign * amount})


def _money(batch: Batch, legs: Sequence[InstructionLeg]) -> Iterator[Move]:
    """Give the legs in money, between the accounts that really move."""
    for leg in legs:
        if leg.asset in batch.known.money:
            source, target = batch.moves(leg.source), batch.moves(leg.target)
            if source != target:
                yield leg.asset, source, target, leg.amount


def _flows(batch: Batch, moves: Sequence[Move] | Iterator[Move]) -> Iterator[Flow]:
    for asset, source, target, amount in moves:
        payer, payee = batch.owner(source), batch.owner(target)
        if payer != payee:
            yield payer, payee, asset, amount


def _charges(batch: Batch, event: InstructionQueued, named: Sequence[Move]) -> Iterator[Move]:
    """Give what is paid beyond the legs: each who pays more to each who is paid more."""
    beyond: dict[tuple[bytes, bytes], int] = {}
    for resource, change in event.changes:
        key = (resource[1 : 1 + ID_BYTES], resource[1 + ID_BYTES :])
        if key[0] in batch.known.money:
            beyond[key] = change
    for asset, source, target, amount in named:
        beyond[asset, source] = beyond.get((asset, source), 0) + amount
        beyond[asset, target] = beyond.get((asset, target), 0) - amount
    due = {key: amount for key, amount in beyond.items() if amount > 0}
    for (asset, payer), owed in beyond.items():
        left = -owed
        for (other, payee), rest in list(due.items()):
            part = min(left, rest) if other == asset else 0
            if part > 0:
                yield asset, payer, payee, part
                due[other, payee] -= part
                left -= part
