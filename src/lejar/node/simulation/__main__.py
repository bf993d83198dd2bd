# SPDX-License-Identifier: Apache-2.0
"""`python -m lejar.node.simulation`: many seeds, or one again.

Exits with 1 when a claim did not hold, after naming the seed and how to see it again.
"""

import os
import sys
from typing import Final

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from lejar.node.simulation.campaign import Campaign, how_to_replay, simulate
from lejar.node.simulation.tearing import Torn, tear
from lejar.node.simulation.world import Told, run

SHOWN_MAX: Final = 10
"""When everything fails, the first few say as much as all."""


@click.command()
@click.option("--runs", default=1000, show_default=True, help="How many seeds to run.")
@click.option("--first", default=1, show_default=True, help="The first of them.")
@click.option("--seed", type=int, default=None, help="Run exactly this one, and tell its trace.")
@click.option("--workers", type=int, default=None, help="Processes; as many as cores otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Write the outcome as JSON.")
@click.option("--tear", "tears", is_flag=True, help="Kill a settlement day at every step instead.")
def main(
    *, runs: int, first: int, seed: int | None, workers: int | None, as_json: bool, tears: bool
) -> None:
    """Simulate crashes, torn writes, full disks and a bad network, by seed."""
    if tears:
        torn = tear()
        _write(msgspec.json.encode(torn) if as_json else _torn(torn).encode())
        return
    if seed is not None:
        told = run(seed)
        _write(msgspec.json.encode(told) if as_json else _one(told).encode())
        sys.exit(1 if told.broken else 0)
    many = _with_bar(runs, first, workers or os.cpu_count() or 1)
    _write(msgspec.json.encode(many) if as_json else _all(many).encode())
    sys.exit(1 if many.failures else 0)


def _with_bar(runs: int, first: int, workers: int) -> Campaign:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("seeds", total=runs)

        failed = 0

        def hear(told: Told) -> None:
            nonlocal failed
            bar.advance(task)
            failed += bool(told.broken)
            if told.broken and failed <= SHOWN_MAX:
                bar.console.print(f"seed {told.seed}: {told.broken}", markup=False)

        return simulate(runs, first, workers, hear)


def _one(told: Told) -> str:
    lines = [
        (
            f"Seed {told.seed}: {told.commands} commands, {told.entries} entries "
            f"({told.accepted} accepted), {told.blocks} blocks, {told.restarts} starts."
        ),
        f"Trace {told.digest}",
        told.broken or "Every claim held.",
    ]
    return "\n".join(lines)


def _torn(torn: Torn) -> str:
    return (
        f"{torn.kills} kills at {torn.operations} operations of the disk: all legs or none, and "
        "the same end, every time."
    )


def _all(many: Campaign) -> str:
    totals = many.totals
    lines = [
        (
            f"{many.runs} seeds in {many.seconds:.0f} s ({many.seeds_per_minute} a minute): "
            f"{totals['commands']} commands, {totals['entries']} entries, "
            f"{totals['restarts']} starts, {totals['resends']} resends, "
            f"{totals['snapshots']} snapshots."
        ),
    ]
    for told in many.failures[:SHOWN_MAX]:
        lines += [f"Seed {told.seed} fails: {told.broken}", how_to_replay(told)]
    if len(many.failures) > SHOWN_MAX:
        lines.append(f"In all {len(many.failures)} seeds fail.")
    if not many.failures:
        lines.append("Every claim held in every run.")
    return "\n".join(lines)


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data + b"\n")


if __name__ == "__main__":
    main()
