# SPDX-License-Identifier: Apache-2.0
"""`lejar iso20022`: the messages that banks already speak."""

import click

from lejar.cli.deferred import Deferred


class Iso20022Commands(Deferred):
    """What can be done with messages."""

    modules = {  # noqa: RUF012  # never changed
        "check": "lejar.cli.commands.iso20022.check",
    }


@click.group("iso20022", cls=Iso20022Commands)
def command() -> None:
    """Check the messages that banks send and are sent."""
