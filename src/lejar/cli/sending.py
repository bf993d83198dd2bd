# SPDX-License-Identifier: Apache-2.0
"""Prepare, show, sign and send one command: what `submit` and its kin have in common."""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from lejar.cli.client import Command, HubClient, address_of
from lejar.cli.shown import receipt_lines
from lejar.cli.voice import Exit, Problem, Voice, configured, home_option, hub_option
from lejar.gateways.rest.mapping import readable
from lejar.node.keys import KeyFolder

Function = TypeVar("Function", bound=Callable[..., object])


def sending_options(function: Function) -> Function:
    """Give a command the options of whoever signs and sends."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS = (
    click.option("--sign", "names", multiple=True, metavar="KEY", help="A key's name."),
    click.option(
        "--dry-run", is_flag=True, help="Only ask what would become of it; keeps nothing."
    ),
    click.option("--yes", is_flag=True, help="Sign without asking."),
    home_option,
    hub_option,
)


def send(
    voice: Voice,
    asked: Command,
    names: tuple[str, ...],
    *,
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
    tell: Callable[[dict[str, Any]], Iterable[str]] = receipt_lines,
) -> int:
    """Sign with the keys of these names and send, or only ask; gives the exit code.

    The hub prepares the bytes; this program makes them again and signs only if both are the same.
    `tell` says what the receipt means.
    """
    must_be_signed(names)
    config = configured(home)
    folder = KeyFolder(config.home)
    keys = [folder.read(name) for name in names]
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        body = client.prepare(asked)
        if dry_run:
            return _tell(voice, client.dry_run(body, keys))
        if not (yes or voice.json or not sys.stdin.isatty()):
            voice.say(msgspec.json.format(msgspec.json.encode(readable(body)), indent=2).decode())
            click.confirm("Sign this and send it? It cannot be undone", abort=True)
        receipt = client.submit(body, keys)
    finally:
        client.close()
    voice.document(receipt)
    for line in tell(receipt):
        voice.say(line)
    return Exit.DONE


def must_be_signed(names: tuple[str, ...]) -> None:
    """Say so if no key is named, before anything is asked of the hub."""
    if not names:
        raise Problem(Exit.USAGE, "Name the keys that sign: --sign KEY.")


def read_command(file: str) -> Command:
    """Read a command as a person wrote it, from a file or from standard input."""
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


def _tell(voice: Voice, answer: Mapping[str, Any]) -> int:
    """Say what would become of a command."""
    voice.document(answer)
    voice.say(f"It would be {answer['would']} now.")
    if answer["problem"] is not None:
        voice.say(answer["problem"]["detail"])
        voice.say(answer["problem"].get("remedy", ""))
    return Exit.DONE if answer["would"] == "accepted" else Exit.NO
