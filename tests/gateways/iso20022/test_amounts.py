# SPDX-License-Identifier: Apache-2.0
"""Amounts, characters and identifiers, at their edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lejar.gateways.iso20022.amounts import scaled, text_of, units_of
from lejar.gateways.iso20022.characters import EXTENDED, REFERENCE, fit, fit_reference
from lejar.gateways.iso20022.currencies import DECIMALS
from lejar.gateways.iso20022.identifiers import is_bic, is_iban, is_isin, is_lei
from lejar.kernel.failure import Malformed


@pytest.mark.parametrize(
    ("text", "currency", "units"),
    [
        ("0.01", "MYR", 1),
        ("1500.5", "MYR", 150050),
        ("250", "MYR", 25000),
        ("1.5000", "MYR", 150),
        ("12", "JPY", 12),
        ("12.0", "JPY", 12),
        ("0.005", "KWD", 5),
        ("9999999999999999.99", "MYR", 999999999999999999),
    ],
)
def test_an_amount_is_read_exactly(text: str, currency: str, units: int) -> None:
    assert units_of(text, currency) == units


@pytest.mark.parametrize(
    ("text", "currency"), [("0.001", "MYR"), ("0.5", "JPY"), ("1", "XYZ"), ("1", "XAU")]
)
def test_an_amount_that_its_currency_cannot_hold_is_malformed(text: str, currency: str) -> None:
    with pytest.raises(Malformed):
        units_of(text, currency)


def test_no_number_is_no_amount() -> None:
    with pytest.raises(Malformed):
        scaled("NaN", 2)
    with pytest.raises(Malformed):
        text_of(1, "XYZ")


@given(st.integers(-(10**18), 10**18), st.sampled_from(sorted(DECIMALS)))
def test_writing_and_reading_an_amount_changes_nothing(units: int, currency: str) -> None:
    assert units_of(text_of(units, currency), currency) == units


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_fitted_text_fits(text: str, length: int) -> None:
    assert len(fit(text, length)) <= length
    assert set(fit(text, length)) <= EXTENDED
    reference = fit_reference(text, length)
    assert set(reference) <= REFERENCE
    assert "//" not in reference
    assert not reference.startswith("/")
    assert fit(fit(text, 60), 60) == fit(text, 60)


def test_what_is_cut_says_so() -> None:
    assert fit("Café Ali & Sons, Kuala Lumpur", 20) == "Cafe Ali & Sons, Ku+"
    assert fit("two\nlines", 20) == "two lines"
    assert fit("0 \u0301 0", 20) == "0 0", "an accent that stands alone leaves no gap"
    assert fit_reference("/INV//7/", 35) == "INV/7"


def test_identifiers_are_judged_by_their_digits() -> None:
    assert [is_bic("ALFAMYKL"), is_bic("alfamykl"), is_bic("ALFAXXKL")] == [True, False, False]
    assert [is_lei("549300LEJARDEMO00148"), is_lei("549300LEJARDEMO00149")] == [True, False]
    assert [is_isin("MYBLJ2600019"), is_isin("MYBLJ2600018")] == [True, False]
    assert [is_iban("GB82WEST12345698765432"), is_iban("GB82WEST123456987654")] == [True, False]
