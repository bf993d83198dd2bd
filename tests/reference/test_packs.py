# SPDX-License-Identifier: Apache-2.0
"""The shipped pack reads and says what it does not know; a wrong file is refused at its line."""

from datetime import date

import pytest

from lejar.domain.calendar import following
from lejar.domain.instruments import (
    DayCount,
    FixedCouponBond,
    FixedProfitSukuk,
    Principle,
    SourceClass,
    periods,
    rentas_isin,
)
from lejar.reference import (
    Fields,
    Incomplete,
    PackError,
    calendar,
    listing,
    listings,
    missing,
    terms,
)
from lejar.reference.calendar import read_calendar
from lejar.reference.instruments import read_listing
from lejar.reference.pack_files import PackFile, pack_file, pack_folder

AGEAS = "MYBPN2100088.toml"
ISINS = [
    "MYBGJ2300016", "MYBMO2200016", "MYBPN2100088", "MYBUG2102401", "MYBVO2103476", "MYBVS2103287",
]  # fmt: skip


def shipped(name: str) -> PackFile:
    return pack_file(pack_folder("my", "instruments").joinpath(name))


def changed(name: str, old: str, new: str) -> PackFile:
    file = shipped(name)
    assert old in file.text
    return PackFile(file.name, file.text.replace(old, new, 1))


def test_the_six_papers_are_there_and_their_identifiers_agree() -> None:
    assert [one.isin for one in listings("my")] == ISINS
    for one in listings("my"):
        code = one.published.stock_code or one.assumptions.values.stock_code
        assert code is not None
        assert rentas_isin(code) == one.isin


def test_what_could_not_be_read_is_named() -> None:
    lacking = {one.isin: missing(one) for one in listings("my") if missing(one)}
    government = ("accrual_start", "first_payment", "issue_amount")
    assert lacking == {
        "MYBGJ2300016": government,
        "MYBMO2200016": government,
        "MYBUG2102401": ("rate_percent",),
    }


def test_an_incomplete_paper_makes_no_terms_until_somebody_supplies_what_is_missing() -> None:
    one = listing("my", "MYBUG2102401")
    with pytest.raises(Incomplete, match="rate_percent"):
        terms(one)
    made = terms(one, Fields(rate_percent="4.25"))
    assert made.debt.rate_millionths == 42_500
    assert "rate_millionths" in made.debt.assumed
    with pytest.raises(ValueError, match="not unknown: maturity"):
        terms(one, Fields(rate_percent="4.25", maturity=date(2025, 6, 28)))


def test_the_terms_carry_the_published_figures() -> None:
    bond = terms(listing("my", "MYBPN2100088"))
    assert isinstance(bond, FixedCouponBond)
    assert bond.debt.rate_millionths == 39_500
    assert bond.debt.issue_amount == 1_000_000_000_00
    assert bond.debt.source.source_class is SourceClass.PRIMARY
    assert bond.debt.issuer_name is None
    sukuk = terms(listing("my", "MYBVO2103476"))
    assert isinstance(sukuk, FixedProfitSukuk)
    assert sukuk.principle is None
    supplied = Fields(
        accrual_start=date(2023, 1, 31), first_payment=date(2023, 7, 31), issue_amount="100.00"
    )
    gii = terms(listing("my", "MYBGJ2300016"), supplied)
    assert isinstance(gii, FixedProfitSukuk)
    assert gii.principle is Principle.MURABAHAH
    assert {period.end.day for period in periods(gii.debt)} == {31}


def test_the_paper_with_two_day_counts_keeps_both() -> None:
    one = listing("my", "MYBPN2100088")
    assert one.published.day_count == "ACT/BOTH"
    assert terms(one).debt.day_count is DayCount.ACT_ACT_ICMA
    assert "day_count" in terms(one).debt.assumed


def test_the_date_printed_for_prasarana_is_the_adjusted_one() -> None:
    one = listing("my", "MYBVS2103287")
    unadjusted = terms(one).debt.first_payment
    assert unadjusted == date(2022, 2, 27)
    assert following(calendar("my").calendar, unadjusted) == one.published.first_payment


