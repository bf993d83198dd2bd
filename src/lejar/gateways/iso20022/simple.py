# SPDX-License-Identifier: Apache-2.0
"""Whether a text is what its simple type allows: lengths, forms, codes, digits, dates."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Final

from xsdata.models.datatype import XmlDate, XmlDateTime, XmlPeriod, XmlTime

from lejar.gateways.iso20022.findings import Finding, at, shown
from lejar.gateways.iso20022.rule_table import Rule
from lejar.gateways.iso20022.schema import Part
from lejar.gateways.iso20022.tree import Node

NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
NUMBER_MAX: Final = 64
"""No number of the standard has more than 18 digits; one of a million is an attack."""

YEAR_LEAST: Final = 1900


def text_findings(node: Node, part: Part, text: str) -> Iterator[Finding]:
    """Yield what a text is not."""
    if issubclass(part.kind, Enum):
        if text.strip() not in part.codes:
            yield at(node, Rule.SCHEMA_CODE, shown(text))
    elif part.kind is Decimal:
        yield from _number(node, part, text.strip())
    elif part.kind is str:
        yield from _text(node, part, text)
    elif not _is_value(part, text.strip()):
        yield at(node, Rule.SCHEMA_VALUE, f"{_KIND_NAMES[part.kind]}, was {shown(text)}")


def _text(node: Node, part: Part, text: str) -> Iterator[Finding]:
    least, most = part.min_length or 0, part.max_length
    if len(text) < least or (most is not None and len(text) > most):
        limit = f"{least} or more" if most is None else f"{least} to {most}"
        yield at(node, Rule.SCHEMA_LENGTH, f"{limit}, was {len(text)}")
    if part.pattern is not None and not _pattern(part.pattern).fullmatch(text):
        yield at(node, Rule.SCHEMA_PATTERN, f"{part.pattern}, was {shown(text)}")


def _number(node: Node, part: Part, text: str) -> Iterator[Finding]:
    if len(text) > NUMBER_MAX or not NUMBER.fullmatch(text):
        yield at(node, Rule.SCHEMA_NUMBER, shown(text))
        return
    whole, _, fraction = text.lstrip("+-").partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    total, decimals = part.total_digits, part.fraction_digits
    if decimals is not None and len(fraction) > decimals:
        yield at(node, Rule.SCHEMA_DIGITS, f"at most {decimals} decimals")
    if total is not None and len(whole + fraction) > total:
        yield at(node, Rule.SCHEMA_DIGITS, f"at most {total} digits")
    if part.minimum is not None and Decimal(text) < part.minimum:
        yield at(node, Rule.SCHEMA_RANGE, f"at least {part.minimum}")


def _is_value(part: Part, text: str) -> bool:
    try:
        return _READS[part.kind](text)
    except (ValueError, binascii.Error):
        return False


def _is_date(text: str) -> bool:
    read = XmlDate.from_string(text)
    return read.year >= YEAR_LEAST and bool(date(read.year, read.month, read.day))


def _is_moment(text: str) -> bool:
    read = XmlDateTime.from_string(text)
    return read.year >= YEAR_LEAST and bool(date(read.year, read.month, read.day))


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_READS: Final[dict[type, Callable[[str], bool]]] = {
    bool: lambda text: text in {"true", "false", "1", "0"},
    int: lambda text: bool(re.fullmatch(r"[+-]?[0-9]{1,18}", text)),
    bytes: lambda text: base64.b64decode(text, validate=True) != b"",
    XmlDate: _is_date,
    XmlDateTime: _is_moment,
    XmlTime: lambda text: XmlTime.from_string(text) is not None,
    XmlPeriod: lambda text: XmlPeriod(text) is not None,
}

_KIND_NAMES: Final[dict[type, str]] = {
    bool: "true or false",
    int: "whole number",
    bytes: "base64",
    XmlDate: "date",
    XmlDateTime: "moment",
    XmlTime: "time",
    XmlPeriod: "period",
}
