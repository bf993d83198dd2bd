# SPDX-License-Identifier: Apache-2.0
"""A reckoned question: what there is of each thing, and by how much each item changes it.

So a hub hands its queue over: reservations, limits and claims on banks are things like balances.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lejar.domain.settlement.saving import Item
from lejar.liquidity.reading import (
    AMOUNT_MAX,
    FileWrong,
    amount,
    inside,
    known,
    listed,
    name,
    named,
    needed,
    table,
)

FIELDS = ("available", "queue")
ITEM = ("id", "with", "changes", "value")

Reckoned = Item[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is available, and what waits in its order."""

    available: Mapping[str, int]
    items: tuple[Reckoned, ...]
    order: tuple[str, ...]
    """Every id, as in the file."""


def read_reckoning(top: Mapping[str, object]) -> Reckoning:
    """Read a reckoned question, or say what is wrong with it and where."""
    known(top, "", FIELDS)
    available = _amounts(needed(top, "available", ""), "available")
    queue = listed(needed(top, "queue", ""), "queue")
    items = tuple(_item(one, f"queue[{number}]") for number, one in enumerate(queue))
    order: dict[str, None] = {}
    for number, item in enumerate(items):
        for one in item.id:
            if one in order:
                raise FileWrong(f"queue[{number}].id", f'"{one}" stands twice in the queue')
            order[one] = None
        _is_known(item, available, f"queue[{number}].changes")
    return Reckoning(available, items, tuple(order))


def _item(value: object, path: str) -> Reckoned:
    item = table(value, path)
    known(item, path, ITEM)
    others: Sequence[object] = listed(item.get("with", []), f"{path}.with")
    ids = (
        named(item, "id", path),
        *(name(one, f"{path}.with[{spot}]") for spot, one in enumerate(others)),
    )
    changes = _amounts(needed(item, "changes", path), f"{path}.changes")
    return Item(
        ids,
        tuple((thing, change) for thing, change in changes.items() if change),
        amount(needed(item, "value", path), f"{path}.value"),
        len(ids),
    )


def _amounts(value: object, path: str) -> dict[str, int]:
    """Read amounts by name; what was overdrawn, and what is taken, stands below zero."""
    return {
        name(thing, path): amount(one, inside(path, thing), -AMOUNT_MAX)
        for thing, one in table(value, path).items()
    }


def _is_known(item: Reckoned, available: Mapping[str, int], path: str) -> None:
    """Refuse a thing of which nobody says how much there is: it would be taken for nothing."""
    for thing, _ in item.changes:
        if thing not in available:
            raise FileWrong(inside(path, thing), "is not in available")
