# SPDX-License-Identifier: Apache-2.0
"""Which pack a command means, and what is wrong with it as a person reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from lejar.cli.voice import Exit, Problem
from lejar.reference import PackError, PackErrors, jurisdictions
from lejar.reference.pack_files import pack_folder

jurisdiction_option = click.option(
    "--jurisdiction", "jurisdiction", metavar="CODE", help="A pack that is shipped, such as my."
)


def chosen(folder: str | None, jurisdiction: str | None) -> Traversable:
    """Give the folder of one pack: the person's own, or a shipped one."""
    if (folder is None) == (jurisdiction is None):
        raise Problem(Exit.USAGE, "Name a pack: a FOLDER, or --jurisdiction with its code.")
    if folder is None:
        return pack_folder(shipped(jurisdiction)[0])
    path = Path(folder).resolve()
    if not path.is_dir():
        raise Problem(Exit.USAGE, f"{folder} is no folder.")
    return path


def shipped(jurisdiction: str | None) -> tuple[str, ...]:
    """Give the codes of the shipped packs that are asked for: one, or all."""
    known = jurisdictions()
    if jurisdiction is None:
        return known
    if jurisdiction not in known:
        listed = ", ".join(known) or "none"
        raise Problem(Exit.USAGE, f"No pack of rules is shipped for {jurisdiction}: {listed}.")
    return (jurisdiction,)


@contextmanager
def reading() -> Iterator[None]:
    """Turn what is wrong with a pack into the command's answer: one finding a line."""
    try:
        yield
    except (PackError, PackErrors) as error:
        raise Problem(Exit.NO, str(error)) from None
