# SPDX-License-Identifier: Apache-2.0
"""`lejar evidence`: one self-contained file that proves a receipt, or a holding, offline."""

import asyncio
from pathlib import Path
from typing import Final

import click

from lejar.cli.client import HubClient, address_of
from lejar.cli.voice import Exit, Problem, Voice, configured, home_option, hub_option, speaking
from lejar.kernel import identifiers
from lejar.ledger.model import BALANCES
from lejar.node.config import Config
from lejar.node.keys import KeyFile, KeyFolder

COMMAND_PREFIX: Final = "cmd_"


@click.command("evidence")
@click.argument("receipt", required=False)
@click.option("--as", "reader", metavar="KEY", help="Ask as the party of this key.")
@click.option(
    "--state",
    nargs=2,
    metavar="ACCOUNT INSTRUMENT",
    help="Prove what an account holds instead; from the data folder of a running node.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the file.")
@home_option
@hub_option
@speaking
def command(
    voice: Voice,
    receipt: str | None,
    reader: str | None,
    state: tuple[str, str] | None,
    output: Path | None,
    home: str | None,
    hub: str | None,
) -> None:
    """Write the evidence of RECEIPT, a command's id or an entry's number."""
    config = configured(home)
    if (receipt is None) == (state is None):
        raise Problem(Exit.USAGE, "Name a receipt, or a holding with --state, and not both.")
    if state is not None:
        data = asyncio.run(_prove_holding(config, *state)).encode()
        name = f"{state[0]}.{state[1]}"
    else:
        key = None if reader is None else KeyFolder(config.home).read(reader)
        name, data = _of_receipt(HubClient(address_of(config, hub), voice.lang), receipt or "", key)
    path = output or Path(f"{name}.evidence.json")
    path.write_bytes(data)
    voice.document({"file": str(path), "of": name})
    voice.say(f"The evidence is in {path}. Anyone checks it with `lejar verify {path} --keys …`.")


def _of_receipt(client: HubClient, receipt: str, key: KeyFile | None) -> tuple[str, bytes]:
    try:
        if not receipt.startswith(COMMAND_PREFIX):
            if not receipt.isdigit():
                raise Problem(
                    Exit.USAGE, f"'{receipt}' is neither a command's id nor an entry's number."
                )
            receipt = str(client.get(f"/v1/entries/{receipt}")["command_id"])
        return receipt, client.file(f"/v1/receipts/{receipt}/evidence", key)
    finally:
        client.close()


async def _prove_holding(config: Config, account: str, asset: str) -> str:
    from lejar.node.link import Link

    raw = identifiers.read("asset", asset) + identifiers.read("account", account)
    link = await Link.open(config.home)
    try:
        return await link.prove(BALANCES.prefix + raw)
    finally:
        await link.close()
