# SPDX-License-Identifier: Apache-2.0
"""What a chosen set would lack and what it is worth, counted anew: nobody's answer is believed.

Names in `chosen` that do not wait count for nothing; a caller that must refuse them looks first.
"""

from collections.abc import Collection, Mapping, Sequence

from lejar.domain.settlement.saving.pool import Item, K, R


def shortfalls(
    available: Mapping[R, int], items: Sequence[Item[R, K]], chosen: Collection[K]
) -> dict[R, int]:
    """How much of each resource would be lacking; empty when the set can settle.

    A resource from which nothing chosen takes never binds, even when less than nothing is
    available, as when a reservation exceeds a balance.
    """
    named = dict.fromkeys(chosen)
    ends: dict[R, int] = {}
    taken: dict[R, bool] = {}
    for item in items:
        if item.id in named:
            for resource, change in item.changes:
                ends[resource] = ends.get(resource, available.get(resource, 0)) + change
                taken[resource] = taken.get(resource, False) or change < 0
    return {resource: -end for resource, end in ends.items() if end < 0 and taken[resource]}


def worth(items: Sequence[Item[R, K]], chosen: Collection[K]) -> tuple[int, int]:
    """Value and number of instructions of a set."""
    named = dict.fromkeys(chosen)
    those = [item for item in items if item.id in named]
    return sum(item.value for item in those), sum(item.count for item in those)


def first_broken_link(items: Sequence[Item[R, K]], chosen: Collection[K]) -> Item[R, K] | None:
    """Find the first chosen item that comes after something not chosen."""
    named = dict.fromkeys(chosen)
    for item in items:
        if item.id in named and any(earlier not in named for earlier in item.after):
            return item
    return None
