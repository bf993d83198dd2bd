# SPDX-License-Identifier: Apache-2.0
"""`lejar directive`: what authorities have ordered, and the proof of a directive's life."""

from pathlib import Path

import click

from lejar.cli.client import HubClient, address_of
from lejar.cli.shown import lines
from lejar.cli.voice import Voice, configured, home_option, hub_option, speaking
from lejar.node.keys import KeyFolder


@click.group("directive")
def command() -> None:
    """Read the directives of authorities, or take the proof of one."""


@command.command("list")
@home_option
@hub_option
@speaking
def listed(voice: Voice, home: str | None, hub: str | None) -> None:
    """List directives, the newest first."""
    client = HubClient(address_of(configured(home), hub), voice.lang)
    try:
        found = client.get("/v1/directives")
    finally:
        client.close()
    voice.document(found)
    for line in lines({"directives": found["items"]}):
        voice.say(line)


@command.command("evidence")
@click.argument("directive")
@click.option("--as", "reader", metavar="KEY", required=True, help="Ask as the party of this key.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the file.")
@home_option
@hub_option
@speaking
def evidence(
    voice: Voice,
    directive: str,
    reader: str,
    output: Path | None,
    home: str | None,
    hub: str | None,
) -> None:
    """Write the evidence of every entry of DIRECTIVE's life into one file."""
    config = configured(home)
    key = KeyFolder(config.home).read(reader)
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        data = client.file(f"/v1/directives/{directive}/evidence", key)
    finally:
        client.close()
    path = output or Path(f"{directive}.evidence.json")
    path.write_bytes(data)
    voice.document({"file": str(path), "of": directive})
    voice.say(f"The evidence is in {path}. Anyone checks it with `lejar verify {path} --keys …`.")
