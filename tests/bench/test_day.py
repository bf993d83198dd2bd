# SPDX-License-Identifier: Apache-2.0
"""A short banking day through the real engine: its figures must add up, whatever the machine."""

import pytest

from bench.banks import found_day, gross_need, net_outflow
from bench.day import run
from bench.queue import BLOCK, waiting_state
from lejar.domain.settlement.pool import lines
from lejar.domain.settlement.saving import settles_in_order


@pytest.mark.slow
def test_a_short_day_saves_liquidity_and_settles_what_can_be() -> None:
    figures = run(payments=2_000, banks=40, seed=1, share=0.5, step=60)
    assert figures["liquidity_used"] <= figures["liquidity_there"] < figures["liquidity_gross"]
    assert figures["liquidity_least"] <= figures["liquidity_there"]
    assert figures["most_waiting"] > 0
    assert figures["passes"] > 0
    assert 0.5 < figures["share_of_value_settled"] <= 1
    assert figures["delay_mean_s"] > 0
    assert figures["delay_max_s"] <= 8 * 3600


def test_a_day_is_the_same_for_the_same_seed() -> None:
    one, same, other = (found_day(500, 10, seed, 0.3) for seed in (4, 4, 5))
    assert one.payments == same.payments
    assert one.payments != other.payments
    assert list(one.payments) == sorted(one.payments, key=lambda payment: payment.at)


def test_what_is_needed_gross_is_never_less_than_what_is_paid_net() -> None:
    day = found_day(500, 10, 4, 0.3)
    need, net = gross_need(day.payments, 10), net_outflow(day.payments, 10)
    assert all(gross >= out for gross, out in zip(need, net, strict=True))
    assert sum(net) == 0
    assert all(there >= out for there, out in zip(day.opening, day.net_outflow, strict=True))


def test_the_measured_queue_is_one_in_which_nothing_can_settle() -> None:
    state = waiting_state(banks=8, count=BLOCK + 20)
    waiting = lines(state, {})
    assert len(waiting.items) == BLOCK + 20
    assert settles_in_order(waiting.available, waiting.items) == ()
