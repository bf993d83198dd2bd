# SPDX-License-Identifier: Apache-2.0
"""ISIN: its shape, its check digit, and how RENTAS makes one from a stock code.

ISO 6166: two letters of the country, nine characters, one check digit (Luhn over the characters
written as numbers). Debt in RENTAS: `MY`, `B`, the eight characters of the stock code, check digit;
read from BNM's stock information pages (fast.bnm.gov.my).

Why only `calc_check_digit` of python-stdnum: its `validate` also looks the country up in a table
that changes between releases. The same command must be accepted or refused alike on every node and
in every replay, so a table that is not in the journal may not decide. The arithmetic cannot change.
"""

import re
from typing import Final

from stdnum.isin import calc_check_digit

_ISIN: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
_STOCK_CODE: Final = re.compile(r"[A-Z0-9]{8}")
_RENTAS_PREFIX: Final = "MYB"


def isin_is_valid(isin: str) -> bool:
    """Shape and check digit; whether the country exists is not asked.

    >>> isin_is_valid("MYBUG2102401"), isin_is_valid("MYBUG2102402"), isin_is_valid("mybug2102401")
    (True, False, False)
    """
    return bool(_ISIN.fullmatch(isin)) and calc_check_digit(isin[:-1]) == isin[-1]


def rentas_isin(stock_code: str) -> str:
    """The ISIN of the debt security that RENTAS knows as `stock_code` (eight characters).

    Raises ValueError for another shape: a caller has parsed the code before it asks.

    >>> rentas_isin("UG210240"), rentas_isin("UM210314")
    ('MYBUG2102401', 'MYBUM2103142')
    """
    if not _STOCK_CODE.fullmatch(stock_code):
        raise ValueError(f"expected a stock code of 8 capitals or digits, was {stock_code!r}")
    stem = _RENTAS_PREFIX + stock_code
    return stem + calc_check_digit(stem)


def rentas_stock_code(isin: str) -> str | None:
    """The stock code inside the ISIN of a RENTAS debt security; none for any other ISIN.

    >>> rentas_stock_code("MYBPN2100088"), rentas_stock_code("US0378331005")
    ('PN210008', None)
    """
    if not isin_is_valid(isin) or not isin.startswith(_RENTAS_PREFIX):
        return None
    return isin[len(_RENTAS_PREFIX) : -1]
