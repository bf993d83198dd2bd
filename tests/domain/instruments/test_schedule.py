# SPDX-License-Identifier: Apache-2.0
"""Periods: where they start and end, odd ones and ends of months included."""

from datetime import date

from lejar.domain.instruments import DebtTerms, Period, period_of, periods
from tests.domain.instruments.papers import paper


def ends(terms: DebtTerms) -> list[str]:
    return [period.end.isoformat() for period in periods(terms)]


def odd(terms: DebtTerms) -> list[int]:
    return [period.number for period in periods(terms) if not period.regular]


def test_the_published_dates_of_a_1096_day_note_come_out() -> None:
    terms = paper()
    assert ends(terms) == [
        "2021-12-28", "2022-06-28", "2022-12-28", "2023-06-28", "2023-12-28", "2024-06-28",
    ]  # fmt: skip
    assert odd(terms) == []
    assert (terms.maturity - terms.accrual_start).days == 1096


def test_a_roll_day_of_31_is_the_end_of_each_month() -> None:
    terms = paper(
        accrual_start=date(2023, 8, 31),
        first_payment=date(2023, 11, 30),
        maturity=date(2024, 8, 31),
        payments_per_year=4,
        roll_day=31,
    )
    assert ends(terms) == ["2023-11-30", "2024-02-29", "2024-05-31", "2024-08-31"]
    assert odd(terms) == []


def test_a_roll_day_of_30_is_cut_in_february_and_comes_back() -> None:
    terms = paper(
        accrual_start=date(2022, 8, 30),
        first_payment=date(2023, 2, 28),
        maturity=date(2024, 2, 29),
        roll_day=30,
    )
    assert ends(terms) == ["2023-02-28", "2023-08-30", "2024-02-29"]
    assert odd(terms) == []


def test_a_roll_day_of_28_stays_on_the_28th_in_a_leap_year() -> None:
    terms = paper(
        accrual_start=date(2023, 8, 28), first_payment=date(2024, 2, 28), maturity=date(2024, 8, 28)
    )
    assert ends(terms) == ["2024-02-28", "2024-08-28"]


def test_first_periods_may_be_short_or_long() -> None:
    short = paper(accrual_start=date(2021, 9, 1))
    long = paper(accrual_start=date(2021, 5, 1))
    assert ends(short) == ends(long) == ends(paper())
    assert odd(short) == odd(long) == [1]


def test_a_maturity_off_the_grid_makes_a_short_last_period() -> None:
    terms = paper(maturity=date(2024, 9, 1))
    assert ends(terms)[-2:] == ["2024-06-28", "2024-09-01"]
    assert odd(terms) == [7]


def test_a_last_regular_date_makes_a_long_last_period() -> None:
    terms = paper(maturity=date(2024, 9, 1), last_regular=date(2023, 12, 28))
    assert ends(terms)[-2:] == ["2023-12-28", "2024-09-01"]
    assert odd(terms) == [6]


def test_a_paper_may_have_a_single_period() -> None:
    terms = paper(first_payment=date(2024, 6, 28))
    assert periods(terms) == (
        Period(number=1, start=date(2021, 6, 28), end=date(2024, 6, 28), regular=False),
    )


def test_a_period_holds_its_start_and_not_its_end() -> None:
    terms = paper()
    assert period_of(terms, date(2021, 6, 27)) is None
    assert period_of(terms, date(2021, 6, 28)) == periods(terms)[0]
    assert period_of(terms, date(2021, 12, 27)) == periods(terms)[0]
    assert period_of(terms, date(2021, 12, 28)) == periods(terms)[1]
    assert period_of(terms, date(2024, 6, 28)) is None
