# SPDX-License-Identifier: Apache-2.0
"""Statements counted again from the receipts of a hub, without a database."""

import datetime
from typing import TYPE_CHECKING

from lejar.domain.calendar import calendar
from lejar.domain.policy import PROFILES
from lejar.gateways.rest import statement_views, views
from lejar.kernel.moment import local_date
from tests.gateways.rest.unruled import part

if TYPE_CHECKING:
    from tests.gateways.rest.market import World


class Restated:
    """What is read of an account's days."""

    world: "World"

    def _lines(
        self, account: bytes, asset: bytes
    ) -> list[tuple[datetime.date, statement_views.StatementLineView]]:
        offset = calendar(self.world.hub.state).offset_minutes
        return [
            (
                local_date(receipt.at, offset),
                statement_views.StatementLineView(
                    receipt.number, at, receipt.at, receipt.command, receipt.command_id,
                    one.amount, receipt.postings[at ^ 1].account, None,
                ),
            )
            for receipt in self.world.receipts
            for at, one in enumerate(receipt.postings)
            if (one.account, one.asset) == (account, asset)
        ]  # fmt: skip

    def statement_days(
        self, account: bytes, asset: bytes, before: datetime.date | None, limit: int
    ) -> views.Part[statement_views.StatementDayView]:
        days = [day for day, _ in self._lines(account, asset) if before is None or day < before]
        rows = [
            statement_views.StatementDayView(day.isoformat(), days.count(day))
            for day in sorted(set(days), reverse=True)
        ]
        return views.Part(tuple(rows[:limit]), rows[limit - 1].day if len(rows) >= limit else None)

    def statement(
        self, account: bytes, asset: bytes, day: datetime.date, cursor: str | None, limit: int
    ) -> statement_views.StatementView | None:
        if PROFILES.get(self.world.hub.state, asset) is None:
            return None
        lines = self._lines(account, asset)
        of_day = [line for on, line in lines if on == day]
        came = sum(line.amount for line in of_day if line.amount > 0)
        went = -sum(line.amount for line in of_day if line.amount < 0)
        opening = sum(line.amount for on, line in lines if on < day)
        now = local_date(self.world.hub.state.at, calendar(self.world.hub.state).offset_minutes)
        found = part(of_day, cursor, limit)
        return statement_views.StatementView(
            account, asset, "MYR", day.isoformat(), day < now, opening, opening + came - went,
            came, went, len(of_day), found.rows, found.next, len(self.world.entries),
        )  # fmt: skip
