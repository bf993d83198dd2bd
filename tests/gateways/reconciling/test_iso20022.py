# SPDX-License-Identifier: Apache-2.0
"""Statements of banks and custodians, read for comparison."""

import re
from datetime import date

import pytest

from lejar.gateways.reconciling.forms import read_outside
from lejar.gateways.reconciling.outside import Holdings, Statement
from lejar.kernel.failure import Malformed
from tests.gateways.iso20022.examples import changed, good

CAMT = "camt.053.001.08"
SEMT = "semt.002.001.11"
IN_UNITS = re.sub(r"<FaceAmt>.*?</FaceAmt>", "<Unit>500</Unit>", good(SEMT))
"""The example states one security by its face amount."""


def test_a_cash_statement_is_read_with_its_payments_names() -> None:
    found = read_outside(good(CAMT).encode())
    assert isinstance(found, Statement)
    assert found.opening + sum(one.amount for one in found.entries) == found.closing
    assert found.day == date(2026, 11, 2)
    assert all(one.reference for one in found.entries)


def test_holdings_are_read_in_whole_units() -> None:
    found = read_outside(IN_UNITS.encode())
    assert isinstance(found, Holdings)
    assert (found.day, found.positions[0].isin, found.positions[0].units) == (
        date(2026, 11, 2),
        "MYBLJ2600019",
        1200,
    )


def test_a_mark_before_the_file_is_passed_over() -> None:
    assert read_outside(b"\xef\xbb\xbf" + good(CAMT).encode()) == read_outside(good(CAMT).encode())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (good("pacs.009.001.08"), "pacs.009 is no statement"),
        (good(CAMT).replace("CLBD", "CLAV"), "balance-missing"),
        (good(CAMT).replace("<?xml", "<!DOCTYPE x><?xml"), "xml"),
        (changed(SEMT, "<Unit>1200</Unit>", "<Unit>1200.5</Unit>"), "whole units"),
        (changed(SEMT, "<Unit>1200</Unit>", "<FaceAmt>1200</FaceAmt>"), "stated in units"),
        (changed(SEMT, "<LastPgInd>true", "<LastPgInd>false"), "part of one"),
        (changed(SEMT, "<Cd>COMP</Cd>", "<Cd>DELT</Cd>"), "part of one"),
    ],
)
def test_what_would_have_to_be_guessed_is_refused(data: str, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        read_outside(data.encode())
