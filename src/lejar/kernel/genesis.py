# SPDX-License-Identifier: Apache-2.0
"""The first state, as data: what a network begins with, and therefore what its id is.

A module reads its own section with its own type; the kernel knows only that there are sections.
"""

from typing import Any, Literal

import msgspec

from lejar.kernel.codec import Record, decode, encode
from lejar.kernel.digest import sha256
from lejar.kernel.identifiers import ID_BYTES

Kind = Literal["production", "test", "demonstration"]


class Genesis(Record, frozen=True):
    """A network's beginning: `sections` are (module name, canonical bytes), sorted by name."""

    name: str
    kind: Kind
    begins_at: int
    sections: tuple[tuple[str, bytes], ...]

    @property
    def network(self) -> bytes:
        """The network id: the first 16 bytes of the digest of everything here."""
        return sha256(b"lejar/genesis/1\n" + encode(self))[:ID_BYTES]

    def section(self, name: str, type_: type[Any]) -> Any | None:
        """Read a module's section, or none if the genesis has none."""
        for found, data in self.sections:
            if found == name:
                return decode(data, type_)
        return None


def genesis(name: str, kind: Kind, begins_at: int, **sections: msgspec.Struct) -> Genesis:
    """Write a genesis from the modules' sections."""
    packed = tuple(sorted((name, encode(section)) for name, section in sections.items()))
    return Genesis(name, kind, begins_at, packed)
