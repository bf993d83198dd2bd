# SPDX-License-Identifier: Apache-2.0
"""`lejar config`: what is in force, and which variable changes it."""

import click
from rich.table import Table

from lejar.cli.voice import Voice, configured, home_option, speaking
from lejar.node.config import shown


@click.command("config")
@home_option
@speaking
def command(voice: Voice, home: str | None) -> None:
    """Show every setting, its value, and the variable that changes it."""
    config = configured(home)
    rows = shown(config)
    voice.document({name: value for name, value, _ in rows})
    table = Table("setting", "value", "variable", box=None)
    for row in rows:
        table.add_row(*row)
    if not voice.json:
        voice.console.print(table)
        voice.say(f"\nRead from {config.file or 'no file; these are the defaults'}.")
