# SPDX-License-Identifier: Apache-2.0
"""Fill a balance to the last unit, where a payer has so many payments that some of them must fit.

A tree search is poor at this: among 2^100 sets of large amounts many fill a balance exactly, and
nothing guides to one. Meeting in the middle is good at it: all sums of eighteen payments that could
be left out, and of eighteen that could be taken in, are 2^36 exchanges for the price of a sort.

Small payments come first, since they settle the most instructions; an exchange keeps their number.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lejar.liquidity.bounds import Bound
from lejar.liquidity.problem import Problem, Row

HALF = 18
"""Payments of each half: 2^18 sums are sorted in milliseconds."""
FEW = 16
"""With fewer payments to choose from, a tree search sees everything itself."""
DIGITS = 64
"""A key is a sum and, below it, how many payments are in it."""
LARGEST = 1 << 56
FEWER = 4
"""How many instructions fewer to be content with, before giving a balance up."""
TRIES = 12
"""Exchanges between random payments that are looked through for one number of instructions."""


@dataclass(frozen=True, slots=True)
class Payer:
    """A row that is used up, and payments that take from nothing else that is dear."""

    row: Row
    choices: tuple[tuple[int, int], ...]
    """What each takes, and its variable; the smallest first."""


def payers(problem: Problem, bound: Bound) -> list[Payer]:
    """Find rows with many payments that are neither surely in nor surely out."""
    dear = [row for row, price in zip(problem.rows, bound.prices, strict=True) if price]
    touched: dict[int, int] = {}
    for row in dear:
        for one, _ in row.terms:
            touched[one] = touched.get(one, 0) + 1
    found = [Payer(row, _choices(problem, bound, row, touched)) for row in dear]
    return [payer for payer in found if len(payer.choices) >= FEW]


def _choices(
    problem: Problem, bound: Bound, row: Row, touched: dict[int, int]
) -> tuple[tuple[int, int], ...]:
    return tuple(
        sorted(
            (-change, one)
            for one, change in row.terms
            if change < 0 and touched[one] == 1 and not bound.worths[one] and one < problem.items
        )
    )


def filled(
    problem: Problem, found: Sequence[Payer], chosen: list[bool], until: float
) -> list[bool]:
    """Improve a choice by filling one payer after another."""
    chance = random.Random(1)
    for payer in found:
        for better in _fillings(payer, chosen, chance, until):
            if problem.is_met(better):
                chosen = max(chosen, better, key=problem.worth)
                break
    return chosen


def _fillings(
    payer: Payer, chosen: list[bool], chance: random.Random, until: float
) -> Iterator[list[bool]]:
    """Give choices that use the row up, those with more instructions first."""
    own = dict.fromkeys(one for _, one in payer.choices)
    room = payer.row.base + sum(
        change for one, change in payer.row.terms if chosen[one] and one not in own
    )
    most, used = 0, 0
    for amount, _ in payer.choices:
        if used + amount > room:
            break
        most, used = most + 1, used + amount
    if most == len(payer.choices) or sum(amount for amount, _ in payer.choices) > LARGEST:
        return
    for number in range(most, max(most - FEWER, 0), -1):
        excess = room - sum(amount for amount, _ in payer.choices[:number])
        for attempt in range(TRIES):
            if time.monotonic() > until:
                return
            exchange = _exchange(payer.choices, number, excess, attempt, chance)
            if exchange is not None:
                yield _with(payer, chosen, number, exchange)


def _with(payer: Payer, chosen: list[bool], number: int, exchange: list[int]) -> list[bool]:
    better = list(chosen)
    for place, (_, one) in enumerate(payer.choices):
        better[one] = (place < number) != (place in exchange)
    return better


def _exchange(
    choices: Sequence[tuple[int, int]],
    number: int,
    excess: int,
    attempt: int,
    chance: random.Random,
) -> list[int] | None:
    """Find as many payments to leave out as to take in, whose difference is the excess."""
    wide = HALF + attempt * HALF // 2
    outs = _sample(chance, range(max(number - wide, 0), number))
    ins = _sample(chance, range(number, min(number + wide, len(choices))))
    left_out = _keys([choices[place][0] for place in outs])
    taken_in = _keys([choices[place][0] for place in ins])
    order = np.argsort(taken_in)
    wanted = left_out + excess * DIGITS
    spots = np.searchsorted(taken_in, wanted, sorter=order)
    spots[spots == len(order)] = 0
    hits = np.flatnonzero(taken_in[order[spots]] == wanted)
    if not len(hits):
        return None
    first = int(hits[0])
    return [*_places(outs, first), *_places(ins, int(order[spots[first]]))]


def _sample(chance: random.Random, places: range) -> list[int]:
    return chance.sample(places, min(HALF, len(places)))


def _keys(amounts: Sequence[int]) -> NDArray[np.int64]:
    """Give the sum of every set of these, with its size; a set's bits are its place."""
    keys = np.zeros(1, dtype=np.int64)
    for amount in amounts:
        keys = np.concatenate((keys, keys + (amount * DIGITS + 1)))
    return keys


def _places(sampled: Sequence[int], bits: int) -> list[int]:
    return [place for spot, place in enumerate(sampled) if bits >> spot & 1]
