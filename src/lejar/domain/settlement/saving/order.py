# SPDX-License-Identifier: Apache-2.0
"""The greatest set that can settle together while everybody's queue is kept.

A set is in order when, for each resource, those of it that take from the resource are the first
takers in the queue, and whatever an item comes after is in the set as well. It is feasible when no
resource from which it takes ends below zero. One such set contains all others (the README proves
it), so the answer depends on nothing but the question.

The search begins with everything. Where a resource ends below zero its last remaining taker cannot
be in the answer: were it there, all takers would be, and receipts could only be fewer. It leaves,
with whatever needs it, until no resource is short. Each item leaves at most once, so the work is
proportional to the number of changes.
"""

from collections.abc import Collection, Mapping, Sequence

from lejar.domain.settlement.saving.pool import Item, K, R
from lejar.domain.settlement.saving.verify import first_broken_link


def settles_in_order(available: Mapping[R, int], items: Sequence[Item[R, K]]) -> tuple[K, ...]:
    """Choose the greatest set in order that is feasible; ids in the order given."""
    elimination = _Elimination(available, items)
    elimination.run()
    return tuple(item.id for item, stays in zip(items, elimination.stays, strict=True) if stays)


def is_in_order(items: Sequence[Item[R, K]], chosen: Collection[K]) -> bool:
    """Whether nobody's later item is chosen before an earlier one, and links hold."""
    named = dict.fromkeys(chosen)
    passed_over: dict[R, bool] = {}
    for item in items:
        takes = [resource for resource, change in item.changes if change < 0]
        if item.id not in named:
            passed_over.update((resource, True) for resource in takes)
        elif any(resource in passed_over for resource in takes):
            return False
    return first_broken_link(items, named) is None


class _Elimination:
    """Resources and items by number; who remains, and what each resource would end with."""

    def __init__(self, available: Mapping[R, int], items: Sequence[Item[R, K]]) -> None:
        numbers: dict[R, int] = {}
        self.ends: list[int] = []
        """What each resource would end with, if all who remain settled."""
        self.takers: list[list[int]] = []
        """Who remains and takes from each resource, the last on top."""
        self.changes: list[list[tuple[int, int]]] = []
        for position, item in enumerate(items):
            numbered = []
            for resource, change in item.changes:
                number = numbers.setdefault(resource, len(self.ends))
                if number == len(self.ends):
                    self.ends.append(available.get(resource, 0))
                    self.takers.append([])
                self.ends[number] += change
                if change < 0:
                    self.takers[number].append(position)
                numbered.append((number, change))
            self.changes.append(numbered)
        self.stays = [True] * len(items)
        self.leaving: list[int] = []
        self.needed_by = self._links(items)

    def _links(self, items: Sequence[Item[R, K]]) -> dict[int, list[int]]:
        """Who comes after each item; those that come after nothing that waits leave at once."""
        if not any(item.after for item in items):
            return {}
        positions = {item.id: position for position, item in enumerate(items)}
        needed_by: dict[int, list[int]] = {}
        for position, item in enumerate(items):
            for earlier in item.after:
                if earlier in positions:
                    needed_by.setdefault(positions[earlier], []).append(position)
                else:
                    self._leave(position)
        return needed_by

    def run(self) -> None:
        """Let items leave until no resource is short."""
        self._let_leave([])
        unsure = list(range(len(self.ends)))
        while unsure:
            number = unsure.pop()
            if self.ends[number] < 0 and self.takers[number]:
                self._leave(self.takers[number].pop())
                self._let_leave(unsure)

    def _leave(self, position: int) -> None:
        if self.stays[position]:
            self.stays[position] = False
            self.leaving.append(position)

    def _let_leave(self, unsure: list[int]) -> None:
        """Take out who leaves, later takers and whoever needs them; note whose end changed."""
        while self.leaving:
            position = self.leaving.pop()
            for number, change in self.changes[position]:
                self.ends[number] -= change
                unsure.append(number)
                if change < 0:
                    takers = self.takers[number]
                    while takers and takers[-1] >= position:
                        self._leave(takers.pop())
            for later in self.needed_by.get(position, ()):
                self._leave(later)
