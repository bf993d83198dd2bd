# SPDX-License-Identifier: Apache-2.0
"""Parts measured in one process, from the very journal that the measured node wrote."""

import gc
import multiprocessing as mp
import resource
import secrets
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lejar.assembly import RULEBOOK
from lejar.kernel.apply import apply
from lejar.kernel.codec import decode, encode
from lejar.kernel.entry import Applied, Block, read_block, read_receipt
from lejar.kernel.genesis import Genesis
from lejar.node.blocks import open_blocks
from lejar.node.disk import LocalDisk
from lejar.node.hub import Hub
from lejar.node.recovery import from_genesis, newest_start, take_snapshot

HOLDINGS = 200_000
PAPER = b"paper to be held"


def measure(
    figures: dict[str, Any],
    folder: Path,
    genesis: Genesis,
    say: Callable[[dict[str, Any], str, float], None],
) -> None:
    """Measure apply alone, replay, snapshots and memory, each in a process of its own."""
    first = encode(genesis)
    for part in (_apply, _replay, _snapshot, _memory):
        results: mp.Queue[dict[str, float]] = mp.Queue()
        process = mp.Process(target=_run, args=(part, str(folder), first, results))
        process.start()
        for name, value in results.get(timeout=900).items():
            say(figures, name, value)
        process.join()


def _run(
    part: Callable[[Path, Genesis], dict[str, float]],
    folder: str,
    first: bytes,
    results: "mp.Queue[dict[str, float]]",
) -> None:
    results.put(part(Path(folder), decode(first, Genesis)))


def _apply(folder: Path, genesis: Genesis) -> dict[str, float]:
    """Run `apply` alone on the journal's blocks of DvPs: no log, no tree, no disk."""
    network = genesis.network
    state = from_genesis(genesis, RULEBOOK).state
    blocks, last = open_blocks(LocalDisk(folder), network)
    listed: list[Block] = [read_block(frame.payload) for frame in blocks.stream(1, last)]
    gc.collect()
    gc.freeze()
    rates = []
    for block in listed:
        began = time.perf_counter()
        applied = apply(RULEBOOK, state, block, network)
        taken = time.perf_counter() - began
        _must_be_accepted(applied)
        if len(block.envelopes) >= 32:  # noqa: PLR2004 - small blocks are setting up, or idle
            rates.append(len(block.envelopes) / taken)
    return {"apply_per_s": statistics.median(rates[len(rates) // 3 :])}


def _must_be_accepted(applied: Applied) -> None:
    """A refusal is cheaper than an exchange: one in the journal would flatter every figure."""
    for entry in applied.entries:
        refusal = read_receipt(entry.receipt).refusal
        if refusal is not None:
            message = f"entry {entry.number} was refused: {refusal.code}"
            raise RuntimeError(message)


def _replay(folder: Path, genesis: Genesis) -> dict[str, float]:
    """Open the data folder without a snapshot: every block again, digests compared."""
    before = time.perf_counter()
    hub = _hub(LocalDisk(folder), genesis)
    taken = time.perf_counter() - before
    entries = hub.state.entry
    hub.close()
    return {"replay_per_s": entries / taken, "replayed_entries": float(entries)}


def _snapshot(folder: Path, genesis: Genesis) -> dict[str, float]:
    """Write a snapshot and start from it; seconds for a million records."""
    disk = LocalDisk(folder)
    hub = _hub(disk, genesis)
    records = len(hub.sealer.tree)
    began = time.perf_counter()
    take_snapshot(disk, hub.network, hub.state, hub.sealer)
    written = time.perf_counter() - began
    hub.close()
    began = time.perf_counter()
    newest_start(disk, genesis, RULEBOOK, print)
    loaded = time.perf_counter() - began
    return {
        "snapshot_s_per_million": written / records * 1e6,
        "snapshot_load_s_per_million": loaded / records * 1e6,
    }


def _memory(_folder: Path, genesis: Genesis) -> dict[str, float]:
    """Hold many more balances and see what the process grew by, tree and derived rows included."""
    from lejar.kernel.draft import Draft  # noqa: PLC0415
    from lejar.ledger.model import BALANCES, OWNED, Balance, Owned  # noqa: PLC0415

    start = from_genesis(genesis, RULEBOOK)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for first in range(0, HOLDINGS, 4096):
        draft = Draft(start.state, b"")
        for _ in range(min(4096, HOLDINGS - first)):
            account = secrets.token_bytes(16)
            BALANCES.put(draft, PAPER + account, Balance(10**6, 0))
            OWNED.put(draft, PAPER + account, Owned(10**6, 0))
        start.state.absorb(draft.writes)
        start.sealer.begin(start.state, dict.fromkeys(draft.writes), bytes(16))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"bytes_per_holding": (after - before) * 1024 / HOLDINGS}


def _hub(disk: LocalDisk, genesis: Genesis) -> Hub:
    return Hub(disk, genesis, RULEBOOK, lambda: secrets.token_bytes(16), helper=True)
