# SPDX-License-Identifier: Apache-2.0
"""`lejar policy copy`: a shipped pack as files of one's own, from which a draft is made."""

from importlib.resources.abc import Traversable
from pathlib import Path

import click

from lejar.cli.packs import shipped
from lejar.cli.voice import Exit, Problem, Voice, speaking
from lejar.reference.pack_files import pack_folder


@click.command("copy")
@click.argument("jurisdiction", metavar="CODE")
@click.argument("folder")
@speaking
def command(voice: Voice, jurisdiction: str, folder: str) -> int:
    """Write the files of the shipped pack CODE into FOLDER/CODE, which must not exist yet.

    The folder of a pack is called as its jurisdiction is.
    """
    source = pack_folder(shipped(jurisdiction)[0])
    target = Path(folder) / jurisdiction
    if target.exists():
        raise Problem(Exit.USAGE, f"{target} exists already; nothing was written.")
    count = _copied(source, target)
    voice.document({"folder": str(target), "files": count})
    voice.say(
        voice.words(
            f"{count} files are in {target}. `lejar policy check {target}` reads them.",
            f"{count} fail berada dalam {target}. `lejar policy check {target}` membacanya.",
        )
    )
    return Exit.DONE


def _copied(source: Traversable, target: Path) -> int:
    """Copy a folder with all that is in it; gives the number of files."""
    target.mkdir(parents=True)
    count = 0
    for one in sorted(source.iterdir(), key=lambda found: found.name):
        if one.is_dir():
            count += _copied(one, target / one.name)
        else:
            target.joinpath(one.name).write_bytes(one.read_bytes())
            count += 1
    return count
