# SPDX-License-Identifier: Apache-2.0
"""The command line: the composition root, and what people use.

Exit codes: 0 it was done; 1 the answer is no (refused, not proved); 2 the words were wrong; 3 the
hub did not answer; 4 the data folder, the keys or the configuration cannot be used; 130 Ctrl-C.
"""

from typing import Final

import click

from lejar import __version__
from lejar.cli.deferred import Deferred

COMMANDS: Final = {
    "up": "lejar.cli.commands.up",
    "demo": "lejar.cli.commands.demo",
    "advance": "lejar.cli.commands.advance",
    "keys": "lejar.cli.commands.keys",
    "submit": "lejar.cli.commands.submit",
    "propose": "lejar.cli.commands.propose",
    "agree": "lejar.cli.commands.agree",
    "object": "lejar.cli.commands.object",
    "withdraw": "lejar.cli.commands.withdraw",
    "show": "lejar.cli.commands.show",
    "statement": "lejar.cli.commands.statement",
    "evidence": "lejar.cli.commands.evidence",
    "verify": "lejar.cli.commands.verify",
    "directive": "lejar.cli.commands.directive",
    "pay": "lejar.cli.commands.pay",
    "queue": "lejar.cli.commands.queue",
    "instruction": "lejar.cli.commands.instruction",
    "node": "lejar.cli.commands.node",
    "config": "lejar.cli.commands.config",
    "simulate": "lejar.cli.commands.simulate",
    "policy": "lejar.cli.commands.policy",
    "iso20022": "lejar.cli.commands.iso20022",
    "reconcile": "lejar.cli.commands.reconcile",
    "liquidity": "lejar.cli.commands.liquidity",
}
"""Each command's module; it is imported when the command is used, so that help is instant."""


class Commands(Deferred):
    """Everything that the command line does."""

    modules = COMMANDS


@click.group(cls=Commands, epilog="Exit codes: 0 done, 1 no, 2 usage, 3 no answer, 4 setup.")
@click.version_option(__version__, prog_name="lejar")
def lejar() -> None:
    """Lejar: open market infrastructure for tokenised finance."""


def main() -> None:
    """Run the command line."""
    lejar(prog_name="lejar")
