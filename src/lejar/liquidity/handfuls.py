# SPDX-License-Identifier: Apache-2.0
"""All sets of a few payments with an exact sum: what is taken, or what alone is left out.

A set of eight is two sets of four. A hundred payments have four million sets of four, which one
sort and one search can pair; so that no set of eight has the sum is seen without trying them.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

MOST = 1 << 22
"""With more sets than this on one side, not all are gone through."""
PAIRS = 1 << 21
"""Nor with more pairs of the sum; most of these have a payment twice."""

Sets = NDArray[np.uint8]


def handfuls(amounts: Sequence[int], size: int, total: int) -> Iterator[list[int]] | None:
    """Give all sets of so many that sum to `total`, or none if they cannot be gone through."""
    number = len(amounts)
    half = size // 2
    if size < 1 or number > 1 << 8 or math.comb(number, size - half) > MOST:
        return None
    spread = max(size * (amounts[-1] - amounts[0]), 1)
    if math.comb(number, half) * math.comb(number, size - half) // spread > PAIRS:
        return None
    return _paired(np.array(amounts, dtype=np.int64), half, size - half, total)


def _paired(amounts: NDArray[np.int64], half: int, other: int, total: int) -> Iterator[list[int]]:
    first, second = subsets(len(amounts), half), subsets(len(amounts), other)
    sums = total - amounts[first].sum(axis=1)
    turn = np.argsort(sums)
    beside = amounts[second].sum(axis=1)
    order = np.argsort(beside)
    ordered = beside[order]
    low = np.searchsorted(ordered, sums[turn], side="left")
    number = np.searchsorted(ordered, sums[turn], side="right") - low
    spots = np.repeat(np.arange(len(turn)), number)
    steps = np.arange(len(spots)) - np.repeat(np.cumsum(number) - number, number)
    left, right = first[turn[spots]], second[order[low[spots] + steps]]
    apart = ~(left[:, :, None] == right[:, None, :]).any(axis=(1, 2))
    whole = np.sort(np.concatenate((left[apart], right[apart]), axis=1), axis=1)
    for one in np.unique(whole, axis=0):
        yield one.tolist()


def subsets(number: int, size: int) -> Sets:
    """List all sets of so many of the first whole numbers, each in order."""
    sets: Sets = np.zeros((1, 0), dtype=np.uint8)
    last = np.full(1, -1)
    for _ in range(size):
        more = number - 1 - last
        spots = np.repeat(np.arange(len(sets)), more)
        last = np.arange(len(spots)) - np.repeat(np.cumsum(more) - more, more) + last[spots] + 1
        sets = np.column_stack((sets[spots], last.astype(np.uint8)))
    return sets
