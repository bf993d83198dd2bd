# SPDX-License-Identifier: Apache-2.0
"""`lejar keys`: the key files of a data folder, and passes made with them."""

import click
from rich.table import Table

from lejar.cli.client import HubClient, address_of
from lejar.cli.voice import Exit, Problem, Voice, configured, home_option, hub_option, speaking
from lejar.domain.identity import Role
from lejar.kernel import identifiers
from lejar.kernel.failure import Malformed
from lejar.node.keys import KeyFile, KeyFolder

HOURS_MAX = 12


@click.group("keys")
def command() -> None:
    """Make and look at keys; a secret is never shown."""


@command.command("list")
@home_option
@speaking
def list_keys(voice: Voice, home: str | None) -> None:
    """List the keys of the data folder."""
    keys = KeyFolder(configured(home).home).all()
    voice.document([_public(key) for key in keys])
    table = Table("name", "party", "roles", "public key", box=None)
    for key in keys:
        table.add_row(key.name, key.party or "-", " ".join(key.roles) or "-", key.public)
    if not voice.json:
        voice.console.print(table)


@command.command("show")
@click.argument("name")
@home_option
@speaking
def show(voice: Voice, name: str, home: str | None) -> None:
    """Show one key, without its secret."""
    key = _public(KeyFolder(configured(home).home).read(name))
    voice.document(key)
    for field, value in key.items():
        voice.say(f"{field:8} {value}")


@command.command("new")
@click.argument("name")
@click.option("--party", metavar="PARTY", help="Whose key it is, if it is known already.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([str(role) for role in Role]),
    default=[str(role) for role in Role],
    help="What the key may sign; may be given several times.",
)
@home_option
@speaking
def new(
    voice: Voice, name: str, party: str | None, roles: tuple[str, ...], home: str | None
) -> None:
    """Make a new random key in the data folder, readable by its owner alone."""
    try:
        owner = None if party is None else identifiers.read("party", party)
    except Malformed as malformed:
        raise Problem(Exit.USAGE, str(malformed)) from None
    folder = KeyFolder(configured(home).home)
    key = folder.make(name, party=owner, roles=tuple(Role(role) for role in roles))
    voice.document(_public(key))
    voice.say(f"The key '{name}' is in {folder.path}. Its public key is {key.public}.")


@command.command("pass")
@click.argument("name")
@click.option("--hours", type=click.IntRange(1, HOURS_MAX), default=1, help="How long it holds.")
@home_option
@hub_option
@speaking
def make_pass(voice: Voice, name: str, hours: int, home: str | None, hub: str | None) -> None:
    """Make a pass: it proves to the hub which party reads, for some hours."""
    config = configured(home)
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        text = client.pass_for(KeyFolder(config.home).read(name), hours)
    finally:
        client.close()
    voice.document({"pass": text, "hours": hours})
    voice.say(text)


def _public(key: KeyFile) -> dict[str, object]:
    return {
        "name": key.name,
        "party": key.party,
        "roles": [str(role) for role in key.roles],
        "public": key.public,
    }
