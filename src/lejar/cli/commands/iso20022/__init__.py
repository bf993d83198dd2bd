# SPDX-License-Identifier: Apache-2.0
"""`lejar iso20022`: the messages that banks already speak."""

from typing import Final

import click

from lejar.cli.deferred import Deferred

COMMANDS: Final = {
    "check": "lejar.cli.commands.iso20022.check",
    "send": "lejar.cli.commands.iso20022.send",
    "watch": "lejar.cli.commands.iso20022.watch",
    "serve": "lejar.cli.commands.iso20022.serve",
    "statement": "lejar.cli.commands.iso20022.statement",
}
"""Each command's module."""


class Iso20022Commands(Deferred):
    """What can be done with messages."""

    modules = COMMANDS


@click.group("iso20022", cls=Iso20022Commands)
def command() -> None:
    """Check, send and answer the messages that banks send and are sent."""
