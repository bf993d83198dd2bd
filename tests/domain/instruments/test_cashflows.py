# SPDX-License-Identifier: Apache-2.0
"""Amounts: known answers, what rounding does, and what always holds."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lejar.domain.calendar import Calendar
from lejar.domain.instruments import (
    PAR,
    DayCount,
    DebtTerms,
    Rounding,
    accrued,
    cash_flows,
    consideration,
    income,
    income_per_sen,
    periods,
    redemption,
    round_half_up_sen,
    split,
    truncate_sen,
    year_fraction,
)
from tests.domain.instruments.papers import PLAIN, WEEKENDS, paper

BILLION = 1_000_000_000_00


def ageas(day_count: DayCount) -> DebtTerms:
    return paper(
        rate_millionths=39_500,
        accrual_start=date(2021, 10, 7),
        first_payment=date(2022, 4, 7),
        maturity=date(2031, 10, 7),
        roll_day=7,
        day_count=day_count,
    )


def test_the_two_day_counts_differ_as_published_for_a_billion() -> None:
    icma, fixed = ageas(DayCount.ACT_ACT_ICMA), ageas(DayCount.ACT_365)
    assert income(icma, BILLION, periods(icma)[0]) == 19_750_000_00
    assert income(fixed, BILLION, periods(fixed)[0]) == 19_695_890_41


def test_a_regular_icma_period_is_the_rate_over_the_frequency() -> None:
    terms = paper()
    assert {year_fraction(terms, p.start, p.end) for p in periods(terms)} == {Fraction(1, 2)}


def test_a_short_first_period_counts_its_days_in_the_notional_one() -> None:
    terms = paper(accrual_start=date(2021, 9, 1))
    # 1 September to 28 December is 118 days of the 183 from 28 June.
    assert year_fraction(terms, date(2021, 9, 1), date(2021, 12, 28)) == Fraction(118, 2 * 183)


def test_a_long_first_period_is_a_notional_one_and_a_part() -> None:
    terms = paper(accrual_start=date(2021, 5, 1))
    # 1 May to 28 June is 58 days of the 182 from 28 December 2020; then a whole half year.
    expected = Fraction(58, 2 * 182) + Fraction(1, 2)
    assert year_fraction(terms, date(2021, 5, 1), date(2021, 12, 28)) == expected


def test_a_cut_roll_day_does_not_make_an_odd_period_regular() -> None:
    # 28 February to 30 March: a month, and two of the 31 days to 28 April.
    terms = paper(
        accrual_start=date(2014, 12, 28),
        first_payment=date(2015, 1, 28),
        last_regular=date(2015, 2, 28),
        maturity=date(2015, 3, 30),
        payments_per_year=12,
    )
    fraction = year_fraction(terms, date(2015, 2, 28), date(2015, 3, 30))
    assert fraction == Fraction(1, 12) + Fraction(2, 12 * 31)


def test_a_roll_day_of_30_gives_whole_periods_around_february() -> None:
    terms = paper(
        accrual_start=date(2030, 11, 30),
        first_payment=date(2031, 2, 28),
        maturity=date(2031, 8, 30),
        payments_per_year=4,
        roll_day=30,
    )
    assert {year_fraction(terms, p.start, p.end) for p in periods(terms)} == {Fraction(1, 4)}


def test_odd_periods_at_both_ends_leave_the_regular_ones_whole() -> None:
    terms = paper(
        accrual_start=date(1998, 2, 1),
        first_payment=date(2000, 1, 31),
        maturity=date(2001, 2, 1),
        payments_per_year=1,
        roll_day=31,
    )
    assert [year_fraction(terms, p.start, p.end) for p in periods(terms)] == [
        1 + Fraction(364, 365),
        1,
        Fraction(1, 365),
    ]


def test_payments_move_to_business_days_and_amounts_do_not() -> None:
    on_a_sunday = paper(first_payment=date(2021, 11, 28), maturity=date(2024, 5, 28))
    calendar = Calendar(
        offset_minutes=480, weekend=(5, 6), holidays=(date(2021, 11, 29),), cut_off_minutes=None
    )
    flows = cash_flows(on_a_sunday, 100_00, calendar)
    assert (flows[0].period.end, flows[0].pays_on) == (date(2021, 11, 28), date(2021, 11, 30))
    assert flows[0].income == income(on_a_sunday, 100_00, periods(on_a_sunday)[0])
    assert flows[1].period.start == date(2021, 11, 28)
    assert [flow.pays_on.isoformat() for flow in flows[1:]] == [
        "2022-05-30",
        "2022-11-28",
        "2023-05-29",
        "2023-11-28",
        "2024-05-28",
    ]


def test_redemption_comes_once_with_the_last_income() -> None:
    flows = cash_flows(paper(), 100_00, WEEKENDS)
    assert [flow.redemption for flow in flows] == [0, 0, 0, 0, 0, 100_00]
    assert [flow.income for flow in flows] == [2_50] * 6


def test_redemption_above_par_pays_the_premium() -> None:
    assert redemption(paper(redemption_price=PAR + 500_000), 1_000_00) == 1_005_00


def test_accrued_is_nothing_on_the_day_a_payment_is_due_and_outside_the_life() -> None:
    terms = paper()
    for on in ("2021-06-27", "2021-06-28", "2021-12-28", "2024-06-28", "2030-01-01"):
        assert accrued(terms, BILLION, date.fromisoformat(on)) == 0
    assert accrued(terms, BILLION, date(2021, 6, 29)) > 0


def test_consideration_is_clean_and_accrued_each_rounded() -> None:
    bought = consideration(paper(), 100_00, 99_123_456, date(2021, 9, 1))
    # 65 days of 183 of 2.50, and 99.123456 per cent of 100.00
    assert (bought.clean, bought.accrued, bought.dirty) == (99_12, 89, 100_01)


def test_half_a_sen_goes_up_and_truncation_drops_it() -> None:
    assert (round_half_up_sen(Fraction(1, 2)), truncate_sen(Fraction(1, 2))) == (1, 0)
    assert (round_half_up_sen(Fraction(3, 2)), truncate_sen(Fraction(3, 2))) == (2, 1)
    assert round_half_up_sen(Fraction(10**18 * 2 + 1, 4)) == 5 * 10**17


@given(
    nominals=st.lists(st.integers(0, 10**15), min_size=1, max_size=40),
    rate=st.integers(0, 1_000_000),
    days=st.integers(1, 366),
)
def test_what_is_split_and_the_residue_make_the_total(
    nominals: list[int], rate: int, days: int
) -> None:
    per_sen = Fraction(rate * days, 1_000_000 * 365)
    cut = split(per_sen, nominals, Rounding.TRUNCATE_SEN)
    near = split(per_sen, nominals, Rounding.HALF_UP_SEN)
    assert sum(cut.amounts) + cut.residue == cut.total
    assert sum(near.amounts) + near.residue == near.total
    assert 0 <= cut.residue < len(nominals)
    assert abs(near.residue) <= (len(nominals) + 1) // 2


@given(days=st.integers(0, 1095), nominal=st.integers(0, 10**14))
def test_income_per_sen_adds_up_wherever_it_is_cut(days: int, nominal: int) -> None:
    cut = PLAIN.accrual_start + timedelta(days=days)
    whole = income_per_sen(PLAIN, PLAIN.accrual_start, PLAIN.maturity)
    left = income_per_sen(PLAIN, PLAIN.accrual_start, cut)
    assert left + income_per_sen(PLAIN, cut, PLAIN.maturity) == whole
