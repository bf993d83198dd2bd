# SPDX-License-Identifier: Apache-2.0
"""Balances are filled as trying every set would fill them."""

import random
from itertools import combinations

import pytest

from lejar.liquidity.exchanges import MOST, all_exchanges, best_fillings, every_sum, some_exchanges


def sums(amounts: list[int]) -> list[tuple[int, int]]:
    return [
        (sum(chosen), size)
        for size in range(len(amounts) + 1)
        for chosen in combinations(amounts, size)
    ]


@pytest.mark.parametrize("seed", range(10))
def test_the_best_filling_is_the_greatest_sum_and_then_the_largest_set(seed: int) -> None:
    chance = random.Random(seed)
    amounts = [chance.randint(1, 60) for _ in range(chance.randint(2, 11))]
    for room in range(0, sum(amounts), 7):
        used, number, places = next(best_fillings(amounts, room))
        assert (used, number) == max(one for one in sums(amounts) if one[0] <= room)
        assert len(places) == len(set(places)) == number
        assert sum(amounts[place] for place in places) == used


@pytest.mark.parametrize("seed", range(10))
def test_all_exchanges_find_a_set_exactly_when_there_is_one(seed: int) -> None:
    chance = random.Random(seed)
    amounts = sorted(chance.randint(1, 40) for _ in range(10))
    there = dict.fromkeys(sums(amounts))
    for number in range(1, 10):
        least = sum(amounts[:number])
        for room in range(least, least + 50):
            found = all_exchanges(amounts, number, room - least)
            assert found is not None
            exchanges = list(found)
            assert bool(exchanges) == ((room, number) in there)
            for exchange in exchanges:
                taken = set(range(number)).symmetric_difference(exchange)
                assert (sum(amounts[place] for place in taken), len(taken)) == (room, number)


def test_some_exchanges_keep_the_number_and_cost_the_excess() -> None:
    amounts = [3, 5, 8, 13, 21, 34]
    exchanges = list(some_exchanges(amounts, [0, 1, 2], [3, 4, 5], 23))
    assert [sorted(one) for one in exchanges] == [[0, 2, 3, 4]]
    assert list(some_exchanges(amounts, [0, 1, 2], [3, 4, 5], 1)) == []


def test_too_many_sums_are_not_made() -> None:
    steps = [(1, place) for place in range(MOST.bit_length())]
    assert every_sum(steps, len(steps)) is None
    assert all_exchanges([7] * 60, 30, 0) is None
    with pytest.raises(ValueError, match="too many"):
        next(best_fillings(list(range(1, 60)), 100))
