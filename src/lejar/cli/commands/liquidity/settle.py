# SPDX-License-Identifier: Apache-2.0
"""`lejar liquidity settle`: solve a hub's queue in free order, and hand the set in."""

import click
import msgspec

from lejar.cli.client import Command, HubClient, address_of
from lejar.cli.sending import must_be_signed, send, sending_options
from lejar.cli.voice import Exit, Voice, configured, speaking
from lejar.node.keys import KeyFolder


@click.command("settle")
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 3600),
    default=10.0,
    show_default=True,
    help="How long the search may take.",
)
@sending_options
@speaking
def command(
    voice: Voice,
    seconds: float,
    names: tuple[str, ...],
    *,
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
) -> int:
    """Find the best set of a hub's waiting instructions, and let the hub verify and settle it.

    Signed by whoever runs settlement. The hub counts again: the set is refused if somebody would
    fall short, or if the queue by itself would settle more.
    """
    from lejar.liquidity import settles_freely
    from lejar.liquidity.question import read_question

    must_be_signed(names)
    question = read_question(_pool(voice, names[0], home, hub))
    answer = settles_freely(question.available, question.items, seconds)
    if not answer.settled:
        voice.say("Nothing of what waits can settle now.")
        voice.document({"settled": []})
        return Exit.DONE
    proved = "the best" if answer.optimal else f"none is worth more than {answer.bound:,}"
    voice.say(f"{answer.count} instructions, worth {answer.value:,}: {proved}.")
    chosen = dict.fromkeys(one for ids in answer.settled for one in ids)
    asked = Command(
        "settlement.settle_set",
        {
            "instructions": [one for one in question.order if one in chosen],
            "bound": str(answer.bound),
        },
    )
    return send(voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub)


def _pool(voice: Voice, name: str, home: str | None, hub: str | None) -> str:
    """Read what waits and what there is, as the file that `solve` takes."""
    config = configured(home)
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        found = client.get("/v1/settlement/pool", KeyFolder(config.home).read(name))
    finally:
        client.close()
    return msgspec.json.encode(found).decode()
