# SPDX-License-Identifier: Apache-2.0
"""Sealing: from what a block did to the digests that every node must agree on.

The log grows by each entry; the state tree is brought up once for a block, over the keys that the
block touched.
"""

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from lejar.kernel.codec import Record, decode, encode
from lejar.kernel.digest import ZERO
from lejar.kernel.entry import Applied, Entry, Seal
from lejar.kernel.state import State
from lejar.proofs.log import Log, leaf_hash
from lejar.proofs.tree import StateTree

CHANGES_AT_ONCE = 4096
"""A tree splits its buckets between updates: a genesis of many thousand keys comes in parts."""


class SealedBlock(Record):
    """A block's seal with its entries: what the output log carries and projections fold."""

    seal: Seal
    entries: tuple[Entry, ...]


Change: TypeAlias = tuple[bytes, bytes | None]
"""A key and its new encoded record; none where it is gone."""


class Sealing(msgspec.Struct, frozen=True, array_like=True):
    """What a block's seal is made of: everything that must be hashed."""

    block: int
    at: int
    ordered_at: int
    digests: list[bytes]
    """The entries' salted receipt digests."""
    changes: list[Change]
    secret: bytes


class Edge(Record):
    """The right edge of the log, enough to go on from a snapshot."""

    size: int
    frontier: tuple[bytes, ...]


class Sealer:
    """Keeps the log and the tree, and the seal of the last block."""

    def __init__(self, committed: frozenset[int]) -> None:
        self.log = Log()
        self.tree = StateTree()
        self.last: Seal = Seal(0, 0, 0, 1, 0, ZERO, ZERO, ZERO)
        self.committed = committed

    def begin(self, state: State, touched: dict[bytes, None], network: bytes) -> Seal:
        """Seal the first state, as block 0; its salts come from the network's id."""
        self._update(changes_of(state, touched, self.committed), network)
        self.last = Seal(
            0, state.at, state.ordered_at, 1, 0, self.log.root(), self.tree.root(), ZERO
        )
        return self.last

    def seal(self, sealing: Sealing) -> Seal:
        """Append the entries to the log, bring the tree up, and give the block's seal."""
        first = self.log.size + 1
        self.log.extend([leaf_hash(digest) for digest in sealing.digests])
        self._update(sealing.changes, sealing.secret)
        self.last = Seal(
            sealing.block,
            sealing.at,
            sealing.ordered_at,
            first,
            self.log.size,
            self.log.root(),
            self.tree.root(),
            self.last.digest,
        )
        return self.last

    def edge(self) -> bytes:
        """Give the log's right edge, for a snapshot."""
        return encode(Edge(self.log.size, self.log.frontier()))

    def load(self, seal: Seal, edge: bytes, tree: StateTree) -> None:
        """Go on from a snapshot."""
        kept = decode(edge, Edge)
        self.log = Log.resume(kept.size, kept.frontier)
        self.tree = tree
        self.last = seal

    def _update(self, changes: Sequence[Change], secret: bytes) -> None:
        for start in range(0, len(changes), CHANGES_AT_ONCE):
            self.tree.update(changes[start : start + CHANGES_AT_ONCE], secret)


def changes_of(state: State, touched: dict[bytes, None], committed: frozenset[int]) -> list[Change]:
    """Encode the committed records that were touched, as they stand now."""
    records = state.records
    changes: list[Change] = []
    for key in touched:
        if key[0] in committed:
            record: msgspec.Struct | None = records.get(key)
            changes.append((key, None if record is None else encode(record)))
    return changes


def sealing_of(state: State, applied: Applied, committed: frozenset[int]) -> Sealing:
    """Gather what a block's seal is made of."""
    return Sealing(
        state.block,
        state.at,
        state.ordered_at,
        [entry.digest for entry in applied.entries],
        changes_of(state, applied.touched, committed),
        applied.secret,
    )
