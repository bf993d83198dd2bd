# SPDX-License-Identifier: Apache-2.0
"""Reads scenario text into steps; knows words and brackets, and nothing of the market.

The reader is strict: what it does not understand is an error that names file and line, because a
test that silently skips a line tells nobody anything.  README.md describes the language.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn, TypeAlias

STEP_WORDS: Final = ("given", "when", "then")
_CLOSING: Final = {"(": ")", "[": "]"}
_PIECE: Final = re.compile(r"""[\s,]+|[()\[\]]|(?:[^\s,()\[\]"]|"[^"]*")+""")


class Unreadable(Exception):
    """A scenario says something that the language does not have."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands, for errors."""

    file: str
    line: int

    def fail(self, sentence: str) -> NoReturn:
        """Refuse the scenario."""
        raise Unreadable(f"{self.file}:{self.line}: {sentence}")


@dataclass(frozen=True, slots=True)
class Atom:
    """A word, or words in quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """`[one two]`."""

    items: tuple["Item", ...]


@dataclass(frozen=True, slots=True)
class Group:
    """`(one two)`, `(field=one)` or `Name(field=one)`: a record."""

    name: str
    items: tuple["Item", ...]


Value: TypeAlias = Atom | Sequence | Group


@dataclass(frozen=True, slots=True)
class Item:
    """A value, with a name when it was written `name=value`."""

    name: str
    value: Value

    @property
    def word(self) -> str:
        """The text of an unnamed word; empty for anything else."""
        return self.value.text if not self.name and isinstance(self.value, Atom) else ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line: its first word, what it says, and what a `when` expects."""

    place: Place
    kind: str
    said: tuple[Item, ...]
    expected: tuple[Item, ...] | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A title and its steps."""

    place: Place
    title: str
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        """`file::title`, the id of its test."""
        return f"{self.place.file}::{self.title}"


def read_scenarios(path: Path, root: Path) -> tuple[Scenario, ...]:
    """Read a file; blocks stand apart by empty lines, and each begins with `# title`."""
    file = path.relative_to(root).as_posix()
    found = [
        scenario
        for block in _blocks(path.read_text(encoding="utf-8"))
        if (scenario := _scenario(file, block)) is not None
    ]
    titles = [scenario.title for scenario in found]
    for scenario in found:
        if titles.count(scenario.title) > 1:
            scenario.place.fail(f"two scenarios are called '{scenario.title}'")
    return tuple(found)


def _blocks(text: str) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []


def _scenario(file: str, block: list[tuple[int, str]]) -> Scenario | None:
    if all(line.startswith("#") for _, line in block):
        return None  # prose between scenarios
    place = Place(file, block[0][0])
    if not block[0][1].startswith("# "):
        place.fail("a scenario begins with '# ' and its title")
    steps = tuple(
        _step(Place(file, number), line) for number, line in block if not line.startswith("#")
    )
    return Scenario(place, block[0][1][2:].strip(), steps)


def _step(place: Place, line: str) -> Step:
    items = items_of(place, line)
    kind = items[0].word
    if kind not in STEP_WORDS:
        place.fail(f"a line begins with given, when or then; this one with '{kind}'")
    words = [item.word for item in items]
    if kind != "when":
        return Step(place, kind, items[1:], None)
    if "then" not in words:
        place.fail("a 'when' says what is expected: 'then accepted', 'then refused …'")
    turn = words.index("then")
    return Step(place, kind, items[1:turn], items[turn + 1 :])


def items_of(place: Place, line: str) -> tuple[Item, ...]:
    """Read a line's words, lists and records."""
    pieces = _pieces(place, line)
    items = tuple(_items(place, pieces, closing=""))
    if not items:
        place.fail("the line says nothing")
    return items


def _pieces(place: Place, line: str) -> list[str]:
    pieces = _PIECE.findall(line)
    if "".join(pieces) != line:
        place.fail("a quotation mark has no partner")
    return [piece for piece in pieces if piece.strip(" \t,")]


def _items(place: Place, pieces: list[str], closing: str) -> Iterator[Item]:
    while pieces:
        piece = pieces.pop(0)
        if piece == closing:
            return
        yield _item(place, piece, pieces)
    if closing:
        place.fail(f"'{closing}' is missing")


def _item(place: Place, piece: str, pieces: list[str]) -> Item:
    if piece in _CLOSING:
        return Item("", _bracket(place, "", piece, pieces))
    if piece in _CLOSING.values():
        place.fail(f"'{piece}' closes nothing")
    name, equals, rest = _parted(piece)
    if equals and not rest and (not pieces or pieces[0] not in _CLOSING):
        place.fail(f"'{piece}' names a field and gives no value")
    if equals and not rest:
        return Item(name, _bracket(place, "", pieces.pop(0), pieces))
    text = rest if equals else piece
    if pieces and pieces[0] == "(" and text[:1].isupper():
        return Item(name, _bracket(place, text, pieces.pop(0), pieces))
    return Item(name, Atom(text.replace('"', "")))


def _parted(piece: str) -> tuple[str, str, str]:
    name, equals, rest = piece.partition("=")
    return (name, equals, rest) if name.isidentifier() and equals else ("", "", piece)


def _bracket(place: Place, name: str, opening: str, pieces: list[str]) -> Value:
    items = tuple(_items(place, pieces, _CLOSING[opening]))
    if opening == "[":
        return Sequence(items)
    return Group(name, items)
