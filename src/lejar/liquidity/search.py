# SPDX-License-Identifier: Apache-2.0
"""The search for the best choice by OR-Tools' CP-SAT, which reckons in whole numbers.

Sums beyond what the solver can carry are written in two digits, with a carry between them, so that
no amount is ever rounded.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from lejar.liquidity.patterns import Table
from lejar.liquidity.problem import Problem, Row

CARRIED = 1 << 60
"""The largest sum that is given to the solver in one piece."""
DIGIT = 1 << 40
CELLS = 1 << 16
"""Of all tables that are given to the solver."""
WORKERS = 2
SEED = 1
LINEAR = 2
"""The solver's level of linear relaxation at which these problems are closed soonest."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: until a moment, or for so many steps of the solver."""

    until: float
    steps: float
    repeatable: bool

    @classmethod
    def of(cls, seconds: float, *, repeatable: bool) -> "Effort":
        """Begin now; a step is what the solver takes for a second's work."""
        return cls(time.monotonic() + seconds, seconds, repeatable)

    @property
    def left(self) -> float:
        """Seconds or steps that are left."""
        return self.steps if self.repeatable else self.until - time.monotonic()

    def part(self, of: int) -> "Effort":
        """A part of it."""
        return Effort(time.monotonic() + self.left / of, self.steps / of, self.repeatable)

    def after(self, of: int) -> "Effort":
        """What is left after such a part; a clock has counted already."""
        return Effort(self.until, self.steps - self.steps / of, self.repeatable)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a search begins."""

    chosen: list[bool]
    """The best choice so far."""
    value_most: int
    """No choice is worth more."""
    count_most: int
    """No choice of the value `value_most` has more instructions."""
    fixed: Mapping[int, bool]
    """Variables that every better choice has, or has not."""
    tables: Mapping[int, Table] = field(default_factory=dict)
    """By row: all its sets of variables that a better choice may have."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found out."""

    chosen: list[bool]
    value_most: int
    proved: bool
    """That nothing is better, in value or then in number."""


