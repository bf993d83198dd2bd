# SPDX-License-Identifier: Apache-2.0
"""The question as rows of whole numbers: choose ones and zeros so that no row ends below zero.

A resource that starts below zero binds only when something takes from it. That is one more
variable, the *gate*: it must be one if any taker is, and it lets in what is missing.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lejar.domain.settlement.saving import Item
from lejar.domain.settlement.saving.pool import K, R


@dataclass(frozen=True, slots=True)
class Row:
    """`base` and the changes of what is chosen must not end below zero."""

    base: int
    terms: tuple[tuple[int, int], ...]
    """Variable and change."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Variables by number: the items first, then gates, which are worth nothing."""

    items: int
    values: tuple[int, ...]
    counts: tuple[int, ...]
    rows: tuple[Row, ...]
    blocked: tuple[int, ...]
    """Items that come after something that does not wait."""

    def is_met(self, chosen: Sequence[bool]) -> bool:
        """Whether every row holds, by counting."""
        return not any(chosen[one] for one in self.blocked) and all(
            row.base + sum(change for one, change in row.terms if chosen[one]) >= 0
            for row in self.rows
        )

    def worth(self, chosen: Sequence[bool]) -> tuple[int, int]:
        """Value and number of instructions."""
        return (
            sum(value for value, is_in in zip(self.values, chosen, strict=True) if is_in),
            sum(count for count, is_in in zip(self.counts, chosen, strict=True) if is_in),
        )

    def with_gates(self, chosen: Sequence[bool]) -> list[bool]:
        """Open the gates that the chosen items need."""
        whole = [*chosen, *(False,) * (len(self.values) - self.items)]
        for row in self.rows:
            gate, _ = row.terms[0]
            if gate >= self.items and any(whole[one] for one, _ in row.terms[1:]):
                whole[gate] = True
        return whole


def problem(available: Mapping[R, int], items: Sequence[Item[R, K]]) -> Problem:
    """Number items and resources, and write what must hold as rows."""
    changes: dict[R, list[tuple[int, int]]] = {}
    for position, item in enumerate(items):
        for resource, change in item.changes:
            changes.setdefault(resource, []).append((position, change))
    rows: list[Row] = []
    gates = 0
    for resource, terms in changes.items():
        takers = [position for position, change in terms if change < 0]
        base = available.get(resource, 0)
        if base < 0 and takers:
            gate = len(items) + gates
            gates += 1
            rows += [Row(0, ((gate, 1), (taker, -1))) for taker in takers]
            rows.append(Row(0, (*terms, (gate, base))))
        elif takers:
            rows.append(_in_lots(base, terms))
    links, blocked = _links(items)
    none = (0,) * gates
    return Problem(
        len(items),
        tuple(item.value for item in items) + none,
        tuple(item.count for item in items) + none,
        tuple(row for row in rows if _may_bind(row)) + links,
        blocked,
    )


def _in_lots(base: int, terms: Sequence[tuple[int, int]]) -> Row:
    """Divide by what all changes share: what is over can never be used."""
    lot = math.gcd(*(change for _, change in terms))
    return Row(base // lot, tuple((one, change // lot) for one, change in terms))


def _may_bind(row: Row) -> bool:
    return row.base + sum(change for _, change in row.terms if change < 0) < 0


def _links(items: Sequence[Item[R, K]]) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    positions = {item.id: position for position, item in enumerate(items)}
    rows: list[Row] = []
    blocked: list[int] = []
    for position, item in enumerate(items):
        for earlier in item.after:
            if earlier not in positions:
                blocked.append(position)
            elif positions[earlier] != position:
                rows.append(Row(0, ((positions[earlier], 1), (position, -1))))
    return tuple(rows), tuple(dict.fromkeys(blocked))
