# SPDX-License-Identifier: Apache-2.0
"""Why something waits, once a set has been chosen: what it lacks, and what would free it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from lejar.domain.settlement.saving import Item
from lejar.domain.settlement.saving.pool import K, R


@dataclass(frozen=True, slots=True)
class Lack(Generic[R, K]):
    """What one item lacks of one resource after the chosen have settled."""

    resource: R
    amount: int
    freed_by: tuple[K, ...]
    """Others that wait and would bring it alone."""


@dataclass(frozen=True, slots=True)
class Reason(Generic[R, K]):
    """Why one item waits."""

    id: K
    lacks: tuple[Lack[R, K], ...]
    behind: tuple[K, ...]
    """Those that stand before it in a queue, the first of each; none in free order."""
    after: tuple[K, ...]
    """Those that it comes after, which wait too."""


def reasons(
    available: Mapping[R, int],
    items: Sequence[Item[R, K]],
    chosen: Collection[K],
    *,
    ordered: bool,
) -> list[Reason[R, K]]:
    """Explain each item that waits."""
    named = dict.fromkeys(chosen)
    ends = dict(available)
    for item in items:
        if item.id in named:
            for resource, change in item.changes:
                ends[resource] = ends.get(resource, 0) + change
    waits = [item for item in items if item.id not in named]
    first: dict[R, K] = {}
    found = []
    for item in waits:
        takes = [(resource, -change) for resource, change in item.changes if change < 0]
        found.append(
            Reason(
                item.id,
                tuple(
                    Lack(resource, taken - ends.get(resource, 0), _bringing(waits, resource, lack))
                    for resource, taken in takes
                    if (lack := taken - ends.get(resource, 0)) > 0
                ),
                tuple(dict.fromkeys(first[one] for one, _ in takes if ordered and one in first)),
                tuple(one for one in item.after if one not in named),
            )
        )
        for resource, _ in takes:
            first.setdefault(resource, item.id)
    return found


def _bringing(waits: Sequence[Item[R, K]], resource: R, lack: int) -> tuple[K, ...]:
    return tuple(
        item.id for item in waits if any(r == resource and c >= lack for r, c in item.changes)
    )
