# SPDX-License-Identifier: Apache-2.0
"""When a run is over: the journal alone must tell the same story, from either beginning.

The journal is copied to fresh disks.  Replayed from the genesis, and from the newest snapshot, it
must end in the same seal, the same records, the same memory of command ids.
"""

from random import Random

from lejar.node.hub import Hub
from lejar.node.outreader import OutputReader
from lejar.node.simulation.auditor import Auditor
from lejar.node.simulation.claim import claim
from lejar.node.simulation.disk import SimulatedDisk
from lejar.node.simulation.node import SimulatedNode

JOURNAL = "journal"
SNAPSHOTS = "snapshots"
OUTPUT = "output"


def replay_agrees(node: SimulatedNode, auditor: Auditor) -> None:
    """Replay what the node has written, twice, and compare."""
    hub = node.hub
    hub.settle()
    hub.journal.settle()
    disk = _copied(node, (JOURNAL,))
    from_genesis = _opened(node, disk)
    claim(
        from_genesis.last == hub.last,
        "A replay from the genesis ends in the same seal.",
        f"{from_genesis.last} against {hub.last}",
    )
    _same(hub, from_genesis, "A replay from the genesis ends in the same state.")
    reader = OutputReader(disk, node.genesis.network)
    batches = [reader.read_block(block) for block in range(1, hub.last.block + 1)]
    claim(
        [batch.seal for batch in batches] == auditor.seals
        and [record for batch in batches for record in batch.records] == auditor.records,
        "A replay from the genesis seals the same entries.",
        f"{len(batches)} blocks",
    )
    if node.disk.files(SNAPSHOTS):
        from_snapshot = _opened(node, _copied(node, (JOURNAL, SNAPSHOTS, OUTPUT)))
        _same(hub, from_snapshot, "A start from a snapshot ends in the same state.")


def _copied(node: SimulatedNode, folders: tuple[str, ...]) -> SimulatedDisk:
    disk = SimulatedDisk(Random(0))
    for folder in folders:
        for name in node.disk.files(folder):
            disk.put(name, node.disk.content(name))
    return disk


def _opened(node: SimulatedNode, disk: SimulatedDisk) -> Hub:
    return node.parts.hub(
        disk,
        node.genesis,
        node.parts.rulebook,
        lambda: bytes(16),
        lambda _sentence: None,
        segment_bytes=node.segment_bytes,
    )


def _same(one: Hub, other: Hub, sentence: str) -> None:
    claim(one.last == other.last, sentence, f"{one.last} against {other.last}")
    differing = [
        key.hex()
        for key in {**one.state.records, **other.state.records}
        if one.state.records.get(key) != other.state.records.get(key)
    ]
    claim(not differing, sentence, f"records {differing[:3]} differ")
    claim(
        one.state.memory.dump() == other.state.memory.dump(),
        sentence,
        "the memory of command ids differs",
    )
