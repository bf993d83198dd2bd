# SPDX-License-Identifier: Apache-2.0
"""What a message may contain, read from the dataclasses that were generated from its schema.

The published packages (pyiso20022, python-iso20022) hold the standard's schemas as xsdata
dataclasses, each restriction in a field's metadata. Reading one against them takes no schema file.
In ISO 20022 a type whose name ends in `Choice` is a choice and nothing else is.
"""

import re
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Final, NamedTuple, Union, get_args, get_origin, get_type_hints

from lejar.kernel.failure import Broken

CHOICE: Final = re.compile(r"Choice(__\d+|_\d+|[A-Z][a-z]{3}\d{8})?")
"""One package writes `Party38Choice`, the other `Party38ChoiceSese02300111`."""


class Part(NamedTuple):
    """An element, an attribute or a value: how often, of which type, how restricted."""

    name: str
    kind: type
    least: int
    most: int | None
    min_length: int | None
    max_length: int | None
    pattern: str | None
    total_digits: int | None
    fraction_digits: int | None
    minimum: Decimal | None
    record: bool
    """Whether it has elements or attributes of its own."""

    place: int
    """Where it stands among its siblings."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The values of a closed list of codes."""
        return tuple(str(one.value) for one in self.kind) if issubclass(self.kind, Enum) else ()


class Shape(NamedTuple):
    """The parts of one type, in the order in which they must come."""

    parts: Mapping[str, Part]
    attributes: Mapping[str, Part]
    value: Part | None
    choice: bool
    open: bool
    """Anything may stand inside: signatures, and supplementary data."""


@cache
def shape_of(kind: type) -> Shape:
    """Read a dataclass."""
    if not is_dataclass(kind):
        raise Broken(f"{kind.__name__} is not a generated type")
    hints = get_type_hints(kind)
    parts: dict[str, Part] = {}
    attributes: dict[str, Part] = {}
    value: Part | None = None
    wild = False
    for one in fields(kind):
        match one.metadata.get("type"):
            case "Element":
                parts[one.metadata["name"]] = _part(one, hints[one.name], len(parts))
            case "Attribute":
                attributes[one.metadata["name"]] = _part(one, hints[one.name])
            case "Wildcard":
                wild = True
            case _:
                value = _part(one, hints[one.name])
    choice = CHOICE.search(kind.__name__)
    whole = choice is not None and choice.end() == len(kind.__name__)
    return Shape(parts, attributes, value, whole, wild)


def field_names(kind: type) -> Mapping[str, str]:
    """Map the names in messages to the dataclass's own, to build one."""
    if not is_dataclass(kind):
        raise Broken(f"{kind.__name__} is not a generated type")
    return {str(one.metadata.get("name", one.name)): one.name for one in fields(kind)}


def _part(one: "Field[object]", hint: object, place: int = 0) -> Part:
    kind, many = _unwrapped(hint)
    meta = one.metadata
    least = int(meta.get("min_occurs", 1 if meta.get("required") else 0))
    return Part(
        name=str(meta.get("name", one.name)),
        kind=kind,
        least=least,
        most=int(meta["max_occurs"]) if "max_occurs" in meta else (None if many else 1),
        min_length=meta.get("length", meta.get("min_length")),
        max_length=meta.get("length", meta.get("max_length")),
        pattern=meta.get("pattern"),
        total_digits=meta.get("total_digits"),
        fraction_digits=meta.get("fraction_digits"),
        minimum=meta.get("min_inclusive"),
        record=is_dataclass(kind),
        place=place,
    )


def _unwrapped(hint: object) -> tuple[type, bool]:
    """Take `None | X` and `list[X]` apart: the type, and whether there may be many."""
    if get_origin(hint) is list:
        return _unwrapped(get_args(hint)[0])[0], True
    if get_origin(hint) in (Union, UnionType):
        return _unwrapped(next(one for one in get_args(hint) if one is not type(None)))
    if not isinstance(hint, type):
        raise Broken(f"a generated field of type {hint}")
    return hint, False
