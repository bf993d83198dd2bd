# SPDX-License-Identifier: Apache-2.0
"""The form of a type: which way of writing belongs to a field, lists and tables included.

A new kind of rule needs nothing here as long as its fields are of types that a pack can write; one
of a type that is not known stops the program when it starts, not a reader of packs.
"""

import datetime
import enum
import types
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Annotated, Final, Union, get_args, get_origin, get_type_hints

import msgspec

from lejar.domain import basis
from lejar.domain.policy import pack
from lejar.domain.policy.flows import Window
from lejar.domain.policy.kinds import figures, form, timing
from lejar.kernel.envelope import Instant
from lejar.reference.rules import times, values
from lejar.reference.rules.places import Gathering, Place
from lejar.reference.rules.values import Form, Schema

WRITTEN_AS: Final = {
    (pack.SourceNote, "grade"): "class",
    (pack.Rule, "valid_from"): "from",
    (pack.Rule, "valid_until"): "until",
}
"""Fields that a pack calls by another name."""

_KNOWN: Final[tuple[tuple[object, Form], ...]] = (
    (figures.Value, values.Figure()),
    (Instant, times.Moment()),
    (timing.Weekday, times.Weekday()),
    (tuple[timing.Minute, timing.Minute], times.Span()),
    (Window, times.Reaching()),
    (datetime.date, times.Day()),
    (basis.Document, times.Digest()),
)
_TEXTS: Final = (
    (form.Name, "a name in lower case", '"net_assets"'),
    (form.Pattern, "a credential in lower case, perhaps with *. before it,", '"investor.retail"'),
    (form.Country, "two lower-case letters", '"my"'),
    (pack.Version, "a version of year, month and number", '"2026.11.1"'),
    (basis.Link, "an address that begins with https", '"https' + "://www.sc.com.my" + '"'),
    (basis.Citation, "a text of 1 to 240 characters", '"Guidelines on Digital Assets"'),
    (pack.Words, "a sentence of 3 to 400 characters", '"No more than that."'),
)


@dataclass(frozen=True)
class Listed(Form):
    """A list of one sort of value, each once."""

    inner: Form
    unit: str
    example: str
    least: int = 0

    def read(self, value: object, place: Place) -> list[object]:
        """Read each; a list of tables may repeat itself."""
        if not isinstance(value, list):
            raise self.unfit(value, place)
        if len(value) < self.least:
            raise place.wrong("expected at least one")
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
        return {"type": "array", "items": self.inner.schema(), "minItems": self.least}

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


@cache
def form_of(annotation: object) -> Form:
    """Give the way of writing that belongs to a type.  Unknown types are a defect: TypeError."""
    for known, its_form in _KNOWN:
        if annotation == known:
            return its_form
    for known, unit, example in _TEXTS:
        if annotation == known:
            return values.Plain(annotation, str, unit, example)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in {Union, types.UnionType}:
        (alone,) = (one for one in inner if one is not type(None))
        return form_of(alone)
    if origin is Annotated:
        return _bounded(annotation, inner[0], inner[1:])
    if origin is tuple:
        return _sequence(inner)
    if isinstance(annotation, type):
        return _plain(annotation)
    raise TypeError(f"A pack cannot write {annotation!r}.")


def _bounded(annotation: object, inner: object, bounds: tuple[object, ...]) -> Form:
    """A whole number or a text within bounds, or money; bounds of a list are the domain's."""
    metas = [bound for bound in bounds if isinstance(bound, msgspec.Meta)]
    least = max((int(meta.ge) for meta in metas if meta.ge is not None), default=None)
    titles = [meta.title for meta in metas]
    if "money" in titles:
        return values.Money(least or 0)
    if "share" in titles:
        return values.Share(min(int(meta.le) for meta in metas if meta.le is not None))
    if inner is int:
        unit = "a whole number" if least is None else f"a whole number from {least}"
        return values.Plain(annotation, int, unit, str(max(least or 1, 1)))
    if inner is str:
        return values.Plain(annotation, str, "a text", '"2026-11"')
    return form_of(inner)


def _sequence(inner: tuple[object, ...]) -> Form:
    forms = tuple(form_of(one) for one in inner if one is not Ellipsis)
    if Ellipsis in inner:
        one = forms[0]
        return Listed(one, f"a list, each {one.unit},", f"[{one.example}]")
    example = f"[{', '.join(one.example for one in forms)}]"
    return Row(forms, f"a list of {len(forms)}", example)


def _plain(annotation: type) -> Form:
    if issubclass(annotation, enum.StrEnum):
        return values.choice_of(annotation)
    if issubclass(annotation, msgspec.Struct):
        return table_of(annotation)
    if annotation is bool:
        return values.Plain(bool, bool, "true or false", "true")
    if annotation is int:
        return values.Plain(int, int, "a whole number", "1")
    if annotation is str:
        return values.Plain(str, str, "a text", '"sc"')
    raise TypeError(f"A pack cannot write {annotation!r}.")


def table_of(
    record: type[msgspec.Struct],
    defaults: Mapping[str, object] = MappingProxyType({}),
    without: Collection[str] = (),
) -> Table:
    """Give the table that a record is written as.

    `defaults` stand for fields that a file may leave out although the record needs them; fields
    `without` a form are read by somebody else.
    """
    hints = get_type_hints(record, include_extras=True)
    fields = tuple(
        _field(record, info, hints[info.name], defaults)
        for info in msgspec.structs.fields(record)
        if info.name not in without
    )
    shown = [one for one in fields if one.is_required] or fields
    example = ", ".join(f"{one.key} = {one.form.example}" for one in shown if one.form.example)
    return Table(record, fields, example=f"{{ {example} }}")


def _field(
    record: type[msgspec.Struct],
    info: msgspec.structs.FieldInfo,
    annotation: object,
    defaults: Mapping[str, object],
) -> Field:
    its_form = form_of(annotation)
    default: object = None
    is_required = False
    if info.name in defaults:
        default = defaults[info.name]
    elif info.default is not msgspec.NODEFAULT:
        default = msgspec.to_builtins(info.default)
    else:
        essential = info.name in pack.ESSENTIAL.get(record, ())
        is_required = essential or type(None) not in get_args(annotation)
    if is_required and isinstance(its_form, Listed):
        its_form = replace(its_form, least=1)
    return Field(
        name=info.name,
        key=WRITTEN_AS.get((record, info.name), info.name),
        form=its_form,
        is_required=is_required,
        default=default,
        may_be_unknown=info.name in pack.ESSENTIAL.get(record, ()),
    )
