# SPDX-License-Identifier: Apache-2.0
"""`lejar up`: start the node, with the demonstration if asked, and watch it until Ctrl-C."""

import os
import signal
from types import FrameType

import click

from lejar.cli.client import HubClient, running_address
from lejar.cli.demonstrating import demonstrate
from lejar.cli.demonstration.founding import found
from lejar.cli.demonstration.world import recall
from lejar.cli.voice import Exit, Problem, Voice, configured, home_option, speaking
from lejar.node.config import Config
from lejar.node.founding import GENESIS_NAME, read_genesis
from lejar.node.lock import lock_holder
from lejar.node.supervise import NodeStopped, Supervisor, child_environment


@click.command("up")
@home_option
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 0 lets the system choose.")
@click.option("--demo", is_flag=True, help="Found a demonstration, and load its market.")
@speaking
def command(voice: Voice, home: str | None, port: int | None, demo: bool) -> int:
    """Start the hub here and print its address; Ctrl-C stops it."""
    config = configured(home, port)
    holder = lock_holder(config.home)
    if holder is not None:
        raise Problem(
            Exit.SETUP,
            f"A hub runs in {config.home} already: {holder.program}, process {holder.pid}, since "
            f"{holder.since}. Its address is {running_address(config.home) or 'not known yet'}.",
        )
    if demo and not (config.home / GENESIS_NAME).exists():
        found(config.home)
        voice.say(f"A demonstration is founded in {config.home}.")
    read_genesis(config.home)
    environment = child_environment(dict(os.environ), config)
    environment["LEJAR_GATEWAY_PORT"] = str(config.gateway.port)
    supervisor = Supervisor(config, environment, voice.say)
    signal.signal(signal.SIGTERM, _interrupted)
    try:
        _run(voice, supervisor, config, demo=demo)
    except KeyboardInterrupt:
        voice.say("\nStopping.")
    except NodeStopped as stopped:
        raise Problem(Exit.SETUP, str(stopped)) from None
    finally:
        supervisor.stop()
    voice.say("The hub has stopped.")
    return Exit.DONE


def _run(voice: Voice, supervisor: Supervisor, config: Config, *, demo: bool) -> None:
    supervisor.start(lambda name: voice.say(f"The {name} is ready."))
    address = running_address(config.home) or config.address
    if demo and not recall(config.home).finished:
        hub = HubClient(address, voice.lang)
        try:
            demonstrate(voice, config.home, hub, supervisor.watch)
        finally:
            hub.close()
    voice.document({"address": address, "home": str(config.home)})
    voice.say(
        voice.words(
            f"\nThe hub is at {address} - open it in a browser. Ctrl-C stops it.",
            f"\nHab berada di {address} - buka dalam pelayar. Ctrl-C menghentikannya.",
        )
    )
    supervisor.run()


def _interrupted(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
