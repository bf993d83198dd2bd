# SPDX-License-Identifier: Apache-2.0
"""`lejar withdraw`: take a proposal back before it is carried out."""

import click

from lejar.cli.client import Command
from lejar.cli.proposing import consent_lines, proposal_word
from lejar.cli.sending import send, sending_options
from lejar.cli.voice import Voice, speaking


@click.command("withdraw")
@click.argument("proposal")
@sending_options
@speaking
def command(
    voice: Voice,
    *,
    proposal: str,
    names: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
) -> int:
    """Take PROPOSAL back, as the party that made it."""
    asked = Command("consent.withdraw", {"proposal": proposal_word(proposal)})
    return send(
        voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub, tell=consent_lines
    )