class _Model:
    """The problem in the solver's terms."""

    def __init__(self, problem: Problem, known: Known) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.chosen = [self.model.new_bool_var(f"{n}") for n in range(len(problem.values))]
        for one, is_in in known.fixed.items():
            self.model.add(self.chosen[one] == int(is_in))
        tables = _small(known.tables)
        for place, row in enumerate(problem.rows):
            table = tables.get(place)
            if table is None or not self._add_table(row, table):
                self._add(row)
        self.hint(known.chosen)

    def hint(self, chosen: Sequence[bool]) -> None:
        """Tell the solver of a choice that it may begin with."""
        self.model.clear_hints()
        for variable, is_in in zip(self.chosen, chosen, strict=True):
            self.model.add_hint(variable, is_in)

    def sum(self, terms: Sequence[tuple[int, int]]) -> cp_model.LinearExprT:
        """Sum changes that fit."""
        return cp_model.LinearExpr.weighted_sum(
            [self.chosen[one] for one, _ in terms], [change for _, change in terms]
        )

    def digits(
        self, base: int, terms: Sequence[tuple[int, int]]
    ) -> tuple[cp_model.LinearExprT, cp_model.LinearExprT]:
        """Write a sum as a high and a low digit, the low one between 0 and `DIGIT`."""
        number = len(self.model.proto.variables)
        low = self.model.new_int_var(0, DIGIT - 1, f"low {number}")
        carry = self.model.new_int_var(-1, len(terms) + 1, f"carry {number}")
        small = [(one, change % DIGIT) for one, change in terms]
        self.model.add(self.sum(small) + base % DIGIT == low + DIGIT * carry)
        high = cp_model.LinearExpr.weighted_sum(
            [*(self.chosen[one] for one, _ in terms), carry],
            [*(change // DIGIT for _, change in terms), 1],
        )
        return high + base // DIGIT, low

    def _add_table(self, row: Row, table: Table) -> bool:
        """Tell all sets of a row, and what each leaves, if the solver carries that."""
        if not _fits(row.base, row.terms):
            return False
        left = self.model.new_int_var_from_domain(
            cp_model.Domain.from_values(sorted(dict.fromkeys(table.left.tolist()))),
            f"left {len(self.model.proto.variables)}",
        )
        self.model.add(self.sum(row.terms) + row.base == left)
        if table.places:
            bits = np.arange(len(table.places))
            self.model.add_allowed_assignments(
                [*(self.chosen[one] for one in table.places), left],
                np.column_stack((table.sets[:, None] >> bits & 1, table.left)).tolist(),
            )
        return True

    def _add(self, row: Row) -> None:
        if _fits(row.base, row.terms):
            self.model.add(self.sum(row.terms) + row.base >= 0)
        else:
            high, _ = self.digits(row.base, row.terms)
            self.model.add(high >= 0)


def _small(tables: Mapping[int, Table]) -> dict[int, Table]:
    """Take those that forbid nearly all, the smallest first; others slow the solver down."""
    taken = {}
    cells = 0
    strict = ((place, one) for place, one in tables.items() if one.is_strict)
    for place, table in sorted(strict, key=lambda pair: pair[1].cells):
        cells += table.cells
        if cells <= CELLS:
            taken[place] = table
    return taken


def _fits(base: int, terms: Sequence[tuple[int, int]]) -> bool:
    return abs(base) + sum(abs(change) for _, change in terms) < CARRIED


def search(problem: Problem, known: Known, effort: Effort) -> Found:
    """Search for something better for so long; what is known already is never lost."""
    best, most = known.chosen, known.value_most
    written = _Model(problem, known)
    aims = _aims(written, known)
    for place, aim in enumerate(aims):
        if effort.left <= 0:
            return Found(best, most, proved=False)
        written.hint(best)
        written.model.maximize(aim)
        solver = _solver(effort)
        status = solver.solve(written.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Found(best, most, proved=False)
        answer = [bool(solver.value(one)) for one in written.chosen]
        best = max(best, answer, key=problem.worth)
        if status != cp_model.OPTIMAL:
            if place == 0 and problem.worth(known.chosen)[0] < known.value_most:
                most = min(most, _value_most(problem, solver, len(aims)))
            return Found(best, most, proved=False)
        written.model.add(aim >= solver.value(aim))
    return Found(best, problem.worth(best)[0], proved=True)


def _solver(effort: Effort) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    if effort.repeatable:
        solver.parameters.max_deterministic_time = effort.left
    else:
        solver.parameters.max_time_in_seconds = effort.left
    solver.parameters.num_workers = 1 if effort.repeatable else WORKERS
    solver.parameters.random_seed = SEED
    solver.parameters.linearization_level = LINEAR
    return solver


def _aims(written: _Model, known: Known) -> list[cp_model.LinearExprT]:
    """What to maximise, one after another: value, then number; in one sum if that can be carried.

    One sum is the better: the number alone, among sets of one given value, tells a search nothing
    about where those are.
    """
    problem = written.problem
    values = list(enumerate(problem.values))
    counts = list(enumerate(problem.counts))
    if problem.worth(known.chosen)[0] == known.value_most:
        _hold_value(written, known.value_most)
        written.model.add(written.sum(counts) <= known.count_most)
        return [written.sum(counts)]
    scale = _scale(problem)
    both = [(one, value * scale + problem.counts[one]) for one, value in values]
    if _fits(known.value_most * scale, both):
        aim = written.sum(both)
        written.model.add(aim <= known.value_most * scale + known.count_most)
        return [aim]
    high, low = written.digits(0, values)
    return [high, low, written.sum(counts)]


def _hold_value(written: _Model, value: int) -> None:
    values = list(enumerate(written.problem.values))
    if _fits(value, values):
        written.model.add(written.sum(values) >= value)
    else:
        high, _ = written.digits(-value, values)
        written.model.add(high >= 0)


def _scale(problem: Problem) -> int:
    return sum(problem.counts) + 1


def _value_most(problem: Problem, solver: cp_model.CpSolver, aims: int) -> int:
    """Read the bound on value from a search that did not end; it is told as a float."""
    told = math.ceil(math.nextafter(solver.best_objective_bound, math.inf)) + 1
    return told // _scale(problem) if aims == 1 else (told + 1) * DIGIT
