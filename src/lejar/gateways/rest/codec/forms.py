# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - types made at run time have no name that a checker could know
"""For each type of the core its JSON form: a type to decode and describe with, and two functions.

The JSON types are made from the core's own types, so that a new command, event or view has its
HTTP form, its validation and its place in the OpenAPI document without a line written for it.
"""

import datetime
import enum
import re
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Final, Literal, Union

import msgspec
from msgspec import inspect

from lejar.gateways.rest.codec import names, scalars
from lejar.gateways.rest.codec.carried import carried_form
from lejar.gateways.rest.codec.form import Form, Json
from lejar.kernel.envelope import Instant
from lejar.kernel.failure import Broken, must
from lejar.kernel.identifiers import ID_BYTES

SAFE_INTEGER_MAX: Final = 2**53 - 1
"""RFC 8259 section 6: beyond this, readers of JSON do not agree on an integer."""
INSTANT: Final = inspect.type_info(Instant)


def _as_is(value: Any, _place: str) -> Any:
    return value


def _same(value: Any) -> Any:
    return value


def form_of(type_: Any, *, tagged: bool = True) -> Form:
    """Give the form of a type, made once; `tagged=False` leaves a command's own tag out."""
    return _form_of(type_, tagged=tagged)


@cache
def _form_of(type_: Any, *, tagged: bool) -> Form:
    info = inspect.type_info(type_)
    if isinstance(info, inspect.StructType):
        return _struct(info, tagged=tagged)
    return _form(info, "", "")


def _form(info: inspect.Type, name: str, room: str) -> Form:  # noqa: C901, PLR0912  # a table
    """Give the form of a field's type; its name and module say what an integer or bytes mean."""
    match info:
        case inspect.Metadata():  # titles tell money and shares from other numbers in packs alone
            return _form(info.type, name, room)
        case inspect.StructType():
            return form_of(info.cls)
        case inspect.Metadata():
            return _form(info.type, name, room)  # a title is for the readers of packs
        case inspect.IntType():
            return _integer(info, name)
        case inspect.BytesType() if names.is_carried(name, room):
            return carried_form(form_of)
        case inspect.BytesType():
            return _bytes(info, names.kinds_of(name, room), name)
        case inspect.StrType():
            return Form(Annotated[str, _text_meta(info)], _as_is, _same)
        case inspect.VarTupleType() | inspect.ListType():
            return _sequence(info, _form(info.item_type, name, room))
        case inspect.TupleType():
            return _fixed_tuple([_form(item, name, room) for item in info.item_types])
        case inspect.UnionType():
            return _union(info, name, room)
        case inspect.EnumType():
            return Form(info.cls, _as_is, _choice)
        case inspect.DateType():
            return Form(datetime.date, _as_is, datetime.date.isoformat)
        case inspect.LiteralType():
            return Form(Literal[tuple(info.values)], _as_is, _same)
        case inspect.BoolType():
            return Form(bool, _as_is, _same)
        case inspect.NoneType():
            return Form(None, _as_is, _same)
        case inspect.RawType() | inspect.AnyType():
            return Form(msgspec.Raw, _as_is, _same)
    raise Broken(f"the field {name} has a type without a JSON form: {info}")


def _choice(value: enum.Enum | str) -> Json:
    return value.value if isinstance(value, enum.Enum) else value


def _integer(info: inspect.IntType, name: str) -> Form:
    if info == INSTANT or names.is_moment(name):
        moment = Annotated[datetime.datetime, msgspec.Meta(tz=True)]
        return Form(moment, lambda value, _place: scalars.read_moment(value), scalars.show_moment)
    if name in names.COUNTS or (info.le is not None and info.le <= SAFE_INTEGER_MAX):
        must(info.gt is None and info.lt is None, "integers are bounded by ge and le")
        bounds = msgspec.Meta(ge=info.ge, le=info.le)
        return Form(Annotated[int, bounds], _as_is, _same)
    lowest = info.ge if info.ge is not None else -1
    sign, least = ("" if lowest >= 0 else "-?"), ("" if lowest > 0 else "0|")
    written = msgspec.Meta(pattern=f"^{sign}(?:{least}[1-9][0-9]{{0,18}})$")
    return Form(Annotated[str, written], scalars.read_decimal, str)


def _bytes(info: inspect.BytesType, kinds: tuple[str, ...], name: str) -> Form:
    fixed = info.min_length if info.min_length == info.max_length else None
    is_id = bool(kinds) or (fixed == ID_BYTES and name not in names.DIGESTS)
    if is_id:
        written = Annotated[str, msgspec.Meta(pattern=scalars.id_pattern(kinds))]
        return Form(
            written,
            lambda text, place: scalars.read_id(kinds, text, place),
            lambda raw: scalars.show_id(kinds, raw),
        )
    if fixed is None and info.max_length is None and name in {"body", "bytes"}:
        base64 = Annotated[str, msgspec.Meta(extra_json_schema={"contentEncoding": "base64"})]
        return Form(base64, scalars.read_base64, scalars.show_base64)
    digits = f"{{{2 * fixed}}}" if fixed is not None else "*"
    hexadecimal = Annotated[str, msgspec.Meta(pattern=f"^[0-9a-f]{digits}$")]
    return Form(hexadecimal, scalars.read_hex, bytes.hex)


