# SPDX-License-Identifier: Apache-2.0
"""The settlement day: whether it is paused, and when it closes.

A close is planned once something waits or fails; a day on which everything settles at once needs
none.
"""

import datetime
from typing import Final

import msgspec

from lejar.domain.calendar import calendar, following, is_business_day, today
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_MINUTE, local_date, start_of
from lejar.kernel.refusal import Refused
from lejar.kernel.schedule import Due, schedule
from lejar.kernel.state import Reader, Table

DAY_CLOSES: Final = "settlement.day_closes"
DAY_ID: Final = b"settlement.close"
"""Sixteen bytes, as every id."""
ONLY: Final = b"only"
ONE_DAY: Final = datetime.timedelta(days=1)


class Day(Record, frozen=True):
    """The one settlement day."""

    paused_by: bytes | None = None
    closes_at: int = 0
    """When it closes; zero for not planned."""
    swept: bytes = b""
    """How far the close has come through the open instructions; empty when it has not begun."""
    failed: int = 0
    """How many of these stand failed."""


DAY: Table[Day] = Table(0x69, "settlement_day", Day)
_DAY_KEY = DAY.prefix + ONLY
USUAL_DAY: Final = Day()


def settlement_day(reader: Reader) -> Day:
    """Give the day; one of which nothing was ever said is open."""
    found: Day | None = reader.get(_DAY_KEY)
    return USUAL_DAY if found is None else found


def close_has_come(reader: Reader) -> bool:
    """Say whether the planned close has come, and is not over: nothing settles but by it."""
    closes_at = settlement_day(reader).closes_at
    return 0 < closes_at <= reader.at


def current_day(reader: Reader) -> datetime.date:
    """Give the day that is being settled: a close that a block brings late still closes its own."""
    if close_has_come(reader):
        last = settlement_day(reader).closes_at - 1
        return local_date(last, calendar(reader).offset_minutes)
    return today(reader)


def refuse_while_paused(reader: Reader) -> None:
    """Refuse while nothing may settle."""
    if settlement_day(reader).paused_by is not None:
        raise Refused(SettlementRefusal.SETTLEMENT_PAUSED)


def plan_close(draft: Draft) -> None:
    """Let the day close at its cut-off, if that is not planned yet."""
    day = settlement_day(draft)
    if not day.closes_at:
        closes_at = next_close(draft)
        DAY.put(draft, ONLY, msgspec.structs.replace(day, closes_at=closes_at))
        schedule(draft, closes_at, DAY_ID, Due(DAY_CLOSES, b""))


def next_close(reader: Reader) -> int:
    """Give the next cut-off of a business day; its end where no cut-off is known."""
    days, day = calendar(reader), today(reader)
    while True:
        day = following(days, day)
        at: int = start_of(day, days.offset_minutes)
        minutes = days.cut_off_minutes
        at += MICROS_PER_DAY if minutes is None else minutes * MICROS_PER_MINUTE
        if at > reader.at:
            return at
        day += ONE_DAY


def business_day_after(reader: Reader, day: datetime.date, number: int = 1) -> datetime.date:
    """Give the business day that comes so many business days later."""
    days = calendar(reader)
    for _ in range(number):
        day = following(days, day + ONE_DAY)
    return day


def business_days_between(reader: Reader, first: datetime.date, last: datetime.date) -> int:
    """Count the business days after one day up to another."""
    days, count = calendar(reader), 0
    while first < last:
        first += ONE_DAY
        count += is_business_day(days, first)
    return count
