# SPDX-License-Identifier: Apache-2.0
"""`lejar pay`: a payment from one account to another."""

from typing import Any

import click

from lejar.cli.client import Command
from lejar.cli.sending import send, sending_options
from lejar.cli.voice import Voice, speaking
from lejar.domain.settlement import Priority


@click.command("pay")
@click.option("--from", "source", required=True, metavar="ACCOUNT", help="The account that pays.")
@click.option("--to", "target", required=True, metavar="ACCOUNT", help="The account that is paid.")
@click.option("--asset", required=True, help="The currency, by its id.")
@click.option("--amount", required=True, type=click.IntRange(min=1), help="Smallest units (sen).")
@click.option("--on", "day", metavar="DAY", help="The value date, as 2026-12-01; otherwise today.")
@click.option(
    "--priority", type=click.Choice([str(one) for one in Priority]), default=str(Priority.NORMAL)
)
@click.option("--or-refuse", is_flag=True, help="Refuse it when money is missing; do not queue.")
@click.option("--reference", metavar="HEX", help="Your own reference, 32 hexadecimal digits.")
@sending_options
@speaking
def command(
    voice: Voice,
    *,
    source: str,
    target: str,
    asset: str,
    amount: int,
    day: str | None,
    priority: str,
    or_refuse: bool,
    reference: str | None,
    names: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
) -> int:
    """Pay; what cannot settle now waits in the queue until the cut-off."""
    arguments: dict[str, Any] = {
        "asset": asset,
        "source": source,
        "target": target,
        "amount": str(amount),
        "value_date": day,
        "priority": priority,
        "on_shortfall": "refuse" if or_refuse else "queue",
        "reference": reference,
    }
    asked = Command("settlement.pay", arguments)
    return send(voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub)
