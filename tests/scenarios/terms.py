# SPDX-License-Identifier: Apache-2.0
"""The usual terms of a paper in scenarios, so that a line says only what matters to it.

A made-up paper of one year: 5 % in two payments of half a year, a thousand units of RM100, issued
on the day on which scenarios begin.
"""

import datetime
from typing import Any, Final

import msgspec

from lejar.domain.instruments import (
    PAR,
    BusinessDay,
    DayCount,
    DebtTerms,
    FixedCouponBond,
    Rounding,
    Source,
    SourceClass,
)
from lejar.domain.instruments.commands import CreateInstrument
from tests.scenarios.language import Group, Item
from tests.scenarios.values import Reading

USUAL: Final = DebtTerms(
    isin="MYBUG2102401",
    stock_code=None,
    short_name="USUAL 5.000% 24.11.2027",
    issuer_name=None,
    currency="MYR",
    unit_nominal=100_00,
    issue_amount=100_000_00,
    rate_millionths=50_000,
    accrual_start=datetime.date(2026, 11, 24),
    first_payment=datetime.date(2027, 5, 24),
    last_regular=None,
    maturity=datetime.date(2027, 11, 24),
    payments_per_year=2,
    roll_day=24,
    day_count=DayCount.ACT_ACT_ICMA,
    business_day=BusinessDay.FOLLOWING_UNADJUSTED,
    redemption_price=PAR,
    ex_days=0,
    rounding=Rounding.HALF_UP_SEN,
    source=Source(
        reference="made up for scenarios",
        source_class=SourceClass.UNVERIFIED,
        collected="2026-11",
        verified=False,
    ),
    assumed=(),
)


def instrument(read: Reading, fields: tuple[Item, ...]) -> CreateInstrument:
    """Read a `CreateInstrument`: `terms=(field=value …)` says what is unlike the usual terms."""
    made = CreateInstrument(
        issuer=b"",
        terms=FixedCouponBond(debt=USUAL),
        required=(),
        holding_max=None,
        locked_until=None,
        documents=(),
    )
    changed: dict[str, Any] = {}
    for item in fields:
        if item.name == "terms" and isinstance(item.value, Group):
            changed["terms"] = FixedCouponBond(debt=_unlike_usual(read, item.value.items))
        else:
            changed[item.name] = read.field(CreateInstrument, item.name, item.value)
    return msgspec.structs.replace(made, **changed)


def _unlike_usual(read: Reading, items: tuple[Item, ...]) -> DebtTerms:
    changed = {item.name: read.field(DebtTerms, item.name, item.value) for item in items}
    return msgspec.structs.replace(USUAL, **changed)
