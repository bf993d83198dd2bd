# SPDX-License-Identifier: Apache-2.0
"""What was found out about a jurisdiction, fact by fact, and what became of each.

Why the facts are data beside the rules: a pack is complete when nobody can name a fact that it
forgot.  So each fact says which rules carry it, which code already does, or why none can; a value
that nobody could read is a fact as well, and says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from lejar.domain.instruments import SourceClass
from lejar.reference.pack_files import FORMAT, PackError, PackFile, pack_file, pack_folder
from lejar.reference.sources import WEAK

UNKNOWN: Final = "unknown"
"""How the value of a fact begins that nobody could read; words after it say what is known."""

REVIEWED: Final = (SourceClass.PRIMARY, SourceClass.NEWS)
"""Classes that may ask for a review: news always does, a copy of a primary source as well."""

DottedId = Annotated[str, Meta(pattern=r"\A[a-z]+(\.[a-z][a-z0-9_]*){1,3}\Z")]
"""The id of a fact or of a rule, its jurisdiction first: `my.ieo.retail_per_issuer`."""
Sentence = Annotated[str, Meta(min_length=1, max_length=600)]
Section = Annotated[str, Meta(pattern=r"\A[0-9](\.[0-9])?\Z")]
"""The part of the collection in which the fact stands."""
Code = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_./]+: .+\Z")]
"""A name in this program or a file of its packs, and what it does: `lejar.x.y.name: it does so`."""


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fact as written, with exactly one of `carried_by`, `enforced_by` and `why_not`."""

    id: DottedId
    title: Sentence
    value: Sentence
    """As the source states it."""
    source_class: SourceClass
    verified: bool
    """Whether the value was read on the source itself."""
    reference: Sentence
    section: Section
    review: bool = False
    """Whether somebody must check the value before anyone relies on it."""
    carried_by: Annotated[tuple[DottedId, ...], Meta(min_length=1)] | None = None
    """The rules of the packs that hold people to it."""
    enforced_by: Code | None = None
    """The code that holds people to it, with or without a pack."""
    why_not: Sentence | None = None
    """Why no rule of this platform carries it."""
    conflicts_with: Annotated[tuple[DottedId, ...], Meta(min_length=1)] | None = None
    """Facts that state another value for the same thing."""
    taken: bool | None = None
    """Of facts in conflict: whether the pack goes by this one."""

    def is_known(self) -> bool:
        """Whether anyone could read the value."""
        return self.value.partition(" ")[0].rstrip(",") != UNKNOWN


class _FactFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file as written."""

    format: int
    collected: Annotated[str, Meta(pattern=r"\A[0-9]{4}-[0-9]{2}\Z")]
    """The month in which the sources were read."""
    fact: Annotated[tuple[Fact, ...], Meta(min_length=1)]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A fact and where it stands, for what can be asked only of all files together."""

    fact: Fact
    file: PackFile
    table: str

    def error(self, key: str, sentence: str) -> PackError:
        """Give a PackError at a key of this fact."""
        return self.file.error(f"{self.table}.{key}", sentence)


def facts(jurisdiction: str) -> tuple[Fact, ...]:
    """All facts of a shipped pack, such as `my`, by file and in its order. Raises PackError."""
    folder = pack_folder(jurisdiction, "facts")
    if not folder.is_dir():
        raise PackError("facts", f"none are shipped for {jurisdiction}")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return read_facts(jurisdiction, [pack_file(folder.joinpath(name)) for name in names])


def read_facts(jurisdiction: str, files: Sequence[PackFile]) -> tuple[Fact, ...]:
    """The facts of some files, checked together. Raises PackError with file, line and key."""
    by_id: dict[str, _Placed] = {}
    for file in files:
        for placed in _placed(file):
            one = placed.fact
            if one.id.partition(".")[0] != jurisdiction:
                raise placed.error("id", f"expected a fact of {jurisdiction}, was {one.id}")
            if (other := by_id.get(one.id)) is not None:
                raise placed.error("id", f"{one.id} stands in {other.file.name} already")
            by_id[one.id] = placed
    for placed in by_id.values():
        _check_conflict(placed, by_id)
    return tuple(placed.fact for placed in by_id.values())


def _placed(file: PackFile) -> Iterator[_Placed]:
    """The facts of one file, each sound by itself."""
    written = file.read(_FactFile)
    if written.format != FORMAT:
        raise file.error("format", f"expected {FORMAT}, was {written.format}")
    for index, one in enumerate(written.fact):
        placed = _Placed(one, file, f"fact.{index}")
        _check_source(placed)
        _check_answer(placed)
        yield placed


def _check_source(placed: _Placed) -> None:
    """A source is called no better than its class."""
    one = placed.fact
    if one.verified and one.source_class in WEAK:
        raise placed.error("verified", f"class {one.source_class} cannot be verified")
    if one.verified and (one.review or not one.is_known()):
        raise placed.error("verified", "what waits for a review or is unknown is not verified")
    if one.source_class is SourceClass.NEWS and not one.review:
        raise placed.error("source_class", "class N needs review = true")
    if one.review and one.source_class not in REVIEWED:
        raise placed.error("review", "only class N and copies of class P wait for a review")


def _check_answer(placed: _Placed) -> None:
    """What became of the fact is said once, and an unknown value holds nobody to anything."""
    one = placed.fact
    given = [name for name in _ANSWERS if getattr(one, name) is not None]
    if len(given) != 1:
        key = given[1] if given else "id"
        raise placed.error(key, f"expected exactly one of {', '.join(_ANSWERS)}")
    if one.carried_by is not None and len(set(one.carried_by)) != len(one.carried_by):
        raise placed.error("carried_by", "expected each rule once")
    if not one.is_known() and one.why_not is None:
        raise placed.error(given[0], "an unknown value needs why_not")
    if (one.conflicts_with is None) != (one.taken is None):
        raise placed.error("id", "expected conflicts_with and taken together")
    if one.taken is False and one.why_not is None:
        raise placed.error(given[0], "a value that is not taken needs why_not")


def _check_conflict(placed: _Placed, by_id: dict[str, _Placed]) -> None:
    """A conflict is named on both sides, and one side of it is taken."""
    one = placed.fact
    for name in one.conflicts_with or ():
        other = by_id.get(name)
        if other is None or name == one.id:
            raise placed.error("conflicts_with", f"no other fact is called {name}")
        if one.id not in (other.fact.conflicts_with or ()):
            raise placed.error("conflicts_with", f"{name} does not name this conflict")
        if other.fact.taken == one.taken:
            raise placed.error("taken", f"expected one of this fact and {name} to be taken")


_ANSWERS: Final = ("carried_by", "enforced_by", "why_not")
"""What became of a fact: each has exactly one."""
