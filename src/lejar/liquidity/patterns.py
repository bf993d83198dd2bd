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
from lejar.liquidity.problem import Problem, Row

HALF = 20
"""Sets of so many payments are gone through on each side."""
LARGEST = 1 << 61
"""Sums beyond this do not fit."""
PATTERNS = 1 << 14
"""With more sets than this a row says too little."""
WORK = 1 << 24
"""Sums that are made for all rows together, so that this ends soon on any machine."""

Sums = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """All sets that one row allows."""

    row: Row
    places: tuple[int, ...]
    """Variables, the first in the lowest bit of a set."""
    sets: Sums
    left: Sums
    """What each set leaves of the row."""

    @property
    def cells(self) -> int:
        """How large it is."""
        return len(self.sets) * len(self.places)

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


def narrowed(problem: Problem, limit: Bound, reached: int, fixed: Mapping[int, bool]) -> Narrowed:
    """Go through the rows, the shortest first, until nothing more follows."""
    found = Narrowed({**fixed, **limit.decided(reached, fixed)}, limit.most)
    windows = [_window(problem, place, fixed) for place in range(len(problem.rows))]
    tried: dict[int, int] = {}
    work = 0
    while not found.impossible:
        before = (len(found.fixed), found.most)
        for place in sorted(range(len(problem.rows)), key=lambda one: _open(problem, one, found)):
            room = _most_left(problem, limit, found, reached, place, windows[place])
            if place in found.tables:
                _keep(found, place, found.tables[place].within(found.fixed, room))
                continue
            opened = _open(problem, place, found)
            cost = 1 << (opened + 1) // 2
            if opened > 2 * HALF or tried.get(place) == opened or work + cost > WORK:
                continue
            tried[place] = opened
            work += cost
            _enumerate(problem, found, place, room)
            if found.impossible:
                break
        found.most = _lessened(limit, found)
        found.impossible |= found.most < reached * FINE
        if not found.impossible:
            spared = replace(limit, most=found.most)
            found.fixed |= spared.decided(reached, found.fixed)
        if before == (len(found.fixed), found.most):
            break
    return found


def _open(problem: Problem, place: int, found: Narrowed) -> int:
    return sum(one not in found.fixed for one, _ in problem.rows[place].terms)


def _window(problem: Problem, place: int, fixed: Mapping[int, bool]) -> int:
    """What a row can be left with by all others: little, where little is there."""
    row = problem.rows[place]
    changes = dict(row.terms)
    aims = [changes.get(one, 0) for one in range(len(problem.values))]
    return row.base + bound(problem.rows, aims, fixed).whole


def _most_left(
    problem: Problem, limit: Bound, found: Narrowed, reached: int, place: int, window: int
) -> int:
    """What is unused costs its price, and no more may be lost than lies between bound and best."""
    price = limit.prices[place]
    if not price:
        return window
    spare = found.most - reached * FINE
    return min(window, spare // price + found.least.get(place, 0))


def _lessened(limit: Bound, found: Narrowed) -> int:
    return limit.most - sum(limit.prices[place] * least for place, least in found.least.items())


def _keep(found: Narrowed, place: int, table: Table) -> None:
    if not len(table.sets):
        found.impossible = True
        return
    found.tables[place] = table
    found.least[place] = int(table.left.min())
    found.fixed |= table.fixed()


def _enumerate(problem: Problem, found: Narrowed, place: int, most: int) -> None:
    row = problem.rows[place]
    free = [(one, change) for one, change in row.terms if one not in found.fixed]
    base = row.base + sum(change for one, change in row.terms if found.fixed.get(one))
    if abs(base) + sum(abs(change) for _, change in free) > LARGEST or most < 0:
        found.impossible |= most < 0
        return
    half = len(free) // 2
    first = every([change for _, change in free[:half]]) + base
    second = every([change for _, change in free[half:]])
    turn = np.argsort(first)
    order = np.argsort(second)
    sums, ordered = first[turn], second[order]
    low = np.searchsorted(ordered, -sums, side="left")
    number = np.searchsorted(ordered, min(most, LARGEST) - sums, side="right") - low
    total = int(number.sum())
    if not total:
        found.impossible = True
    elif total > PATTERNS:
        some = number > 0
        found.least[place] = int((sums[some] + ordered[low[some]]).min())
    else:
        spots = np.repeat(np.arange(len(sums)), number)
        steps = np.arange(total) - np.repeat(np.cumsum(number) - number, number)
        beside = low[spots] + steps
        sets = turn[spots] | (order[beside] << half)
        left = sums[spots] + ordered[beside]
        _keep(found, place, Table(row, tuple(one for one, _ in free), sets, left))


def every(changes: Sequence[int]) -> Sums:
    """Make the sums of all sets; a set's number is its place."""
    sums = np.zeros(1, dtype=np.int64)
    for change in changes:
        sums = np.concatenate((sums, sums + change))
    return sums
