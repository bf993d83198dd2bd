# SPDX-License-Identifier: Apache-2.0
"""The best set that can settle when nobody's order must be kept: value first, then number.

The answer is never believed: whatever a solver says is counted again by the core's own functions,
and where the solver fails the greatest set in order is the answer, with the bound that is known.
"""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from lejar.domain.settlement.saving import (
    Item,
    first_broken_link,
    settles_in_order,
    shortfalls,
    worth,
)
from lejar.domain.settlement.saving.pool import K, R
from lejar.liquidity.bounds import FINE, Bound, bound
from lejar.liquidity.dense import Filling, Payer, filled, payers
from lejar.liquidity.problem import Problem, Row, problem
from lejar.liquidity.search import Effort, Found, Known, search

SECONDS = 10.0
GLANCE = 3
"""The part of the time for a first search where balances can be filled instead."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[K]):
    """A set that can settle, and how good it is."""

    settled: tuple[K, ...]
    """In the order given."""
    value: int
    count: int
    bound: int
    """No set is worth more; that much is proved."""
    optimal: bool
    """That none is worth more, and that none worth as much has more instructions."""


def in_order(available: Mapping[R, int], items: Sequence[Item[R, K]]) -> Answer[K]:
    """Choose the greatest set that keeps every queue: it contains all others, so it is the best."""
    chosen = settles_in_order(available, items)
    value, count = worth(items, chosen)
    return Answer(chosen, value, count, value, optimal=True)


def settles_freely(
    available: Mapping[R, int],
    items: Sequence[Item[R, K]],
    seconds: float = SECONDS,
    *,
    repeatable: bool = False,
) -> Answer[K]:
    """Choose the most valuable set; it is never worth less than the greatest set in order.

    A `repeatable` search is measured in steps of the solver, not by a clock: the same question has
    the same answer on the same release, also where it is not proved.
    """
    effort = Effort.of(seconds, repeatable=repeatable)
    ordered = settles_in_order(available, items)
    whole = problem(available, items)
    if len(ordered) == len(items) - len(whole.blocked):
        return _answer(items, ordered, Found([], worth(items, ordered)[0], proved=True))
    named = dict.fromkeys(ordered)
    found = _found(whole, whole.with_gates([item.id in named for item in items]), effort)
    chosen = [item.id for item, is_in in zip(items, found.chosen, strict=False) if is_in]
    if not _is_sound(available, items, chosen) or worth(items, chosen) < worth(items, ordered):
        most = sum(item.value for item in items)
        return _answer(items, ordered, Found([], most, proved=False))
    return _answer(items, chosen, found)


def _answer(items: Sequence[Item[R, K]], chosen: Collection[K], found: Found) -> Answer[K]:
    value, count = worth(items, chosen)
    return Answer(tuple(chosen), value, count, max(found.value_most, value), found.proved)


def _is_sound(
    available: Mapping[R, int], items: Sequence[Item[R, K]], chosen: Collection[K]
) -> bool:
    """Count again what the solver says, by the functions that the core will use."""
    return not shortfalls(available, items, chosen) and first_broken_link(items, chosen) is None


def _found(whole: Problem, chosen: list[bool], effort: Effort) -> Found:
    """Search, fill balances where that can be done, and search on from what was found."""
    blocked = dict.fromkeys(whole.blocked, False)
    limit = bound(whole.rows, whole.values, blocked)
    known = Known(chosen, limit.whole, sum(whole.counts), blocked)
    dense = () if effort.repeatable else payers(whole, limit)
    found = search(whole, known, effort.part(GLANCE) if dense else effort)
    if found.proved or not dense:
        return found
    filling = filled(whole, limit, dense, found.chosen, time.monotonic() + effort.left / 2)
    better = filling.chosen
    fixed = {**blocked, **limit.decided(whole.worth(better)[0], blocked)}
    filled_most = _filled_most(whole, limit, dense, filling, fixed)
    most = min(found.value_most, filled_most[0])
    count_most = _count_most(whole, most, fixed)
    if most == filled_most[0]:
        count_most = min(count_most, filled_most[1])
    known = Known(better, most, count_most, fixed)
    if whole.worth(better) == (most, count_most):
        return Found(better, most, proved=True)
    return search(whole, known, effort)


def _filled_most(
    whole: Problem,
    limit: Bound,
    dense: Sequence[Payer],
    filling: Filling,
    fixed: Mapping[int, bool],
) -> tuple[int, int]:
    """Bound value, and number at that value, where only how payers fill their rows is open."""
    own = dict.fromkeys(one for payer in dense for _, one in payer.choices)
    if any(one not in fixed and one not in own for one in range(len(whole.values))) or any(
        whole.counts[one] != 1 for one in own
    ):
        return limit.whole, sum(whole.counts)
    lost = sum(payer.price * unused for payer, unused in zip(dense, filling.unused, strict=True))
    rest = sum(whole.counts[one] for one, is_in in fixed.items() if is_in and one not in own)
    return (limit.most - lost) // FINE, rest + sum(filling.count_most)


def _count_most(whole: Problem, value: int, fixed: Mapping[int, bool]) -> int:
    """Bound the number of instructions of a set that is worth this much."""
    worth_it = Row(-value, tuple((one, value) for one, value in enumerate(whole.values) if value))
    return max(bound((*whole.rows, worth_it), whole.counts, fixed).whole, 0)
