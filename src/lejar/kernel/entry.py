# SPDX-License-Identifier: Apache-2.0
"""What is sealed: a receipt for every entry, a seal for every block.

A receipt is what its holder can show; its digest, salted with what only the sender's envelope
holds, is the leaf of the log.
"""

import hashlib

import msgspec

from lejar.kernel.codec import Record, decoder, encode
from lejar.kernel.posting import Posting


class Refusal(Record, frozen=True):
    """A refusal as the receipt carries it: the code, and the facts in the order of their names.

    A fact that is bytes (an id, a digest) stands in hexadecimal.
    """

    code: str
    facts: tuple[tuple[str, int | str | None], ...]


class Receipt(Record, frozen=True):
    """What became of one envelope, or of one piece of due work."""

    number: int
    block: int
    at: int
    command_id: bytes
    command: str
    """The verb's tag; empty when the bytes held no readable command."""
    envelope: bytes
    """SHA-256 of the envelope; 32 zero bytes for due work."""
    signers: tuple[bytes, ...]
    refusal: Refusal | None
    events: tuple[msgspec.Raw, ...]
    postings: tuple[Posting, ...]


class Entry(Record, frozen=True):
    """A receipt in its bytes, with the salt that hides it in the log."""

    number: int
    command_id: bytes
    salt: bytes
    receipt: bytes

    @property
    def digest(self) -> bytes:
        """The salted digest: the leaf data of the log."""
        return hashlib.sha256(self.salt + self.receipt).digest()


class Seal(Record, frozen=True):
    """A block's result: the same on every node, or somebody is wrong."""

    block: int
    at: int
    ordered_at: int
    first: int
    last: int
    """The entries' numbers; `last` is below `first` when the block has none."""
    log_root: bytes
    state_root: bytes
    parent: bytes
    """The digest of the parent's seal."""

    @property
    def digest(self) -> bytes:
        """What the next block's frame carries."""
        return hashlib.sha256(b"lejar/seal/1\n" + encode(self)).digest()


class Applied(msgspec.Struct, frozen=True):
    """What a block did: its entries, the keys it touched, the secret that salts their leaves."""

    entries: tuple[Entry, ...]
    touched: dict[bytes, None]
    secret: bytes


class Block(Record, frozen=True):
    """Envelopes in their order, with a number and the engine's moment."""

    number: int
    at: int
    envelopes: tuple[bytes, ...]


class Remembered(Record, frozen=True):
    """One bucket, for snapshots: the minute in which validity ends, and (id, entry) pairs."""

    minute: int
    commands: tuple[tuple[bytes, int], ...]


read_receipt = decoder(Receipt)
read_entry = decoder(Entry)
read_seal = decoder(Seal)
read_block = decoder(Block)


def receipt_salt(envelope_salt: bytes) -> bytes:
    """Derive a receipt's salt, so that showing a receipt does not show the sender's secret."""
    return hashlib.sha256(b"lejar/receipt/1\n" + envelope_salt).digest()