def _text_meta(info: inspect.StrType) -> msgspec.Meta:
    pattern = info.pattern
    if pattern is not None:  # JSON Schema has ECMA-262's anchors
        pattern = re.sub(r"\\Z$", "$", re.sub(r"^\\A", "^", pattern))
    return msgspec.Meta(pattern=pattern, min_length=info.min_length, max_length=info.max_length)


def _sequence(info: inspect.VarTupleType | inspect.ListType, item: Form) -> Form:
    def read(values: tuple[Any, ...], place: str) -> tuple[Any, ...]:
        return tuple(item.read(one, f"{place}[{at}]") for at, one in enumerate(values))

    def show(values: tuple[Any, ...]) -> Json:
        return [item.show(one) for one in values]

    lengths = msgspec.Meta(min_length=info.min_length, max_length=info.max_length)
    items: Any = tuple.__class_getitem__((item.type, ...))
    return Form(Annotated[items, lengths], read, show)


def _fixed_tuple(items: list[Form]) -> Form:
    def read(values: tuple[Any, ...], place: str) -> tuple[Any, ...]:
        pairs = zip(items, values, strict=True)
        return tuple(item.read(one, f"{place}[{at}]") for at, (item, one) in enumerate(pairs))

    def show(values: tuple[Any, ...]) -> Json:
        return [item.show(one) for item, one in zip(items, values, strict=True)]

    types: Any = tuple.__class_getitem__(tuple(item.type for item in items))
    return Form(types, read, show)


def _union(info: inspect.UnionType, name: str, room: str) -> Form:
    """Structs are told apart by their tags; beside them a union holds none or one plain type."""
    structs = {
        one.cls: form_of(one.cls) for one in info.types if isinstance(one, inspect.StructType)
    }
    by_json = {form.type: form for form in structs.values()}
    rest = [one for one in info.types if not isinstance(one, inspect.StructType | inspect.NoneType)]
    must(len(rest) <= 1, f"the field {name} is a union that JSON cannot tell apart: {info}")
    plain = _form(rest[0], name, room) if rest else None

    def read(value: Any, place: str) -> Any:
        form = by_json.get(type(value), plain)
        return value if value is None or form is None else form.read(value, place)

    def show(value: Any) -> Json:
        form = structs.get(type(value), plain)
        return value if value is None or form is None else form.show(value)

    types = [form.type for form in structs.values()] + ([plain.type] if plain else [])
    if any(isinstance(one, inspect.NoneType) for one in info.types):
        types.append(None)
    return Form(Union[tuple(types)], read, show)  # noqa: UP007  # made at run time


def _struct(info: inspect.StructType, *, tagged: bool) -> Form:
    cls, tag = info.cls, info.tag if tagged else None
    room = str(info.tag or "").partition(".")[0]
    fields = [(field.name, _form(field.type, field.name, room)) for field in info.fields]
    mirror = _mirror(info, fields, str(tag) if tag is not None else None)

    def read(value: Any, place: str) -> Any:
        given = {name: form.read(getattr(value, name), f"{place}.{name}") for name, form in fields}
        return cls(**given)

    def show(value: Any) -> Json:
        shown = {name: form.show(getattr(value, name)) for name, form in fields}
        return shown if tag is None else {"type": tag, **shown}

    return Form(mirror, read, show)


def _mirror(info: inspect.StructType, fields: list[tuple[str, Form]], tag: str | None) -> type:
    made: list[Any] = []
    for field, (name, form) in zip(info.fields, fields, strict=True):
        if field.required:
            made.append((name, form.type))
        elif isinstance(field.default, tuple):  # a schema's defaults are JSON, which has none
            made.append((name, form.type, msgspec.field(default_factory=_giving(field.default))))
        elif field.default is not msgspec.NODEFAULT:
            made.append((name, form.type, field.default))
        else:
            made.append((name, form.type, msgspec.field(default_factory=field.default_factory)))
    return msgspec.defstruct(
        _schema_name(info),
        made,
        kw_only=True,
        frozen=True,
        forbid_unknown_fields=True,
        tag=tag,
        tag_field="type" if tag is not None else None,
        namespace={"__doc__": info.cls.__doc__},
        module=f"{info.cls.__module__}.json",
    )


def _giving(value: tuple[Any, ...]) -> Callable[[], tuple[Any, ...]]:
    return lambda: value


def _schema_name(info: inspect.StructType) -> str:
    if info.tag is None:
        return info.cls.__name__
    return "".join(part.title() for part in re.split(r"[^A-Za-z0-9]+", str(info.tag)))


def union_of(types: list[type]) -> Any:
    """Give the JSON types of tagged structs as one union, for the schema."""
    return Union[tuple(form_of(one).type for one in types)]  # noqa: UP007  # made at run time
