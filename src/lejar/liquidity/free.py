# SPDX-License-Identifier: Apache-2.0
"""The best set that can settle when nobody's order must be kept: value first, then number.

The answer is never believed: whatever a solver says is counted again by the core's own functions,
and where the solver fails the greatest set in order is the answer, with the bound that is known.
"""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
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
from lejar.liquidity.dense import Filling, filled
from lejar.liquidity.patterns import Narrowed, narrowed
from lejar.liquidity.payers import Payer, payers
from lejar.liquidity.problem import Problem, Row, problem
from lejar.liquidity.search import Effort, Found, Known, search

SECONDS = 10.0
PARTS = (8, 2)
"""The parts of the time that is left, for one search after another: each narrows the next."""


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
    """Look at it briefly; then narrow it, fill balances where that can be done, and search on."""
    blocked = dict.fromkeys(whole.blocked, False)
    limit = bound(whole.rows, whole.values, blocked)
    known = Known(chosen, limit.whole, sum(whole.counts), blocked)
    narrowed_at: tuple[int, int] | None = None
    for part in PARTS:
        found = search(whole, known, effort.part(part))
        effort = effort.after(part)
        if found.proved or effort.left <= 0:
            return found
        most = min(known.value_most, found.value_most)
        known = replace(known, chosen=found.chosen, value_most=most)
        if narrowed_at != whole.worth(known.chosen):
            known = _closer(whole, limit, known, blocked, effort)
            narrowed_at = whole.worth(known.chosen)
        if narrowed_at == (known.value_most, known.count_most):
            return Found(known.chosen, known.value_most, proved=True)
    return search(whole, known, effort)


def _closer(
    whole: Problem, limit: Bound, known: Known, blocked: Mapping[int, bool], effort: Effort
) -> Known:
    """Narrow and fill while that helps: what is filled narrows what can be better."""
    while True:
        before = whole.worth(known.chosen)
        closer = narrowed(whole, limit, before[0], blocked)
        known = _with_narrowed(whole, known, closer)
        if not effort.repeatable and effort.left > 0:
            known = _with_filled(whole, limit, known, closer, effort)
        worth = whole.worth(known.chosen)
        if worth in (before, (known.value_most, known.count_most)) or effort.left <= 0:
            return known


def _with_narrowed(whole: Problem, known: Known, closer: Narrowed) -> Known:
    most = max(min(known.value_most, closer.most // FINE), whole.worth(known.chosen)[0])
    count_most = _count_most(whole, most, closer.fixed)
    if most == known.value_most:
        count_most = min(known.count_most, count_most)
    return Known(known.chosen, most, count_most, closer.fixed, closer.tables)


def _with_filled(
    whole: Problem, limit: Bound, known: Known, closer: Narrowed, effort: Effort
) -> Known:
    """Fill balances, and see what nobody can fill."""
    found = payers(whole, limit, known.fixed)
    if not found:
        return known
    until = time.monotonic() + effort.left / (2 if all(payer.apart for payer in found) else 4)
    seed = sum(known.chosen)  # so that the same draws are not made again and again
    filling = filled(whole, limit, found, known.chosen, until, seed)
    if filling.wanted and effort.left > 0:
        wanted = {**filling.wanted, **known.fixed}
        begin = replace(known, chosen=filling.chosen, fixed=wanted, tables={})
        filling.chosen = search(whole, begin, effort.part(PARTS[0])).chosen
    fixed = {**known.fixed, **limit.decided(whole.worth(filling.chosen)[0], known.fixed)}
    known = replace(known, chosen=filling.chosen, fixed=fixed)
    filled_most = _filled_most(whole, limit, found, filling, closer, fixed)
    if filled_most is None or filled_most[0] > known.value_most:
        return known
    if filled_most[0] == known.value_most:
        filled_most = (filled_most[0], min(filled_most[1], known.count_most))
    return replace(known, value_most=filled_most[0], count_most=filled_most[1])


def _filled_most(
    whole: Problem,
    limit: Bound,
    found: Sequence[Payer],
    filling: Filling,
    closer: Narrowed,
    fixed: Mapping[int, bool],
) -> tuple[int, int] | None:
    """Bound value, and number at that value, where only how payers fill their rows is open."""
    own = dict.fromkeys(one for payer in found for _, one in payer.choices)
    if any(one not in fixed and one not in own for one in range(len(whole.values))) or any(
        whole.counts[one] != 1 for one in own
    ):
        return None
    least = dict(closer.least)
    for payer, unused in zip(found, filling.unused, strict=True):
        least[payer.place] = max(unused, least.get(payer.place, 0))
    lost = sum(limit.prices[place] * unused for place, unused in least.items())
    rest = sum(whole.counts[one] for one, is_in in fixed.items() if is_in and one not in own)
    return (limit.most - lost) // FINE, rest + sum(filling.count_most)


def _count_most(whole: Problem, value: int, fixed: Mapping[int, bool]) -> int:
    """Bound the number of instructions of a set that is worth this much."""
    worth_it = Row(-value, tuple((one, value) for one, value in enumerate(whole.values) if value))
    return max(bound((*whole.rows, worth_it), whole.counts, fixed).whole, 0)
