# SPDX-License-Identifier: Apache-2.0
"""Values that hold others: lists, rows and tables."""

from collections.abc import Collection
from dataclasses import dataclass

import msgspec

from lejar.reference.rules.places import Gathering, Place
from lejar.reference.rules.values import Form, Schema


@dataclass(frozen=True)
class Listed(Form):
    """A list of one sort of value, each once."""

    inner: Form
    unit: str
    example: str
    least: int = 0
    most: int | None = None

    def read(self, value: object, place: Place) -> list[object]:
        """Read each; a list of tables may repeat itself."""
        if not isinstance(value, list):
            raise self.unfit(value, place)
        if len(value) < self.least:
            raise place.wrong("expected at least one")
        if self.most is not None and len(value) > self.most:
            raise place.wrong(f"expected at most {self.most}, there are {len(value)}")
        gathering, read = Gathering(), list[object]()
        for index, one in enumerate(value):
            with gathering:
                read.append(self.inner.read(one, place.at(index)))
        gathering.settle()
        for index, one in enumerate(read):
            if one in read[:index] and not isinstance(value[index], dict):
                raise place.at(index).wrong(f"{value[index]} stands here already")
        return read

    def schema(self) -> Schema:
        """An array of them."""
        made: Schema = {"type": "array", "items": self.inner.schema(), "minItems": self.least}
        if self.most is not None:
            made["maxItems"] = self.most
        return made if isinstance(self.inner, Table) else made | {"uniqueItems": True}

    def said(self, value: object, offset_minutes: int) -> str:
        """Say one after the other."""
        items = value if isinstance(value, tuple) else ()
        return ", ".join(self.inner.said(one, offset_minutes) for one in items)


@dataclass(frozen=True)
class Row(Form):
    """A list whose items are of a sort each."""

    items: tuple[Form, ...]
    unit: str
    example: str

    def read(self, value: object, place: Place) -> list[object]:
        """Read each by its own form."""
        if not isinstance(value, list) or len(value) != len(self.items):
            raise self.unfit(value, place)
        return [one.read(given, place) for one, given in zip(self.items, value, strict=True)]

    def schema(self) -> Schema:
        """An array of so many."""
        items = [one.schema() for one in self.items]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}

    def said(self, value: object, offset_minutes: int) -> str:
        """Say one after the other."""
        given = value if isinstance(value, tuple) else ()
        said = zip(self.items, given, strict=True)
        return " to ".join(one.said(part, offset_minutes) for one, part in said)


@dataclass(frozen=True)
class Field:
    """One key of a table: the field it fills, and what stands there when it is left out."""

    name: str
    key: str
    form: Form
    is_required: bool
    default: object = None
    may_be_unknown: bool = False


@dataclass(frozen=True)
class Table(Form):
    """A table, which becomes one of the domain's records."""

    record: type[msgspec.Struct]
    fields: tuple[Field, ...]
    unit: str = "a table"
    example: str = ""

    def read(self, value: object, place: Place) -> list[object]:
        """Give the record's row, its tag first where it has one."""
        return self.row(self.read_fields(value, place))

    def row(self, read: dict[str, object]) -> list[object]:
        """Put values in the record's order."""
        tag = self.record.__struct_config__.tag
        ordered = [read[name] for name in self.record.__struct_fields__]
        return ordered if tag is None else [tag, *ordered]

    def read_fields(
        self, value: object, place: Place, unknown: Collection[str] = (), also: Collection[str] = ()
    ) -> dict[str, object]:
        """Read every field; `also` are keys that somebody else reads.

        `unknown` are the fields whose value nobody could read.
        """
        if not isinstance(value, dict):
            raise place.wrong(f"expected a table, was {value!r}")
        gathering, read = Gathering(), dict[str, object]()
        keys = [field.key for field in self.fields]
        for key in value:
            with gathering:
                if key not in keys and key not in also:
                    raise place.at(key).wrong(f"unknown key; known are {', '.join([*keys, *also])}")
        for field in self.fields:
            with gathering:
                read[field.name] = _read(field, value, place, unknown)
        gathering.settle()
        return read

    def schema(self) -> Schema:
        """An object with these keys and no others."""
        required = [one.key for one in self.fields if one.is_required and not one.may_be_unknown]
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {one.key: one.form.schema() for one in self.fields},
            "required": required,
        }

    def said(self, value: object, offset_minutes: int) -> str:
        """Say what is not as usual, key by key; what is unknown is said to be."""
        parts = []
        for field in self.fields:
            given: object = getattr(value, field.name)
            if given is None and field.may_be_unknown:
                parts.append(f"{field.key} unknown")
            elif given is not None and given != ():
                parts.append(f"{field.key} {field.form.said(given, offset_minutes)}")
        return "; ".join(parts)


def _read(field: Field, value: dict[str, object], place: Place, unknown: Collection[str]) -> object:
    if field.key in value:
        if field.key in unknown:
            raise place.at(field.key).wrong("has a value, and is named in unknown as well")
        return field.form.read(value[field.key], place.at(field.key))
    if field.may_be_unknown and field.key not in unknown:
        raise place.wrong(f"{field.key} is missing; if nobody could read it, name it in unknown")
    if field.is_required and not field.may_be_unknown:
        raise place.wrong(f"{field.key} is missing: {field.form.unit}")
    return field.default
