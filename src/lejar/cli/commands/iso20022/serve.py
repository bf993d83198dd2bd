# SPDX-License-Identifier: Apache-2.0
"""`lejar iso20022 serve`: a server on a bank's own machine, to which its systems post messages."""

from pathlib import Path

import click

from lejar.cli.messaging.opening import channel_options, opened
from lejar.cli.messaging.server import LOOPBACK, serve
from lejar.cli.voice import Exit, Voice, speaking


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), required=True, help="The port, on loopback.")
@click.option(
    "--every", type=click.FloatRange(0.1, 3600), default=1.0, help="Seconds between looks."
)
@channel_options
@speaking
def command(
    voice: Voice,
    *,
    port: int,
    every: float,
    name: str,
    directory_file: Path | None,
    home: str | None,
    hub: str | None,
) -> int:
    """Answer messages posted to http://127.0.0.1:PORT/messages, until Ctrl-C."""
    with opened(voice, name, directory_file, home, hub) as bank:
        voice.say(f"http://{LOOPBACK}:{port}/messages")
        serve(bank, port, every)
    return Exit.DONE
