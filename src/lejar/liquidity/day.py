# SPDX-License-Identifier: Apache-2.0
"""A generated banking day: banks of unequal size, payments as they arrive, opening balances.

Everything comes from one seed by whole numbers, so the same words give the same day everywhere.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

OPENS = 8
"""The hour at which the day begins."""
MINUTES = 60
BUSY = (6, 10, 9, 7, 4, 5, 8, 11, 9, 5)
"""How busy the hours are, from opening to close: a morning and an afternoon peak. Made up."""
SMALLEST = 1_000_00
"""The least payment, in sen."""
DOUBLINGS = 14
"""A payment is the least one, doubled as often as so many coins fall heads: nearly log-normal."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What kind of day."""

    banks: int = 12
    payments: int = 2000
    seed: int = 1
    liquidity: int = 5
    """Opening balance of each bank, in percent of what it pays on that day."""
    hours: int = 10
    urgent: int = 10
    """Percent of payments that go before others."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of the day."""

    number: int
    minute: int
    payer: int
    payee: int
    amount: int
    urgent: bool


@dataclass(frozen=True, slots=True)
class Day:
    """Payments in the order of their arrival, and what each bank begins with."""

    minutes: int
    payments: tuple[Payment, ...]
    opening: tuple[int, ...]


def generated(plan: Plan) -> Day:
    """Make the day that the plan's seed gives."""
    chance = random.Random(plan.seed)
    sizes = [plan.banks * 100 // (place + 2) for place in range(plan.banks)]
    minutes = sorted(_minute(chance, plan.hours) for _ in range(plan.payments))
    payments = tuple(
        _payment(chance, number, minute, sizes, plan.urgent)
        for number, minute in enumerate(minutes)
    )
    paid = [0] * plan.banks
    for payment in payments:
        paid[payment.payer] += payment.amount
    opening = tuple(amount * plan.liquidity // 100 for amount in paid)
    return Day(plan.hours * MINUTES, payments, opening)


def _minute(chance: random.Random, hours: int) -> int:
    weights = [BUSY[hour * len(BUSY) // hours] for hour in range(hours)]
    return _drawn(chance, weights) * MINUTES + chance.randrange(MINUTES)


def _drawn(chance: random.Random, weights: Sequence[int]) -> int:
    left = chance.randrange(sum(weights))
    for place, weight in enumerate(weights):
        if left < weight:
            return place
        left -= weight
    return len(weights) - 1


def _payment(
    chance: random.Random, number: int, minute: int, sizes: Sequence[int], urgent: int
) -> Payment:
    payer = _drawn(chance, sizes)
    others = [0 if bank == payer else size for bank, size in enumerate(sizes)]
    payee = _drawn(chance, others)
    amount = (SMALLEST + chance.randrange(SMALLEST)) << chance.getrandbits(DOUBLINGS).bit_count()
    return Payment(number, minute, payer, payee, amount, chance.randrange(100) < urgent)


def clock(minute: int) -> str:
    """Tell a minute of the day as people do."""
    return f"{OPENS + minute // MINUTES:02}:{minute % MINUTES:02}"
