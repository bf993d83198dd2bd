# SPDX-License-Identifier: Apache-2.0
"""What a comparison found, as the commands that record it: the statement, then its entries.

A command takes so many breaks and no more, so a long list goes in parts; the last one says so.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from lejar.domain.reconciliation import BreakKind
from lejar.gateways.reconciling.matching import Matching, Unmatched
from lejar.gateways.reconciling.outside import Outside, Statement, reference_digest

ITEMS_MAX: Final = 32
"""`reconciliation.record_matching` takes at most so many."""


def statement_arguments(
    counterpart: str, asset: str, outside: Outside, closing: int, file: bytes
) -> dict[str, Any]:
    """Give the arguments of `reconciliation.record_statement`; `file` is the file's digest."""
    return {
        "counterpart": counterpart,
        "sequence": outside.sequence,
        "reference": reference_digest(outside.name),
        "day": outside.day.isoformat(),
        "asset": asset,
        "closing": str(closing),
        "entries": len(outside.entries) if isinstance(outside, Statement) else 0,
        "file": file.hex(),
    }


def matching_arguments(
    counterpart: str, sequence: int, found: Matching
) -> Iterator[dict[str, Any]]:
    """Give the arguments of each `reconciliation.record_matching`, in order."""
    items = [item(one) for one in found.unmatched]
    parts: list[Sequence[dict[str, Any]]] = [
        items[at : at + ITEMS_MAX] for at in range(0, len(items), ITEMS_MAX)
    ] or [()]
    for place, part in enumerate(parts):
        yield {
            "counterpart": counterpart,
            "sequence": sequence,
            "matched": len(found.matched) if place == 0 else 0,
            "unmatched": list(part),
            "last": place == len(parts) - 1,
        }


def item(one: Unmatched) -> dict[str, Any]:
    """Give one item; an ambiguous entry has their amount, and how many of ours it could be."""
    ours = one.ours[0] if one.ours and one.kind is not BreakKind.AMBIGUOUS else None
    return {
        "kind": str(one.kind),
        "reference": reference_digest(one.reference),
        "ours": None if ours is None else str(ours.amount),
        "theirs": None if one.theirs is None else str(one.theirs.amount),
        "candidates": one.candidates,
    }
