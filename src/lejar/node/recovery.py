# SPDX-License-Identifier: Apache-2.0
"""Where a node begins: the newest snapshot that verifies, or the genesis.

A snapshot holds the committed tables with their salts; the tree built from them must have the root
that the block's seal states, and what is derived is counted again.
"""

from collections.abc import Callable, Iterator

import msgspec

from lejar.kernel.apply import found
from lejar.kernel.codec import decode, encode
from lejar.kernel.entry import Remembered, Seal
from lejar.kernel.failure import Malformed
from lejar.kernel.genesis import Genesis
from lejar.kernel.rulebook import Rulebook
from lejar.kernel.state import State
from lejar.node.disk import Disk
from lejar.node.sealed import Sealer
from lejar.node.snapshot import (
    SnapshotFile,
    SnapshotHeader,
    newest_good,
    read_items,
    write_snapshot,
)
from lejar.proofs.tree import StateTree

EDGE = "log"
MEMORY = "memory"
BLOCK_MAX = 2**62


class Start(msgspec.Struct, frozen=True):
    """A state to replay from, with its sealer."""

    state: State
    sealer: Sealer


def newest_start(
    disk: Disk,
    genesis: Genesis,
    rulebook: Rulebook,
    report: Callable[[str], None],
    block_max: int | None = BLOCK_MAX,
) -> Start:
    """Load the newest good snapshot up to a block, or begin at the genesis.

    A `block_max` of none asks for the genesis.
    """
    limit = 0 if block_max is None else block_max
    while limit:
        choice = newest_good(disk, genesis.network, block_max=limit)
        for rejected in choice.rejected:
            report(f"Snapshot {rejected.name} is passed over: {rejected.reason}")
        if choice.snapshot is None:
            break
        try:
            return _loaded(disk, choice.snapshot, rulebook)
        except (Malformed, ValueError) as error:
            report(f"Snapshot {choice.snapshot.name} is passed over: {error}")
            limit = choice.snapshot.header.block - 1
    return from_genesis(genesis, rulebook)


def from_genesis(genesis: Genesis, rulebook: Rulebook) -> Start:
    """Write the first state and seal it as block 0."""
    state = State()
    touched = found(rulebook, state, genesis)
    sealer = Sealer(rulebook.at(1).committed)
    sealer.begin(state, touched, genesis.network)
    return Start(state, sealer)


def take_snapshot(disk: Disk, network: bytes, state: State, sealer: Sealer) -> SnapshotFile:
    """Write the state as it stands; the caller sees to it that nothing changes meanwhile."""
    extras = ((EDGE, sealer.edge()), (MEMORY, encode(state.memory.dump())))
    seal = sealer.last
    header = SnapshotHeader(network, seal.block, state.entry, encode(seal), extras)
    return write_snapshot(disk, header, _items(state, sealer.tree))


def _items(state: State, tree: StateTree) -> Iterator[tuple[bytes, bytes, bytes]]:
    for key, salt in tree.items():
        yield key, encode(state.records[key]), salt


def _loaded(disk: Disk, snapshot: SnapshotFile, rulebook: Rulebook) -> Start:
    header = snapshot.header
    extras = dict(header.extras)
    seal = decode(header.seal, Seal)
    machine = rulebook.at(header.entry)
    state = State()
    items = list(read_items(disk, snapshot))
    state.load((key, machine.tables[key[0]].read(value)) for key, value, _ in items)
    tree = StateTree.load(items)
    if tree.root() != seal.state_root:
        raise Malformed("its state does not have the root that its seal states")
    buckets: tuple[Remembered, ...] = decode(extras[MEMORY], tuple[Remembered, ...])
    state.memory.load(buckets)
    state.block, state.entry = seal.block, header.entry
    state.at, state.ordered_at = seal.at, seal.ordered_at
    sealer = Sealer(machine.committed)
    sealer.load(seal, extras[EDGE], tree)
    for module in machine.modules:
        if module.rebuild is not None:
            module.rebuild(state)
    return Start(state, sealer)
