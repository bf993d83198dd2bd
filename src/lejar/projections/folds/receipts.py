# SPDX-License-Identifier: Apache-2.0
"""One entry: its row, its signers, the fold of each of its events, and then its postings."""

import msgspec

from lejar.assembly import MACHINE
from lejar.kernel.digest import ZERO
from lejar.kernel.entry import Entry, Receipt, Seal, read_receipt
from lejar.projections.batch import Batch, Row
from lejar.projections.folds import CHANGES_NOTHING, FOLDS
from lejar.projections.folds.ledger import posted
from lejar.projections.schema import blocks, entries

ACCEPTED = "accepted"
REFUSED = "refused"


def block_sealed(batch: Batch, seal: Seal) -> None:
    """Write a block's row."""
    row = {
        "number": seal.block,
        "at": seal.at,
        "ordered_at": seal.ordered_at,
        "first": seal.first,
        "last": seal.last,
        "log_root": seal.log_root,
        "state_root": seal.state_root,
        "parent": seal.parent,
        "seal": seal.digest,
    }
    batch.append(blocks, row)


def entry_sealed(batch: Batch, entry: Entry) -> None:
    """Write an entry and all that it changed."""
    receipt: Receipt = read_receipt(entry.receipt)
    batch.append(entries, _row(entry, receipt))
    for party in receipt.signers:
        batch.sign(entry.number, party)
    for raw in receipt.events:
        event = MACHINE.read_event(raw)
        kind = type(event)
        if kind not in CHANGES_NOTHING:
            FOLDS[kind](batch, receipt, event)
    posted(batch, receipt)  # last: an entry may post to an account that it has opened itself


def _row(entry: Entry, receipt: Receipt) -> Row:
    refusal = receipt.refusal
    return {
        "number": entry.number,
        "block": receipt.block,
        "at": receipt.at,
        "command_id": receipt.command_id,
        "command": receipt.command,
        "outcome": ACCEPTED if refusal is None else REFUSED,
        "refusal": None if refusal is None else refusal.code,
        "facts": None if refusal is None else msgspec.json.encode(dict(refusal.facts)).decode(),
        "envelope": None if receipt.envelope == ZERO else receipt.envelope,
        "receipt": entry.receipt,
        "salt": entry.salt,
        "digest": entry.digest,
    }
