# SPDX-License-Identifier: Apache-2.0
"""A jurisdiction's business-day calendar from its pack.

Why the holidays keep their names and source apart: the domain needs only dates, people need to see
which day it was said to be, by whom, and whether anyone has checked.
"""

from datetime import date
from typing import Final, Literal

import msgspec

from lejar.domain.instruments import HolidayCalendar, Source
from lejar.reference.pack_files import FORMAT, PackFile, pack_file, pack_folder
from lejar.reference.sources import SourceTable, source_of

WEEKDAYS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
"""ISO weekdays 1 to 7, as written in a pack."""

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class NamedHoliday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One holiday, and its name where the source gives one."""

    on: date
    name: str | None = None


class PublishedCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """The calendar for the domain, with the names and the source for people."""

    calendar: HolidayCalendar
    holidays: tuple[NamedHoliday, ...]
    source: Source


class _CalendarFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file as written."""

    format: int
    code: str
    utc_offset_minutes: int
    weekend: tuple[Weekday, ...]
    years_known: tuple[int, ...]
    source: SourceTable
    holiday: tuple[NamedHoliday, ...]


def calendar(jurisdiction: str) -> PublishedCalendar:
    """The calendar of a shipped pack, such as `my`. Raises PackError with file, line and key."""
    return read_calendar(pack_file(pack_folder(jurisdiction).joinpath("calendar.toml")))


def read_calendar(file: PackFile) -> PublishedCalendar:
    """A calendar file as a calendar. Raises PackError with file, line and key."""
    written = file.read(_CalendarFile)
    if written.format != FORMAT:
        raise file.error("format", f"expected {FORMAT}, was {written.format}")
    days = tuple(holiday.on for holiday in written.holiday)
    if list(written.years_known) != sorted(set(written.years_known)):
        raise file.error("years_known", "expected ascending years, each once")
    if list(days) != sorted(set(days)):
        raise file.error("holiday", "expected ascending days, each once")
    for day in days:
        if day.year not in written.years_known:
            raise file.error("holiday", f"{day} lies outside the years known")
    return PublishedCalendar(
        calendar=_calendar(file, written, days),
        holidays=written.holiday,
        source=source_of(file, written.source),
    )


def _calendar(file: PackFile, written: _CalendarFile, days: tuple[date, ...]) -> HolidayCalendar:
    """The domain's calendar, through its own types, so that their bounds are asked too."""
    weekend = sorted({WEEKDAYS.index(day) + 1 for day in written.weekend})
    values = {**msgspec.structs.asdict(written), "weekend": weekend, "holidays": days}
    return file.record(HolidayCalendar, values, {"holidays": "holiday"})
