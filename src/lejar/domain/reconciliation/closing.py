# SPDX-License-Identifier: Apache-2.0
"""Closing balances of days: kept for mirrored accounts, because the state knows only the present.

A day closes with its last microsecond, so that it stands before all that is due at midnight.  If no
block came for days, nothing moved in between, and each of them closed with the same balance.
"""

import datetime

import msgspec

from lejar.domain.calendar import calendar
from lejar.domain.reconciliation import events
from lejar.domain.reconciliation.model import (
    CLOSINGS,
    COUNTERPARTS,
    DAYS_KEPT,
    Closing,
    closing_key,
    mirrored_balance,
)
from lejar.kernel.draft import Draft
from lejar.kernel.moment import MICROS_PER_DAY, local_date, start_of
from lejar.kernel.schedule import Due, schedule
from lejar.kernel.state import Reader

DAY_CLOSES = "reconciliation.day_closes"
_ONE_DAY = datetime.timedelta(days=1)


def end_of_day(reader: Reader, day: datetime.date) -> int:
    """Give the last microsecond of a local day."""
    return start_of(day, calendar(reader).offset_minutes) + MICROS_PER_DAY - 1


def schedule_closing(draft: Draft, counterpart: bytes, closes_at: int) -> None:
    """Let a counterpart's day close."""
    schedule(draft, closes_at, counterpart, Due(DAY_CLOSES, counterpart))


def day_closes(draft: Draft, counterpart: bytes) -> None:
    """Keep the balance of the day that has closed, and of later ones that nobody saw end."""
    found = COUNTERPARTS.require(draft, counterpart)
    offset = calendar(draft).offset_minutes
    first = local_date(found.closes_at, offset)
    last = max(first, local_date(draft.at + 1, offset) - _ONE_DAY)
    total = mirrored_balance(draft, found.asset, found.account)
    kept_from = last - datetime.timedelta(days=DAYS_KEPT - 1)
    for ordinal in range(max(first, kept_from).toordinal(), last.toordinal() + 1):
        day = datetime.date.fromordinal(ordinal)
        CLOSINGS.put(draft, closing_key(counterpart, day), Closing(total))
        draft.emit(events.DayClosed(counterpart, day, total))
    _drop_before(draft, counterpart, kept_from)
    if last < datetime.date.max:  # a demonstration can be turned on to where days have no name
        closes_at = end_of_day(draft, last + _ONE_DAY)
        COUNTERPARTS.put(draft, counterpart, msgspec.structs.replace(found, closes_at=closes_at))
        schedule_closing(draft, counterpart, closes_at)


def _drop_before(draft: Draft, counterpart: bytes, day: datetime.date) -> None:
    limit = closing_key(counterpart, day)
    for key in [key for key, _ in CLOSINGS.scan(draft, counterpart) if key < limit]:
        CLOSINGS.remove(draft, key)
