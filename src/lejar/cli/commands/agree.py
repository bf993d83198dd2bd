# SPDX-License-Identifier: Apache-2.0
"""`lejar agree`: read a proposal, and agree to it."""

import sys

import click

from lejar.cli.client import Command, HubClient, address_of
from lejar.cli.proposing import consent_lines, proposal_word
from lejar.cli.sending import send, sending_options
from lejar.cli.shown import lines
from lejar.cli.voice import Voice, configured, speaking
from lejar.node.keys import KeyFolder


@click.command("agree")
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
    """Agree to PROPOSAL, as its owner or as a party that must agree too.

    Whoever is asked before signing sees the command that it carries.
    """
    asked = Command("consent.agree", {"proposal": proposal_word(proposal)})
    if names and not (yes or voice.json or not sys.stdin.isatty()):
        _show(voice, proposal, names[0], home, hub)
    return send(
        voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub, tell=consent_lines
    )


def _show(voice: Voice, proposal: str, name: str, home: str | None, hub: str | None) -> None:
    config = configured(home)
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        found = client.get(f"/v1/proposals/{proposal}", KeyFolder(config.home).read(name))
    finally:
        client.close()
    for line in lines(found):
        voice.say(line)
