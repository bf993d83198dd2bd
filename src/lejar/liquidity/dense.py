# SPDX-License-Identifier: Apache-2.0
"""Fill a balance to the last unit, where a payer has so many payments that some of them must fit.

A tree search is poor at this: among 2^100 sets of large amounts many fill a balance exactly, and
nothing guides to one. Meeting in the middle is good at it (`exchanges.py`). Sets of many small
payments come first, since they settle the most instructions.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lejar.liquidity.bounds import Bound
from lejar.liquidity.exchanges import (
    HITS,
    all_exchanges,
    best_fillings,
    cheap_exchanges,
    sampled,
    some_exchanges,
)
from lejar.liquidity.handfuls import handfuls
from lejar.liquidity.payers import Payer
from lejar.liquidity.problem import Problem, Row

ALL = 40
"""With no more than these, all sets are gone through."""
FEWER = 20
"""How many instructions fewer to be content with, before giving a balance up."""
CHEAP = (1, 0, 0, 1, 2)
"""How many fewer than the most are drawn first for cheap exchanges; the second is the best."""
REFILLS = 32
"""Parts of a payer's payments that are filled anew, while there is time."""
FEW_REFILLS = 3
"""The same for payers to whom others pay: what they have may still change."""
TRIES = 8
"""Draws of payments to exchange, for one number of instructions."""
HALF, LARGER_HALF, LARGE = 18, 20, 1 << 36
"""Payments drawn of each side; more where amounts are large, since exact sums are rarer."""


@dataclass(slots=True)
class Filling:
    """What became of it."""

    chosen: list[bool]
    count_most: list[int]
    """By payer: no set that uses its row up, as far as that can be, has more of its choices."""
    unused: list[int]
    """By payer: what no set of its choices can use."""
    wanted: dict[int, bool] = field(default_factory=dict)
    """What would be good, if the payers to whom others pay can be filled so that all settles."""


def filled(
    problem: Problem,
    bound: Bound,
    found: Sequence[Payer],
    chosen: list[bool],
    until: float,
    seed: int,
) -> Filling:
    """Improve a choice by filling one payer after another; never worse than it was."""
    begin = _as_priced(problem, bound, found, chosen)
    filling = Filling(begin, [len(payer.choices) for payer in found], [0] * len(found))
    chance = random.Random(seed)
    for place, payer in enumerate(found):
        begun = time.monotonic()
        end = begun + (until - begun) / (len(found) - place)
        later = [one.place for one in found[place + 1 :]]
        rows = [row for number, row in enumerate(problem.rows) if number not in later]
        best = _merit(problem, rows, filling.chosen)
        for better in _fillings(payer, filling, place, chance, end):
            merit = _merit(problem, rows, better)
            if merit > best:
                best, filling.chosen = merit, better
        if not payer.apart:
            filling.count_most[place], filling.unused[place] = len(payer.choices), 0
    passing = [one for payer in found if not payer.apart for _, one in payer.choices]
    if passing:
        filling.wanted = dict(enumerate(filling.chosen))
        for one in passing:
            del filling.wanted[one]
    if not problem.is_met(filling.chosen):
        filling.chosen = chosen
    filling.chosen = max(chosen, filling.chosen, key=problem.worth)
    return filling


def _merit(
    problem: Problem, rows: Sequence[Row], chosen: Sequence[bool]
) -> tuple[int, tuple[int, int]]:
    """Prefer what lacks least where all is settled already; those who are filled later wait."""
    ends = (row.base + sum(change for one, change in row.terms if chosen[one]) for row in rows)
    return sum(end for end in ends if end < 0), problem.worth(chosen)


def _as_priced(
    problem: Problem, bound: Bound, found: Sequence[Payer], chosen: list[bool]
) -> list[bool]:
    """Choose all else as prices say: only so is the bound ever reached.

    If what is chosen of the payers does not go with that, they begin anew.
    """
    priced = [
        worth > 0 if worth else is_in for worth, is_in in zip(bound.worths, chosen, strict=True)
    ]
    if problem.is_met(priced):
        return priced
    for payer in found:
        for _, one in payer.choices:
            priced[one] = False
    return priced


