# SPDX-License-Identifier: Apache-2.0
"""All small sets of an exact sum are found, as trying every set finds them."""

import random
from itertools import combinations

import pytest

from lejar.liquidity.handfuls import handfuls, subsets


@pytest.mark.parametrize("seed", range(20))
def test_all_sets_of_the_sum_are_found_once(seed: int) -> None:
    chance = random.Random(seed)
    amounts = sorted(chance.randint(1, 40) for _ in range(10))
    for size in range(1, 8):
        total = chance.randint(10 * size, 30 * size)
        found = handfuls(amounts, size, total)
        assert found is not None
        assert [tuple(one) for one in found] == [
            places
            for places in combinations(range(10), size)
            if sum(amounts[place] for place in places) == total
        ]


def test_subsets_are_what_combinations_are() -> None:
    assert [tuple(one) for one in subsets(7, 3).tolist()] == list(combinations(range(7), 3))
    assert subsets(7, 0).shape == (1, 0)


def test_what_cannot_be_gone_through_is_not_begun() -> None:
    amounts = list(range(10**6, 10**6 + 200))
    assert handfuls(amounts, 0, 0) is None
    assert handfuls(amounts, 8, 8 * 10**6) is None  # too many pairs of that sum
    assert handfuls([n * 10**9 for n in range(1, 200)], 20, 10**9) is None  # too many sets
    assert handfuls(list(range(300)), 1, 5) is None  # a place does not fit into a byte
