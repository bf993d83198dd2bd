# SPDX-License-Identifier: Apache-2.0
"""Ids, moments and roundings, each against plain arithmetic or the standard library."""

import datetime
from fractions import Fraction
from math import floor, trunc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lejar.kernel.failure import Malformed
from lejar.kernel.identifiers import PREFIXES, read, show
from lejar.kernel.moment import MICROS_PER_DAY, local_date, micros_into_day, start_of
from lejar.kernel.quantity import rounded_half_up, truncated

WHOLE = st.integers(-(2**70), 2**70)
UTC_BEGINS = datetime.datetime.fromisoformat("1970-01-01")
UTC_ENDS = datetime.datetime.fromisoformat("9999-12-31")
ONE_DAY = datetime.timedelta(days=1)
NOT_ZERO = WHOLE.filter(bool)


@given(WHOLE, NOT_ZERO)
def test_truncated_drops_the_fraction_towards_zero(numerator: int, denominator: int) -> None:
    assert truncated(numerator, denominator) == trunc(Fraction(numerator, denominator))


@given(WHOLE, NOT_ZERO)
def test_half_up_rounds_a_half_away_from_zero(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    nearest = floor(abs(exact) + Fraction(1, 2))
    assert rounded_half_up(numerator, denominator) == (nearest if exact >= 0 else -nearest)


@pytest.mark.parametrize(
    ("numerator", "denominator", "down", "half"),
    [(5, 2, 2, 3), (-5, 2, -2, -3), (5, -2, -2, -3), (1, 3, 0, 0), (2, 3, 0, 1), (-1, 3, 0, 0)],
)
def test_the_roundings_at_a_half_and_beside_it(
    numerator: int, denominator: int, down: int, half: int
) -> None:
    assert truncated(numerator, denominator) == down
    assert rounded_half_up(numerator, denominator) == half


@given(
    st.datetimes(UTC_BEGINS + ONE_DAY, UTC_ENDS - ONE_DAY),
    st.integers(-720, 840),
)
def test_a_local_day_is_what_the_standard_library_says(utc: datetime.datetime, offset: int) -> None:
    at = (utc - UTC_BEGINS) // datetime.timedelta(microseconds=1)
    local = utc + datetime.timedelta(minutes=offset)
    assert local_date(at, offset) == local.date()
    assert start_of(local.date(), offset) + micros_into_day(at, offset) == at
    assert 0 <= micros_into_day(at, offset) < MICROS_PER_DAY


def test_midnight_belongs_to_the_day_that_begins() -> None:
    begins = start_of(datetime.date(2026, 11, 24), 480)
    assert local_date(begins, 480) == datetime.date(2026, 11, 24)
    assert local_date(begins - 1, 480) == datetime.date(2026, 11, 23)
    assert datetime.datetime.fromtimestamp(begins / 1e6, datetime.UTC).hour == 16


@given(st.binary(min_size=16, max_size=16), st.sampled_from(sorted(PREFIXES)))
def test_an_id_reads_back(raw: bytes, kind: str) -> None:
    assert read(kind, show(kind, raw)) == raw


@given(st.text(max_size=40))
def test_any_text_is_an_id_or_refused_in_words(text: str) -> None:
    try:
        raw = read("party", text)
    except Malformed:
        return
    assert show("party", raw) == text


def test_a_second_spelling_of_an_id_is_refused() -> None:
    good = show("party", bytes(16))
    padding_bits = good[:-1] + "b"  # bits beyond the sixteenth byte
    for wrong in (
        good.upper(),
        good + "a",
        good[:-1],
        "acct_" + good[6:],
        padding_bits,
        good + "=",
    ):
        with pytest.raises(Malformed):
            read("party", wrong)
