# SPDX-License-Identifier: Apache-2.0
"""`lejar submit`: a command from a file, checked, signed and sent."""

import sys
from pathlib import Path

import click
import msgspec

from lejar.cli.client import Command
from lejar.cli.sending import send, sending_options
from lejar.cli.voice import Exit, Problem, Voice, speaking


@click.command("submit")
@click.argument("file", metavar="FILE|-")
@sending_options
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
    asked = _read(file)
    return send(voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub)


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
