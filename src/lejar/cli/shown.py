# SPDX-License-Identifier: Apache-2.0
"""REST's answers as lines for people."""

from collections.abc import Iterator
from typing import Any

INDENT = "  "
HIDDEN = ("receipt",)
"""Canonical bytes, which people do not read."""


def lines(value: dict[str, Any], indent: str = "") -> Iterator[str]:
    """Write a JSON object, one field a line."""
    width = max((len(name) for name in value), default=0)
    for name, field in value.items():
        if isinstance(field, dict):
            yield f"{indent}{name}"
            yield from lines(field, indent + INDENT)
        elif isinstance(field, list) and any(isinstance(one, dict) for one in field):
            yield f"{indent}{name}"
            for one in field:
                yield from lines(one, indent + INDENT)
                yield ""
        elif not (name in HIDDEN and isinstance(field, str)):
            yield f"{indent}{name:{width}}  {_plain(field)}"


def receipt_lines(receipt: dict[str, Any]) -> Iterator[str]:
    """Write a receipt: what happened, and what it moved."""
    yield f"Entry {receipt['number']}, block {receipt['block']}, {receipt['at']}"
    yield f"{receipt['command']} {receipt['outcome']}: {receipt['command_id']}"
    for posting in receipt["postings"]:
        yield f"{INDENT}{posting['amount']:>18} of {posting['asset']} on {posting['account']}"


def _plain(field: object) -> str:
    if field is None:
        return "-"
    if isinstance(field, list):
        return ", ".join(str(one) for one in field) or "-"
    return str(field)
