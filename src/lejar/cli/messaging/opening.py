# SPDX-License-Identifier: Apache-2.0
"""Opening a channel from the command line: the bank's key, its directory, its memory, the hub."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from lejar.cli.client import HubClient, address_of
from lejar.cli.messaging.bank import Bank
from lejar.cli.messaging.hub import Counter
from lejar.cli.messaging.log import Log
from lejar.cli.voice import Exit, Problem, Voice, configured, home_option, hub_option
from lejar.gateways.iso20022.directory import Directory, PackError, read_directory
from lejar.node.clock import system_clock
from lejar.node.keys import KeyFolder

FOLDER = "messages"
DIRECTORY = "directory.toml"

Function = TypeVar("Function", bound=Callable[..., object])


def channel_options(function: Function) -> Function:
    """Give a command the options that say whose channel it is."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS = (
    click.option("--as", "name", metavar="KEY", required=True, help="The bank's key; it signs."),
    click.option(
        "--directory", "directory_file", metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Whom messages name; otherwise messages/directory.toml in the data folder.",
    ),
    home_option,
    hub_option,
)  # fmt: skip


@contextmanager
def opened(
    voice: Voice,
    name: str,
    directory_file: Path | None,
    home: str | None,
    hub: str | None,
    *,
    dry: bool = False,
) -> Iterator[Bank]:
    """Open one bank's channel."""
    config = configured(home)
    key = KeyFolder(config.home).read(name)
    folder = config.home / FOLDER
    directory = _directory(directory_file or folder / DIRECTORY)
    client = HubClient(address_of(config, hub), voice.lang)
    path = folder / f"{name}.sqlite"
    try:
        log = Log(None if dry else path)
        try:
            yield Bank(Counter(client, key, dry=dry), directory, log, system_clock)
        finally:
            log.close()
    except sqlite3.Error as error:
        raise Problem(Exit.SETUP, f"The channel's memory {path} cannot be used: {error}.") from None
    finally:
        client.close()


def _directory(file: Path) -> Directory:
    try:
        return read_directory(str(file), file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(
            Exit.SETUP, f"The directory {file} cannot be read: {error.strerror}."
        ) from None
    except UnicodeDecodeError:
        raise Problem(Exit.SETUP, f"The directory {file} is not in UTF-8.") from None
    except PackError as error:
        raise Problem(Exit.SETUP, f"{error}.") from None
