# SPDX-License-Identifier: Apache-2.0
"""What is narrowed holds of every choice that is worth as much as the one reached."""

import random
from collections.abc import Mapping, Sequence

import pytest

from lejar.domain.settlement.saving import Item
from lejar.liquidity import patterns
from lejar.liquidity.bounds import FINE, bound
from lejar.liquidity.patterns import Narrowed, narrowed
from lejar.liquidity.problem import Problem, problem
from tests.domain.settlement.pools import feasible_sets, random_pool


def assert_obeyed(whole: Problem, chosen: list[bool], found: Narrowed) -> None:
    assert not found.impossible
    assert whole.worth(chosen)[0] * FINE <= found.most
    assert all(chosen[one] == is_in for one, is_in in found.fixed.items())
    for place, table in found.tables.items():
        row = whole.rows[place]
        bits = sum(chosen[one] << bit for bit, one in enumerate(table.places))
        left = row.base + sum(change for one, change in row.terms if chosen[one])
        assert (bits, left) in zip(table.sets.tolist(), table.left.tolist(), strict=True)
    for place, least in found.least.items():
        row = whole.rows[place]
        assert row.base + sum(change for one, change in row.terms if chosen[one]) >= least


def choices(
    whole: Problem, available: Mapping[str, int], items: Sequence[Item[str, int]]
) -> list[list[bool]]:
    sets = feasible_sets(available, items, ordered=False)
    return [whole.with_gates([bool(bits >> n & 1) for n in range(len(items))]) for bits in sets]


@pytest.mark.parametrize("few", [1, 3, 1 << 14])
@pytest.mark.parametrize("seed", range(6))
def test_no_choice_as_good_as_the_one_reached_is_lost(
    seed: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "PATTERNS", few)
    monkeypatch.setattr(patterns, "CHEAP", 24 if seed % 2 else 0)
    chance = random.Random(seed)
    for _ in range(12):
        available, items = random_pool(chance, chance.randint(2, 8))
        whole = problem(available, items)
        blocked = dict.fromkeys(whole.blocked, False)
        feasible = choices(whole, available, items)
        reached = whole.worth(chance.choice(feasible))[0]
        limit = bound(whole.rows, whole.values, blocked)
        found = narrowed(whole, limit, reached, blocked)
        for chosen in feasible:
            if whole.worth(chosen)[0] >= reached:
                assert_obeyed(whole, chosen, found)


def test_where_nothing_balances_nothing_is_left_open() -> None:
    amounts = [10**8 + 7**n for n in range(12)]
    items = [
        Item(n, ((f"b{n % 4}", -amount), (f"b{(n + 1) % 4}", amount)), amount)
        for n, amount in enumerate(amounts)
    ]
    whole = problem({}, items)
    found = narrowed(whole, bound(whole.rows, whole.values, {}), 0, {})
    assert found.fixed == dict.fromkeys(range(12), False)
