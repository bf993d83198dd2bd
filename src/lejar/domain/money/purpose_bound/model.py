# SPDX-License-Identifier: Apache-2.0
"""Envelopes of purpose-bound money: who may spend it, with whom, for what, and until when."""

from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table
from lejar.ledger.holds import HOLDS


class Envelope(Record, frozen=True):
    """Money set aside for a purpose; its id is the key.

    It stands on an escrow account of the payer, all of it held, so that no other command reaches
    it.  What is left is what the hold still holds.
    """

    currency: bytes
    payer: bytes
    source: bytes
    """The account that it came from, and to which the rest returns."""
    escrow: bytes
    holder: bytes
    receivers: tuple[bytes, ...]
    credential: str | None
    purpose: str
    until: int
    hold: bytes
    """What the escrow account holds; `ledger.holds` says of which asset, and how much is left."""


ENVELOPES: Table[Envelope] = Table(0x44, "bound_money", Envelope)


def left_in(reader: Reader, envelope: Envelope) -> int:
    """Give what may still be spent."""
    found = HOLDS.get(reader, envelope.hold)
    return 0 if found is None else found.amount
