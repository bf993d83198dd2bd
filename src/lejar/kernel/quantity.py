# SPDX-License-Identifier: Apache-2.0
"""Amounts are integers of an asset's smallest unit; every division names its rounding.

MYR counts in sen, a security in its smallest tradable unit, a price in millionths of the quote
currency per unit, a bond's price in millionths of per cent of nominal, a rate in millionths.
"""

from typing import Annotated

import msgspec

AMOUNT_MAX = 2**63 - 1
"""MessagePack's signed integers end here, and so does every amount."""

MILLION = 1_000_000

Amount = Annotated[int, msgspec.Meta(ge=1, le=AMOUNT_MAX)]
"""A positive number of smallest units, as commands carry it."""


def truncated(numerator: int, denominator: int) -> int:
    """Divide towards zero: what is owed never exceeds what is due."""
    quotient = abs(numerator) // abs(denominator)
    return quotient if (numerator < 0) == (denominator < 0) else -quotient


def rounded_half_up(numerator: int, denominator: int) -> int:
    """Divide to the nearest whole, a half away from zero: the money market's usual rounding."""
    magnitude = (2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator))
    return magnitude if (numerator < 0) == (denominator < 0) else -magnitude
