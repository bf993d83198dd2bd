# SPDX-License-Identifier: Apache-2.0
"""Kill a node at every step of a settlement day, and tear what it was writing in every way.

The day is the same blocks each time.  Undisturbed it gives seals and entries; then, for every
operation that changes the disk, the power fails in it, what was on its way survives in one of the
ways below, the node starts again and goes on.  At its start it must stand where it stood after one
of its blocks, to the last byte, and at the end where the undisturbed node ended.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Final

import msgspec

from lejar.assembly import RULEBOOK
from lejar.kernel.codec import encode
from lejar.kernel.entry import Receipt, read_entry, read_receipt
from lejar.kernel.failure import Broken
from lejar.node.failures import JournalCorrupt
from lejar.node.hub import Hub
from lejar.node.outreader import OutputReader
from lejar.node.recovery import take_snapshot
from lejar.node.simulation.claim import ClaimBroken, claim
from lejar.node.simulation.disk import PowerLost, SimulatedDisk
from lejar.node.simulation.node import batches_of
from lejar.node.simulation.short_day import Block, ShortDay

SNAPSHOT_AFTER: Final = 12
"""A snapshot is written behind this block of the day: its steps are steps to be killed at."""
SEGMENT_BYTES: Final = 16384
ALL, NOTHING, TORN, SECTORS = range(4)
_event = msgspec.msgpack.Decoder().decode


class Fate(Random):
    """Decides what survives a power loss, where the disk would ask chance."""

    def __init__(self, fate: int, cut: Callable[[int], int], sector: int) -> None:
        super().__init__(0)
        self._fate, self._cut, self._sector = fate, cut, sector

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        """Choose the fate, or how much of the pending changes or of one of them is left."""
        del stop, step
        return self._fate if start == 4 else min(start - 1, max(0, self._cut(start)))

    def getrandbits(self, k: int) -> int:
        """Keep every other sector, the even ones or the odd ones."""
        self._sector ^= 1
        return self._sector & k

    def random(self) -> float:
        """No operation fails, and names that were not synced are lost."""
        return 1.0


@dataclass(frozen=True)
class Way:
    """How the power fails, or how the process dies."""

    name: str
    fate: int | None
    """None: the process dies and the machine does not."""
    cut: Callable[[int], int] = lambda most: most - 1
    sector: int = 0


WAYS: Final = (
    Way("the process dies", None),
    Way("nothing is left", NOTHING),
    Way("all is left", ALL),
    Way("torn before its first byte", TORN, lambda _: 0),
    Way("torn behind its first byte", TORN, lambda _: 1),
    Way("torn in its head", TORN, lambda most: min(20, most - 1)),
    Way("torn in the middle", TORN, lambda most: most // 2),
    Way("torn at a sector", TORN, lambda most: (most - 1) // 512 * 512),
    Way("torn before its last byte", TORN, lambda most: most - 2),
    Way("even sectors are left", SECTORS, sector=0),
    Way("odd sectors are left", SECTORS, sector=1),
)


@dataclass(frozen=True)
class Torn:
    """What tearing showed."""

    operations: int
    kills: int
    settled: int
    """Instructions that settled in the day, in whole or in part."""
    most_legs: int
    told: dict[str, int]
    """How often each kind of event was told in the undisturbed day."""


def tear(every: int = 1, ways: int = len(WAYS)) -> Torn:
    """Kill at every operation, or every so many, in so many ways each; raises `ClaimBroken`.

    With fewer ways than there are, they take turns, so that each meets operations of each kind.
    """
    day = ShortDay()
    undisturbed = _Undisturbed(day)
    kills = 0
    for operation in range(1, undisturbed.operations + 1, every):
        for turn in range(ways):
            way = WAYS[(operation * ways + turn) % len(WAYS)]
            _killed_at(day, undisturbed, operation, way)
            kills += 1
    settled = [event for receipt in undisturbed.receipts for event in _settlements(receipt)]
    most = max(len(legs) for legs in settled)
    return Torn(undisturbed.operations, kills, len(settled), most, undisturbed.told())


class _Undisturbed:
    """The day without trouble: the disk before it, and each block's seal and entries."""

    def __init__(self, day: ShortDay) -> None:
        disk = SimulatedDisk(Random(0))
        hub = _opened(day, disk)
        for block in day.setting_up:
            hub.order(block.envelopes, block.at)
        hub.settle()
        hub.journal.settle()
        self.disk = _copied(disk, Random(0))
        self.began = hub.last.block
        first = disk.operations
        _go_on(day, hub, disk, self.began)
        self.operations = disk.operations - first
        reader = OutputReader(disk, day.genesis.network)
        batches = list(batches_of(reader))
        self.seals = [batch.seal for batch in batches]
        self.records = [batch.records for batch in batches]
        self.receipts: list[Receipt] = [
            read_receipt(read_entry(record).receipt)
            for batch in batches
            for record in batch.records
        ]
        for receipt in self.receipts:
            _moves_all_legs(receipt)

    def told(self) -> dict[str, int]:
        """Count the events of each kind."""
        names = [str(_event(event)[0]) for one in self.receipts for event in one.events]
        return {name: names.count(name) for name in names}


