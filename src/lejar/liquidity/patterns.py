# SPDX-License-Identifier: Apache-2.0
"""What one row alone allows: all sets of its payments that end within a narrow window.

Where liquidity is scarce and amounts are large, few of the sets of one bank's payments balance.
Meeting in the middle finds all of these. A payment in none of them is out, one in all of them is
in; what a row must leave unused at its price comes off the bound, which narrows the windows again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from lejar.liquidity.bounds import FINE, Bound, bound
from lejar.liquidity.problem import Problem

HALF = 20
"""Sets of so many payments are gone through on each side."""
LARGEST = 1 << 61
"""Sums beyond this do not fit."""
PATTERNS = 1 << 14
"""With more sets than this a row says too little."""
CHEAP = 24
"""With so few payments open a row is gone through though it may have many sets."""
STRICT = 1 << 10
"""A strict table leaves one set of so many."""
WORK = 1 << 24
"""Sums that are made for all rows together, so that this ends soon on any machine."""

Sums = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """All sets that one row allows."""

    places: tuple[int, ...]
    """Variables, the first in the lowest bit of a set."""
    sets: Sums
    left: Sums
    """What each set leaves of the row."""

    @property
    def cells(self) -> int:
        """How large it is."""
        return len(self.sets) * len(self.places)

    @property
    def is_strict(self) -> bool:
        """Whether it forbids nearly all sets."""
        return len(self.sets) * STRICT <= 1 << len(self.places)

    def kept(self, which: NDArray[np.bool_]) -> "Table":
        """Keep these sets only."""
        return replace(self, sets=self.sets[which], left=self.left[which])

    def within(self, fixed: Mapping[int, bool], most: int) -> "Table":
        """Keep the sets that agree with what is fixed and leave no more than this."""
        inside = sum(1 << bit for bit, one in enumerate(self.places) if fixed.get(one) is True)
        outside = sum(1 << bit for bit, one in enumerate(self.places) if fixed.get(one) is False)
        agrees = (self.sets & (inside | outside)) == inside
        return self.kept(agrees & (self.left <= min(most, LARGEST)))

    def fixed(self) -> dict[int, bool]:
        """Tell the variables on which all sets agree."""
        every = int(np.bitwise_and.reduce(self.sets))
        some = int(np.bitwise_or.reduce(self.sets))
        return {
            one: bool(every >> bit & 1)
            for bit, one in enumerate(self.places)
            if every >> bit & 1 or not some >> bit & 1
        }


@dataclass(slots=True)
class Narrowed:
    """What every choice worth as much as the one reached must obey."""

    fixed: dict[int, bool]
    most: int
    """No choice is worth more; in units of `1 / FINE`."""
    tables: dict[int, Table] = field(default_factory=dict)
    """By row."""
    least: dict[int, int] = field(default_factory=dict)
    """By row, what is left of it at least."""
    impossible: bool = False
    """No choice is worth as much."""


@dataclass(slots=True)
class _Narrowing:
    """The work, and what it has found out so far."""

    problem: Problem
    reached: int
    windows: list[int]
    """By row, what can be left of it."""
    limit: Bound
    """The best bound so far, given that rows leave what is in `lowered`."""
    found: Narrowed
    lowered: dict[int, int] = field(default_factory=dict)
    tried: dict[int, int] = field(default_factory=dict)
    """By row, with how many open payments it was too much to go through."""
    work: int = 0

    def open(self, place: int) -> int:
        """How many payments of a row are neither in nor out."""
        return sum(one not in self.found.fixed for one, _ in self.problem.rows[place].terms)

    def look(self, place: int) -> None:
        """Go through the sets of a row, or through those that were left."""
        if place in self.found.tables:
            table = self.found.tables[place].within(self.found.fixed, self._most_left(place))
            return self._keep(place, table)
        opened = self.open(place)
        cost = 1 << (opened + 1) // 2
        if opened <= 2 * HALF and self.tried.get(place) != opened and self.work + cost <= WORK:
            self.tried[place] = opened
            self._enumerate(place)
        return None

    def lessen(self) -> None:
        """Take off the bound what rows must leave; look for better prices, given that."""
        least = self.found.least
        rows = [
            replace(row, base=row.base - least.get(place, 0))
            for place, row in enumerate(self.problem.rows)
        ]
        again = bound(rows, self.problem.values, self.found.fixed)
        if again.most < self._lessened():
            self.limit, self.lowered = again, dict(least)
        self.found.most = min(self.found.most, self._lessened())
        spared = replace(self.limit, most=self.found.most)
        self.found.fixed |= spared.decided(self.reached, self.found.fixed)

    def _lessened(self) -> int:
        return self.limit.most - sum(
            self.limit.prices[place] * (least - self.lowered.get(place, 0))
            for place, least in self.found.least.items()
        )

    def _most_left(self, place: int) -> int:
        """What is unused costs its price; no more is lost than lies between bound and best."""
        price = self.limit.prices[place]
        if not price:
            return self.windows[place]
        spare = self._lessened() - self.reached * FINE
        return min(self.windows[place], spare // price + self.found.least.get(place, 0))

    def _keep(self, place: int, table: Table) -> None:
        if not len(table.sets):
            self.found.impossible = True
            return
        self.found.tables[place] = table
        self.found.least[place] = max(int(table.left.min()), self.found.least.get(place, 0))
        self.found.fixed |= table.fixed()

    def _enumerate(self, place: int) -> None:
        fixed, row = self.found.fixed, self.problem.rows[place]
        free = [(one, change) for one, change in row.terms if one not in fixed]
        base = row.base + sum(change for one, change in row.terms if fixed.get(one))
        spread = abs(base) + sum(abs(change) for _, change in free)
        expected = (1 << len(free)) * (self._most_left(place) + 1) // (spread + 1)
        if spread > LARGEST or (len(free) > CHEAP and expected > 4 * PATTERNS):
            return
        self.work += 1 << (len(free) + 1) // 2
        halves = _Halves.of(base, [change for _, change in free], self._most_left(place))
        total = int(halves.number.sum())
        if not total:
            self.found.impossible = True
        elif total > PATTERNS:
            self.found.least[place] = max(halves.least(), self.found.least.get(place, 0))
        else:
            self._keep(place, Table(tuple(one for one, _ in free), *halves.joined(total)))


@dataclass(frozen=True, slots=True)
class _Halves:
    """Two halves of a row's payments, and how many sets of one go with each of the other."""

    sums: Sums
    beside: Sums
    turn: NDArray[np.int64]
    order: NDArray[np.int64]
    half: int
    low: NDArray[np.int64]
    number: NDArray[np.int64]

    @classmethod
    def of(cls, base: int, changes: Sequence[int], most: int) -> "_Halves":
        """Sum the sets of either half, and see which pairs leave between zero and `most`."""
        half = len(changes) // 2
        first, second = every(changes[:half]) + base, every(changes[half:])
        turn, order = np.argsort(first), np.argsort(second)
        sums, beside = first[turn], second[order]
        low = np.searchsorted(beside, -sums, side="left")
        high = np.searchsorted(beside, min(max(most, -1), LARGEST) - sums, side="right")
        return cls(sums, beside, turn, order, half, low, high - low)

    def least(self) -> int:
        """What any pair leaves at least."""
        some = self.number > 0
        return int((self.sums[some] + self.beside[self.low[some]]).min())

    def joined(self, total: int) -> tuple[Sums, Sums]:
        """Make all these pairs: the sets, and what each leaves."""
        spots = np.repeat(np.arange(len(self.sums)), self.number)
        steps = np.arange(total) - np.repeat(np.cumsum(self.number) - self.number, self.number)
        places = self.low[spots] + steps
        sets = self.turn[spots] | (self.order[places] << self.half)
        return sets, self.sums[spots] + self.beside[places]


