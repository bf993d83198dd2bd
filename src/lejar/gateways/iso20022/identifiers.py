# SPDX-License-Identifier: Apache-2.0
"""Identifiers whose check digits or form can be judged alone: BIC, LEI, ISIN, IBAN.

ISO 9362, 17442, 6166 and 13616; the arithmetic is python-stdnum's.
"""

from stdnum import bic, iban, isin, lei


def is_bic(text: str) -> bool:
    """Whether it is a BIC in capitals, whose country exists."""
    return text == text.strip().upper() and bool(bic.is_valid(text))


def is_lei(text: str) -> bool:
    """Whether the check digits are right."""
    return text == text.strip().upper() and bool(lei.is_valid(text))


def is_isin(text: str) -> bool:
    """Whether the country and the check digit are right."""
    return text == text.strip().upper() and bool(isin.is_valid(text))


def is_iban(text: str) -> bool:
    """Whether the check digits and the length for its country are right."""
    return bool(iban.is_valid(text, check_country=False))
