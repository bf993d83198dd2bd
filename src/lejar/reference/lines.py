# SPDX-License-Identifier: Apache-2.0
"""Where in a TOML file each key stands, so that a message can lead to its line.

Why our own: the standard reader gives values and no lines.  Tables of an array count from 0, as the
decoder counts them: `fact.3.value` is the key `value` under the fourth `[[fact]]`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

_PATH: Final = r"[A-Za-z_][A-Za-z0-9_-]*(?:\s*\.\s*[A-Za-z0-9_-]+)*"
_HEADER: Final = re.compile(
    rf"\s*(?:\[\[\s*(?P<array>{_PATH})\s*\]\]|\[\s*(?P<table>{_PATH})\s*\])\s*(?:#.*)?"
)
_KEY: Final = re.compile(rf"\s*(?P<key>{_PATH})\s*=")
_LONG_TEXT: Final = re.compile(r"\"\"\"|'''")
_INDEX: Final = re.compile(r"\[(\d+)\]")
_ANY_KEY: Final = "[...]"
"""How the decoder writes a key of a mapping that it does not name."""


def dotted(path: str) -> str:
    """Give the decoder's path with its indices as parts: `fact[3].value` is `fact.3.value`."""
    return _INDEX.sub(r".\1", path.replace(_ANY_KEY, "")).removeprefix(".")


def lines_of(text: str) -> dict[str, int]:
    """Give the line of each table and each key by its dotted path, from 1.

    The bare path of an array of tables leads to its first one.
    """
    found: dict[str, int] = {}
    arrays: dict[str, int] = {}
    table = ""
    for number, line in _outside_long_texts(text):
        if header := _HEADER.fullmatch(line):
            table = _entered(header["array"], header["table"], arrays, found, number)
        elif key := _KEY.match(line):
            found.setdefault(_joined(table, _tight(key["key"])), number)
    return found


def line_of(lines: Mapping[str, int], key: str) -> int | None:
    """Give the line of `key`, else of the nearest thing around it that has a line.

    A key without a table is looked for in every table, in the order of the file.
    """
    if "." not in key and key not in lines:
        inside = (number for path, number in lines.items() if path.rpartition(".")[2] == key)
        return next(inside, None)
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key)


def _entered(
    array: str | None, table: str | None, arrays: dict[str, int], found: dict[str, int], number: int
) -> str:
    """Give the counted path of the table that a header opens, and note its line."""
    *outer, last = _tight(array or table or "").split(".")
    path = ""
    for part in outer:
        path = _joined(path, part)
        if path in arrays:
            path = f"{path}.{arrays[path]}"
    path = _joined(path, last)
    found.setdefault(path, number)
    if array is not None:
        arrays[path] = arrays.get(path, -1) + 1
        path = f"{path}.{arrays[path]}"
        found[path] = number
    return path


def _outside_long_texts(text: str) -> Iterator[tuple[int, str]]:
    """Give the numbered lines that do not begin inside a text of several lines."""
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside:
            yield number, line
            if line.lstrip().startswith("#"):
                continue
        if len(_LONG_TEXT.findall(line)) % 2:
            inside = not inside


def _tight(path: str) -> str:
    """Give a dotted path without the spaces that TOML allows around its dots."""
    return ".".join(part.strip() for part in path.split("."))


def _joined(table: str, key: str) -> str:
    """Give the path of a key in a table; the outermost table has no name."""
    return f"{table}.{key}" if table else key
