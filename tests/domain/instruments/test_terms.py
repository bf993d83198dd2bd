# SPDX-License-Identifier: Apache-2.0
"""Terms as records: they travel as bytes, refuse bad shapes, and name what disagrees."""

from datetime import date, timedelta

import msgspec
import pytest

from lejar.domain.instruments import (
    SENTENCES,
    CurrencyTerms,
    DebtTerms,
    Defect,
    FixedCouponBond,
    FixedProfitSukuk,
    Principle,
    Terms,
    defects,
    isin_is_valid,
    rentas_isin,
    rentas_stock_code,
)
from tests.domain.instruments.papers import PLAIN, paper

RINGGIT = CurrencyTerms(code="MYR", name="Malaysian ringgit", decimals=2)


@pytest.mark.parametrize(
    "terms",
    [
        RINGGIT,
        FixedCouponBond(debt=PLAIN),
        FixedProfitSukuk(debt=PLAIN, principle=None),
        FixedProfitSukuk(debt=paper(assumed=("ex_days",)), principle=Principle.MURABAHAH),
    ],
)
def test_terms_come_back_from_their_bytes_as_they_went(terms: Terms) -> None:
    sent = msgspec.msgpack.encode(terms)
    back = msgspec.msgpack.decode(sent, type=Terms)
    assert back == terms
    assert type(back) is type(terms)
    assert msgspec.msgpack.encode(back) == sent


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("isin", "mybug2102401"),
        ("stock_code", "UG21024"),
        ("currency", "RM"),
        ("unit_nominal", 0),
        ("issue_amount", 2**63),
        ("rate_millionths", -1),
        ("rate_millionths", 1.5),
        ("accrual_start", "2021-06-31"),
        ("payments_per_year", 0),
        ("roll_day", 32),
        ("day_count", "ACT/ACT"),
        ("ex_days", -1),
    ],
)
def test_a_bad_shape_does_not_decode(field: str, value: object) -> None:
    fields = msgspec.to_builtins(PLAIN)
    fields[DebtTerms.__struct_fields__.index(field)] = value
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(fields, DebtTerms)


def test_a_plain_paper_has_no_defect() -> None:
    assert defects(PLAIN) == ()


@pytest.mark.parametrize(
    ("terms", "defect"),
    [
        (paper(isin="MYBUG2102402"), Defect.ISIN_CHECK_DIGIT),
        (paper(stock_code="UM210314"), Defect.ISIN_STOCK_CODE),
        (paper(accrual_start=date(2021, 12, 28)), Defect.DATES_OUT_OF_ORDER),
        (paper(maturity=date(2021, 12, 27)), Defect.DATES_OUT_OF_ORDER),
        (paper(last_regular=date(2024, 6, 28)), Defect.DATES_OUT_OF_ORDER),
        (paper(maturity=date(2122, 6, 28)), Defect.LIFE_OUT_OF_RANGE),
        (paper(payments_per_year=5), Defect.FREQUENCY_UNEVEN),
        (paper(roll_day=27), Defect.FIRST_PAYMENT_OFF_ROLL),
        (paper(last_regular=date(2024, 5, 28)), Defect.LAST_REGULAR_OFF_ROLL),
        (paper(issue_amount=100_01), Defect.ISSUE_AMOUNT_NOT_IN_UNITS),
        (paper(assumed=("rate_millionths", "isin")), Defect.ASSUMED_UNKNOWN_FIELD),
        (paper(assumed=("colour",)), Defect.ASSUMED_UNKNOWN_FIELD),
    ],
)
def test_a_defect_is_found_and_has_a_sentence(terms: DebtTerms, defect: Defect) -> None:
    assert defect in defects(terms)
    assert SENTENCES[defect].endswith(".")


def test_defects_come_in_order_of_precedence() -> None:
    many = paper(isin="MYBUG2102402", roll_day=27, issue_amount=1, maturity=PLAIN.accrual_start)
    order = list(Defect)
    found = [order.index(defect) for defect in defects(many)]
    assert len(found) > 3
    assert found == sorted(found)


def test_every_single_digit_error_in_an_isin_is_found() -> None:
    good = "MYBPN2100088"
    for place in range(5, 12):
        for digit in "0123456789":
            changed = good[:place] + digit + good[place + 1 :]
            assert isin_is_valid(changed) == (changed == good)


@pytest.mark.parametrize(
    "text", ["", "MYBPN210008", "MYBPN21000888", "MYBPN210008X", "\uff2dYBPN2100088"]
)
def test_other_shapes_are_no_isin(text: str) -> None:
    assert not isin_is_valid(text)
    assert rentas_stock_code(text) is None


@pytest.mark.parametrize("code", ["", "UG21024", "ug210240", "UG2102401"])
def test_a_stock_code_of_another_shape_makes_no_isin(code: str) -> None:
    with pytest.raises(ValueError, match="8 capitals or digits"):
        rentas_isin(code)


def test_a_life_of_the_longest_kind_is_quick_to_lay_out() -> None:
    longest = paper(maturity=PLAIN.accrual_start + timedelta(days=36_500), payments_per_year=12)
    assert Defect.LIFE_OUT_OF_RANGE not in defects(longest)
