# SPDX-License-Identifier: Apache-2.0
"""How much of a year lies between two dates, exactly.

Why fractions: a year fraction is a ratio of two counts of days. Kept as a ratio nothing is lost,
and the only rounding is the one that the terms name, at the very end.

Sources. ACT/ACT ICMA: Rule 251 of ICMA's rules and recommendations, with notional periods where a
period is not regular; ISDA 2006 Definitions 4.16 (c), "Actual/Actual (ICMA)", refers to the same.
ACT/365: actual days over 365, in leap years too; ISDA 2006 4.16 (d), "Actual/365 (Fixed)".
"""

from datetime import date
from fractions import Fraction
from typing import Final

from lejar.domain.instruments.model import DayCount, DebtTerms
from lejar.domain.instruments.schedule import notional

DAYS_ACT_365: Final = 365


def year_fraction(terms: DebtTerms, start: date, end: date) -> Fraction:
    """The share of a year from `start`, included, to `end`, excluded, by the terms' day count.

    `start` and `end` lie within the life of the paper, `start` not after `end`.
    """
    match terms.day_count:
        case DayCount.ACT_ACT_ICMA:
            return _act_act_icma(terms, start, end)
        case DayCount.ACT_365:
            return Fraction((end - start).days, DAYS_ACT_365)


def _act_act_icma(terms: DebtTerms, start: date, end: date) -> Fraction:
    """Sum over the notional periods touched: days in it / (payments a year x its length).

    A whole regular period is therefore exactly 1 / payments a year, whatever its length in days.
    """
    total = Fraction(0)
    while start < end:
        first, last = notional(terms, start)
        until = min(last, end)
        total += Fraction((until - start).days, terms.payments_per_year * (last - first).days)
        start = until
    return total
