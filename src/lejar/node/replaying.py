# SPDX-License-Identifier: Apache-2.0
"""Replay beside a running writer: read what was acknowledged, apply it again, change nothing.

The helper that takes snapshots works this way, so that the writer's loop never waits for one; and
whoever doubts a result replays from the genesis and compares every digest.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec

from lejar.assembly import RULEBOOK
from lejar.kernel import apply as machine_apply
from lejar.kernel.entry import Block, Seal, read_block
from lejar.kernel.failure import must
from lejar.kernel.genesis import Genesis
from lejar.node.blocks import open_blocks
from lejar.node.disk import LocalDisk
from lejar.node.founding import read_genesis
from lejar.node.hub import Report
from lejar.node.recovery import Start, from_genesis, newest_start, take_snapshot
from lejar.node.sealed import sealing_of
from lejar.node.snapshot import SnapshotFile

Progress = Callable[[int, int], None]
"""Called with the block that was replayed and the last one."""


class Replayed(msgspec.Struct, frozen=True):
    """Where a replay ended."""

    seal: Seal
    entry: int
    from_block: int
    """The block it began behind; 0 is the genesis."""


def replay(home: Path, report: Report, progress: Progress, *, whole: bool) -> Replayed:
    """Replay all acknowledged blocks, from the genesis if `whole`, comparing each digest.

    At the end every module audits the whole state.

    Raises `Broken` where a result is another than was recorded, and `JournalCorrupt`.
    """
    genesis = read_genesis(home)
    disk = LocalDisk(home)
    _, last = open_blocks(disk, genesis.network)
    start = (
        from_genesis(genesis, RULEBOOK)
        if whole or not last
        else newest_start(disk, genesis, RULEBOOK, report, last)
    )
    first = start.state.block
    _replay_from(disk, genesis, start, last, progress)
    for module in RULEBOOK.newest.modules:
        for holds in module.audits:
            holds(start.state)
    return Replayed(start.sealer.last, start.state.entry, first)


def snapshot_beside(home: Path, report: Report, *, blocks_at_least: int) -> SnapshotFile | None:
    """Take a snapshot beside a running writer, if so many blocks have come since the last one."""
    genesis = read_genesis(home)
    disk = LocalDisk(home)
    _, last = open_blocks(disk, genesis.network)
    newest = newest_start(disk, genesis, RULEBOOK, report, last or None)
    if last - newest.state.block < blocks_at_least:
        return None
    _replay_from(disk, genesis, newest, last, _in_silence)
    return take_snapshot(disk, genesis.network, newest.state, newest.sealer)


def _replay_from(
    disk: LocalDisk, genesis: Genesis, start: Start, last: int, progress: Progress
) -> None:
    blocks, _ = open_blocks(disk, genesis.network)
    for frame in blocks.stream(start.state.block + 1, last):
        must(
            frame.parent == start.sealer.last.digest,
            f"replay of block {frame.number - 1} gives another result than was recorded",
        )
        block: Block = read_block(frame.payload)
        applied = machine_apply.apply(RULEBOOK, start.state, block, genesis.network)
        start.sealer.seal(sealing_of(start.state, applied, start.sealer.committed))
        progress(frame.number, last)


def _in_silence(_block: int, _last: int) -> None:
    """Tell nobody."""
