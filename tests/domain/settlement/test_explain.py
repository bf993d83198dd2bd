# SPDX-License-Identifier: Apache-2.0
"""What is said of a waiting item is what counting it anew says."""

import random
from itertools import combinations

import pytest

from lejar.domain.settlement.saving import Item, explain, settles_in_order
from tests.domain.settlement.pools import random_pool


def payment(id_: int, source: str, target: str, amount: int) -> Item[str, int]:
    return Item(id_, ((source, -amount), (target, amount)), amount)


def test_a_payment_says_what_it_lacks_and_which_one_would_bring_it() -> None:
    queue = [
        payment(1, "A", "C", 3),
        payment(2, "A", "B", 5),
        payment(3, "C", "A", 90),
        payment(4, "B", "A", 6),
    ]
    why = explain({"A": 2}, queue, 2)
    assert why.ahead == (1,)
    (lack,) = why.lacks
    assert (lack.resource, lack.amount, lack.freed_by, lack.alone) == ("A", 6, (4,), True)


def test_where_none_is_enough_the_fewest_that_are_enough_together_are_named() -> None:
    queue = [payment(1, "A", "B", 10), *(payment(n, "B", "A", n) for n in (2, 3, 4, 5))]
    (lack,) = explain({}, queue, 1).lacks
    assert (lack.amount, lack.freed_by, lack.alone) == (10, (5, 4, 3), False)


def test_where_nothing_that_waits_brings_enough_nothing_is_named() -> None:
    queue = [payment(1, "A", "B", 10), payment(2, "B", "A", 9)]
    (lack,) = explain({}, queue, 1).lacks
    assert (lack.amount, lack.freed_by) == (10, ())


@pytest.mark.parametrize("seed", range(4))
def test_what_is_said_of_random_pools_is_true(seed: int) -> None:
    chance = random.Random(seed)
    seen = {"alone": 0, "together": 0, "ahead": 0}
    for _ in range(250):
        available, items = random_pool(chance, chance.randint(1, 9))
        for place, item in enumerate(items):
            why = explain(available, items, item.id)
            takes = {name for name, change in item.changes if change < 0}
            before = [
                one
                for one in items[:place]
                if any(name in takes and change < 0 for name, change in one.changes)
            ]
            assert why.ahead == tuple(one.id for one in before)
            lacking = {lack.resource: lack.amount for lack in why.lacks}
            for name in takes:
                taken = sum(
                    change
                    for one in [*before, item]
                    for resource, change in one.changes
                    if resource == name and change < 0
                )
                missing = -available.get(name, 0) - taken
                assert lacking.get(name, 0) == max(missing, 0)
            if not before and not item.after:
                given = dict(available)
                for lack in why.lacks:
                    given[lack.resource] = given.get(lack.resource, 0) + lack.amount
                assert settles_in_order(given, [item]) == (item.id,)
            for lack in why.lacks:
                frees(items, item, lack.resource, lack.amount, lack.freed_by, alone=lack.alone)
                seen["alone"] += bool(lack.freed_by) and lack.alone
                seen["together"] += bool(lack.freed_by) and not lack.alone
            seen["ahead"] += bool(why.ahead)
    assert all(seen.values()), seen


def frees(
    items: list[Item[str, int]],
    item: Item[str, int],
    resource: str,
    missing: int,
    freed_by: tuple[int, ...],
    *,
    alone: bool,
) -> None:
    """See that what is named brings enough, and that nothing smaller or fewer does."""
    brings = {
        one.id: dict(one.changes)[resource]
        for one in items
        if one.id != item.id and dict(one.changes).get(resource, 0) > 0
    }
    enough = [change for change in brings.values() if change >= missing]
    if enough:
        assert alone
        assert {brings[one] for one in freed_by} == {min(enough)}
        return
    assert not alone
    if not freed_by:
        assert sum(brings.values()) < missing
        return
    assert sum(brings[one] for one in freed_by) >= missing
    fewer = combinations(brings.values(), len(freed_by) - 1)
    assert all(sum(some) < missing for some in fewer)
