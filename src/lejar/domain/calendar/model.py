# SPDX-License-Identifier: Apache-2.0
"""Business days, cut-offs and the hub's moment, from data that the genesis brings."""

import datetime
from typing import Literal

from lejar.kernel.codec import Record
from lejar.kernel.moment import local_date, micros_into_day
from lejar.kernel.state import Reader, Table

_ONE_DAY = datetime.timedelta(days=1)


class Calendar(Record, frozen=True):
    """A jurisdiction's days.  Weekdays count from Monday, 0."""

    offset_minutes: int
    weekend: tuple[int, ...]
    holidays: tuple[datetime.date, ...]
    cut_off_minutes: int | None
    """Minutes into the local day after which nothing settles for that day; none if unknown."""
    years_known: tuple[int, ...] = ()
    """Years whose holidays are all listed; in any other, weekends alone are seen, and say so."""


class Hub(Record, frozen=True):
    """What kind of network this is, and how far its moment stands from its engines' clocks."""

    kind: Literal["production", "test", "demonstration"]
    offset_micros: int


CALENDAR: Table[Calendar] = Table(0x28, "calendar", Calendar)
HUB: Table[Hub] = Table(0x29, "hub", Hub)
ONLY = b"only"


def calendar(reader: Reader) -> Calendar:
    """Give the calendar."""
    return CALENDAR.require(reader, ONLY)


def time_offset(reader: Reader) -> int:
    """Give the microseconds to add to an engine's moment; zero outside a demonstration."""
    return HUB.require(reader, ONLY).offset_micros


def today(reader: Reader) -> datetime.date:
    """Give the local day of the block's moment."""
    return local_date(reader.at, calendar(reader).offset_minutes)


def is_business_day(days: Calendar, day: datetime.date) -> bool:
    """Say whether banks settle on a day."""
    return day.weekday() not in days.weekend and day not in days.holidays


def following(days: Calendar, day: datetime.date) -> datetime.date:
    """Give the day itself or the next business day after it."""
    while not is_business_day(days, day):
        day += _ONE_DAY
    return day


def holidays_are_known(days: Calendar, first: datetime.date, last: datetime.date) -> bool:
    """Say whether the holidays of every year from one day to another are listed."""
    return all(year in days.years_known for year in range(first.year, last.year + 1))


def is_past_cut_off(reader: Reader) -> bool:
    """Say whether today's cut-off has passed; an unknown cut-off never does."""
    days = calendar(reader)
    if days.cut_off_minutes is None:
        return False
    minute = micros_into_day(reader.at, days.offset_minutes) // 60_000_000
    return minute >= days.cut_off_minutes


def business_days_before(reader: Reader, ordinal: int, days: int) -> int:
    """Give the ordinal of the day that lies so many business days before another."""
    known = calendar(reader)
    while days:
        ordinal -= 1
        if is_business_day(known, datetime.date.fromordinal(ordinal)):
            days -= 1
    return ordinal
