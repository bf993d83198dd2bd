# SPDX-License-Identifier: Apache-2.0
"""Many runs on all cores, one process each; every seed is a run of its own."""

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Final

import msgspec

from lejar.node.simulation.world import Told, run

CHUNK: Final = 8

Progress = Callable[[Told], None]


class Campaign(msgspec.Struct, frozen=True):
    """What many runs showed."""

    runs: int
    first_seed: int
    seconds: float
    failures: tuple[Told, ...]
    """The runs in which a claim did not hold, by seed."""
    totals: dict[str, int]
    """Sums over all runs: commands, entries, accepted, restarts and so on."""

    @property
    def seeds_per_minute(self) -> int:
        """Give the speed."""
        return round(60 * self.runs / self.seconds) if self.seconds else 0


SUMMED: Final = (
    "commands",
    "entries",
    "accepted",
    "blocks",
    "restarts",
    "resends",
    "known",
    "snapshots",
    "closed",
)


def simulate(
    runs: int = 1000, seed: int = 1, workers: int = 2, progress: Progress | None = None
) -> Campaign:
    """Run the seeds from `seed` on; `progress` hears of each run as it ends."""
    began = time.monotonic()
    failures: list[Told] = []
    totals = dict.fromkeys(SUMMED, 0)
    seeds = range(seed, seed + runs)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for told in pool.map(run, seeds, chunksize=min(CHUNK, max(1, runs // workers))):
            for name in SUMMED:
                totals[name] += getattr(told, name)
            if told.broken:
                failures.append(told)
            if progress is not None:
                progress(told)
    return Campaign(runs, seed, time.monotonic() - began, tuple(failures), totals)


def how_to_replay(told: Told) -> str:
    """Say how one run is seen again."""
    return f"Replay it with: python -m lejar.node.simulation --seed {told.seed}"
