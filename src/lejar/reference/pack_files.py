# SPDX-License-Identifier: Apache-2.0
"""Read one TOML file of a pack into a struct, or say what is wrong, where.

Why strict: a pack is read once by people who decide and then for years by a program. A key that is
misspelt must be refused, not skipped, and the message must lead to the line.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, TypeVar

import msgspec

from lejar.reference.lines import dotted, line_of, lines_of

FORMAT: Final = 1
"""Version of the layout of the files; another number is refused."""

_AT: Final = re.compile(r" - at `\$\.?(?P<path>.*)`$")
_AT_INDEX: Final = re.compile(r" - at `\$\[(?P<index>\d+)\].*`$")
_AT_LINE: Final = re.compile(r"\(at line (?P<line>\d+), column \d+\)\Z")
_UNKNOWN: Final = re.compile(r"unknown field `(?P<name>[^`]*)`")
_DECIMAL: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")

_Shape = TypeVar("_Shape", bound=msgspec.Struct)


class PackError(Exception):
    """A pack file that cannot be used: which file, which line and key if known, and why."""

    def __init__(self, file: str, sentence: str, *, key: str = "", line: int | None = None) -> None:
        """Keep the parts; the message is `file:line: key: sentence`."""
        place = file if line is None else f"{file}:{line}"
        super().__init__(": ".join(part for part in (place, key, sentence) if part))
        self.file = file
        self.key = key
        self.line = line
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class PackFile:
    """The text of one file, and what messages call it."""

    name: str
    text: str

    def read(self, shape: type[_Shape]) -> _Shape:
        """The file as a `shape`. Raises PackError for bad TOML, keys and types."""
        try:
            return msgspec.convert(self.parsed(), shape, strict=True)
        except msgspec.ValidationError as error:
            raise self._located(str(error)) from error

    def parsed(self) -> dict[str, object]:
        """The file's tables. Raises PackError for bad TOML, at its line where one is known."""
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found["line"]) if found else None
            raise PackError(self.name, f"not TOML: {error}", line=line) from error

    def record(
        self, shape: type[_Shape], values: Mapping[str, object], written: Mapping[str, str]
    ) -> _Shape:
        """One of the domain's records (`array_like`) from values by field, held to its types.

        `written` says under which key of the file a field stands, where that is not its own name.
        Raises PackError at that key.
        """
        try:
            return msgspec.convert([values[name] for name in shape.__struct_fields__], shape)
        except msgspec.ValidationError as error:
            message = str(error)
            if (found := _AT_INDEX.search(message)) is None:
                raise self.error("", message) from error
            name = shape.__struct_fields__[int(found["index"])]
            raise self.error(written.get(name, name), message[: found.start()]) from error

    def error(self, key: str, sentence: str) -> PackError:
        """A PackError at the dotted `key`, with its line, or that of the table it belongs in."""
        return PackError(self.name, sentence, key=key, line=self._line(key))

    def scaled(self, key: str, text: str, decimals: int) -> int:
        """A decimal text as an integer of its last place: `"3.950"` with 4 decimals is 39 500."""
        if not _DECIMAL.fullmatch(text):
            raise self.error(key, f"expected a decimal such as 3.950, was {text!r}")
        shifted = Decimal(text).scaleb(decimals)
        if shifted != shifted.to_integral_value():
            raise self.error(key, f"expected at most {decimals} decimals, was {text!r}")
        return int(shifted)

    def _located(self, message: str) -> PackError:
        """The decoder's message, with its path turned into a key and a line."""
        found = _AT.search(message)
        key = dotted(found["path"]) if found else ""
        sentence = message[: found.start()] if found else message
        if unknown := _UNKNOWN.search(message):
            key = f"{key}.{unknown['name']}".removeprefix(".")
        return self.error(key, sentence)

    def _line(self, key: str) -> int | None:
        """Line of the dotted `key` in the text, from 1; `fact.3.value` is in the fourth fact."""
        return line_of(lines_of(self.text), key)


def pack_folder(*parts: str) -> Traversable:
    """A folder of the packs that come with the program, such as `pack_folder("my")`."""
    return files("lejar").joinpath("/".join(("packs", *parts)))


def pack_file(resource: Traversable) -> PackFile:
    """One file of a pack. Raises PackError when it is not there or is not UTF-8 text."""
    try:
        return PackFile(resource.name, resource.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(resource.name, f"cannot be read: {error}") from error
