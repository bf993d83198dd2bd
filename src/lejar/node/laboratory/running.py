# SPDX-License-Identifier: Apache-2.0
"""Run the laboratory over a data folder's journal, which a writer may be writing meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lejar.assembly import RULEBOOK
from lejar.domain.policy.pack import Pack
from lejar.kernel.apply import apply
from lejar.kernel.entry import read_block
from lejar.kernel.genesis import Genesis
from lejar.node import collector
from lejar.node.blocks import open_blocks
from lejar.node.disk import LocalDisk
from lejar.node.laboratory.findings import Findings
from lejar.node.laboratory.watching import Watch
from lejar.node.recovery import from_genesis

REPORT_EVERY = 64
ALWAYS = (0, 2**63)


@dataclass(frozen=True, slots=True)
class Span:
    """The moments between which movements are compared: from the first, before the last."""

    from_at: int
    until: int


def run(
    folder: Path,
    genesis: Genesis,
    pack: Pack,
    span: Span,
    progress: Callable[[int, int], None],
) -> Findings:
    """Replay every acknowledged block from the genesis, and judge what lies in the span.

    The whole journal is replayed, because rules look back; `progress` hears blocks done and all.
    """
    blocks, last = open_blocks(LocalDisk(folder), genesis.network)
    state = from_genesis(genesis, RULEBOOK).state
    watch = Watch(state, pack, (span.from_at, span.until))
    state.observer = watch
    with collector.off():
        for number, frame in enumerate(blocks.stream(1, last), start=1):
            apply(RULEBOOK, state, read_block(frame.payload), genesis.network)
            if state.at >= span.until:
                break
            if number % REPORT_EVERY == 0:
                progress(number, last)
    progress(last, last)
    return watch.findings
