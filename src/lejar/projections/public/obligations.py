# SPDX-License-Identifier: Apache-2.0
"""How often each rule's deadlines were kept: counts for everyone, and no party.

Rules against money laundering are left out.  A count that moves would tell somebody that a report
about them was made; a report is never visible to its subject, by any count, gap or timing.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from lejar.projections.folds.rules import ObligationStage
from lejar.projections.ruled_schema import obligations
from lejar.projections.snapshot import Snapshot

SILENT_TOPICS: Final = frozenset({"aml"})
"""The second part of a rule's id is its topic: `my.aml.suspicion_report`."""


@dataclass(frozen=True, slots=True)
class ObligationCounts:
    """One rule's obligations by what became of them."""

    rule: str
    open: int
    missed: int
    met: int
    late: int


def obligation_counts(snapshot: Snapshot) -> tuple[ObligationCounts, ...]:
    """Give the counts of every rule that may be counted, in the order of their names."""
    c = obligations.c
    query = select(c.rule, c.stage, func.count()).group_by(c.rule, c.stage).order_by(c.rule)
    found: dict[str, dict[str, int]] = {}
    for rule, stage, number in snapshot.connection.execute(query):
        if not is_silent(rule):
            found.setdefault(rule, {})[stage] = number
    return tuple(
        ObligationCounts(rule, *(by_stage.get(str(stage), 0) for stage in ObligationStage))
        for rule, by_stage in found.items()
    )


def is_silent(rule: str) -> bool:
    """Say whether a rule's obligations are counted for nobody."""
    return any(part in SILENT_TOPICS for part in rule.split(".")[:2])
