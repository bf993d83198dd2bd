# SPDX-License-Identifier: Apache-2.0
"""`lejar statement`: an account's day, or the days on which something moved on it."""

import datetime
from collections.abc import Iterator
from typing import Any

import click

from lejar.cli.client import HubClient, address_of
from lejar.cli.voice import Exit, Problem, Voice, configured, home_option, hub_option, speaking
from lejar.node.keys import KeyFile, KeyFolder

ROWS = 200
"""Rows to a page; all pages of a day are read."""


@click.command("statement")
@click.argument("account")
@click.option("--asset", required=True, help="Which currency or paper, by its id.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Without it, the days are listed.")
@click.option("--as", "reader", metavar="KEY", required=True, help="Read as the party of this key.")
@home_option
@hub_option
@speaking
def command(
    voice: Voice,
    account: str,
    asset: str,
    day: datetime.datetime | None,
    reader: str,
    home: str | None,
    hub: str | None,
) -> None:
    """Print ACCOUNT's statement of one asset for one local day."""
    config = configured(home)
    key = KeyFolder(config.home).read(reader)
    client = HubClient(address_of(config, hub), voice.lang)
    path = f"/v1/accounts/{account}/statements"
    try:
        if day is None:
            found = client.get(f"{path}?asset={asset}", key)
        else:
            found = _whole(client, f"{path}/{day.date().isoformat()}?asset={asset}", key)
    finally:
        client.close()
    voice.document(found)
    for line in _days(voice, found) if day is None else _statement(voice, found):
        voice.say(line)


def _whole(client: HubClient, path: str, key: KeyFile) -> dict[str, Any]:
    """Read every page of a day."""
    found = client.get(f"{path}&limit={ROWS}", key)
    cursor = found["next"]
    while cursor is not None:
        more = client.get(f"{path}&limit={ROWS}&after={cursor}", key)
        if more["movements"] != found["movements"]:
            raise Problem(Exit.NO, "The day went on while it was read; read it again.")
        found["lines"] += more["lines"]
        cursor = more["next"]
    found["next"] = None
    return found


def _days(voice: Voice, found: dict[str, Any]) -> Iterator[str]:
    if not found["items"]:
        yield voice.words("Nothing has moved yet.", "Belum ada pergerakan.")
    for one in found["items"]:
        yield f"{one['day']}  {one['movements']:>8}"


def _statement(voice: Voice, found: dict[str, Any]) -> Iterator[str]:
    opening, closing = voice.words("Opening", "Baki awal"), voice.words("Closing", "Baki akhir")
    open_still = voice.words("the day has not ended", "hari belum berakhir")
    yield f"{found['account']}  {found['code'] or found['asset']}  {found['day']}"
    yield f"{opening:<12} {found['opening']:>20}"
    for one in found["lines"]:
        yield (
            f"{one['entry']:>12} {one['amount']:>20}  {one['at']}  {one['counterparty']}  "
            f"{one['command']}  {one['command_id']}"
        )
    yield f"{closing:<12} {found['closing']:>20}" + ("" if found["final"] else f"  ({open_still})")
