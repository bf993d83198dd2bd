# SPDX-License-Identifier: Apache-2.0
"""A folder of rules as the pack that a command can carry.

Everything that is wrong is told at once, by file, line and key: `PackErrors`.  What must be true of
a pack as a whole is the domain's to say (`policy.soundness`); here it is led to its line.
"""

from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from typing import Final

import msgspec

from lejar.domain.policy.pack import RULES_MAX, Pack
from lejar.domain.policy.soundness import Fault, Found, faults
from lejar.kernel.codec import BYTES_MAX, encode
from lejar.reference.pack_files import PackError, PackFile, pack_file, pack_folder
from lejar.reference.rules.files import Placed, read_rules, top_of
from lejar.reference.rules.forms import table_of
from lejar.reference.rules.head import Head
from lejar.reference.rules.kinds import RULE
from lejar.reference.rules.places import Gathering, PackErrors, Place

HEAD: Final = "pack.toml"
RULES: Final = "rules"
AGENCIES: Final = ("sc", "bnm", "digital")
"""Agencies that every pack may name; others are listed in its head."""
FILE_CHARACTERS_MAX: Final = 200_000
PACK_BYTES_MAX: Final = BYTES_MAX - 4096
"""A pack travels in one command; what is left is for its envelope."""

_NEEDS_ALL: Final = (Fault.BACKING_UNKNOWN, Fault.BACKING_WEAK, Fault.GAP)
"""Faults that cannot be seen while some rule could not be read."""


_HEAD: Final = table_of(Head)


def jurisdictions() -> tuple[str, ...]:
    """Give the shipped packs that have rules."""
    folders = sorted(pack_folder().iterdir(), key=lambda one: one.name)
    return tuple(one.name for one in folders if one.is_dir() and one.joinpath(HEAD).is_file())


def shipped_pack(jurisdiction: str) -> Pack:
    """Read a shipped pack, such as `my`.  Raises PackErrors."""
    return read_pack(pack_folder(jurisdiction))


def shipped_head(jurisdiction: str) -> Head:
    """Read the head of a shipped pack.  Raises PackErrors."""
    return read_head(pack_folder(jurisdiction))


def read_head(folder: Traversable) -> Head:
    """Read the head of a pack.  Raises PackErrors."""
    place = Place(_file(folder.joinpath(HEAD), HEAD))
    top = top_of(place, ("format", *(one.key for one in _HEAD.fields)))
    del top["format"]
    head = msgspec.convert(_HEAD.read(top, place), Head)
    if head.jurisdiction != folder.name:
        raise place.at("jurisdiction").wrong(
            f"expected {folder.name}, as the folder is called, was {head.jurisdiction}"
        )
    return head


def read_pack(folder: Traversable) -> Pack:
    """Read a pack.  Raises PackErrors with everything that is wrong."""
    gathering = Gathering()
    head = Head(folder.name, "0000.0.0", 0, "XXX")
    with gathering:
        head = read_head(folder)
    placed: list[Placed] = []
    with gathering:
        for file in _rule_files(folder.joinpath(RULES), gathering):
            agencies = (*AGENCIES, *head.agencies)
            found = read_rules(file, head.utc_offset_minutes, agencies)
            placed += found.rules
            gathering.errors += found.errors
    pack = Pack(
        head.jurisdiction,
        head.version,
        head.utc_offset_minutes,
        tuple(one.rule for one in placed),
    )
    gathering.errors += _unsound(pack, placed, is_whole=not gathering.errors)
    gathering.settle()
    return pack


def _unsound(pack: Pack, placed: Sequence[Placed], *, is_whole: bool) -> Iterator[PackError]:
    """Lead the domain's faults to their lines."""
    if len(placed) > RULES_MAX:
        place = placed[RULES_MAX].place
        yield place.file.error(place.key, f"a pack has at most {RULES_MAX} rules")
    for found in faults(pack):
        if is_whole or found.fault not in _NEEDS_ALL:
            yield _error(placed[found.place], found)
    size = len(encode(pack))
    if size > PACK_BYTES_MAX:
        yield PackError(RULES, f"the pack takes {size} bytes; at most {PACK_BYTES_MAX} fit")


def _error(placed: Placed, found: Found) -> PackError:
    return placed.place.file.error(f"{placed.place.key}.{_key(placed, found.field)}", found.fault)


def _key(placed: Placed, field: str) -> str:
    """Give the key of a field that a fault names: the rule's, its source's or its kind's."""
    if field in {one.key for one in RULE.fields} | {"kind"}:
        return field
    table = "value" if field in placed.rule.spec.__struct_fields__ else "source"
    return f"{table}.{field}"


def _rule_files(folder: Traversable, gathering: Gathering) -> Iterator[PackFile]:
    """Walk the files of rules by name; anything else in the folder is a mistake."""
    items = sorted(folder.iterdir(), key=lambda one: one.name) if folder.is_dir() else []
    if not items:
        raise PackErrors([PackError(RULES, "there are no rules")])
    for item in items:
        name = f"{RULES}/{item.name}"
        with gathering:
            if not item.name.endswith(".toml"):
                raise PackErrors([PackError(name, "expected files of rules alone, *.toml")])
            yield _file(item, name)


def _file(resource: Traversable, name: str) -> PackFile:
    """Read a file's text under the name that messages call it."""
    try:
        text = pack_file(resource).text
    except PackError as error:
        raise PackErrors([PackError(name, str(error).partition(": ")[2])]) from error
    if len(text) > FILE_CHARACTERS_MAX:
        sentence = f"has {len(text)} characters; at most {FILE_CHARACTERS_MAX}"
        raise PackErrors([PackError(name, sentence)])
    return PackFile(name, text)
