# SPDX-License-Identifier: Apache-2.0
"""Reads of a market where there are no packs."""

from typing import Any

from lejar.gateways.rest import break_views, money_views, views
from lejar.gateways.rest.seams import When
from lejar.gateways.rest.settling_views import (
    DayView,
    LimitsView,
    PenaltyView,
    QueueRow,
    WaitView,
)
from lejar.kernel.failure import Malformed, Unavailable


class Unruled:
    """What is read of the rules where there is no pack, and of a queue where nothing waits."""

    def waits(self, _instruction: bytes, _reader: bytes | None) -> list[WaitView]:
        return []

    def queue(self, _reader: bytes | None, _after: int, _limit: int) -> list[tuple[int, QueueRow]]:
        return []

    def settlement_day(self) -> DayView:
        raise Unavailable("only the projections count a day")

    def settlement_limits(self, _party: bytes | None) -> LimitsView:
        return LimitsView(0, (), ())

    def penalties(self, _party: bytes | None) -> list[PenaltyView]:
        return []

    def settlement_pool(self) -> dict[str, object]:
        return {"balances": {}, "queue": []}

    def deposits(self) -> list[money_views.DepositView]:
        return []

    def facilities(self) -> list[money_views.FacilityView]:
        return []

    def collateral(self) -> list[money_views.CollateralView]:
        return []

    def tiers(self) -> list[money_views.TierView]:
        return []

    def intraday(
        self, _party: bytes | None, cursor: str | None, limit: int
    ) -> views.Part[money_views.CreditView]:
        return part([], cursor, limit)

    def account_limits(
        self, _party: bytes | None, cursor: str | None, limit: int
    ) -> views.Part[money_views.AccountLimitView]:
        return part([], cursor, limit)

    def packs(self, cursor: str | None, limit: int) -> views.Part[views.PackRow]:
        return part([], cursor, limit)

    def pack(self, _jurisdiction: str, _at: When | None, _known: When | None) -> None:
        return None

    def pack_version(self, _jurisdiction: str, _version: str) -> None:
        return None

    def rule(self, _rule: str) -> list[views.RuleVersion]:
        return []

    def cohorts(self, cursor: str | None, limit: int) -> views.Part[views.CohortView]:
        return part([], cursor, limit)

    def cohort(self, _cohort: bytes) -> None:
        return None

    def lists(self, cursor: str | None, limit: int) -> views.Part[views.ListView]:
        return part([], cursor, limit)

    def obligations(
        self, _party: bytes | None, cursor: str | None, limit: int
    ) -> views.Part[views.ObligationView]:
        return part([], cursor, limit)

    def obligation_counts(self) -> list[views.ObligationCount]:
        return []

    def figures(self, _subject: bytes) -> views.Figures:
        return views.Figures(None, ())

    def counterparts(
        self, _party: bytes | None, cursor: str | None, limit: int
    ) -> views.Part[break_views.CounterpartView]:
        return part([], cursor, limit)

    def outside_statements(
        self, _party: bytes | None, cursor: str | None, limit: int
    ) -> views.Part[break_views.OutsideStatementView]:
        return part([], cursor, limit)

    def breaks(
        self, _party: bytes | None, _stage: str | None, cursor: str | None, limit: int
    ) -> views.Part[break_views.BreakRow]:
        return part([], cursor, limit)

    def reconciliation_break(self, _break_id: bytes) -> break_views.BreakView | None:
        return None

    def duties(self) -> list[views.DutyTotal]:
        return []


def part(rows: list[Any], cursor: str | None, limit: int) -> views.Part[Any]:
    """Cut a list; its cursor is a place in it."""
    if cursor is not None and not (cursor.isascii() and cursor.isdigit()):
        raise Malformed("A cursor is handed back as it was.")
    start = int(cursor or "0")
    end = start + limit
    return views.Part(tuple(rows[start:end]), str(end) if end < len(rows) else None)
