# SPDX-License-Identifier: Apache-2.0
"""`lejar iso20022 statement` and `holdings`: an account's day, or what it holds, as a message."""

import datetime
from pathlib import Path

import click

from lejar.cli.messaging.opening import channel_options, opened
from lejar.cli.voice import Exit, Problem, Voice, speaking
from lejar.gateways.iso20022.acting.refusals import NotActed


@click.command("statement")
@click.argument("account")
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), help="The local day; otherwise the hub's today."
)
@click.option("--holdings", is_flag=True, help="What it holds of securities now: semt.002.")
@channel_options
@speaking
def command(
    voice: Voice,
    *,
    account: str,
    day: datetime.datetime | None,
    holdings: bool,
    name: str,
    directory_file: Path | None,
    home: str | None,
    hub: str | None,
) -> int:
    """Write ACCOUNT's day: camt.053 once it has ended, camt.052 while it goes on."""
    with opened(voice, name, directory_file, home, hub) as bank:
        try:
            if holdings:
                written = [bank.holdings(account)]
            else:
                written = bank.statements(account, None if day is None else day.date())
        except NotActed as no:
            raise Problem(Exit.NO, no.refusal.sentence(voice.lang)) from None
    voice.document([one.decode() for one in written])
    for one in written:
        voice.say(one.decode().rstrip())
    return Exit.DONE
