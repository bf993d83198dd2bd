# SPDX-License-Identifier: Apache-2.0
"""Payers whose balance the best choice uses up, and what they may use it for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lejar.liquidity.bounds import Bound
from lejar.liquidity.problem import Problem, Row

LARGEST = 1 << 54
"""Sums beyond this do not fit into keys."""


@dataclass(frozen=True, slots=True)
class Payer:
    """A row that is used up, and payments that take from nothing else that is dear."""

    place: int
    """Of the row."""
    row: Row
    price: int
    choices: tuple[tuple[int, int], ...]
    """What each takes, and its variable; the smallest first."""
    apart: bool
    """Nothing else that is open changes the row, so that its room is known."""

    @property
    def amounts(self) -> list[int]:
        """What each choice takes."""
        return [amount for amount, _ in self.choices]

    def room(self, chosen: Sequence[bool]) -> int:
        """What is left for the choices by all else that is chosen."""
        own = dict.fromkeys(one for _, one in self.choices)
        others = (change for one, change in self.row.terms if chosen[one] and one not in own)
        return self.row.base + sum(others)


def payers(problem: Problem, bound: Bound, fixed: Mapping[int, bool]) -> list[Payer]:
    """Find dear rows and the payments that are neither surely in nor surely out.

    A payment may bring another payer what that one can pay on; so the dearest is filled first, as
    money runs from it to the less dear.
    """
    takers: dict[int, int] = {}
    for row, price in zip(problem.rows, bound.prices, strict=True):
        for one, change in row.terms if price else ():
            takers[one] = takers.get(one, 0) + (change < 0)
    open_ones = [
        one not in fixed and not worth and takers.get(one) == 1
        for one, worth in enumerate(bound.worths)
    ]
    found = [
        _payer(place, row, price, open_ones)
        for place, (row, price) in enumerate(zip(problem.rows, bound.prices, strict=True))
        if price
    ]
    able = [one for one in found if one.choices and sum(one.amounts) < LARGEST]
    return sorted(able, key=lambda payer: (-payer.price, len(payer.choices)))


def _payer(place: int, row: Row, price: int, open_ones: Sequence[bool]) -> Payer:
    choices = sorted((-change, one) for one, change in row.terms if change < 0 and open_ones[one])
    apart = not any(change > 0 and open_ones[one] for one, change in row.terms)
    return Payer(place, row, price, tuple(choices), apart)
