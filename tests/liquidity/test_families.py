# SPDX-License-Identifier: Apache-2.0
"""Questions of every family have sound answers, and those that can be closed are."""

import random

import pytest

from lejar.domain.settlement.saving import settles_in_order, shortfalls, worth
from lejar.liquidity import settles_freely
from tests.liquidity.families import FAMILIES, rows

CLOSED = ("5 banks, 9 digits", "10 banks, 5%", "20 banks, 5%", "20 banks, nothing")
"""Closed within ten seconds on two cores; the test gives more, since others may use the machine."""


@pytest.mark.parametrize("name", FAMILIES)
def test_an_answer_is_sound_and_no_worse_than_in_order(name: str) -> None:
    available, items = FAMILIES[name](random.Random(1), 40)
    answer = settles_freely(available, items, 0.5)
    assert not shortfalls(available, items, answer.settled)
    assert (answer.value, answer.count) >= worth(items, settles_in_order(available, items))
    assert answer.bound >= answer.value


def test_where_nothing_balances_it_is_proved_that_nothing_settles() -> None:
    available, items = FAMILIES["20 banks, nothing"](random.Random(0), 200)
    answer = settles_freely(available, items, 60)
    assert (answer.settled, answer.bound, answer.optimal) == ((), 0, True)


@pytest.mark.slow
@pytest.mark.parametrize("size", [50, 100, 200])
@pytest.mark.parametrize("name", CLOSED)
def test_what_can_be_closed_is_proved_the_best(name: str, size: int) -> None:
    available, items = FAMILIES[name](random.Random(1), size)
    assert settles_freely(available, items, 60).optimal


@pytest.mark.slow
def test_the_table_has_a_line_for_each_question() -> None:
    lines = list(rows(10, [12, 16], [0, 1], ["20 banks, nothing", "ring of 10, 0.1%"]))
    assert [line.split(" | ")[:4] for line in lines if " | all | " in line] == [
        line.split(" | ")[:4] for line in lines
    ]
    assert len(lines) == 8
