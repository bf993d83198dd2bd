# SPDX-License-Identifier: Apache-2.0
"""A Python type, written for people who will not read Python."""

import datetime
import enum
import types
from typing import Annotated, Final, NewType, Union, get_args, get_origin

import msgspec

PLAIN: Final[dict[object, str]] = {
    bool: "yes or no",
    bytes: "bytes",
    int: "integer",
    str: "text",
    type(None): "nothing",
    datetime.date: "date",
}


def type_name(annotation: object) -> str:
    """Name a field's type: `16 bytes`, `list of InstructionLeg`, `date or nothing`."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _bounded(inner[0], inner[1:])
    if origin in {Union, types.UnionType}:
        return " or ".join(type_name(one) for one in inner)
    if origin in {tuple, list}:
        return _sequence(inner)
    if isinstance(annotation, NewType):
        return type_name(annotation.__supertype__)
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return "one of " + ", ".join(str(member.value) for member in annotation)
    if annotation in PLAIN:
        return PLAIN[annotation]
    return annotation.__name__ if isinstance(annotation, type) else str(annotation)


def _sequence(inner: tuple[object, ...]) -> str:
    names = [type_name(one) for one in inner if one is not Ellipsis]
    same = Ellipsis in inner or len(inner) == 1
    return f"list of {names[0]}" if same else "(" + ", ".join(names) + ")"


def _bounded(annotation: object, bounds: tuple[object, ...]) -> str:
    """Name a type with its limits, as far as they say something to a person."""
    name = type_name(annotation)
    for bound in bounds:
        if isinstance(bound, msgspec.Meta):
            name = _with_lengths(name, bound.min_length, bound.max_length)
            name = _with_limits(name, bound.ge, bound.le)
    return name


def _with_lengths(name: str, least: int | None, most: int | None) -> str:
    if most is None:
        return name
    if least == most:
        return f"{most} {name}"
    return f"{name}, {least or 0} to {most}"


def _with_limits(name: str, least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f"{name}, {least} to {most}"
    return f"{name}, at least {least}" if least is not None else name
