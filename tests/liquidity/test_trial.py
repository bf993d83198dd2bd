# SPDX-License-Identifier: Apache-2.0
"""A generated day is the same each time, and liquidity saving settles no less than gross."""

import re
from itertools import pairwise

import pytest

from lejar.liquidity.charts import drawing
from lejar.liquidity.day import Day, Payment, Plan, clock, generated
from lejar.liquidity.trial import Mode, Trial, summary, tried

PLAN = Plan(banks=5, payments=150, seed=4, liquidity=4, hours=3)


def test_the_same_seed_gives_the_same_day_and_the_same_figures() -> None:
    day = generated(PLAN)
    assert day == generated(PLAN)
    assert day != generated(Plan(banks=5, payments=150, seed=5, liquidity=4, hours=3))
    for mode in Mode:
        assert summary(day, tried(day, mode)) == summary(day, tried(day, mode))


def test_a_day_keeps_to_its_plan() -> None:
    day = generated(PLAN)
    assert len(day.payments) == 150
    assert all(one.payer != one.payee and one.amount > 0 for one in day.payments)
    assert all(0 <= one.minute < day.minutes == 180 for one in day.payments)
    assert all(first.minute <= second.minute for first, second in pairwise(day.payments))
    paid = [sum(one.amount for one in day.payments if one.payer == bank) for bank in range(5)]
    assert day.opening == tuple(amount * 4 // 100 for amount in paid)
    assert 0 < sum(one.urgent for one in day.payments) < 40


@pytest.mark.parametrize("mode", Mode)
def test_nobody_is_ever_below_zero_and_money_neither_comes_nor_goes(mode: Mode) -> None:
    day = generated(PLAN)
    trial = tried(day, mode)
    assert min(trial.balances) >= 0
    assert sum(trial.balances) == sum(day.opening)
    assert trial.settled[-1] == sum(
        one.amount for one in day.payments if one.number in trial.settled_at
    )
    assert all(one.minute <= trial.settled_at.get(one.number, 999) for one in day.payments)
    assert all(first <= second for first, second in pairwise(trial.used))
    assert trial.used[-1] <= sum(day.opening)


def gridlock() -> Day:
    ring = tuple(Payment(n, n, n, (n + 1) % 3, 100, urgent=False) for n in range(3))
    return Day(10, ring, (0, 0, 0))


def at(mode: Mode, day: Day) -> Trial:
    return tried(day, mode)


def test_a_gridlock_waits_for_ever_under_gross_and_settles_under_fifo() -> None:
    assert at(Mode.GROSS, gridlock()).settled_at == {}
    assert at(Mode.FIFO, gridlock()).settled_at == {0: 2, 1: 2, 2: 2}
    gross = summary(gridlock(), at(Mode.GROSS, gridlock()))
    assert (gross.share_settled_bps, gross.queue_peak, gross.delay_longest) == (0, 300, 600)
    assert gross.delay_average == (10 + 9 + 8) * 60 // 3


def test_free_order_passes_what_fifo_waits_behind() -> None:
    blocked = Day(
        10,
        (Payment(0, 0, 0, 1, 500, urgent=False), Payment(1, 0, 0, 1, 5, urgent=False)),
        (5, 0),
    )
    assert at(Mode.FIFO, blocked).settled_at == {}
    assert at(Mode.FREE, blocked).settled_at == {1: 0}
    assert at(Mode.FREE, blocked).used == [5] * 11


def test_urgent_payments_go_first() -> None:
    day = Day(
        5, (Payment(0, 0, 0, 1, 5, urgent=False), Payment(1, 0, 0, 1, 5, urgent=True)), (5, 0)
    )
    for mode in (Mode.GROSS, Mode.FIFO):
        assert at(mode, day).settled_at == {1: 0}


def test_a_payee_pays_on_at_once_under_gross() -> None:
    chain = Day(
        5, (Payment(0, 1, 1, 2, 5, urgent=False), Payment(1, 2, 0, 1, 5, urgent=False)), (5, 0, 0)
    )
    assert at(Mode.GROSS, chain).settled_at == {0: 2, 1: 2}


def test_a_drawing_is_a_picture_with_a_line_for_each_mode() -> None:
    text = drawing("Value <settled>", {Mode.GROSS: [0, 5, 10], Mode.FREE: [0, 0, 0]})
    lines = re.findall(r'points="([^"]*)"', text)
    assert lines == ["64,324 450,194 836,64", "64,324 450,324 836,324"]
    assert 'aria-label="Value &lt;settled&gt;"' in text
    assert drawing("empty", {}).startswith("<svg")


def test_minutes_are_told_as_hours() -> None:
    assert clock(0) == "08:00"
    assert clock(125) == "10:05"
