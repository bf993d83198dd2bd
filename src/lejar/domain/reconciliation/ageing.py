# SPDX-License-Identifier: Apache-2.0
"""How old a break is, in business days, and what happens by itself when it grows older."""

import datetime

import msgspec

from lejar.domain.calendar import Calendar, calendar, is_business_day, today
from lejar.domain.reconciliation import events
from lejar.domain.reconciliation.model import BREAKS, Break, BreakStage
from lejar.kernel.draft import Draft
from lejar.kernel.moment import MICROS_PER_DAY, start_of
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.kernel.state import Reader

BREAK_GROWS_OLD = "reconciliation.break_grows_old"
BREAK_IS_FORGOTTEN = "reconciliation.break_is_forgotten"
_ONE_DAY = datetime.timedelta(days=1)


def escalation_moment(reader: Reader, opened_on: datetime.date, business_days: int) -> int:
    """Give the end of the last business day that a break has; the day it opened does not count."""
    days, day = calendar(reader), opened_on
    while business_days and day < datetime.date.max:
        day += _ONE_DAY
        business_days -= is_business_day(days, day)
    return start_of(day, days.offset_minutes) + MICROS_PER_DAY


def business_days_since(days: Calendar, opened_on: datetime.date, now: datetime.date) -> int:
    """Count the business days that have ended since the day a break opened."""
    between = range(opened_on.toordinal() + 1, now.toordinal())
    return sum(is_business_day(days, datetime.date.fromordinal(one)) for one in between)


def watch(draft: Draft, break_id: bytes, found: Break) -> None:
    """Let an unresolved break be escalated when it has grown too old."""
    if found.escalates_at is not None:
        moment = max(found.escalates_at, draft.at)
        schedule(draft, moment, break_id, Due(BREAK_GROWS_OLD, break_id))


def unwatch(draft: Draft, break_id: bytes, found: Break) -> None:
    """Take the escalation back."""
    if found.escalates_at is not None:
        unschedule(draft, found.escalates_at, break_id)


def break_grows_old(draft: Draft, break_id: bytes) -> None:
    """Say that a break was not resolved in time; it stays as it is."""
    found = BREAKS.require(draft, break_id)
    BREAKS.put(draft, break_id, msgspec.structs.replace(found, escalates_at=None))
    days = business_days_since(calendar(draft), found.opened_on, today(draft))
    draft.emit(events.BreakEscalated(break_id, found.counterpart, days))


def break_is_forgotten(draft: Draft, break_id: bytes) -> None:
    """Let a resolved break leave the state; the log has it."""
    found = BREAKS.get(draft, break_id)
    if found is not None and found.stage is BreakStage.RESOLVED:
        BREAKS.remove(draft, break_id)