def _killed_at(day: ShortDay, undisturbed: _Undisturbed, operation: int, way: Way) -> None:
    fate = Fate(way.fate or ALL, way.cut, way.sector)
    disk = _copied(undisturbed.disk, fate)
    told = f"operation {operation}, {way.name}"
    try:
        hub = _opened(day, disk)
        disk.crash_at = disk.operations + operation
        _go_on(day, hub, disk, undisturbed.began)
    except PowerLost:
        pass
    if way.fate is None:
        disk.kill()
    else:
        disk.crash()
    disk.crash_at = None
    try:
        hub = _opened(day, disk)
    except (Broken, JournalCorrupt) as error:
        raise ClaimBroken("A node that was killed starts again.", f"{told}: {error}") from error
    _stands_at_a_block(undisturbed, day, disk, hub, told)
    _go_on(day, hub, disk, undisturbed.began)
    _stands_at_a_block(undisturbed, day, disk, hub, told)
    claim(
        encode(hub.last) == undisturbed.seals[-1],
        "A node that was killed ends where an undisturbed one does.",
        told,
    )


def _stands_at_a_block(
    undisturbed: _Undisturbed, day: ShortDay, disk: SimulatedDisk, hub: Hub, told: str
) -> None:
    """All of a block or nothing of it: seal, state and entries are those of the undisturbed run."""
    block = hub.last.block
    claim(
        block >= undisturbed.began and encode(hub.last) == undisturbed.seals[block - 1],
        "After a start the state is that of a whole block: all legs or none.",
        f"{told}: {hub.last}",
    )
    hub.settle()
    seen = list(batches_of(OutputReader(disk, day.genesis.network)))
    claim(
        [batch.records for batch in seen] == undisturbed.records[:block],
        "After a start the output log shows whole blocks, the same as before.",
        told,
    )


def _go_on(day: ShortDay, hub: Hub, disk: SimulatedDisk, began: int) -> None:
    """Order the blocks of the day that were not ordered yet."""
    left: list[Block] = day.blocks[hub.last.block - began :]
    for block in left:
        hub.order(block.envelopes, block.at)
        hub.rest()
        if hub.last.block - began == SNAPSHOT_AFTER:
            hub.settle()
            take_snapshot(disk, hub.network, hub.state, hub.sealer)
    hub.settle()


def _opened(day: ShortDay, disk: SimulatedDisk) -> Hub:
    return Hub(disk, day.genesis, RULEBOOK, lambda: bytes(16), segment_bytes=SEGMENT_BYTES)


def _copied(disk: SimulatedDisk, random: Random) -> SimulatedDisk:
    copy = SimulatedDisk(random)
    for folder in ("journal", "snapshots", "output"):
        for name in disk.files(folder):
            copy.put(name, disk.content(name))
    return copy


def _settlements(receipt: Receipt) -> Iterator[list[list[Any]]]:
    """Give the legs of each instruction, or part of one, that an entry says has settled."""
    for event in receipt.events:
        decoded = _event(event)
        if decoded[0] in (
            "settlement.instruction_settled",
            "settlement.instruction_partly_settled",
        ):
            yield decoded[2]


def _moves_all_legs(receipt: Receipt) -> None:
    """What an entry says has settled is exactly what it moves, leg by leg."""
    said: dict[tuple[bytes, bytes], int] = {}
    for legs in _settlements(receipt):
        for asset, source, target, amount, *_ in legs:
            said[asset, source] = said.get((asset, source), 0) - amount
            said[asset, target] = said.get((asset, target), 0) + amount
    if not receipt.command.startswith("settlement."):
        return
    moved: dict[tuple[bytes, bytes], int] = {}
    for posting in receipt.postings:
        key = (posting.asset, posting.account)
        moved[key] = moved.get(key, 0) + posting.amount
    claim(
        said == moved,
        "All legs of what settles move in its entry, and nothing else does.",
        f"entry {receipt.number}: said {said}, moved {moved}",
    )
