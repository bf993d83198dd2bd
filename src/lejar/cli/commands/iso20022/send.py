# SPDX-License-Identifier: Apache-2.0
"""`lejar iso20022 send`: one message, acted upon and answered."""

from pathlib import Path

import click

from lejar.cli.messaging.log import Reply
from lejar.cli.messaging.opening import channel_options, opened
from lejar.cli.voice import Exit, Voice, speaking
from lejar.gateways.iso20022 import decode
from lejar.gateways.iso20022.tree import BYTES_MAX

NO = ("RJCT", "RJCR", "Rjctd")
"""What an answer says when it says no, wherever it stands."""


@click.command("send", epilog="Exit codes: 0 taken, 1 rejected, 3 the hub did not answer.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only ask what would become of it; keeps nothing.")
@channel_options
@speaking
def command(
    voice: Voice,
    *,
    file: Path,
    dry_run: bool,
    name: str,
    directory_file: Path | None,
    home: str | None,
    hub: str | None,
) -> int:
    """Send the message in FILE as a bank, and print the answer."""
    with file.open("rb") as read:
        data = read.read(BYTES_MAX + 1)
    with opened(voice, name, directory_file, home, hub, dry=dry_run) as bank:
        replies = bank.take(data)
        for reply in replies:
            bank.log.delivered(reply.name)
    voice.document([{"name": one.name, "message": one.data.decode()} for one in replies])
    for reply in replies:
        voice.say(reply.data.decode().rstrip())
    return Exit.NO if any(says_no(one) for one in replies) else Exit.DONE


def says_no(reply: Reply) -> bool:
    """Say whether an answer rejects what was asked."""
    message = decode(reply.data).message
    if message is None:
        return True
    return any(
        node.name in NO or (not list(node.children()) and node.text.strip() in NO)
        for node in message.root.descendants()
    )
