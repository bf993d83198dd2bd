# SPDX-License-Identifier: Apache-2.0
"""Holdings that an outside ledger states against the units that stand here, by ISIN."""

from collections.abc import Mapping
from dataclasses import dataclass

from lejar.domain.reconciliation import BreakKind
from lejar.gateways.reconciling.outside import Holdings


@dataclass(frozen=True, slots=True)
class Compared:
    """One security in both ledgers; nought is what a ledger does not have."""

    isin: str
    theirs: int
    ours: int

    @property
    def kind(self) -> BreakKind | None:
        """What does not agree; none when both have the same."""
        if self.theirs == self.ours:
            return None
        if not self.ours:
            return BreakKind.THEIRS_ONLY
        return BreakKind.AMOUNT if self.theirs else BreakKind.OURS_ONLY


def compare(theirs: Holdings, ours: Mapping[str, int]) -> tuple[Compared, ...]:
    """Compare security by security, in the order of their ISINs; lots of one are added up."""
    stated: dict[str, int] = {}
    for position in theirs.positions:
        stated[position.isin] = stated.get(position.isin, 0) + position.units
    isins = sorted(dict.fromkeys((*stated, *ours)))
    return tuple(Compared(isin, stated.get(isin, 0), ours.get(isin, 0)) for isin in isins)
