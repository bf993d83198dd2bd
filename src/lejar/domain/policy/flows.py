# SPDX-License-Identifier: Apache-2.0
"""What has flowed: how much a person has invested, sent or raised, by local day.

A rule that looks back counts under keys of its own, from the day on which a pack first asked for
it; an answer says since when.  Days that no window reaches any more are dropped when one is added.
"""

import calendar
import datetime
import enum
import hashlib
from typing import Annotated, TypeAlias

import msgspec

from lejar.kernel.codec import Record
from lejar.kernel.moment import EPOCH_ORDINAL, MICROS_PER_DAY, MICROS_PER_MINUTE
from lejar.kernel.state import Reader, Table, Writer

Day: TypeAlias = tuple[int, int, int]
"""Local day since 1970, amount, how often."""
KEY_BYTES = 8


class Flow(Record, frozen=True):
    """What has flowed under a key, and what is agreed and on its way."""

    days: tuple[Day, ...]
    pending: int = 0
    pending_count: int = 0


class Expected(Record, frozen=True):
    """What an agreed piece of work, which is the key, has added as pending: (key, amount)."""

    items: tuple[tuple[bytes, int], ...]


class Reach(enum.StrEnum):
    """How far a window reaches back."""

    DAYS = "days"
    MONTHS = "months"
    CALENDAR_DAY = "calendar_day"
    CALENDAR_YEAR = "calendar_year"
    EVER = "ever"


class Window(Record, frozen=True):
    """The span over which something is counted, in whole local days, today included."""

    reach: Reach
    number: Annotated[int, msgspec.Meta(ge=1, le=3660)] = 1


FLOWS: Table[Flow] = Table(0x36, "flows", Flow)
EXPECTED: Table[Expected] = Table(0x37, "expected", Expected)
_FLOW = FLOWS.prefix
NO_FLOW = Flow(())


def key_for(rule_id: str, *parts: bytes) -> bytes:
    """Give the key under which a rule counts: its own name, then whom and what."""
    return hashlib.sha256(rule_id.encode()).digest()[:KEY_BYTES] + b"".join(parts)


def local_day(at: int, offset_minutes: int) -> int:
    """Give the local day of a moment, counted from 1970."""
    return (at + offset_minutes * MICROS_PER_MINUTE) // MICROS_PER_DAY


def first_day(window: Window, today: int) -> int:
    """Give the earliest local day that a window still counts.

    Twelve months back from 15 March are 16 March of last year to today; a month that lacks the
    day ends on its last.
    """
    if window.reach is Reach.DAYS:
        return today - window.number + 1
    if window.reach is Reach.CALENDAR_DAY:
        return today
    if window.reach is Reach.EVER:
        return 0
    date = datetime.date.fromordinal(today + EPOCH_ORDINAL)
    if window.reach is Reach.CALENDAR_YEAR:
        return date.replace(month=1, day=1).toordinal() - EPOCH_ORDINAL
    return _months_before(date, window.number).toordinal() - EPOCH_ORDINAL + 1


def _months_before(date: datetime.date, months: int) -> datetime.date:
    counted = date.year * 12 + date.month - 1 - months
    year, month = divmod(counted, 12)
    return datetime.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def settled(reader: Reader, key: bytes, since: int) -> int:
    """Give the amount since a local day, without what is on its way."""
    found: Flow | None = reader.get(_FLOW + key)
    return 0 if found is None else sum(amount for day, amount, _ in found.days if day >= since)


def flowed(reader: Reader, key: bytes, since: int) -> tuple[int, int]:
    """Give the amount and the number since a local day, with what is on its way."""
    found: Flow | None = reader.get(_FLOW + key)
    if found is None:
        return 0, 0
    amount, count = found.pending, found.pending_count
    for day, more, often in found.days:
        if day >= since:
            amount += more
            count += often
    return amount, count


def note(draft: Writer, key: bytes, today: int, amount: int, keep_since: int) -> None:
    """Add an amount to today; drop the days before `keep_since`."""
    before = FLOWS.get(draft, key) or NO_FLOW
    days = [day for day in before.days if day[0] >= keep_since]
    if days and days[-1][0] == today:
        _, sum_, often = days[-1]
        days[-1] = (today, sum_ + amount, often + 1)
    else:
        days.append((today, amount, 1))
    FLOWS.put(draft, key, Flow(tuple(days), before.pending, before.pending_count))


def take_back(draft: Writer, key: bytes, amount: int) -> None:
    """Take an amount off what has flowed, the newest first, and no more than there is."""
    before = FLOWS.get(draft, key)
    if before is None:
        return
    days = list(before.days)
    while days and amount:
        day, sum_, often = days.pop()
        if sum_ > amount:
            days.append((day, sum_ - amount, often))
        amount = max(amount - sum_, 0)
    if days or before.pending_count:
        FLOWS.put(draft, key, Flow(tuple(days), before.pending, before.pending_count))
    else:
        FLOWS.remove(draft, key)


def expect(draft: Writer, work: bytes, items: tuple[tuple[bytes, int], ...]) -> None:
    """Count amounts as on their way, because of a piece of work that was agreed."""
    if not items:
        return
    EXPECTED.put(draft, work, Expected(items))
    for key, amount in items:
        _pend(draft, key, amount, 1)


def expect_no_more(draft: Writer, work: bytes) -> None:
    """Take back what a piece of work had added: it was done, or will not be."""
    found = EXPECTED.get(draft, work)
    if found is None:
        return
    EXPECTED.remove(draft, work)
    for key, amount in found.items:
        _pend(draft, key, -amount, -1)


def _pend(draft: Writer, key: bytes, amount: int, count: int) -> None:
    before = FLOWS.get(draft, key) or NO_FLOW
    after = Flow(before.days, before.pending + amount, before.pending_count + count)
    if after.days or after.pending or after.pending_count:
        FLOWS.put(draft, key, after)
    else:
        FLOWS.remove(draft, key)
