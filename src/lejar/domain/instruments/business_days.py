# SPDX-License-Identifier: Apache-2.0
"""Which days are business days, from a calendar handed in as data.

Why data: a holiday table inside a library changes with its version, and an old journal would then
replay to other payment dates. A calendar comes from a pack, through a command, like any fact.
A calendar knows the holidays of the years it names and no others, and says so in each answer.
"""

from datetime import date, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

ONE_DAY = timedelta(days=1)


class HolidayCalendar(
    msgspec.Struct, array_like=True, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """One place's weekend and holidays."""

    code: Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9-]{1,15}$")]
    utc_offset_minutes: Annotated[int, Meta(ge=-840, le=840)]
    """Minutes that local time is ahead of UTC; fixed, no daylight saving."""
    weekend: Annotated[tuple[Annotated[int, Meta(ge=1, le=7)], ...], Meta(max_length=6)]
    """ISO weekdays, Monday 1 to Sunday 7, ascending. At most six, so that a business day exists."""
    years_known: tuple[int, ...]
    """Years whose holidays are listed in full, ascending."""
    holidays: tuple[date, ...]
    """Ascending, all in the years known; those that fall on a weekend may be listed too."""


class BusinessDate(
    msgspec.Struct, array_like=True, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A business day, and whether the holidays of every day looked at were known."""

    on: date
    holidays_known: bool


def is_business_day(calendar: HolidayCalendar, day: date) -> bool:
    """Neither weekend nor listed holiday. In a year not known, only the weekend is seen."""
    return day.isoweekday() not in calendar.weekend and day not in calendar.holidays


def following(calendar: HolidayCalendar, day: date) -> BusinessDate:
    """`day` itself if it is a business day, else the next one (the convention "following")."""
    known = day.year in calendar.years_known
    while not is_business_day(calendar, day):
        day += ONE_DAY
        known = known and day.year in calendar.years_known
    return BusinessDate(on=day, holidays_known=known)
