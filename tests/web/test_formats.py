# SPDX-License-Identifier: Apache-2.0
"""Numbers as people read them: exact, whatever the size or sign."""

from datetime import date

import pytest

from lejar.web import formats
from lejar.web.language import Language, catalogue

EN = catalogue(Language.EN)
MS = catalogue(Language.MS)
NBSP = "\u00a0"
MINUS = "\u2212"


def written(plain: str) -> str:
    """Return a text with the spaces and the minus sign that pages use."""
    return plain.replace(" ", NBSP).replace("-", MINUS)


@pytest.mark.parametrize(
    ("sen", "people", "programs"),
    [
        (0, "RM 0.00", "0.00"),
        (1, "RM 0.01", "0.01"),
        (-5, "-RM 0.05", "-0.05"),
        (123450, "RM 1,234.50", "1234.50"),
        (-123450, "-RM 1,234.50", "-1234.50"),
        (2**63 - 1, "RM 92,233,720,368,547,758.07", "92233720368547758.07"),
    ],
)
def test_sen_are_written_as_ringgit(sen: int, people: str, programs: str) -> None:
    assert formats.ringgit(sen) == written(people)
    assert formats.ringgit_exact(sen) == programs


@pytest.mark.parametrize(
    ("sen", "expected"),
    [
        (99_999_999, "RM 999,999.99"),
        (100_000_000, "RM 1 million"),
        (250_000_000_000, "RM 2.5 billion"),
        (-199_999_999_999, "-RM 1.999 billion"),
        (99_999_999_999, "RM 999.999 million"),
    ],
)
def test_large_amounts_are_cut_off_never_rounded_up(sen: int, expected: str) -> None:
    wanted = written(expected)
    for word in ("million", "billion"):  # a narrow place may break the line before the word
        wanted = wanted.replace(f"{formats.NBSP}{word}", f" {word}")
    assert formats.ringgit_short(sen, EN) == wanted


@pytest.mark.parametrize(
    ("millionths", "expected"),
    [(39_500, "3.950 %"), (40_525, "4.0525 %"), (0, "0.000 %"), (-2_500, "-0.250 %")],
)
def test_rates_are_per_cent_with_three_digits_or_four(millionths: int, expected: str) -> None:
    assert formats.percent(millionths) == written(expected)


def test_prices_keep_two_digits_and_all_they_have() -> None:
    assert formats.price(100_000_000) == "100.00"
    assert formats.price(99_123_456) == "99.123456"
    assert formats.ringgit_price(100_000_000_000) == f"RM{NBSP}1,000.00"
    assert formats.ringgit_price(1) == f"RM{NBSP}0.00000001"


def test_moments_stand_at_the_fixed_offset() -> None:
    new_year_utc = 1_767_225_600_000_001
    assert formats.moment(new_year_utc, EN) == "1 Jan 2026, 08:00:00 UTC+8".replace(
        " ", NBSP, 2
    ).replace(" UTC", f"{NBSP}UTC")
    assert formats.moment_exact(new_year_utc) == "2026-01-01T08:00:00.000001+08:00"


def test_dates_speak_the_language() -> None:
    assert formats.long_date(date(2026, 3, 1), EN).replace(NBSP, " ") == "1 March 2026"
    assert formats.long_date(date(2026, 3, 1), MS).replace(NBSP, " ") == "1 Mac 2026"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MYBVO2103476", "MYBVO2103476"),
        ("9f2c4e81d7a6b3059cc0178d25e4fa6b", "9f2c4e81…25e4fa6b"),
        ("party_abcdefghijklmnopqrstuvwxyz", "party_abcdefgh…stuvwxyz"),
    ],
)
def test_long_digests_show_their_ends(text: str, expected: str) -> None:
    assert formats.shortened(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IssueMoney", "Issue money"),
        ("central_bank", "Central bank"),
        ("ACT/365", "ACT/365"),
        ("MYR", "MYR"),
        ("Tick", "Tick"),
    ],
)
def test_names_of_the_code_become_words_and_others_stay(name: str, expected: str) -> None:
    assert formats.in_words(name) == expected


@pytest.mark.parametrize(
    ("smallest", "decimals", "people"),
    [
        (123450, 2, "USD 1,234.50"),
        (-5, 2, "-USD 0.05"),
        (123450, 0, "USD 123,450"),
        (1234567, 3, "USD 1,234.567"),
        (1, 4, "USD 0.0001"),
    ],
)
def test_money_of_another_currency_has_its_own_decimals(
    smallest: int, decimals: int, people: str
) -> None:
    told = formats.in_currency(smallest, "USD", decimals)
    assert told == people.replace(" ", NBSP, 1).replace("-", MINUS)
