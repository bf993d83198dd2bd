# SPDX-License-Identifier: Apache-2.0
"""`lejar iso20022 watch`: a folder into which a bank drops messages, and takes answers from."""

import time
from pathlib import Path

import click

from lejar.cli.messaging.folder import Drop
from lejar.cli.messaging.opening import channel_options, opened
from lejar.cli.voice import Exit, Voice, speaking
from lejar.kernel.failure import Unavailable


@click.command("watch")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--once", is_flag=True, help="Look once, and end.")
@click.option(
    "--every", type=click.FloatRange(0.1, 3600), default=1.0, help="Seconds between looks."
)
@channel_options
@speaking
def command(
    voice: Voice,
    *,
    folder: Path,
    once: bool,
    every: float,
    name: str,
    directory_file: Path | None,
    home: str | None,
    hub: str | None,
) -> int:
    """Take messages from FOLDER/in, answer in FOLDER/out; done ones go to done/ or refused/."""
    with opened(voice, name, directory_file, home, hub) as bank:
        drop = Drop(folder, bank)
        if once:
            said = list(drop.round())
            voice.document(said)
            for line in said:
                voice.say(line)
            return Exit.DONE
        try:
            _watch(voice, drop, every)
        except KeyboardInterrupt:
            voice.say(voice.words("Stopped.", "Dihentikan."))
    return Exit.DONE


def _watch(voice: Voice, drop: Drop, every: float) -> None:
    away = False
    while True:
        try:
            for line in drop.round():
                voice.say(line)
            away = False
        except Unavailable as error:
            if not away:
                voice.say(str(error))
            away = True
        time.sleep(every)
