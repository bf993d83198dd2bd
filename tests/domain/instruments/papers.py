# SPDX-License-Identifier: Apache-2.0
"""Papers for the tests of this room.

Why made up here: a test of one rule changes one field of a plain paper, and shows which.
"""

from datetime import date
from typing import Final

import msgspec

from lejar.domain.calendar import Calendar
from lejar.domain.instruments import (
    PAR,
    BusinessDay,
    DayCount,
    DebtTerms,
    Rounding,
    Source,
    SourceClass,
)

PLAIN: Final = DebtTerms(
    isin="MYBUG2102401",
    stock_code="UG210240",
    short_name="PLAIN 5.000% 28.06.2024",
    issuer_name=None,
    currency="MYR",
    unit_nominal=100_00,
    issue_amount=150_000_000_00,
    rate_millionths=50_000,
    accrual_start=date(2021, 6, 28),
    first_payment=date(2021, 12, 28),
    last_regular=None,
    maturity=date(2024, 6, 28),
    payments_per_year=2,
    roll_day=28,
    day_count=DayCount.ACT_ACT_ICMA,
    business_day=BusinessDay.FOLLOWING_UNADJUSTED,
    redemption_price=PAR,
    ex_days=0,
    rounding=Rounding.HALF_UP_SEN,
    source=Source(
        reference="made up for tests",
        source_class=SourceClass.UNVERIFIED,
        collected="2026-11",
        verified=False,
    ),
    assumed=(),
)

WEEKENDS: Final = Calendar(offset_minutes=480, weekend=(5, 6), holidays=(), cut_off_minutes=None)
"""Saturdays and Sundays, and no holiday."""


def paper(**fields: object) -> DebtTerms:
    """A plain semi-annual paper, with the fields named changed."""
    return msgspec.structs.replace(PLAIN, **fields)
