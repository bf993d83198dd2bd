# SPDX-License-Identifier: Apache-2.0
"""The greatest set in order is what trying every set finds, on ten thousand pools."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lejar.domain.settlement.saving import (
    Item,
    first_broken_link,
    is_in_order,
    settles_in_order,
    shortfalls,
    worth,
)
from tests.domain.settlement.pools import Pool, feasible_sets, in_bits, random_pool

ROUNDS = 20
POOLS = 500
SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 6, 7, 8, 9, 10, 11, 12)
"""How large most pools are; one in a hundred has fourteen."""


def paying(number: int, source: str, target: str, amount: int, *after: int) -> Item[str, int]:
    return Item(number, ((source, -amount), (target, amount)), amount, 1, after)


def assert_greatest(pool: Pool) -> None:
    available, items = pool
    chosen = settles_in_order(available, items)
    feasible = feasible_sets(available, items, ordered=True)
    bits = in_bits(chosen)
    assert bits in feasible
    assert all(one & ~bits == 0 for one in feasible)
    assert chosen == tuple(item.id for item in items if item.id in chosen)
    assert worth(items, chosen) == max(
        worth(items, [item.id for item in items if one >> item.id & 1]) for one in feasible
    )


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_greatest_set_contains_every_set_that_could_settle(seed: int) -> None:
    chance = random.Random(seed)
    for number in range(POOLS):
        size = 14 if number % 100 == 0 else chance.choice(SIZES)
        assert_greatest(random_pool(chance, size))


@given(some.randoms(use_true_random=False), some.integers(1, 9))
def test_any_pool(chance: random.Random, size: int) -> None:
    assert_greatest(random_pool(chance, size))


@given(some.randoms(use_true_random=False), some.integers(1, 8))
def test_what_verification_says_is_what_trying_every_set_says(
    chance: random.Random, size: int
) -> None:
    available, items = random_pool(chance, size)
    for ordered in (False, True):
        feasible = feasible_sets(available, items, ordered=ordered)
        for bits in range(1 << size):
            chosen = [item.id for item in items if bits >> item.id & 1]
            holds = is_in_order(items, chosen) if ordered else not first_broken_link(items, chosen)
            assert (holds and not shortfalls(available, items, chosen)) == (bits in feasible)


def test_nothing_waits() -> None:
    assert settles_in_order({}, []) == ()


def test_a_circle_of_banks_without_money_settles() -> None:
    ring = [paying(n, f"bank {n}", f"bank {(n + 1) % 5}", 7) for n in range(5)]
    assert settles_in_order({}, ring) == (0, 1, 2, 3, 4)
    assert settles_in_order({}, ring[:4]) == ()
    assert shortfalls({}, ring, [0, 1]) == {"bank 0": 7}


def test_a_later_payment_does_not_overtake() -> None:
    queue = [paying(1, "A", "B", 5), paying(2, "A", "B", 1)]
    assert settles_in_order({"A": 4}, queue) == ()
    assert not is_in_order(queue, [2])
    assert settles_in_order({"A": 5}, queue) == (1,)
    assert settles_in_order({"A": 6}, queue) == (1, 2)


def test_two_queues_of_one_payer_do_not_hinder_each_other() -> None:
    queue = [
        Item(1, (("A MYR", -5), ("B MYR", 5)), 5),
        Item(2, (("A USD", -1), ("B USD", 1)), 1),
    ]
    assert settles_in_order({"A USD": 1}, queue) == (2,)


def test_a_resource_that_nobody_takes_from_never_binds() -> None:
    queue = [paying(1, "A", "B", 5)]
    assert settles_in_order({"A": 5, "B": -9}, queue) == (1,)
    assert shortfalls({"A": 5, "B": -9}, queue, [1]) == {}
    back = [*queue, paying(2, "B", "A", 1)]
    assert settles_in_order({"A": 5, "B": -9}, back) == (1,)
    assert shortfalls({"A": 5, "B": -9}, back, [1, 2]) == {"B": 5}


def test_links_hold_each_other() -> None:
    pair = [paying(1, "A", "B", 1, 2), paying(2, "C", "D", 1, 1)]
    assert settles_in_order({"A": 1}, pair) == ()
    assert settles_in_order({"A": 1, "C": 1}, pair) == (1, 2)
    assert first_broken_link(pair, [2]) == pair[1]
    assert not is_in_order(pair, [2])


def test_what_comes_after_something_that_does_not_wait_is_blocked() -> None:
    chain = [paying(1, "A", "B", 1, 9), paying(2, "C", "D", 1, 1), paying(3, "C", "D", 1)]
    assert settles_in_order({"A": 1, "C": 2}, chain) == ()


def test_a_long_chain_of_departures_ends() -> None:
    chain = [paying(n, f"bank {n}", f"bank {n + 1}", 5) for n in range(3000)]
    assert settles_in_order({}, chain) == ()
    assert len(settles_in_order({"bank 0": 5}, chain)) == 3000


def test_names_that_do_not_wait_count_for_nothing() -> None:
    queue = [paying(1, "A", "B", 5)]
    assert worth(queue, [1, 77]) == (5, 1)
    assert shortfalls({"A": 5}, queue, [1, 77]) == {}
