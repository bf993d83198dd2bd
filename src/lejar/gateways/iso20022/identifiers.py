# SPDX-License-Identifier: Apache-2.0
"""Identifiers whose check digits or form can be judged alone: BIC, LEI, ISIN, IBAN, UETR.

ISO 9362, 17442, 6166 and 13616; the arithmetic is python-stdnum's. A UETR is a UUID of version 4
(RFC 9562) in lower case.
"""

import re
from typing import Final

from stdnum import bic, iban, isin, lei

UETR: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def is_uetr(text: str) -> bool:
    """Whether it is a lower-case UUID of version 4.

    >>> is_uetr("8a562c67-ca16-48ba-b074-65581be6f001")
    True
    """
    return UETR.fullmatch(text) is not None


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
