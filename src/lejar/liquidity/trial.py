# SPDX-License-Identifier: Apache-2.0
"""A day run under one mode: minute by minute, what arrives, what settles and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lejar.domain.settlement.saving import Item
from lejar.liquidity.day import Day, Payment
from lejar.liquidity.free import in_order, settles_freely

EVERY = 5
"""Minutes between searches in free order."""
LONGEST = 200
"""How many waiting payments one search in free order considers."""
STEPS = 1.0
"""The solver's work for one search, in its own measure; so that a day can be repeated."""


class Mode(StrEnum):
    """How payments settle."""

    GROSS = "gross"
    """One by one, in each payer's order, from what it has."""
    FIFO = "fifo"
    """The greatest set in order, each minute."""
    FREE = "free"
    """The same, and every few minutes the best set in any order."""


@dataclass(slots=True)
class Trial:
    """What happened, minute by minute and in all."""

    mode: Mode
    balances: list[int]
    used: list[int] = field(default_factory=list)
    """By minute, the sum of what banks have drawn at most until then of their opening balances."""
    queued: list[int] = field(default_factory=list)
    """By minute, the value that waits."""
    settled: list[int] = field(default_factory=list)
    """By minute, the value settled until then."""
    settled_at: dict[int, int] = field(default_factory=dict)
    """Minute by payment."""
    unproved: int = 0
    """Searches that ended before their answer was proved the best."""


def tried(day: Day, mode: Mode) -> Trial:
    """Run the day."""
    trial = Trial(mode, list(day.opening))
    lowest = list(day.opening)
    waiting: list[Payment] = []
    arrivals = iter(day.payments)
    coming = next(arrivals, None)
    value = 0
    for minute in range(day.minutes + 1):
        while coming is not None and coming.minute <= minute:
            waiting.append(coming)
            coming = next(arrivals, None)
        waiting.sort(key=lambda one: (not one.urgent, one.number))
        for payment in _chosen(trial, waiting, minute):
            trial.settled_at[payment.number] = minute
            value += payment.amount
        waiting = [one for one in waiting if one.number not in trial.settled_at]
        lowest = [min(pair) for pair in zip(lowest, trial.balances, strict=True)]
        trial.used.append(sum(day.opening) - sum(lowest))
        trial.queued.append(sum(one.amount for one in waiting))
        trial.settled.append(value)
    return trial


def _chosen(trial: Trial, waiting: Sequence[Payment], minute: int) -> list[Payment]:
    """Settle what can settle now, in the mode of the trial."""
    if trial.mode is Mode.GROSS:
        return _one_by_one(trial.balances, waiting)
    available = dict(enumerate(trial.balances))
    items = [_item(one) for one in waiting]
    named = dict.fromkeys(in_order(available, items).settled)
    if trial.mode is Mode.FREE and minute % EVERY == 0 and len(named) < len(items):
        answer = settles_freely(available, items[:LONGEST], STEPS, repeatable=True)
        trial.unproved += not answer.optimal
        if answer.value > sum(one.amount for one in waiting if one.number in named):
            named = dict.fromkeys(answer.settled)
    chosen = [one for one in waiting if one.number in named]
    for one in chosen:
        _pay(trial.balances, one)
    return chosen


def _item(payment: Payment) -> Item[int, int]:
    changes = ((payment.payer, -payment.amount), (payment.payee, payment.amount))
    return Item(payment.number, changes, payment.amount)


def _one_by_one(balances: list[int], waiting: Sequence[Payment]) -> list[Payment]:
    """Settle each payer's payments in its order while it has enough, until nobody has."""
    queues: dict[int, list[Payment]] = {}
    for payment in reversed(waiting):
        queues.setdefault(payment.payer, []).append(payment)
    chosen: list[Payment] = []
    unsure = list(queues)
    while unsure:
        queue = queues.get(unsure.pop(), [])
        while queue and balances[queue[-1].payer] >= queue[-1].amount:
            payment = queue.pop()
            _pay(balances, payment)
            chosen.append(payment)
            unsure.append(payment.payee)
    return chosen


def _pay(balances: list[int], payment: Payment) -> None:
    balances[payment.payer] -= payment.amount
    balances[payment.payee] += payment.amount


@dataclass(frozen=True, slots=True)
class Summary:
    """A trial in figures; amounts in sen, delays in seconds."""

    mode: str
    liquidity_used: int
    liquidity_given: int
    value_settled: int
    value_arrived: int
    count_settled: int
    count_arrived: int
    share_settled_bps: int
    """Of the value that arrived, in hundredths of a percent."""
    delay_average: int
    """By value; what never settled waits until the close."""
    delay_longest: int
    urgent_delay_average: int
    queue_peak: int
    unproved: int


def summary(day: Day, trial: Trial) -> Summary:
    """Sum a trial up."""
    arrived = sum(one.amount for one in day.payments)
    urgent = [one for one in day.payments if one.urgent]
    delays = [_waited(day, trial, one) for one in day.payments]
    return Summary(
        str(trial.mode),
        trial.used[-1],
        sum(day.opening),
        trial.settled[-1],
        arrived,
        len(trial.settled_at),
        len(day.payments),
        trial.settled[-1] * 10_000 // max(arrived, 1),
        _average_delay(day, trial, day.payments),
        max(delays, default=0) * 60,
        _average_delay(day, trial, urgent),
        max(trial.queued),
        trial.unproved,
    )


def _waited(day: Day, trial: Trial, payment: Payment) -> int:
    return trial.settled_at.get(payment.number, day.minutes) - payment.minute


def _average_delay(day: Day, trial: Trial, payments: Sequence[Payment]) -> int:
    value = sum(one.amount for one in payments)
    waited = sum(one.amount * _waited(day, trial, one) for one in payments)
    return waited * 60 // max(value, 1)