def narrowed(problem: Problem, limit: Bound, reached: int, fixed: Mapping[int, bool]) -> Narrowed:
    """Go through the rows, the shortest first, until nothing more follows."""
    found = Narrowed({**fixed, **limit.decided(reached, fixed)}, limit.most)
    places = range(len(problem.rows))
    windows = [_window(problem, place, fixed) for place in places]
    narrowing = _Narrowing(problem, reached, windows, limit, found)
    before = (-1, -1)
    while before != (len(found.fixed), found.most):
        before = (len(found.fixed), found.most)
        for place in sorted(places, key=narrowing.open):
            narrowing.look(place)
            if found.impossible:
                return found
        narrowing.lessen()
    return found


def _window(problem: Problem, place: int, fixed: Mapping[int, bool]) -> int:
    """What a row can be left with by all others: little, where little is there."""
    row = problem.rows[place]
    changes = dict(row.terms)
    aims = [changes.get(one, 0) for one in range(len(problem.values))]
    return row.base + bound(problem.rows, aims, fixed).whole


def every(changes: Sequence[int]) -> Sums:
    """Make the sums of all sets; a set's number is its place."""
    sums = np.zeros(1, dtype=np.int64)
    for change in changes:
        sums = np.concatenate((sums, sums + change))
    return sums