def _fillings(
    payer: Payer, filling: Filling, place: int, chance: random.Random, until: float
) -> Iterator[list[bool]]:
    """Give choices that use the row up; all while they are few, then draws."""
    amounts = payer.amounts
    room = payer.room(filling.chosen)
    most = filling.count_most[place] = _most(amounts, room)
    if most in (0, len(amounts)):
        filling.unused[place] = max(room - sum(amounts[:most]), 0)
        yield _with(payer, filling.chosen, range(most), ())
        return
    if len(amounts) <= ALL and room >= 0:
        before = filling.chosen
        fillings = list(best_fillings(amounts, room))
        used, number, _ = fillings[0]
        filling.count_most[place], filling.unused[place] = number, room - used
        for _, _, places in fillings:
            yield _with(payer, before, places, ())
        return
    yield from _numbered(payer, filling, place, room, until)
    if _is_best(payer, filling, place):
        return
    if not payer.apart:  # nothing is proved of its number
        yield from _refilled(payer, filling, filling.count_most[place], chance, until)
        return
    ways = (_refilled, _cheap) if amounts[-1] <= LARGE else (_cheap, _refilled)
    for way in (*ways, _recounted, _climbing):
        yield from way(payer, filling, filling.count_most[place], chance, until)


def _is_best(payer: Payer, filling: Filling, place: int) -> bool:
    number, used = _number(payer, filling.chosen)
    return number >= filling.count_most[place] and used == payer.room(filling.chosen)


def _numbered(
    payer: Payer, filling: Filling, place: int, room: int, until: float
) -> Iterator[list[bool]]:
    """Go through all sets of one number of instructions after another, from the greatest down."""
    most = filling.count_most[place]
    least = max(most - FEWER, 0)
    while most > least and time.monotonic() < until:
        exact = _exact(payer, filling.chosen, most, room)
        if exact is None:
            return
        for better in exact:
            yield better
            if _number(payer, filling.chosen) == (most, room):
                return
            least = most
        most -= 1
        filling.count_most[place] = max(most, least)


def _climbing(
    payer: Payer, filling: Filling, most: int, chance: random.Random, until: float
) -> Iterator[list[bool]]:
    """Draw for ever more instructions."""
    for attempt in range(1, 1 + TRIES):
        number, used = _number(payer, filling.chosen)
        if used == payer.room(filling.chosen):
            climb = range(number + 1, most + 1)
            yield from _draws(payer, filling, climb, attempt, chance, until)


def _exact(payer: Payer, chosen: list[bool], number: int, room: int) -> Iterator[list[bool]] | None:
    """Give choices of so many payments that use the room up, if all of them can be found."""
    amounts = payer.amounts
    exchanges = all_exchanges(amounts, number, room - sum(amounts[:number]))
    if exchanges is not None:
        return (_with(payer, chosen, range(number), one) for one in exchanges)
    out = handfuls(amounts, len(amounts) - number, sum(amounts) - room)
    if out is not None:
        return (_with(payer, chosen, range(len(amounts)), one) for one in islice(out, HITS))
    taken = handfuls(amounts, number, room)
    if taken is not None:
        return (_with(payer, chosen, (), one) for one in islice(taken, HITS))
    return None


def _cheap(
    payer: Payer, filling: Filling, most: int, chance: random.Random, until: float
) -> Iterator[list[bool]]:
    """Draw near the greatest number of instructions until one set uses the room up."""
    amounts = payer.amounts
    for fewer in CHEAP:
        number, room = most - fewer, payer.room(filling.chosen)
        have, used = _number(payer, filling.chosen)
        if number < 1 or time.monotonic() > until or (used == room and have >= number):
            return
        before = filling.chosen
        for exchange in cheap_exchanges(amounts, number, room - sum(amounts[:number]), chance):
            yield _with(payer, before, range(number), exchange)


