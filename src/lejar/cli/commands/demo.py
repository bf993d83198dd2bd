# SPDX-License-Identifier: Apache-2.0
"""`lejar demo`: load the demonstration market into a running demonstration hub."""

import click

from lejar.cli.client import HubClient, address_of
from lejar.cli.demonstrating import demonstrate
from lejar.cli.demonstration.world import recall
from lejar.cli.voice import Voice, configured, home_option, hub_option, speaking


@click.command("demo")
@home_option
@hub_option
@speaking
def command(voice: Voice, home: str | None, hub: str | None) -> None:
    """Do what is left of the demonstration, each step signed and sent through REST."""
    config = configured(home)
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        if not recall(config.home).finished:
            demonstrate(voice, config.home, client, _nothing)
        memory = recall(config.home)
        voice.document({"address": client.address, "entries": memory.entries})
        voice.say(
            voice.words(
                f"The market is loaded; see it at {client.address}.",
                f"Pasaran telah dimuatkan; lihat di {client.address}.",
            )
        )
    finally:
        client.close()


def _nothing() -> None:
    """Watch over nothing: the node is another's."""
