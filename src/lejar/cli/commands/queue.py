# SPDX-License-Identifier: Apache-2.0
"""`lejar queue`: what waits to settle, in its order, and why."""

from collections.abc import Iterator
from typing import Any

import click

from lejar.cli.client import HubClient, address_of
from lejar.cli.shown import INDENT
from lejar.cli.voice import Voice, configured, home_option, hub_option, speaking
from lejar.node.keys import KeyFolder


@click.command("queue")
@click.option("--as", "reader", metavar="KEY", required=True, help="Read as the party of this key.")
@click.option("--after", metavar="PLACE", help="Only what stands behind this place.")
@home_option
@hub_option
@speaking
def command(
    voice: Voice, reader: str, after: str | None, home: str | None, hub: str | None
) -> None:
    """Show what waits: your own, or all of it for whoever runs settlement."""
    config = configured(home)
    key = KeyFolder(config.home).read(reader)
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        path = "/v1/settlement/queue" + ("" if after is None else f"?after={after}")
        found = client.get(path, key)
    finally:
        client.close()
    voice.document(found)
    for row in found["items"]:
        for line in _lines(row, voice.lang):
            voice.say(line)
    if not found["items"]:
        voice.say("Nothing waits.")
    if found["next"] is not None:
        voice.say(f"There is more: lejar queue --as {reader} --after {found['next']}")


def _lines(row: dict[str, Any], lang: str) -> Iterator[str]:
    place = "-" if row["position"] is None else f"{row['position']} {row['priority']}"
    yield f"{place:<10}  {row['instruction']}  since {row['since_at']}"
    for leg in row["legs"]:
        yield f"{INDENT}{leg['amount']} of {leg['asset']}: {leg['source']} -> {leg['target']}"
    for wait in row["waits"]:
        yield f"{INDENT}{wait['ms' if lang == 'ms' else 'en']}"
