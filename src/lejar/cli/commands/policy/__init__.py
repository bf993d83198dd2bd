# SPDX-License-Identifier: Apache-2.0
"""`lejar policy`: packs of rules, read, checked, shown and adopted."""

from typing import Final

import click

from lejar.cli.deferred import Deferred

COMMANDS: Final = {
    "check": "lejar.cli.commands.policy.check",
    "rules": "lejar.cli.commands.policy.rules",
    "coverage": "lejar.cli.commands.policy.coverage",
    "schema": "lejar.cli.commands.policy.schema",
    "copy": "lejar.cli.commands.policy.copy",
    "adopt": "lejar.cli.commands.policy.adopt",
    "explain": "lejar.cli.commands.policy.explain",
    "lab": "lejar.cli.commands.policy.lab",
}
"""Each command's module."""


class PolicyCommands(Deferred):
    """What one does with packs."""

    modules = COMMANDS


@click.group("policy", cls=PolicyCommands)
def command() -> None:
    """Check packs of rules, bring them to a hub, ask them, and try them on what happened."""
