# SPDX-License-Identifier: Apache-2.0
"""Public names of institutions, for pages: a file beside the hub, never part of what is agreed on.

People have no name here: entries and read models know opaque ids alone.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from lejar.kernel import identifiers
from lejar.kernel.failure import Malformed

FILE_NAME: Final = "names.json"


class Names(Mapping[bytes, str]):
    """The names by party, read again when the file has changed."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE_NAME
        self._stamp: tuple[int, int] | None = None
        self._names: dict[bytes, str] = {}

    def __getitem__(self, party: bytes) -> str:
        return self._read()[party]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> dict[bytes, str]:
        try:
            found: os.stat_result = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_size)
            if stamp != self._stamp:
                written = msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
                self._names = {
                    identifiers.read("party", party): name for party, name in written.items()
                }
                self._stamp = stamp
        except (OSError, msgspec.DecodeError, Malformed):
            return self._names  # pages go on with ids where there are no names
        return self._names


def write_name(home: Path, party: bytes, name: str) -> None:
    """Add a name to the file."""
    path = home / FILE_NAME
    names = msgspec.json.decode(path.read_bytes(), type=dict[str, str]) if path.exists() else {}
    names[identifiers.show("party", party)] = name
    fresh = path.with_suffix(".new")
    fresh.write_bytes(msgspec.json.format(msgspec.json.encode(names), indent=2))
    fresh.replace(path)
