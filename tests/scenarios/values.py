# SPDX-License-Identifier: Apache-2.0
"""Turns written values into what a command's field holds, led by the field's own type.

Because the type decides, every command of every module can be written without a word about it here.
"""

import datetime
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import msgspec
from msgspec import inspect

from lejar.kernel.codec import encode
from lejar.kernel.envelope import Command
from lejar.kernel.moment import start_of
from lejar.kernel.quantity import AMOUNT_MAX, MILLION
from lejar.kernel.signature import public_key_of
from tests.scenarios.language import Atom, Group, Item, Place, Sequence, Value

R = TypeVar("R")

OFFSET_MINUTES: Final = 480
"""Clocks in scenarios show Malaysian time, +08:00."""

_WHOLE: Final = re.compile(r"-?\d[\d_]*\Z")
_HUNDREDTHS: Final = re.compile(r"(\d[\d_]*)\.(\d\d)\Z")
_RATE: Final = re.compile(r"(\d+)(?:\.(\d{1,4}))?%\Z")
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d))?\Z")
_NUMBERS: Final = {"max": AMOUNT_MAX}


def seed_of(key_name: str) -> bytes:
    """Give the secret seed of a test key: made from its name, worth nothing."""
    return hashlib.sha256(b"lejar/test-key/1\n" + key_name.encode()).digest()


def digest_of(words: str, size: int) -> bytes:
    """Give the first bytes of a digest of some words."""
    return hashlib.sha256(words.encode()).digest()[:size]


@dataclass(frozen=True, slots=True)
class Reading:
    """How values are read on one line: who is called what."""

    place: Place
    names: Mapping[str, bytes]
    commands: Mapping[str, type[Command]] = field(default_factory=dict)
    """What may stand as `Name(…)` where a field holds the bytes of another command."""

    def record(self, type_: type[R], items: tuple[Item, ...]) -> R:
        """Make a record of a type from `field=value` items, or from values in their order."""
        info = inspect.type_info(type_)
        if not isinstance(info, inspect.StructType):
            self.place.fail(f"{type_.__name__} is not a record")
        made = self._struct(info, items)
        assert isinstance(made, type_)
        return made

    def field(self, type_: type[Any], name: str, value: Value) -> object:
        """Give a value as one field of a record type holds it."""
        info = inspect.type_info(type_)
        fields = (
            {f.name: f.type for f in info.fields} if isinstance(info, inspect.StructType) else {}
        )
        if name not in fields:
            self.place.fail(f"{type_.__name__} has no field '{name}'; it has {', '.join(fields)}")
        return self.value(fields[name], value)

    def value(self, info: inspect.Type, value: Value) -> object:
        """Give a value of a type."""
        if isinstance(info, inspect.Metadata):  # a title beside the bounds
            return self.value(info.type, value)
        if isinstance(info, inspect.UnionType):
            return self._union(info, value)
        if isinstance(info, inspect.BytesType) and isinstance(value, Group):
            return self._carried(value)
        if isinstance(info, inspect.StructType) and isinstance(value, Group):
            return self._struct(info, value.items)
        if isinstance(info, inspect.VarTupleType | inspect.ListType) and isinstance(
            value, Sequence
        ):
            return tuple(self.value(info.item_type, item.value) for item in value.items)
        if isinstance(value, Atom):
            return self._word(info, value.text)
        return self.place.fail(f"{value} is not a {type(info).__name__}")

    def number(self, text: str) -> int:
        """Read a whole number, an amount in hundredths, a rate in per cent, or a moment."""
        if text in _NUMBERS:
            return _NUMBERS[text]
        if _WHOLE.match(text):
            return int(text)
        if found := _HUNDREDTHS.match(text):
            return int(found[1]) * 100 + int(found[2])
        if found := _RATE.match(text):
            return int(found[1]) * MILLION // 100 + int((found[2] or "").ljust(4, "0"))
        return self.moment(text)

    def moment(self, text: str) -> int:
        """Read `2026-11-24T10:00` or `…:00:59`, as clocks show it in Malaysia."""
        found = _MOMENT.match(text)
        if found is None:
            self.place.fail(f"'{text}' is neither a number nor a moment")
        day = start_of(datetime.date.fromisoformat(found[1]), OFFSET_MINUTES)
        seconds = int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4] or 0)
        return day + seconds * MILLION

    def raw(self, text: str) -> bytes:
        """Read bytes: `doc:words`, `id:words`, `ref:words`, `key:name`, or what has that name."""
        kind, colon, words = text.partition(":")
        if colon and kind == "key":
            return public_key_of(seed_of(words))
        if colon and kind in {"doc", "id", "ref"}:
            return digest_of(text, 32 if kind == "doc" else 16)
        if text not in self.names:
            self.place.fail(f"nothing is called '{text}'")
        return self.names[text]

    def _carried(self, value: Group) -> bytes:
        if value.name not in self.commands:
            self.place.fail(f"there is no command '{value.name}'")
        return encode(self.record(self.commands[value.name], value.items))

    def _struct(self, info: inspect.StructType, items: tuple[Item, ...]) -> object:
        given: dict[str, Value] = {}
        for place, item in enumerate(items):
            name = item.name or (info.fields[place].name if place < len(info.fields) else "more")
            if name in given or name not in {field.name for field in info.fields}:
                self.place.fail(f"{info.cls.__name__} has no further field '{name}'")
            given[name] = item.value
        made = {
            field.name: (
                self.value(field.type, given[field.name])
                if field.name in given
                else self._left_out(info, field)
            )
            for field in info.fields
        }
        return info.cls(**made)

    def _left_out(self, info: inspect.StructType, field: inspect.Field) -> object:
        if field.default is not msgspec.NODEFAULT:
            return field.default
        if isinstance(field.type, inspect.UnionType) and field.type.includes_none:
            return None
        if isinstance(field.type, inspect.VarTupleType):
            return ()
        return self.place.fail(f"{info.cls.__name__} needs the field '{field.name}'")

    def _union(self, info: inspect.UnionType, value: Value) -> object:
        if info.includes_none and value == Atom("none"):
            return None
        choices = [one for one in info.types if not isinstance(one, inspect.NoneType)]
        if isinstance(value, Group) and value.name:
            choices = [
                one
                for one in choices
                if isinstance(one, inspect.StructType) and one.cls.__name__ == value.name
            ]
        if len(choices) != 1:
            self.place.fail(f"{value} could be several things; write Name(…)")
        return self.value(choices[0], value)

    def _word(self, info: inspect.Type, text: str) -> object:
        match info:
            case inspect.IntType():
                return self.number(text)
            case inspect.BytesType():
                return self.raw(text)
            case inspect.StrType():
                return text
            case inspect.DateType():
                return self._day(text)
            case inspect.BoolType() if text in {"yes", "no"}:
                return text == "yes"
            case inspect.EnumType():
                return self._choice(info, text)
            case inspect.LiteralType() if text in info.values:
                return text
            case _:
                return self.place.fail(f"'{text}' is not a {type(info).__name__}")

    def _day(self, text: str) -> datetime.date:
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            self.place.fail(f"'{text}' is not a day, as in 2026-11-24")

    def _choice(self, info: inspect.EnumType, text: str) -> object:
        try:
            return info.cls(text)
        except ValueError:
            self.place.fail(f"'{text}' is none of {', '.join(str(one.value) for one in info.cls)}")