def _number(payer: Payer, chosen: Sequence[bool]) -> tuple[int, int]:
    """How many of the choices are taken, and what they take."""
    taken = [amount for amount, one in payer.choices if chosen[one]]
    return len(taken), sum(taken)


def _draws(
    payer: Payer,
    filling: Filling,
    numbers: Sequence[int],
    attempt: int,
    chance: random.Random,
    until: float,
) -> Iterator[list[bool]]:
    """Draw for one number of instructions after another, until something is better."""
    for number in numbers:
        if time.monotonic() > until:
            return
        before = filling.chosen
        for better in _drawn(payer, before, number, attempt, chance):
            yield better
            if filling.chosen is not before:
                return


def _most(amounts: Sequence[int], room: int) -> int:
    """How many payments fit, if the smallest are taken."""
    used = 0
    for number, amount in enumerate(amounts):
        used += amount
        if used > room:
            return number
    return len(amounts)


def _half(amounts: Sequence[int]) -> int:
    return LARGER_HALF if amounts[-1] > LARGE else HALF


def _drawn(
    payer: Payer, chosen: list[bool], number: int, attempt: int, chance: random.Random
) -> Iterator[list[bool]]:
    """Exchange around the border between small and large.

    As wide as half of the payments, exchanged, make up the excess; wider at each attempt.
    """
    amounts = payer.amounts
    half = _half(amounts)
    excess = payer.room(chosen) - sum(amounts[:number])
    step = max((amounts[-1] - amounts[0]) // len(amounts), 1)
    wide = max(half, 2 * excess // (half * step)) + attempt * half // 4
    ins = sampled(chance, range(number, min(number + wide, len(amounts))), half)
    more = min(2 * half - len(ins), LARGER_HALF)
    outs = sampled(chance, range(max(number - wide, 0), number), more)
    for exchange in some_exchanges(amounts, outs, ins, excess):
        yield _with(payer, chosen, range(number), exchange)


def _refilled(
    payer: Payer, filling: Filling, most: int, chance: random.Random, until: float
) -> Iterator[list[bool]]:
    """Fill anew with some of the payments, the others as they are; what is left over shrinks."""
    for _ in range(REFILLS if payer.apart else FEW_REFILLS):
        number, used = _number(payer, filling.chosen)
        if used >= payer.room(filling.chosen) or number > most or time.monotonic() > until:
            return
        yield from _anew(payer, filling.chosen, chance.sample(range(len(payer.choices)), ALL))


def _recounted(
    payer: Payer, filling: Filling, most: int, chance: random.Random, until: float
) -> Iterator[list[bool]]:
    """Fill anew where large payments are taken and small ones are not, for more of them."""
    for _ in range(REFILLS):
        number, _ = _number(payer, filling.chosen)
        if number >= most or time.monotonic() > until:
            return
        taken = [filling.chosen[one] for _, one in payer.choices]
        odd = [place for place, is_in in enumerate(taken) if is_in != (place < most)]
        drawn = sampled(chance, odd, ALL // 2)
        others = [place for place in range(len(taken)) if place not in drawn]
        yield from _anew(
            payer, filling.chosen, [*drawn, *sampled(chance, others, ALL - len(drawn))]
        )


def _anew(payer: Payer, chosen: list[bool], drawn: Sequence[int]) -> Iterator[list[bool]]:
    """Fill with these as well as can be, the others as they are; other balances may forbid some."""
    amounts = payer.amounts
    taken = [place for place, (_, one) in enumerate(payer.choices) if chosen[one]]
    kept = [place for place in taken if place not in drawn]
    room = payer.room(chosen) - sum(amounts[place] for place in kept)
    if room >= 0:
        for _, _, places in best_fillings([amounts[place] for place in drawn], room):
            yield _with(payer, chosen, [*kept, *(drawn[place] for place in places)], ())


def _with(
    payer: Payer, chosen: list[bool], taken: Sequence[int], exchange: Sequence[int]
) -> list[bool]:
    better = list(chosen)
    for place, (_, one) in enumerate(payer.choices):
        better[one] = (place in taken) != (place in exchange)
    return better
