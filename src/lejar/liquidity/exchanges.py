# SPDX-License-Identifier: Apache-2.0
"""Exchanges of payments that use up a balance exactly: all of them if they are few, or some.

Payments stand by amount. A set of `number` of them costs least when it is the first `number`; any
other set costs more, by how far those left out lie below the border and those taken in above it.
So all sets of a given cost are pairs of small sums, and what is not found among all pairs is not
there. When the sums are too many, eighteen payments of each side are drawn, and all of their 2^36
exchanges are looked through for the price of a sort.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DIGITS = 256
"""A key is a sum and, below it, how many payments are in it."""
MOST = 1 << 21
"""With more sums than this not all are looked through."""
HITS = 24
"""Exchanges that are tried of those that fit; other balances may forbid the first."""

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of sets of payments, each with the set that it was made from."""

    keys: Keys
    parents: NDArray[np.int32]
    """The sum to which a payment was added; the first is the empty one."""
    places: NDArray[np.int16]
    """The payment that was added."""

    def set_of(self, spot: int) -> list[int]:
        """Tell which payments are in a sum."""
        found = []
        while spot:
            found.append(int(self.places[spot]))
            spot = int(self.parents[spot])
        return found


def every_sum(steps: Sequence[tuple[int, int]], most: int) -> Sums | None:
    """Make all sums up to `most` of these steps (size, place), or none if they are too many."""
    keys: Keys = np.zeros(1, dtype=np.int64)
    parents: NDArray[np.int32] = np.zeros(1, dtype=np.int32)
    places: NDArray[np.int16] = np.zeros(1, dtype=np.int16)
    for size, place in sorted(steps):
        if size > most:
            break
        spots = np.flatnonzero(keys < (most - size + 1) * DIGITS)
        keys = np.concatenate((keys, keys[spots] + (size * DIGITS + 1)))
        if len(keys) > MOST:
            return None
        parents = np.concatenate((parents, spots.astype(np.int32)))
        places = np.concatenate((places, np.full(len(spots), place, dtype=np.int16)))
    return Sums(keys, parents, places)


def all_exchanges(amounts: Sequence[int], number: int, excess: int) -> Iterator[list[int]] | None:
    """Give exchanges that cost exactly `excess`; nothing if not all can be gone through."""
    below, above = (every_sum(side, excess) for side in _sides(amounts, number))
    if below is None or above is None:
        return None
    return _costing(below, above, excess)


def cheap_exchanges(
    amounts: Sequence[int], number: int, excess: int, chance: random.Random
) -> Iterator[list[int]]:
    """Give exchanges that cost exactly `excess`, to which either side brings about a half.

    Payments are dropped at random until the sums that are left can be gone through.
    """
    below, above = (_thinned(side, excess * 5 // 8, chance) for side in _sides(amounts, number))
    return _costing(below, above, excess)


def _sides(amounts: Sequence[int], number: int) -> tuple[list[tuple[int, int]], ...]:
    """How far each payment lies below the border, or above."""
    border = amounts[number - 1]
    below = [(border - amounts[place], place) for place in range(number)]
    return below, [(amounts[place] - border, place) for place in range(number, len(amounts))]


def _thinned(side: list[tuple[int, int]], most: int, chance: random.Random) -> Sums:
    kept = side
    while (sums := every_sum(kept, most)) is None:
        kept = chance.sample(kept, len(kept) * 9 // 10)
    return sums


def _costing(below: Sums, above: Sums, excess: int) -> Iterator[list[int]]:
    sizes = below.keys % DIGITS
    return _joined(below, above, (excess - below.keys // DIGITS) * DIGITS + sizes)


def some_exchanges(
    amounts: Sequence[int],
    outs: Sequence[int],
    ins: Sequence[int],
    excess: int,
) -> Iterator[list[int]]:
    """Give exchanges between these left out and these taken in, as many in as out."""
    left_out = every_sum([(amounts[place], place) for place in outs], sum(amounts))
    taken_in = every_sum([(amounts[place], place) for place in ins], sum(amounts))
    if left_out is None or taken_in is None:
        return
    yield from _joined(left_out, taken_in, left_out.keys + excess * DIGITS)


def best_fillings(amounts: Sequence[int], room: int) -> Iterator[tuple[int, int, list[int]]]:
    """Give sets of great sums that fit; the first is the greatest of all sets, and the largest.

    The others differ from each other in the first half of the payments.
    """
    steps = [(amount, place) for place, amount in enumerate(amounts)]
    half = len(steps) // 2
    left, right = (every_sum(side, sum(amounts)) for side in (steps[:half], steps[half:]))
    if left is None or right is None:
        raise ValueError(f"{len(amounts)} payments are too many to go through all sets")
    order = np.argsort(right.keys)
    ordered = right.keys[order]
    fits = np.flatnonzero(left.keys < (room + 1) * DIGITS)
    most = (room - left.keys[fits] // DIGITS) * DIGITS + (DIGITS - 1)
    spots = np.searchsorted(ordered, most, side="right") - 1
    sums = left.keys[fits] + ordered[spots]
    few = min(HITS, len(sums))
    for best in sorted(np.argpartition(-sums, few - 1)[:few], key=lambda spot: -int(sums[spot])):
        first, second = int(fits[best]), int(order[spots[best]])
        total, number = divmod(int(sums[best]), DIGITS)
        yield total, number, [*left.set_of(first), *right.set_of(second)]


def _joined(left_out: Sums, taken_in: Sums, wanted: Keys) -> Iterator[list[int]]:
    """Pair each sum with the one that is wanted beside it."""
    order = np.argsort(taken_in.keys)
    ordered = taken_in.keys[order]
    turn = np.argsort(wanted)  # in order, the search below goes through memory once
    spots = np.zeros_like(turn)
    spots[turn] = np.searchsorted(ordered, wanted[turn])
    spots[spots == len(order)] = 0
    hits = np.flatnonzero(ordered[spots] == wanted)
    for hit in hits[:HITS]:
        spot = int(hit)
        yield [*left_out.set_of(spot), *taken_in.set_of(int(order[spots[spot]]))]


def sampled(chance: random.Random, places: Sequence[int], half: int) -> list[int]:
    """Draw so many, or all."""
    return chance.sample(places, min(half, len(places)))
