# SPDX-License-Identifier: Apache-2.0
"""English or Malay: which of the two a caller prefers, by RFC 9110's `Accept-Language`."""

import re
from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["en", "ms"]
DEFAULT: Final[Language] = "en"
RANGES_MAX: Final = 16

_RANGE: Final = re.compile(
    r"\s*(?P<tag>[A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]{1,32})?\s*(?:;\s*q=(?P<q>[01](?:\.\d{0,3})?)\s*)?",
    re.ASCII,
)


def preferred(header: str | None) -> Language:
    """Give the language of the highest quality among ours; the first wins a tie."""
    best: Language = DEFAULT
    best_thousandths = 0
    for part in (header or "").split(",")[:RANGES_MAX]:
        match = _RANGE.fullmatch(part)
        language = _ours(match["tag"].lower()) if match else None
        if match is None or language is None:
            continue
        thousandths = _thousandths(match["q"])
        if thousandths > best_thousandths:
            best, best_thousandths = language, thousandths
    return best


def _ours(tag: str) -> Language | None:
    if tag == "ms":
        return "ms"
    return "en" if tag in {"en", "*"} else None


def _thousandths(quality: str | None) -> int:
    whole, _, rest = (quality or "1").partition(".")
    return min(int(whole) * 1000 + int(rest.ljust(3, "0") or "0"), 1000)
