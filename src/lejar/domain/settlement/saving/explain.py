# SPDX-License-Identifier: Apache-2.0
"""Why one thing waits: who stands before it, what it lacks, and what would free it.

What it takes is counted together with what those before it in the same queue take, for they would
settle first. Nothing else is counted as coming: whatever else would bring something is named
instead, since it is what the waiting depends on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from lejar.domain.settlement.saving.pool import Item, K, R


@dataclass(frozen=True, slots=True)
class Lack(Generic[R, K]):
    """How much of a resource is missing."""

    resource: R
    amount: int
    freed_by: tuple[K, ...]
    """Items that would bring it; none: nothing that waits brings enough."""
    alone: bool
    """Whether each of them would bring it alone; otherwise all of them together."""


@dataclass(frozen=True, slots=True)
class Why(Generic[R, K]):
    """Why an item waits; when nothing is ahead and nothing lacks, it only waits for its links."""

    ahead: tuple[K, ...]
    """Items that take from the same resources and stand before it, in their order."""
    lacks: tuple[Lack[R, K], ...]


def explain(available: Mapping[R, int], items: Sequence[Item[R, K]], id_: K) -> Why[R, K]:
    """Say why an item waits. The item must be among those that wait."""
    place = next(at for at, item in enumerate(items) if item.id == id_)
    needs = {resource: change for resource, change in items[place].changes if change < 0}
    ahead: list[K] = []
    for item in items[:place]:
        taken = {r: change for r, change in item.changes if r in needs and change < 0}
        if taken:
            ahead.append(item.id)
        for resource, change in taken.items():
            needs[resource] += change
    lacks = []
    for resource, need in needs.items():
        missing = -(available.get(resource, 0) + need)
        if missing > 0:
            lacks.append(_lack(items, id_, resource, missing))
    return Why(tuple(ahead), tuple(lacks))


def _lack(items: Sequence[Item[R, K]], id_: K, resource: R, missing: int) -> Lack[R, K]:
    """Find the smallest that brings enough alone, or else the fewest that do together."""
    brings = [
        (change, item.id)
        for item in items
        for name, change in item.changes
        if name == resource and change > 0 and item.id != id_
    ]
    enough = [change for change, _ in brings if change >= missing]
    if enough:
        least = min(enough)
        singles = tuple([one for change, one in brings if change == least])
        return Lack(resource, missing, singles, alone=True)
    together: list[K] = []
    brought = 0
    for change, one in sorted(brings, key=lambda pair: -pair[0]):
        together.append(one)
        brought += change
        if brought >= missing:
            return Lack(resource, missing, tuple(together), alone=False)
    return Lack(resource, missing, (), alone=False)
