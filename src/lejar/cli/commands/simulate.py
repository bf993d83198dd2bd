# SPDX-License-Identifier: Apache-2.0
"""`lejar simulate`: seeded runs of the node under a clock, a disk and a network that fail."""

import os

import click

from lejar.cli.voice import Exit, Voice, speaking
from lejar.node.simulation.campaign import Campaign, simulate
from lejar.node.simulation.world import Told, run


@click.command("simulate")
@click.option("--runs", type=click.IntRange(1), default=1000, help="How many seeds.")
@click.option("--first", type=click.IntRange(1), default=1, help="The first seed.")
@click.option("--seed", type=int, help="Repeat this one run.")
@click.option("--workers", type=click.IntRange(1), help="Processes; otherwise as many as cores.")
@speaking
def command(voice: Voice, runs: int, first: int, seed: int | None, workers: int | None) -> int:
    """Run seeded crashes, torn writes and reordered submissions against an independent auditor."""
    if seed is not None:
        told = run(seed)
        voice.document(told)
        voice.say(
            f"Seed {told.seed}: {told.commands} commands, {told.entries} entries, "
            f"{told.restarts} starts. {told.broken or 'Every claim held.'}"
        )
        return Exit.NO if told.broken else Exit.DONE
    campaign = _many(voice, runs, first, workers or os.cpu_count() or 1)
    voice.document(campaign)
    totals = campaign.totals
    voice.say(
        f"{campaign.runs} runs in {campaign.seconds:.0f} s: {totals['commands']} commands, "
        f"{totals['restarts']} starts, {len(campaign.failures)} failed."
    )
    return Exit.NO if campaign.failures else Exit.DONE


def _many(voice: Voice, runs: int, first: int, workers: int) -> Campaign:
    with voice.progress("Simulating", runs) as move:
        done = 0

        def hear(told: Told) -> None:
            nonlocal done
            done += 1
            move(done, "")
            if told.broken:
                voice.say(f"Seed {told.seed}: {told.broken}")
                voice.say(f"Repeat it with: lejar simulate --seed {told.seed}")

        return simulate(runs, first, workers, hear)
