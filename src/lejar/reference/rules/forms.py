# SPDX-License-Identifier: Apache-2.0
"""The form of a type: which way of writing belongs to a field, lists and tables included.

A new kind of rule needs nothing here as long as its fields are of types that a pack can write; one
of a type that is not known stops the program when it starts, not a reader of packs.
"""

import datetime
import enum
import types
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Annotated, Final, Union, get_args, get_origin, get_type_hints

import msgspec

from lejar.domain import basis
from lejar.domain.policy import pack
from lejar.domain.policy.flows import Window
from lejar.domain.policy.kinds import figures, form, timing
from lejar.kernel.envelope import Instant
from lejar.reference.rules import head, times, values
from lejar.reference.rules.tables import Field, Listed, Row, Table
from lejar.reference.rules.values import Form

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
    (form.Pattern, "a credential in lower case, perhaps with *. before it", '"investor.retail"'),
    (form.Country, "two lower-case letters", '"my"'),
    (pack.Version, "a version of year, month and number", '"2026.11.1"'),
    (basis.Link, "an address that begins with https", '"https' + "://www.sc.com.my" + '"'),
    (basis.Citation, "a text of 1 to 240 characters", '"Guidelines on Digital Assets"'),
    (head.Currency, "three upper-case letters", '"MYR"'),
    (get_type_hints(pack.SourceNote, include_extras=True)["collected"], "a month", '"2026-11"'),
    (pack.Sentence, "a sentence of 3 to 400 characters", '"No more than that."'),
)


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
    """A whole number, a text or a list within bounds; money or a share, by their titles."""
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
        return values.Plain(annotation, str, "a text", '"sc"')
    its_form = form_of(inner)
    lengths = [meta.max_length for meta in metas if meta.max_length is not None]
    if isinstance(its_form, Listed):
        return replace(its_form, most=min(lengths, default=None))
    return its_form


def _sequence(inner: tuple[object, ...]) -> Form:
    forms = tuple(form_of(one) for one in inner if one is not Ellipsis)
    if Ellipsis in inner:
        one = forms[0]
        return Listed(one, f"a list, each {one.unit}", f"[{one.example}]")
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
