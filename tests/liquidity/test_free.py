# SPDX-License-Identifier: Apache-2.0
"""The best set in free order is what trying every set finds, and its bound holds."""

import random
from collections.abc import Mapping, Sequence

import pytest

from lejar.domain.settlement.saving import Item, settles_in_order, shortfalls, worth
from lejar.liquidity import Answer, dense, free, in_order, settles_freely
from lejar.liquidity.search import Found, Known
from tests.domain.settlement.pools import feasible_sets, in_bits, random_pool

HUGE = 2**58 + 12345


def best(available: Mapping[str, int], items: Sequence[Item[str, int]]) -> tuple[int, int]:
    return max(
        worth(items, [item.id for item in items if bits >> item.id & 1])
        for bits in feasible_sets(available, items, ordered=False)
    )


def assert_best(available: Mapping[str, int], items: Sequence[Item[str, int]]) -> None:
    answer = settles_freely(available, items)
    assert in_bits(answer.settled) in feasible_sets(available, items, ordered=False)
    assert (answer.value, answer.count) == best(available, items)
    assert (answer.value, answer.count) == worth(items, answer.settled)
    assert answer.bound == answer.value
    assert answer.optimal


@pytest.mark.parametrize("seed", range(10))
def test_no_set_is_better(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(30):
        assert_best(*random_pool(chance, chance.randint(1, 10)))


@pytest.mark.parametrize("seed", range(4))
def test_amounts_beyond_what_the_solver_carries_are_exact(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(10):
        available, items = random_pool(chance, chance.randint(4, 9))
        larger = [
            Item(
                item.id,
                tuple((name, change * HUGE) for name, change in item.changes),
                item.value * HUGE,
                item.count,
                item.after,
            )
            for item in items
        ]
        assert_best({name: held * HUGE + 1 for name, held in available.items()}, larger)


def star(amounts: Sequence[int], balance: int) -> tuple[dict[str, int], list[Item[str, int]]]:
    items = [
        Item(n, (("payer", -amount), (f"payee {n % 9}", amount)), amount)
        for n, amount in enumerate(amounts)
    ]
    return {"payer": balance}, items


def test_a_payer_of_many_large_payments_spends_its_balance_to_the_last_unit() -> None:
    chance = random.Random(3)
    available, items = star([chance.randint(10**8, 10**9) for _ in range(120)], 3 * 10**10)
    answer = settles_freely(available, items, 6)
    assert answer.value == answer.bound == 3 * 10**10
    assert not shortfalls(available, items, answer.settled)


def test_what_is_over_because_all_amounts_are_even_is_not_promised() -> None:
    available, items = star([2 * n for n in range(100, 160)], 4001)
    answer = settles_freely(available, items)
    assert (answer.value, answer.bound) == (4000, 4000)


def test_when_all_settles_nothing_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(free, "search")
    available, items = star([5, 6], 11)
    assert settles_freely(available, items) == Answer((0, 1), 11, 2, 11, optimal=True)
    assert settles_freely({}, []) == Answer((), 0, 0, 0, optimal=True)


def test_without_time_the_answer_is_the_set_in_order_and_its_bound_is_honest() -> None:
    available, items = star([7, 6, 5, 4], 9)
    answer = settles_freely(available, items, 0.0)
    assert answer.settled == settles_in_order(available, items) == (0,)
    assert (answer.bound, answer.optimal) == (9, False)
    assert in_order(available, items) == Answer((0,), 7, 1, 7, optimal=True)


def test_a_solver_that_errs_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(problem: object, known: Known, effort: object) -> Found:
        return Found([True] * len(known.chosen), known.value_most, proved=True)

    monkeypatch.setattr(free, "search", wrong)
    available, items = star([7, 6, 5, 4], 9)
    answer = settles_freely(available, items)
    assert (answer.settled, answer.bound, answer.optimal) == ((0,), 22, False)


def test_a_repeatable_search_gives_the_same_answer_again() -> None:
    chance = random.Random(5)
    available, items = star([chance.randint(10**8, 10**9) for _ in range(60)], 10**10)
    first = settles_freely(available, items, 0.2, repeatable=True)
    assert first == settles_freely(available, items, 0.2, repeatable=True)


def test_an_item_that_is_blocked_twice_hides_no_other() -> None:
    items = [
        Item(0, (("A", -1), ("B", 1)), 1, 1, (77, 78)),
        Item(1, (("A", -5), ("B", 5)), 5),
        Item(2, (("A", -4), ("B", 4)), 4),
    ]
    answer = settles_freely({"A": 4}, items)
    assert (answer.settled, answer.optimal) == ((2,), True)


def best_of_one_payer(amounts: Sequence[int], balance: int) -> tuple[int, int]:
    """Reach every sum that can be reached, each with the most payments."""
    reached = {0: 0}
    for amount in amounts:
        for value, count in list(reached.items()):
            if value + amount <= balance:
                reached[value + amount] = max(reached.get(value + amount, 0), count + 1)
    return max(reached.items())


@pytest.mark.parametrize("seed", range(6))
def test_what_filling_balances_proves_is_what_reaching_every_sum_finds(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(problem: object, known: Known, effort: object) -> Found:
        return Found(known.chosen, known.value_most, proved=False)

    monkeypatch.setattr(free, "search", nothing)
    if seed % 2:
        monkeypatch.setattr(dense, "ALL", 12)  # so that exchanges are what finds and proves
    chance = random.Random(seed)
    proved = 0
    for _ in range(6):
        amounts = [chance.randint(1, 30 + 200 * (seed // 2)) for _ in range(20)]
        balance = sum(amounts) * chance.randint(30, 80) // 100
        answer = settles_freely(*star(amounts, balance), 1)
        value, count = best_of_one_payer(amounts, balance)
        assert answer.bound >= value >= answer.value
        assert not answer.optimal or (answer.value, answer.count) == (value, count)
        proved += answer.optimal
    assert proved
