# SPDX-License-Identifier: Apache-2.0
"""What no choice can exceed: prices from a linear programme, counted again in whole numbers.

Any prices of the rows, none below zero, prove a bound: pay each row's base by its price, and each
variable by what it is worth at these prices, if that is positive. So the programme may compute in
floats and may be wrong; wrong prices give a worse bound, never a false one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.linear_solver.python import model_builder

from lejar.liquidity.problem import Row

FINE = 1 << 80
"""Prices are counted in this fraction, so that the smallest float price keeps its digits."""
SIMPLEX = "GLOP"


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound and the prices that prove it, all in units of `1 / FINE`."""

    most: int
    prices: tuple[int, ...]
    """By row."""
    worths: tuple[int, ...]
    """By variable: what it adds at these prices; what would be lost by going against it."""

    @property
    def whole(self) -> int:
        """No whole number above this can be reached."""
        return self.most // FINE

    def decided(self, reached: int, fixed: Mapping[int, bool]) -> dict[int, bool]:
        """Tell which variables every choice worth at least `reached` must have, or must not."""
        spare = self.most - reached * FINE
        free = (one for one in range(len(self.worths)) if one not in fixed)
        return {one: self.worths[one] > 0 for one in free if abs(self.worths[one]) > spare}


def bound(rows: Sequence[Row], aims: Sequence[int], fixed: Mapping[int, bool]) -> Bound:
    """Bound what a choice can reach of `aims`, given what is already decided."""
    prices = _prices(rows, aims, fixed)
    near = tuple(round(price) * FINE for price in prices)
    exact = tuple(_fine(price) for price in prices)
    return min(
        (_proved(rows, aims, fixed, one) for one in (near, exact)), key=lambda found: found.most
    )


def _fine(price: float) -> int:
    numerator, denominator = price.as_integer_ratio()
    return numerator * FINE // denominator


def _proved(
    rows: Sequence[Row], aims: Sequence[int], fixed: Mapping[int, bool], prices: tuple[int, ...]
) -> Bound:
    worths = [aim * FINE for aim in aims]
    most = 0
    for row, price in zip(rows, prices, strict=True):
        if price:
            most += row.base * price
            for one, change in row.terms:
                worths[one] += change * price
    for one, worth in enumerate(worths):
        if fixed.get(one, worth > 0):
            most += worth
    return Bound(most, prices, tuple(worths))


def _prices(rows: Sequence[Row], aims: Sequence[int], fixed: Mapping[int, bool]) -> list[float]:
    """Ask the simplex method for the rows' prices; none at all are an answer too."""
    model = model_builder.Model()
    chosen = [model.new_num_var(*_range(fixed, one), f"{one}") for one in range(len(aims))]
    made = [
        model.add(
            model_builder.LinearExpr.weighted_sum(
                [chosen[one] for one, _ in row.terms], [float(c) / _size(row) for _, c in row.terms]
            )
            >= -row.base / _size(row)
        )
        for row in rows
    ]
    largest = max(*aims, 1)
    model.maximize(
        model_builder.LinearExpr.weighted_sum(chosen, [float(aim) / largest for aim in aims])
    )
    solver = model_builder.Solver(SIMPLEX)
    if solver.solve(model) != model_builder.SolveStatus.OPTIMAL:
        return [0.0] * len(rows)
    return [
        max(-solver.dual_value(one), 0.0) * largest / _size(row)
        for one, row in zip(made, rows, strict=True)
    ]


def _range(fixed: Mapping[int, bool], one: int) -> tuple[float, float]:
    return (float(fixed[one]), float(fixed[one])) if one in fixed else (0.0, 1.0)


def _size(row: Row) -> float:
    """Scale a row so that the simplex method sees numbers of ordinary size."""
    return float(max(abs(change) for _, change in row.terms))
