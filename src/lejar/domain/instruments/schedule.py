# SPDX-License-Identifier: Apache-2.0
"""The periods of a paper, from its first payment and its maturity.

Why a grid: all regular dates of one paper lie on a single grid of months, `roll_day` in each. The
same grid gives the regular payments and the *notional* periods by which ICMA Rule 251 measures a
period that is shorter or longer than a regular one. Dates are unadjusted; moving a payment to a
business day changes when it is paid and neither the periods nor the amounts.
"""

from calendar import monthrange
from datetime import date
from typing import Final

from lejar.domain.instruments.model import DebtTerms
from lejar.kernel.codec import Record

MONTHS: Final = 12


class Period(Record, frozen=True, kw_only=True):
    """One accrual period: from `start`, included, to `end`, excluded, on which it is due."""

    number: int
    """From 1."""
    start: date
    end: date
    regular: bool
    """Exactly one step of the grid; the amount of such a period is the rate over the frequency."""


def periods(terms: DebtTerms) -> tuple[Period, ...]:
    """All accrual periods, in order and without a gap, from accrual start to maturity.

    The first ends on `first_payment` and may be short or long. The last ends on maturity: it is
    regular if maturity is on the grid, long if `last_regular` is set earlier, otherwise short.
    """
    ends = [*_regular_ends(terms), terms.maturity]
    starts = [terms.accrual_start, *ends[:-1]]
    return tuple(
        Period(number=number, start=start, end=end, regular=notional(terms, start) == (start, end))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def period_of(terms: DebtTerms, on: date) -> Period | None:
    """The period in which `on` accrues; none before accrual start and from maturity on."""
    return next((period for period in periods(terms) if period.start <= on < period.end), None)


def notional(terms: DebtTerms, day: date) -> tuple[date, date]:
    """The grid period around `day`: the last grid date not after it, and the next one."""
    month = _grid_month(terms, day)
    if rolled(month, terms.roll_day) > day:
        month -= _step(terms)
    return rolled(month, terms.roll_day), rolled(month + _step(terms), terms.roll_day)


def is_on_grid(terms: DebtTerms, day: date) -> bool:
    """Whether a regular period could start or end on `day`."""
    return notional(terms, day)[0] == day


def rolled(month: int, roll_day: int) -> date:
    """Day `roll_day` of `month` (months since year 0), or that month's last day if it is shorter.

    >>> rolled(2024 * 12 + 1, 31), rolled(2024 * 12 + 1, 28)
    (datetime.date(2024, 2, 29), datetime.date(2024, 2, 28))
    """
    year, index = divmod(month, MONTHS)
    return date(year, index + 1, min(roll_day, monthrange(year, index + 1)[1]))


def month_of(day: date) -> int:
    """Months since year 0, the count that `rolled` takes."""
    return day.year * MONTHS + day.month - 1


def _regular_ends(terms: DebtTerms) -> list[date]:
    """Ends of all periods but the last."""
    ends = []
    month = month_of(terms.first_payment)
    while (end := rolled(month, terms.roll_day)) < terms.maturity:
        if terms.last_regular is not None and end > terms.last_regular:
            break
        ends.append(end)
        month += _step(terms)
    return ends


def _grid_month(terms: DebtTerms, day: date) -> int:
    """The last month of the grid that is not after the month of `day`."""
    month = month_of(day)
    return month - (month - month_of(terms.first_payment)) % _step(terms)


def _step(terms: DebtTerms) -> int:
    """Months in a regular period."""
    return MONTHS // terms.payments_per_year
