# SPDX-License-Identifier: Apache-2.0
"""`lejar simulate`: seeded runs of the node under a clock, a disk and a network that fail."""

from importlib import import_module
from importlib.util import find_spec
from typing import Final

import click

from lejar.cli.voice import Exit, Problem, Voice, speaking

ROOM: Final = "lejar.node.simulation"


@click.command("simulate")
@click.option("--runs", type=click.IntRange(1), default=1000, help="How many seeds.")
@click.option("--seed", type=int, help="Repeat this one run.")
@speaking
def command(voice: Voice, runs: int, seed: int | None) -> int:
    """Run seeded crashes, torn writes and reordered submissions against an independent auditor."""
    room = import_module(ROOM) if find_spec(ROOM) is not None else None
    simulate = getattr(room, "simulate", None)
    if simulate is None:
        raise Problem(Exit.SETUP, "The simulation is not part of this installation.")
    seeds = [seed] if seed is not None else list(range(1, runs + 1))
    failed: list[tuple[int, str]] = []
    with voice.progress("Simulating", len(seeds)) as move:
        for done, one in enumerate(seeds, start=1):
            problem = simulate(one)
            if problem:
                failed.append((one, str(problem)))
                voice.say(f"Seed {one}: {problem}")
            move(done, "")
    voice.document({"runs": len(seeds), "failed": [one for one, _ in failed]})
    voice.say(f"{len(seeds)} runs, {len(failed)} failed.")
    return Exit.NO if failed else Exit.DONE
