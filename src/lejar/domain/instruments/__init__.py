# SPDX-License-Identifier: Apache-2.0
"""The face of `instruments`: terms as data, and the arithmetic that reads them.

Why pure: a payment must come out to the same sen on every node and in every replay, so nothing here
knows the time, a library's holiday table or a floating-point number. See README.md for the spec.
"""

from lejar.domain.instruments.cashflows import (
    CashFlow,
    Consideration,
    Split,
    accrued,
    cash_flows,
    consideration,
    income,
    income_per_sen,
    redemption,
    split,
)
from lejar.domain.instruments.daycount import year_fraction
from lejar.domain.instruments.identifiers import isin_is_valid, rentas_isin, rentas_stock_code
from lejar.domain.instruments.model import (
    PAR,
    BusinessDay,
    CurrencyTerms,
    DayCount,
    DebtTerms,
    FixedCouponBond,
    FixedProfitSukuk,
    Principle,
    Rounding,
    Source,
    SourceClass,
    Terms,
)
from lejar.domain.instruments.rounding import round_half_up_sen, to_sen, truncate_sen
from lejar.domain.instruments.schedule import Period, period_of, periods
from lejar.domain.instruments.soundness import SENTENCES, Defect, defects

__all__ = [
    "PAR",
    "SENTENCES",
    "BusinessDay",
    "CashFlow",
    "Consideration",
    "CurrencyTerms",
    "DayCount",
    "DebtTerms",
    "Defect",
    "FixedCouponBond",
    "FixedProfitSukuk",
    "Period",
    "Principle",
    "Rounding",
    "Source",
    "SourceClass",
    "Split",
    "Terms",
    "accrued",
    "cash_flows",
    "consideration",
    "defects",
    "income",
    "income_per_sen",
    "isin_is_valid",
    "period_of",
    "periods",
    "redemption",
    "rentas_isin",
    "rentas_stock_code",
    "round_half_up_sen",
    "split",
    "to_sen",
    "truncate_sen",
    "year_fraction",
]
