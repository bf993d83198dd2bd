# SPDX-License-Identifier: Apache-2.0
"""`lejar policy schema`: the JSON Schema of a file of rules."""

import click
import msgspec

from lejar.reference.rules.schema import rules_schema


@click.command("schema")
def command() -> None:
    """Print the JSON Schema (draft 2020-12) of a file below a pack's rules/ folder."""
    click.echo(msgspec.json.format(msgspec.json.encode(rules_schema()), indent=2).decode())
