# SPDX-License-Identifier: Apache-2.0
"""Where in a pack something stands, and all that is wrong with it, told at once.

Why at once: whoever mends a pack wants the whole list, not one fault after the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from lejar.reference.pack_files import PackError, PackFile


class PackErrors(Exception):
    """Everything that is wrong with a pack, by file and line."""

    def __init__(self, errors: Iterable[PackError]) -> None:
        """Put the errors in order; the message has one a line."""
        self.errors = tuple(sorted(errors, key=lambda one: (one.file, one.line or 0, one.key)))
        super().__init__("\n".join(str(one) for one in self.errors))


@dataclass(frozen=True, slots=True)
class Place:
    """A key of a file, and how far east of UTC its days begin."""

    file: PackFile
    key: str = ""
    offset_minutes: int = 0

    def at(self, name: str | int) -> "Place":
        """Give the place of a key, or of an item, inside this one."""
        return replace(self, key=f"{self.key}.{name}".removeprefix("."))

    def wrong(self, sentence: str) -> PackErrors:
        """Say what is wrong here."""
        return PackErrors([self.file.error(self.key, sentence)])


class Gathering:
    """Goes on after an error, and raises what it has gathered at the end."""

    def __init__(self) -> None:
        self.errors: list[PackError] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        if isinstance(error, PackErrors):
            self.errors.extend(error.errors)
            return True
        return False

    def settle(self) -> None:
        """Raise what was gathered, if anything was."""
        if self.errors:
            raise PackErrors(self.errors)
