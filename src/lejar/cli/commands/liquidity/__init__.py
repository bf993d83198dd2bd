# SPDX-License-Identifier: Apache-2.0
"""`lejar liquidity`: which payments can settle together, from a file or over a generated day."""

from typing import Final

import click

from lejar.cli.deferred import Deferred

COMMANDS: Final = {
    "solve": "lejar.cli.commands.liquidity.solve",
    "settle": "lejar.cli.commands.liquidity.settle",
    "simulate": "lejar.cli.commands.liquidity.simulate",
}
"""Each command's module."""


class LiquidityCommands(Deferred):
    """What one does about liquidity."""

    modules = COMMANDS


@click.group("liquidity", cls=LiquidityCommands)
def command() -> None:
    """Settle the most with the money there is: a queue from a file, or a generated day."""
