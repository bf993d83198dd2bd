# SPDX-License-Identifier: Apache-2.0
"""Single values of a rule: how each is written, read, described and said.

Why texts for money and shares: TOML's decimals are floats, and no figure of ours passes through
one.  Why their units are written out: "2000" could be sen or ringgit, and "50" a count or a share.
"""

import enum
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Final, TypeAlias

import msgspec

from lejar.kernel.quantity import AMOUNT_MAX, MILLION
from lejar.reference.rules.places import PackErrors, Place

Schema: TypeAlias = dict[str, object]
"""A part of a JSON Schema."""

CENTS: Final = 100
_MONEY: Final = re.compile(r"(?P<whole>[0-9]{1,18})\.(?P<part>[0-9]{2})", re.ASCII)
_SHARE: Final = re.compile(r"(?P<whole>[0-9]{1,6})(?:\.(?P<part>[0-9]{1,4}))? %", re.ASCII)
_SHARE_PLACES: Final = 4
_MILLIONTHS_PER_CENT: Final = MILLION // CENTS


class Form(ABC):
    """One sort of value."""

    unit: str
    """What is expected, for people."""
    example: str
    """One as TOML writes it."""

    @abstractmethod
    def read(self, value: object, place: Place) -> object:
        """Give the value as the domain's types take it.  Raises PackErrors."""

    @abstractmethod
    def schema(self) -> Schema:
        """Describe it in JSON Schema."""

    def said(self, value: object, offset_minutes: int) -> str:  # noqa: ARG002  # for moments
        """Write the domain's value for people."""
        return str(value)

    def unfit(self, value: object, place: Place) -> PackErrors:
        """Say what was expected, and what stood there."""
        return place.wrong(f"expected {self.unit}, such as {self.example}, was {value!r}")


@dataclass(frozen=True)
class Plain(Form):
    """A text, a whole number or yes and no, held to the bounds of its type."""

    annotation: object
    kind: type
    unit: str
    example: str

    def read(self, value: object, place: Place) -> object:
        """Hold it to its type; a text must be one that people can see."""
        if type(value) is not self.kind:
            raise self.unfit(value, place)
        if isinstance(value, str) and not value.isprintable():
            raise place.wrong(f"has a character that cannot be seen: {value!r}")
        try:
            return msgspec.convert(value, self.annotation)
        except msgspec.ValidationError:
            raise self.unfit(value, place) from None

    def schema(self) -> Schema:
        """Take it from the type."""
        made: Schema = msgspec.json.schema(self.annotation)
        pattern = made.get("pattern")
        if isinstance(pattern, str):
            made["pattern"] = pattern.replace(r"\A", "^").replace(r"\Z", "$")
        return made

    def said(self, value: object, offset_minutes: int) -> str:
        """Say yes and no as words."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return super().said(value, offset_minutes)


@dataclass(frozen=True)
class Money(Form):
    """An amount with its two decimals; the domain counts in the smallest unit."""

    least: int = 0
    unit: str = "an amount of money as a text with two decimals"
    example: str = '"2000.00"'

    def read(self, value: object, place: Place) -> int:
        """Move the point."""
        found = _MONEY.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise self.unfit(value, place)
        amount = int(found["whole"]) * CENTS + int(found["part"])
        if amount > AMOUNT_MAX:
            raise place.wrong(f"expected at most {money_text(AMOUNT_MAX)}, was {value}")
        if amount < self.least:
            raise place.wrong(f"expected at least {money_text(self.least)}, was {value}")
        return amount

    def schema(self) -> Schema:
        """A text of digits, a point and two digits."""
        return {"type": "string", "pattern": r"^[0-9]{1,18}\.[0-9]{2}$"}

    def said(self, value: object, offset_minutes: int) -> str:
        """Put the point back, and part thousands."""
        return money_text(value) if isinstance(value, int) else super().said(value, offset_minutes)


@dataclass(frozen=True)
class Share(Form):
    """A part of a whole in per cent, or a multiple of it; the domain counts in millionths."""

    most: int = MILLION
    unit: str = "a share in per cent as a text"
    example: str = '"50 %"'

    def read(self, value: object, place: Place) -> int:
        """Move the point by four places."""
        found = _SHARE.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise self.unfit(value, place)
        part = (found["part"] or "").ljust(_SHARE_PLACES, "0")
        share = int(found["whole"]) * _MILLIONTHS_PER_CENT + int(part)
        if share > self.most:
            raise place.wrong(f"expected at most {share_text(self.most)}, was {value}")
        return share

    def schema(self) -> Schema:
        """A text of digits, perhaps decimals, and the sign."""
        return {"type": "string", "pattern": r"^[0-9]{1,6}(\.[0-9]{1,4})? %$"}

    def said(self, value: object, offset_minutes: int) -> str:
        """Write it in per cent, without zeros that say nothing."""
        return share_text(value) if isinstance(value, int) else super().said(value, offset_minutes)


@dataclass(frozen=True)
class Figure(Form):
    """What a recorded figure is compared with: money, a share, or a plain number of things."""

    unit: str = "a whole number, an amount of money or a share"
    example: str = '"10000000.00"'

    def read(self, value: object, place: Place) -> object:
        """Tell by the writing which one it is."""
        if type(value) is int and abs(value) <= AMOUNT_MAX:
            return value
        if not isinstance(value, str):
            raise self.unfit(value, place)
        form: Form = Share(AMOUNT_MAX) if value.endswith("%") else Money()
        try:
            return form.read(value, place)
        except PackErrors:
            raise self.unfit(value, place) from None

    def schema(self) -> Schema:
        """Any of the three."""
        return {"anyOf": [{"type": "integer"}, Money().schema(), Share(AMOUNT_MAX).schema()]}


@dataclass(frozen=True)
class Choice(Form):
    """One of the words of an enumeration."""

    words: tuple[str, ...]
    unit: str
    example: str

    def read(self, value: object, place: Place) -> object:
        """Give the word."""
        if value not in self.words:
            raise place.wrong(f"expected {self.unit}, was {value!r}")
        return value

    def schema(self) -> Schema:
        """List the words."""
        return {"enum": list(self.words)}


def choice_of(words: type[enum.StrEnum]) -> Choice:
    """Make the form of an enumeration."""
    listed = tuple(str(one) for one in words)
    return Choice(listed, f"one of {', '.join(listed)}", f'"{listed[0]}"')


def money_text(amount: int, decimals: int = 2) -> str:
    """Write an amount of the smallest unit with its currency's decimals, thousands parted."""
    whole, part = divmod(amount, 10**decimals)
    return f"{whole:,}.{part:0{decimals}}" if decimals else f"{whole:,}"


def share_text(millionths: int) -> str:
    """Write millionths in per cent."""
    whole, part = divmod(millionths, _MILLIONTHS_PER_CENT)
    places = f"{part:0{_SHARE_PLACES}}".rstrip("0")
    return f"{whole}.{places} %" if places else f"{whole} %"