def test_a_weak_source_is_never_verified() -> None:
    for one in listings("my"):
        assert one.source.verified == (one.source.source_class is SourceClass.PRIMARY)
        assert one.assumptions.verified is False
    assert not calendar("my").source.verified


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ('rate_percent = "3.950"', 'rate_procent = "3.950"', "published.rate_procent", "unknown"),
        ('rate_percent = "3.950"', "rate_percent = 3.950", "published.rate_percent", "float"),
        ('rate_percent = "3.950"', 'rate_percent = "3.95001"', "rate_percent", "4 decimals"),
        ('rate_percent = "3.950"', 'rate_percent = "-3.95"', "rate_percent", "decimal"),
        ('rate_percent = "3.950"', 'rate_percent = "395"', "rate_percent", "1000000"),
        ('rate_percent = "3.950"', "", "unknown", "rate_percent"),
        ('isin = "MYBPN2100088"', 'isin = "MYBPN2100089"', "published.isin", "check digit"),
        ('isin = "MYBPN2100088"', 'isin = "MYBUG2102401"', "published.isin", "named by"),
        ('"PN210008"', '"PN210009"', "stock_code", "RENTAS"),
        ("first_payment = 2022-04-07", "first_payment = 2021-10-07", "published.maturity", "order"),
        ("first_payment = 2022-04-07", "first_payment = 2022-04-08", "first_payment", "roll day"),
        ("maturity = 2031-10-07", "maturity = 2021-10-06", "published.maturity", "order"),
        ("maturity = 2031-10-07", "maturity = 2031-10-07T00:00:00", "published.maturity", "date"),
        ("unknown = [", 'unknown = ["maturity", ', "unknown", "not unknown"),
        ("unknown = [", 'unknown = ["colour", ', "unknown", "no such field"),
        ("unknown = [", 'unknown = ["principle", ', "principle", "no such field"),
        ("[assumptions.values]", "[assumptions.values]\nex_days = 0", "assumptions.values.ex_days",
         "is published"),
        ("[assumptions.values]", "[assumptions.values]\nroll_day = 7", "assumptions.why", "reason"),
        ("ACT/ACT ICMA", "ACT/ACT", "day_count", "ACT/ACT"),
        ('collected = "2026-11"', 'collected = "2026"', "source.collected", "regex"),
        ('source_class = "P"', 'source_class = "W"', "source.verified", "cannot be verified"),
        ("format = 1", "format = 2", "format", "expected 1"),
        ("[published]", "[published", "", "not TOML"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_file_and_key(old: str, new: str, key: str, says: str) -> None:
    with pytest.raises(PackError) as refused:
        read_listing(changed(AGEAS, old, new))
    assert refused.value.file == AGEAS
    assert refused.value.key == key
    assert says in str(refused.value)


def test_a_refusal_names_the_line() -> None:
    file = changed(AGEAS, 'rate_percent = "3.950"', 'rate_percent = "3.95001"')
    with pytest.raises(PackError) as refused:
        read_listing(file)
    assert refused.value.line is not None
    assert "3.95001" in file.text.splitlines()[refused.value.line - 1]


def test_a_paper_that_is_not_there_is_refused() -> None:
    with pytest.raises(PackError, match=r"MYBUM2103142\.toml"):
        listing("my", "MYBUM2103142")


def test_the_calendar_knows_2026_and_says_where_it_stops() -> None:
    published = calendar("my")
    days = published.calendar
    assert days.offset_minutes == 480
    assert days.weekend == (5, 6)
    assert published.years_known == (2026,)
    assert len(days.holidays) == 21
    # Sunday 1 February 2026 is a holiday that moves to the Monday.
    assert following(days, date(2026, 1, 31)) == date(2026, 2, 3)
    assert published.knows(date(2026, 1, 31))
    assert following(days, date(2027, 1, 1)) == date(2027, 1, 1)
    assert not published.knows(date(2027, 1, 1))


def test_the_cut_off_has_a_source_of_its_own() -> None:
    published = calendar("my")
    assert published.cut_off is not None
    assert published.calendar.cut_off_minutes == published.cut_off.minutes == 17 * 60 + 30
    assert published.cut_off.source.source_class is SourceClass.PRIMARY


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("years_known = [2026]", "years_known = [2025]", "outside the years known"),
        ("years_known = [2026]", "years_known = [2027, 2026]", "ascending"),
        ("on = 2026-12-25", "on = 2026-11-09", "ascending"),
        ('"sunday"]', '"funday"]', "funday"),
        ("on = 2026-12-25", "at = 2026-12-25", "holiday"),
        ("minutes = 1050", "minutes = 1440", "within one day"),
        (
            'weekend = ["saturday"',
            'weekend = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"',
            "one business day",
        ),
        ("utc_offset_minutes = 480", "utc_offset_minutes = 4800", "840"),
        ("verified = false", "verified = true", "cannot be verified"),
    ],
)
def test_a_wrong_calendar_is_refused(old: str, new: str, says: str) -> None:
    file = pack_file(pack_folder("my").joinpath("calendar.toml"))
    assert old in file.text
    with pytest.raises(PackError, match=says):
        read_calendar(PackFile(file.name, file.text.replace(old, new, 1)))
