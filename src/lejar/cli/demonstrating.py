# SPDX-License-Identifier: Apache-2.0
"""Tell the demonstration to a person while it is done."""

from collections.abc import Callable
from pathlib import Path

from lejar.cli.client import HubClient
from lejar.cli.demonstration import story
from lejar.cli.demonstration.messaging import write_directory
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.world import Outcome, World
from lejar.cli.described import receipt_sentence, state_sentence
from lejar.cli.voice import Exit, Problem, Voice
from lejar.node.founding import PUBLISHED_NAME, published_keys
from lejar.proofs.verify import verify


def demonstrate(voice: Voice, home: Path, hub: HubClient, watch: Callable[[], None]) -> None:
    """Do what is left of the demonstration up to the first payment, and prove a receipt offline.

    `watch` is called between steps, so that a node that stopped is noticed.
    """
    world = World(home, hub)
    entry = tell_steps(voice, world, story.steps(), watch)
    hub.wait_for(entry)
    path = story.write_evidence(world)
    keys = home / PUBLISHED_NAME
    verdict = verify(
        path.read_text(encoding="utf-8"),
        published_keys(keys),
        describe=receipt_sentence,
        describe_state=state_sentence,
    )
    if not verdict.accepted:
        raise Problem(Exit.NO, f"The evidence in {path} does not hold: {verdict.failure}")
    voice.say(
        voice.words(
            f"\nThe custodian's purchase is proved offline by {path.name}. Check it yourself:",
            f"\nPembelian kustodian dibuktikan luar talian oleh {path.name}. Semak sendiri:",
        )
    )
    voice.say(f"  lejar verify {path} --keys {keys}")
    write_directory(world)
    _ask(voice, world)
    world.memory.finished = True
    world.save()


def _ask(voice: Voice, world: World) -> None:
    """Say how investor three asks what it may still buy."""
    voice.say(
        voice.words(
            "\nInvestor three has RM500 left for this issuer's tokens this year. Ask as it would:",
            "\nPelabur tiga masih ada RM500 bagi token penerbit ini tahun ini. Tanya sepertinya:",
        )
    )
    voice.say(f"  lejar policy explain {story.question(world)} --home {world.home}")


def tell_steps(voice: Voice, world: World, steps: list[Step], watch: Callable[[], None]) -> int:
    """Do steps with a bar, and say each; gives the last entry."""
    with voice.progress(voice.words("The demonstration", "Demonstrasi"), len(steps)) as move:

        def told(place: int, _count: int, step: Step, outcome: Outcome) -> None:
            move(place, "")
            sentence = voice.words(step.en, step.ms)
            if outcome.sentence:
                sentence += f"\n{'':12}{voice.words('Refused', 'Ditolak')}: {outcome.sentence}"
            voice.say(f"  entry {outcome.receipt.number:3}  {sentence}")
            watch()

        return story.tell(world, steps, told)
