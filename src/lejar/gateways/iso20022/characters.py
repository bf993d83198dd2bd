# SPDX-License-Identifier: Apache-2.0
"""Which characters banks exchange, and how an outgoing text is made to fit.

References keep to FIN-X, so that older systems on the way can carry them; names, addresses and
remittance may use the printable rest of ASCII (the extended set of CBPR+). What is cut ends in `+`,
which tells the reader that something is missing.
"""

import string
import unicodedata
from typing import Final

CUT: Final = "+"
REPLACEMENT: Final = "."

REFERENCE: Final = frozenset(string.ascii_letters + string.digits + "/-?:().,'+ ")
EXTENDED: Final = REFERENCE | frozenset('!#$%&*=^_`{|}~";<>@[\\]')


def fit(text: str, length: int) -> str:
    """Write a text in the extended set, no longer than `length`, on one line.

    >>> fit("Café Ali & Sons, Kuala Lumpur", 20)
    'Cafe Ali & Sons, Ku+'
    """
    return _cut(_within(text, EXTENDED), length)


def fit_reference(text: str, length: int) -> str:
    """Write a reference in FIN-X without the slashes that a reference may not have.

    >>> fit_reference("/INV//7/", 35)
    'INV/7'
    """
    written = _within(text, REFERENCE)
    while "//" in written:
        written = written.replace("//", "/")
    return _cut(written.strip("/ "), length)


def _within(text: str, allowed: frozenset[str]) -> str:
    plain = unicodedata.normalize("NFKD", " ".join(text.split()))
    kept = [c for c in plain if not unicodedata.combining(c)]
    written = "".join([c if c in allowed else REPLACEMENT for c in kept])
    return " ".join(written.split())  # an accent alone may have stood between two spaces


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - len(CUT)] + CUT
