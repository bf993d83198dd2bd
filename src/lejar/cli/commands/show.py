# SPDX-License-Identifier: Apache-2.0
"""`lejar show`: read one thing of the hub."""

from typing import Any, Final

import click

from lejar.cli.client import HubClient, address_of
from lejar.cli.shown import lines
from lejar.cli.voice import Exit, Problem, Voice, configured, home_option, hub_option, speaking
from lejar.node.keys import KeyFolder

PLACES: Final = {
    "status": "/v1/status",
    "entry": "/v1/entries/{}",
    "receipt": "/v1/receipts/{}",
    "party": "/v1/parties/{}",
    "instrument": "/v1/instruments/{}",
    "instruction": "/v1/instructions/{}",
    "account": "/v1/accounts/{}",
    "proposal": "/v1/proposals/{}",
    "directive": "/v1/directives/{}",
}
"""What can be shown, and where REST has it."""


@click.command("show")
@click.argument("what", type=click.Choice(list(PLACES)))
@click.argument("name", required=False)
@click.option("--as", "reader", metavar="KEY", help="Read as the party of this key.")
@home_option
@hub_option
@speaking
def command(
    voice: Voice,
    what: str,
    name: str | None,
    reader: str | None,
    home: str | None,
    hub: str | None,
) -> None:
    """Show the status, or one thing of the hub by its name."""
    if (name is None) != (what == "status"):
        raise Problem(Exit.USAGE, "The status has no name; everything else is shown by its name.")
    config = configured(home)
    key = None if reader is None else KeyFolder(config.home).read(reader)
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        found: dict[str, Any] = client.get(PLACES[what].format(name), key)
    finally:
        client.close()
    voice.document(found)
    for line in lines(found):
        voice.say(line)
