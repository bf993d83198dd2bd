# SPDX-License-Identifier: Apache-2.0
"""Generated types from content by the names of the standard, whatever the version.

A writer says `{"GrpHdr": {"MsgId": ...}}` once, and each version's own types take it; what a
version does not know, or wants and was not given, is a defect of the writer and shows at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum

from xsdata.models.datatype import XmlDate, XmlDateTime

from lejar.gateways.iso20022.schema import Part, field_names, shape_of
from lejar.kernel.failure import Broken

Content = str | bool | Mapping[str, "Content"] | Sequence["Content"] | None
"""Text, a flag, elements by name, several of one name, or nothing (then it is left out)."""


def built(kind: type, content: Mapping[str, Content]) -> object:
    """Make a value of a generated type."""
    shape = shape_of(kind)
    names = field_names(kind)
    known = {**shape.parts, **shape.attributes}
    if shape.value is not None:
        known[shape.value.name] = shape.value
    unknown = content.keys() - known.keys()
    if unknown:
        raise Broken(f"{kind.__name__} has no {sorted(unknown)}")
    given = {
        names[name]: _value(known[name], below)
        for name, below in content.items()
        if below is not None
    }
    _require(kind, given)
    made: object = kind(**given)
    return made


def amount(text: str, currency: str) -> Mapping[str, Content]:
    """Write an amount with its currency."""
    return {"value": text, "Ccy": currency}


def _value(part: Part, content: Content) -> object:
    if part.most != 1:
        many = content if isinstance(content, Sequence) and not isinstance(content, str) else []
        return [_one(part, each) for each in many or [content]]
    return _one(part, content)


def _one(part: Part, content: Content) -> object:
    if part.record:
        if not isinstance(content, Mapping):
            raise Broken(f"{part.name} has elements of its own")
        return built(part.kind, content)
    if isinstance(content, bool):
        return content
    if not isinstance(content, str):
        raise Broken(f"{part.name} is a text")
    return _simple(part.kind, content)


def _simple(kind: type, text: str) -> object:
    if issubclass(kind, Enum):
        return kind(text)
    if kind is Decimal:
        return Decimal(text)
    if kind is XmlDate:
        return XmlDate.from_string(text)
    if kind is XmlDateTime:
        return XmlDateTime.from_string(text)
    return text


def _require(kind: type, given: Mapping[str, object]) -> None:
    if not is_dataclass(kind):
        raise Broken(f"{kind.__name__} is not a generated type")
    for one in fields(kind):
        free = one.default is not MISSING or one.default_factory is not MISSING
        if one.name not in given and (one.metadata.get("required") or not free):
            raise Broken(f"{kind.__name__} needs {one.metadata.get('name', one.name)}")
