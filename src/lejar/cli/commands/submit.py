# SPDX-License-Identifier: Apache-2.0
"""`lejar submit`: a command from a file, checked, signed and sent."""

import click

from lejar.cli.sending import read_command, send, sending_options
from lejar.cli.voice import Voice, speaking


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
    asked = read_command(file)
    return send(voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub)
