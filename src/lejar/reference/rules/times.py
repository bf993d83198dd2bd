# SPDX-License-Identifier: Apache-2.0
"""Values of a rule that are about time: days, moments, windows, hours; and digests.

A day means the local day: it begins as many minutes before UTC's as the pack says.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from lejar.domain.policy.flows import Reach, Window
from lejar.kernel.moment import start_of
from lejar.reference.rules.places import Place
from lejar.reference.rules.values import Form, Schema

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WINDOW_MAX: Final = 3660
DIGEST_DIGITS: Final = 64

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SPAN: Final = re.compile(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)", re.ASCII)
_COUNTED: Final = re.compile(r"([1-9]\d{0,3}) (day|month)s?", re.ASCII)
_DAY_TEXT: Final = r"^\d{4}-\d\d-\d\d$"
_MOMENT_TEXT: Final = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$"
_MINUTES_PER_HOUR: Final = 60
_MINUTES_PER_DAY: Final = 24 * _MINUTES_PER_HOUR
_NAMED: Final = {
    "calendar day": Reach.CALENDAR_DAY,
    "calendar year": Reach.CALENDAR_YEAR,
    "ever": Reach.EVER,
}


@dataclass(frozen=True)
class Moment(Form):
    """A local day, which stands for its beginning, or a date-time that says its offset."""

    unit: str = "a day, or a date-time with its offset"
    example: str = "2026-01-31"

    def read(self, value: object, place: Place) -> int:
        """Give microseconds since 1970."""
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise place.wrong(f"expected an offset such as +08:00 after {value.isoformat()}")
            at: int = (value - _EPOCH) // timedelta(microseconds=1)
        elif isinstance(value, date):
            at = start_of(value, place.offset_minutes)
        else:
            raise self.unfit(value, place)
        if at < 0:
            raise place.wrong(f"expected a moment after 1970, was {value}")
        return at

    def schema(self) -> Schema:
        """Describe TOML's own dates, as their texts."""
        return {"type": "string", "anyOf": [{"pattern": _DAY_TEXT}, {"pattern": _MOMENT_TEXT}]}

    def said(self, value: object, offset_minutes: int) -> str:
        """Write the local day, with the time if it is not the day's beginning."""
        if not isinstance(value, int):
            return super().said(value, offset_minutes)
        zone = timezone(timedelta(minutes=offset_minutes))
        local = (_EPOCH + timedelta(microseconds=value)).astimezone(zone)
        starts_day = local.time() == datetime.min.time()
        return local.date().isoformat() if starts_day else local.isoformat(timespec="minutes")


@dataclass(frozen=True)
class Day(Form):
    """A day as such, of a document."""

    unit: str = "a day"
    example: str = "2020-01-15"

    def read(self, value: object, place: Place) -> object:
        """Give the day."""
        if type(value) is not date:
            raise self.unfit(value, place)
        return value

    def schema(self) -> Schema:
        """Describe TOML's own dates, as their texts."""
        return {"type": "string", "pattern": _DAY_TEXT}


@dataclass(frozen=True)
class Span(Form):
    """Two local times of day; the domain counts minutes."""

    unit: str = "two times of day"
    example: str = '"09:00-12:30"'

    def read(self, value: object, place: Place) -> tuple[int, int]:
        """Give the minutes from and before."""
        found = _SPAN.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise self.unfit(value, place)
        hour, minute, end_hour, end_minute = map(int, found.groups())
        span = hour * _MINUTES_PER_HOUR + minute, end_hour * _MINUTES_PER_HOUR + end_minute
        if max(span) > _MINUTES_PER_DAY:
            raise place.wrong(f"expected times up to 24:00, was {value!r}")
        return span

    def schema(self) -> Schema:
        """A text of two times."""
        return {"type": "string", "pattern": r"^\d\d:[0-5]\d-\d\d:[0-5]\d$"}

    def said(self, value: object, offset_minutes: int) -> str:
        """Write the two times."""
        if not isinstance(value, tuple):
            return super().said(value, offset_minutes)
        return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in value)


@dataclass(frozen=True)
class Weekday(Form):
    """A day of the week; the domain counts from Monday, which is 0."""

    unit: str = "one of mon, tue, wed, thu, fri, sat, sun"
    example: str = '"mon"'

    def read(self, value: object, place: Place) -> int:
        """Give its number."""
        if not isinstance(value, str) or value not in WEEKDAYS:
            raise place.wrong(f"expected {self.unit}, was {value!r}")
        return WEEKDAYS.index(value)

    def schema(self) -> Schema:
        """List the words."""
        return {"enum": list(WEEKDAYS)}

    def said(self, value: object, offset_minutes: int) -> str:
        """Give the word."""
        return WEEKDAYS[value] if isinstance(value, int) else super().said(value, offset_minutes)


@dataclass(frozen=True)
class Reaching(Form):
    """How far back something is counted."""

    unit: str = "a window: n days, n months, calendar day, calendar year or ever"
    example: str = '"12 months"'

    def read(self, value: object, place: Place) -> list[object]:
        """Give the window's reach and number."""
        if isinstance(value, str):
            if value in _NAMED:
                return [_NAMED[value], 1]
            found = _COUNTED.fullmatch(value)
            if found is not None and int(found[1]) <= WINDOW_MAX:
                return [f"{found[2]}s", int(found[1])]
        raise self.unfit(value, place)

    def schema(self) -> Schema:
        """A number of days or months, or a word."""
        words = "|".join(_NAMED)
        return {"type": "string", "pattern": rf"^([1-9]\d{{0,3}} (day|month)s?|{words})$"}

    def said(self, value: object, offset_minutes: int) -> str:
        """Write it as it is written in a pack."""
        if not isinstance(value, Window):
            return super().said(value, offset_minutes)
        if value.reach in {Reach.DAYS, Reach.MONTHS}:
            return f"{value.number} {value.reach}"
        return value.reach.replace("_", " ")


@dataclass(frozen=True)
class Digest(Form):
    """The SHA-256 of a document that stays outside."""

    unit: str = "64 hexadecimal digits"
    example: str = f'"{"0f" * 32}"'

    def read(self, value: object, place: Place) -> bytes:
        """Give its bytes."""
        if not isinstance(value, str) or len(value) != DIGEST_DIGITS:
            raise self.unfit(value, place)
        try:
            return bytes.fromhex(value)
        except ValueError:
            raise self.unfit(value, place) from None

    def schema(self) -> Schema:
        """A text of digits."""
        return {"type": "string", "pattern": "^[0-9a-f]{64}$"}

    def said(self, value: object, offset_minutes: int) -> str:
        """Write the digits."""
        return value.hex() if isinstance(value, bytes) else super().said(value, offset_minutes)
