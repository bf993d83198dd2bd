# SPDX-License-Identifier: Apache-2.0
"""`lejar advance`: let the demonstration's time go on, to the next payment or to the end."""

import datetime
from typing import Final

import click

from lejar.cli.client import HubClient, address_of
from lejar.cli.demonstrating import tell_steps
from lejar.cli.demonstration import paying
from lejar.cli.demonstration.founding import moment_of
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.trading import advanced
from lejar.cli.demonstration.world import World
from lejar.cli.voice import Exit, Problem, Voice, configured, home_option, hub_option, speaking

NEXT: Final = "next"
MATURITY: Final = "maturity"


@click.command("advance")
@click.option(
    "--to",
    "target",
    default=NEXT,
    metavar="next|maturity|DATE",
    help="The next payment, the paper's maturity, or a day such as 2023-01-31.",
)
@home_option
@hub_option
@speaking
def command(voice: Voice, target: str, home: str | None, hub: str | None) -> None:
    """Move a demonstration's time; payments on the way are announced and made."""
    config = configured(home)
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        world = World(config.home, client)
        if not world.memory.finished:
            raise Problem(
                Exit.SETUP,
                f"There is no loaded demonstration in {config.home}; `lejar demo` loads one.",
            )
        entry = tell_steps(voice, world, steps_to(world, target), _nothing)
        client.wait_for(entry)
        status = client.get("/v1/status")
        voice.document({"at": status["at"], "entry": status["entry"]})
        voice.say(
            voice.words(
                f"The hub's time is {status['at']}, at entry {status['entry']}.",
                f"Masa hab ialah {status['at']}, pada catatan {status['entry']}.",
            )
        )
    finally:
        client.close()


def steps_to(world: World, target: str) -> list[Step]:
    """Give the steps that bring the demonstration to a target."""
    left = list(paying.remaining(world))
    if target in {NEXT, MATURITY}:
        if not left:
            raise Problem(Exit.NO, "The paper has been redeemed; there is nothing left to pay.")
        wanted = left[:1] if target == NEXT else left
        return [step for number in wanted for step in paying.steps(number)]
    day = _day(target)
    due = [number for number in left if paying.payments()[number - 1].pays_on <= day]
    made = [step for number in due for step in paying.steps(number)]
    paid_on = {paying.payments()[number - 1].pays_on for number in due}
    if day in paid_on:
        return made
    now = datetime.datetime.fromisoformat(world.hub.get("/v1/status")["at"])
    if moment_of(day) <= int(now.timestamp() * 1_000_000):
        raise Problem(Exit.NO, f"The hub's time is {now.date()} already; time only goes forward.")
    return [*made, advanced(day.isoformat(), day)]


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Problem(
            Exit.USAGE, f"'{text}' is neither 'next', 'maturity' nor a day such as 2023-01-31."
        ) from None


def _nothing() -> None:
    """Watch over nothing: the node is another's."""
