# SPDX-License-Identifier: Apache-2.0
"""What a holding of a fixed-rate paper is paid, has earned so far, and costs.

Why exact: amounts are computed as ratios of integers and rounded once, by the rounding that the
terms name. "Income" is the coupon of a bond and the profit of a sukuk: one arithmetic, two words.

Formulas, with N the nominal in sen, r the rate in millionths, p a price in millionths of per cent:

- income of a period          N x r / 10^6 x year fraction
- accrued at a date           N x r / 10^6 x year fraction from the start of the period to the date
- redemption                  N x redemption price / 10^8
- clean amount, dirty amount  N x p / 10^8, and that plus the accrued
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from lejar.domain.calendar import Calendar, following
from lejar.domain.instruments.daycount import year_fraction
from lejar.domain.instruments.model import PAR, DebtTerms, Rounding
from lejar.domain.instruments.rounding import to_sen
from lejar.domain.instruments.schedule import Period, period_of, periods
from lejar.kernel.codec import Record
from lejar.kernel.quantity import MILLION


class CashFlow(Record, frozen=True, kw_only=True):
    """One payment on a holding, in sen. The redemption comes with the last income."""

    period: Period
    pays_on: date
    """The period's end, moved to the following business day."""
    income: int
    redemption: int


class Consideration(Record, frozen=True, kw_only=True):
    """What a buyer pays, in sen; `dirty` is `clean + accrued`, each rounded on its own."""

    clean: int
    accrued: int
    dirty: int


class Split(Record, frozen=True, kw_only=True):
    """One payment shared among holders, in sen, in the holders' order."""

    amounts: tuple[int, ...]
    total: int
    """The payment on all holdings as one."""
    residue: int
    """`total` less the sum of `amounts`: what rounding leaves over or, below zero, asks for."""


def cash_flows(terms: DebtTerms, nominal: int, calendar: Calendar) -> tuple[CashFlow, ...]:
    """All payments on `nominal` sen from issue to maturity, in order."""
    return tuple(_cash_flow(terms, nominal, calendar, period) for period in periods(terms))


def _cash_flow(terms: DebtTerms, nominal: int, calendar: Calendar, period: Period) -> CashFlow:
    return CashFlow(
        period=period,
        pays_on=following(calendar, period.end),
        income=income(terms, nominal, period),
        redemption=redemption(terms, nominal) if period.end == terms.maturity else 0,
    )


def income(terms: DebtTerms, nominal: int, period: Period) -> int:
    """Sen of coupon or profit on `nominal` sen for one period."""
    return to_sen(nominal * income_per_sen(terms, period.start, period.end), terms.rounding)


def income_per_sen(terms: DebtTerms, start: date, end: date) -> Fraction:
    """Exact sen earned by one sen of nominal from `start` to `end`."""
    return Fraction(terms.rate_millionths, MILLION) * year_fraction(terms, start, end)


def redemption(terms: DebtTerms, nominal: int) -> int:
    """Sen repaid at maturity on `nominal` sen."""
    return to_sen(Fraction(nominal * terms.redemption_price, PAR), terms.rounding)


def accrued(terms: DebtTerms, nominal: int, on: date) -> int:
    """Sen earned on `nominal` sen since the period began, for value on `on`.

    Nothing at the start of a period, the moment the last one is due; nothing outside the life.
    The ex-period is not looked at: an accrued amount below zero does not occur here.
    """
    period = period_of(terms, on)
    if period is None:
        return 0
    return to_sen(nominal * income_per_sen(terms, period.start, on), terms.rounding)


def consideration(terms: DebtTerms, nominal: int, price: int, on: date) -> Consideration:
    """What `nominal` sen cost for value on `on` at a clean `price` (millionths of per cent)."""
    clean = to_sen(Fraction(nominal * price, PAR), terms.rounding)
    earned = accrued(terms, nominal, on)
    return Consideration(clean=clean, accrued=earned, dirty=clean + earned)


def split(per_sen: Fraction, nominals: Sequence[int], rounding: Rounding) -> Split:
    """Share out a payment of `per_sen` exact sen a sen of nominal among holdings of `nominals` sen.

    Truncated, the residue is at least 0 and below the number of holders: it stays with the payer.
    Half up, it lies within half a sen a holder either way, and below zero the payer must add it.
    """
    amounts = tuple(to_sen(nominal * per_sen, rounding) for nominal in nominals)
    total = to_sen(sum(nominals) * per_sen, rounding)
    return Split(amounts=amounts, total=total, residue=total - sum(amounts))
