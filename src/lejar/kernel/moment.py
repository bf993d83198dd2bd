# SPDX-License-Identifier: Apache-2.0
"""Time as the core knows it: integer microseconds since 1970 in UTC, brought by the block.

Business days use a fixed offset that the jurisdiction's pack states; a time-zone database could
change between machines.
"""

import datetime
from typing import NewType

Moment = NewType("Moment", int)

MICROS_PER_SECOND = 1_000_000
MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND
MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE
MICROS_PER_DAY = 24 * MICROS_PER_HOUR
EPOCH_ORDINAL = datetime.date(1970, 1, 1).toordinal()
DAY_MAX = datetime.date.max.toordinal() - EPOCH_ORDINAL


def local_date(at: int, offset_minutes: int) -> datetime.date:
    """Give the calendar day of a moment where clocks stand `offset_minutes` east of UTC."""
    days = (at + offset_minutes * MICROS_PER_MINUTE) // MICROS_PER_DAY
    return datetime.date.fromordinal(EPOCH_ORDINAL + min(days, DAY_MAX))


def micros_into_day(at: int, offset_minutes: int) -> int:
    """Give the microseconds since local midnight."""
    return (at + offset_minutes * MICROS_PER_MINUTE) % MICROS_PER_DAY


def start_of(day: datetime.date, offset_minutes: int) -> Moment:
    """Give the moment at which a local day begins."""
    days = day.toordinal() - EPOCH_ORDINAL
    return Moment(days * MICROS_PER_DAY - offset_minutes * MICROS_PER_MINUTE)
