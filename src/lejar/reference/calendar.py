# SPDX-License-Identifier: Apache-2.0
"""A jurisdiction's business-day calendar from its pack.

Why the holidays keep their names, years and source apart: the domain needs only dates; people need
to see which day it was said to be, by whom, whether anyone has checked, and where the list stops.
"""

from datetime import date
from typing import Final, Literal

import msgspec

from lejar.domain.calendar import Calendar
from lejar.domain.instruments import Source
from lejar.reference.pack_files import FORMAT, PackFile, pack_file, pack_folder
from lejar.reference.sources import SourceTable, source_of

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As written in a pack; the domain counts them from 0."""

OFFSET_MAX: Final = 14 * 60
"""No place on earth is further than fourteen hours from UTC."""
MINUTES_PER_DAY: Final = 24 * 60


class NamedHoliday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One holiday, and its name where the source gives one."""

    on: date
    name: str | None = None


class CutOff(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes into the local day after which nothing settles for that day, and who says so."""

    minutes: int
    source: Source


class PublishedCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """The calendar for the domain, with what people need to judge it."""

    code: str
    calendar: Calendar
    years_known: tuple[int, ...]
    """Years whose holidays are listed in full; in others the calendar sees weekends alone."""
    holidays: tuple[NamedHoliday, ...]
    cut_off: CutOff | None
    source: Source

    def knows(self, day: date) -> bool:
        """Whether the holidays of the year of `day` are listed."""
        return day.year in self.years_known


class _CutOffTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The cut-off as written."""

    minutes: int
    source: SourceTable


class _CalendarFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file as written."""

    format: int
    code: str
    utc_offset_minutes: int
    weekend: tuple[Weekday, ...]
    years_known: tuple[int, ...]
    source: SourceTable
    same_day_cut_off: _CutOffTable | None = None
    holiday: tuple[NamedHoliday, ...]


def calendar(jurisdiction: str) -> PublishedCalendar:
    """The calendar of a shipped pack, such as `my`. Raises PackError with file, line and key."""
    return read_calendar(pack_file(pack_folder(jurisdiction).joinpath("calendar.toml")))


def read_calendar(file: PackFile) -> PublishedCalendar:
    """A calendar file as a calendar. Raises PackError with file, line and key."""
    written = file.read(_CalendarFile)
    days = tuple(holiday.on for holiday in written.holiday)
    _check(file, written, days)
    cut_off = _cut_off(file, written.same_day_cut_off)
    return PublishedCalendar(
        code=written.code,
        calendar=Calendar(
            offset_minutes=written.utc_offset_minutes,
            weekend=tuple(sorted({WEEKDAYS.index(day) for day in written.weekend})),
            holidays=days,
            cut_off_minutes=cut_off.minutes if cut_off else None,
            years_known=written.years_known,
        ),
        years_known=written.years_known,
        holidays=written.holiday,
        cut_off=cut_off,
        source=source_of(file, written.source),
    )


def _check(file: PackFile, written: _CalendarFile, days: tuple[date, ...]) -> None:
    """What the types do not say: order, bounds, and that some business day is left."""
    if written.format != FORMAT:
        raise file.error("format", f"expected {FORMAT}, was {written.format}")
    if abs(written.utc_offset_minutes) > OFFSET_MAX:
        raise file.error("utc_offset_minutes", f"expected at most {OFFSET_MAX} either way")
    if len(set(written.weekend)) == len(WEEKDAYS):
        raise file.error("weekend", "expected at least one business day a week")
    if list(written.years_known) != sorted(set(written.years_known)):
        raise file.error("years_known", "expected ascending years, each once")
    if list(days) != sorted(set(days)):
        raise file.error("holiday", "expected ascending days, each once")
    for day in days:
        if day.year not in written.years_known:
            raise file.error("holiday", f"{day} lies outside the years known")


def _cut_off(file: PackFile, written: _CutOffTable | None) -> CutOff | None:
    """The cut-off with its source, if there is one."""
    if written is None:
        return None
    if not 0 < written.minutes < MINUTES_PER_DAY:
        raise file.error("same_day_cut_off.minutes", "expected minutes within one day")
    source = source_of(file, written.source, table="same_day_cut_off.source")
    return CutOff(minutes=written.minutes, source=source)
