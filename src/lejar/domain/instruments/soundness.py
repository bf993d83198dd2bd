# SPDX-License-Identifier: Apache-2.0
"""What is wrong with debt terms whose every field has a good shape.

Why apart from the types: a shape is refused by the decoder, before anything is ordered. Whether the
fields agree with one another is a rule: it is asked in order, it has a sentence, and it may change.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final

from lejar.domain.instruments.identifiers import isin_is_valid, rentas_isin
from lejar.domain.instruments.model import DebtTerms
from lejar.domain.instruments.schedule import MONTHS, is_on_grid, month_of, rolled

LIFE_YEARS_MAX: Final = 100
"""Longest life that is taken; it bounds the number of periods (1 200) that anyone may ask for."""
YEAR_MAX: Final = 9000
"""Latest year of maturity: date arithmetic past it never leaves what a date can hold."""
YEAR_MIN: Final = 1900
"""Earliest year of issue, for the same reason at the other end."""


class Defect(StrEnum):
    """What disagrees, in order of precedence."""

    ISIN_CHECK_DIGIT = "isin_check_digit"
    ISIN_STOCK_CODE = "isin_stock_code"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    LIFE_OUT_OF_RANGE = "life_out_of_range"
    FREQUENCY_UNEVEN = "frequency_uneven"
    FIRST_PAYMENT_OFF_ROLL = "first_payment_off_roll"
    LAST_REGULAR_OFF_ROLL = "last_regular_off_roll"
    ISSUE_AMOUNT_NOT_IN_UNITS = "issue_amount_not_in_units"
    ASSUMED_UNKNOWN_FIELD = "assumed_unknown_field"


SENTENCES: Final[dict[Defect, str]] = {
    Defect.ISIN_CHECK_DIGIT: "The check digit of the ISIN is wrong.",
    Defect.ISIN_STOCK_CODE: "The ISIN is not the one that RENTAS makes from the stock code.",
    Defect.DATES_OUT_OF_ORDER: "Accrual start, first payment, last regular date and maturity "
    "must follow one another.",
    Defect.LIFE_OUT_OF_RANGE: "The life must be at most 100 years, from 1900 to 9000.",
    Defect.FREQUENCY_UNEVEN: "The payments a year must divide twelve months evenly.",
    Defect.FIRST_PAYMENT_OFF_ROLL: "The first payment must fall on the roll day of its month.",
    Defect.LAST_REGULAR_OFF_ROLL: "The last regular date must fall whole periods after the first.",
    Defect.ISSUE_AMOUNT_NOT_IN_UNITS: "The issue amount must be a whole number of units.",
    Defect.ASSUMED_UNKNOWN_FIELD: "The assumed fields must be names of terms, sorted, each once.",
}


def defects(terms: DebtTerms) -> tuple[Defect, ...]:
    """All that disagrees in `terms`, in order of precedence; empty when they are sound."""
    return tuple(defect for defect, is_so in _CHECKS.items() if is_so(terms))


def _isin_check_digit(terms: DebtTerms) -> bool:
    return not isin_is_valid(terms.isin)


def _isin_stock_code(terms: DebtTerms) -> bool:
    return terms.stock_code is not None and rentas_isin(terms.stock_code) != terms.isin


def _dates_out_of_order(terms: DebtTerms) -> bool:
    last = terms.last_regular
    follows = terms.accrual_start < terms.first_payment <= terms.maturity
    return not follows or not (last is None or terms.first_payment <= last < terms.maturity)


def _life_out_of_range(terms: DebtTerms) -> bool:
    years = terms.maturity.year - terms.accrual_start.year
    within = terms.accrual_start.year >= YEAR_MIN and terms.maturity.year <= YEAR_MAX
    return years > LIFE_YEARS_MAX or not within


def _frequency_uneven(terms: DebtTerms) -> bool:
    return MONTHS % terms.payments_per_year != 0


def _first_payment_off_roll(terms: DebtTerms) -> bool:
    return _on_roll_day(terms, terms.first_payment) != terms.first_payment


def _last_regular_off_roll(terms: DebtTerms) -> bool:
    last = terms.last_regular
    if last is None or _frequency_uneven(terms) or _life_out_of_range(terms):
        return False
    return not is_on_grid(terms, last)


def _issue_amount_not_in_units(terms: DebtTerms) -> bool:
    return terms.issue_amount % terms.unit_nominal != 0


def _assumed_unknown_field(terms: DebtTerms) -> bool:
    ascending = all(a < b for a, b in zip(terms.assumed, terms.assumed[1:], strict=False))
    return not ascending or any(name not in DebtTerms.__struct_fields__ for name in terms.assumed)


def _on_roll_day(terms: DebtTerms, day: date) -> date:
    return rolled(month_of(day), terms.roll_day)


_CHECKS: Final[dict[Defect, Callable[[DebtTerms], bool]]] = {
    Defect.ISIN_CHECK_DIGIT: _isin_check_digit,
    Defect.ISIN_STOCK_CODE: _isin_stock_code,
    Defect.DATES_OUT_OF_ORDER: _dates_out_of_order,
    Defect.LIFE_OUT_OF_RANGE: _life_out_of_range,
    Defect.FREQUENCY_UNEVEN: _frequency_uneven,
    Defect.FIRST_PAYMENT_OFF_ROLL: _first_payment_off_roll,
    Defect.LAST_REGULAR_OFF_ROLL: _last_regular_off_roll,
    Defect.ISSUE_AMOUNT_NOT_IN_UNITS: _issue_amount_not_in_units,
    Defect.ASSUMED_UNKNOWN_FIELD: _assumed_unknown_field,
}
