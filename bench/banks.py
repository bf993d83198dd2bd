# SPDX-License-Identifier: Apache-2.0
"""A made-up banking day: who pays whom, how much, and when; the same for the same seed.

Banks differ in size as they do in life (the second half as large as the first, and so on), amounts
are spread over four orders of magnitude, and more arrives in the morning and before the close.
"""

import random
from dataclasses import dataclass

from bench.market import Market, first_state
from lejar.domain.calendar import Calendar
from lejar.kernel.genesis import Genesis

BEGINS_AT = 1_790_553_600_000_000
"""28 September 2026 08:00 in Kuala Lumpur, a Monday."""
SECOND = 1_000_000
HOUR = 3_600 * SECOND
OPENS_AT = BEGINS_AT + HOUR
CUT_OFF_MINUTES = 17 * 60
CLOSES_AT = BEGINS_AT + 9 * HOUR
TURNS_AT = BEGINS_AT + 5 * HOUR
"""From then on, of any two banks the one that has received more pays: what was lent comes back."""
LAST_ARRIVAL = CLOSES_AT - 60 * SECOND
MEDIAN_SEN = 50_000_00
SPREAD = 1.8
"""Of the amount's logarithm."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment as it arrives."""

    at: int
    payer: int
    payee: int
    amount: int


@dataclass(frozen=True, slots=True)
class Day:
    """A network, its banks' opening balances, and what arrives, in order."""

    market: Market
    genesis: Genesis
    opening: tuple[int, ...]
    gross_need: tuple[int, ...]
    """What each bank would need if each payment were made when it arrives."""
    net_outflow: tuple[int, ...]
    """What each bank pays more than it is paid over the whole day; below zero: less."""
    payments: tuple[Payment, ...]


def found_day(count: int, banks: int, seed: int, share: float) -> Day:
    """Draw a day; every bank begins with a share of what it would need gross.

    But with no less than it pays net over the day: with less, no order of payments would do.
    """
    arriving = tuple(arrivals(count, banks, random.Random(seed)))
    need, net = gross_need(arriving, banks), net_outflow(arriving, banks)
    opening = tuple(max(1, int(one * share), out) for one, out in zip(need, net, strict=True))
    market = Market(banks, BEGINS_AT + 20 * HOUR)
    days = Calendar(480, (5, 6), (), CUT_OFF_MINUTES)
    return Day(market, first_state(banks, BEGINS_AT, days), opening, need, net, arriving)


def arrivals(count: int, banks: int, chance: random.Random) -> list[Payment]:
    """Draw what arrives, in the order of its moments."""
    sizes = [1 / (number + 1) for number in range(banks)]
    names = range(banks)
    net = [0] * banks
    made = []
    for moment in sorted(_moment(chance) for _ in range(count)):
        payer = payee = chance.choices(names, sizes)[0]
        while payee == payer:
            payee = chance.choices(names, sizes)[0]
        if moment > TURNS_AT and net[payer] < net[payee]:
            payer, payee = payee, payer
        amount = max(1, int(MEDIAN_SEN * chance.lognormvariate(0, SPREAD)))
        net[payer] -= amount
        net[payee] += amount
        made.append(Payment(moment, payer, payee, amount))
    return made


def _moment(chance: random.Random) -> int:
    """Draw an arrival: a third early, a third before the close, the rest over the day."""
    part = chance.random()
    span = LAST_ARRIVAL - OPENS_AT
    if part < 1 / 3:
        return OPENS_AT + int(chance.triangular(0, span / 4, span / 8))
    if part < 2 / 3:
        return OPENS_AT + int(chance.triangular(span / 2, span, span * 7 / 8))
    return OPENS_AT + int(chance.uniform(0, span))


def gross_need(payments: tuple[Payment, ...], banks: int) -> tuple[int, ...]:
    """Give the largest net outflow of each bank if each payment is made when it arrives."""
    standing, need = [0] * banks, [0] * banks
    for one in payments:
        standing[one.payer] -= one.amount
        standing[one.payee] += one.amount
        need[one.payer] = max(need[one.payer], -standing[one.payer])
    return tuple(need)


def net_outflow(payments: tuple[Payment, ...], banks: int) -> tuple[int, ...]:
    """Give what each bank pays more than it is paid over the whole day; below zero: less."""
    net = [0] * banks
    for one in payments:
        net[one.payer] += one.amount
        net[one.payee] -= one.amount
    return tuple(net)
