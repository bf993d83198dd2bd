# SPDX-License-Identifier: Apache-2.0
"""`lejar submit`: a command from a file, checked, signed and sent."""

import sys
from pathlib import Path

import click
import msgspec

from lejar.cli.client import Command, HubClient, address_of
from lejar.cli.shown import receipt_lines
from lejar.cli.voice import (
    Exit,
    Problem,
    Voice,
    configured,
    home_option,
    hub_option,
    speaking,
)
from lejar.gateways.rest.mapping import readable
from lejar.node.keys import KeyFolder


@click.command("submit")
@click.argument("file", metavar="FILE|-")
@click.option("--sign", "names", multiple=True, required=True, metavar="KEY", help="A key's name.")
@click.option("--dry-run", is_flag=True, help="Only ask what would become of it; keeps nothing.")
@click.option("--yes", is_flag=True, help="Sign without asking.")
@home_option
@hub_option
@speaking
def command(
    voice: Voice,
    file: str,
    names: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
) -> int:
    r"""Send a command: {"command": "...", "arguments": {...}}.

    The hub prepares the bytes; this program makes them again from the file and signs only if both
    are the same.
    """
    config = configured(home)
    asked = _read(file)
    folder = KeyFolder(config.home)
    keys = [folder.read(name) for name in names]
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        body = client.prepare(asked)
        shown = msgspec.json.format(msgspec.json.encode(readable(body)), indent=2).decode()
        if dry_run:
            answer = client.dry_run(body, keys)
            voice.document(answer)
            voice.say(f"It would be {answer['would']} now.")
            if answer["problem"] is not None:
                voice.say(answer["problem"]["detail"])
                voice.say(answer["problem"].get("remedy", ""))
            return Exit.DONE if answer["would"] == "accepted" else Exit.NO
        if not (yes or voice.json or not sys.stdin.isatty()):
            voice.say(shown)
            click.confirm("Sign this and send it? It cannot be undone", abort=True)
        receipt = client.submit(body, keys)
    finally:
        client.close()
    voice.document(receipt)
    for line in receipt_lines(receipt):
        voice.say(line)
    return Exit.DONE


def _read(file: str) -> Command:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return msgspec.json.decode(data, type=Command)
    except OSError as error:
        raise Problem(Exit.USAGE, f"{file} cannot be read: {error.strerror}.") from None
    except msgspec.DecodeError as error:
        raise Problem(
            Exit.USAGE,
            f'{file} is not {{"command": "…", "arguments": {{…}}}} in JSON: {error}.',
        ) from None
