# SPDX-License-Identifier: Apache-2.0
"""From an exact amount to whole sen, by name.

Why named: every sen that a rounding makes or loses belongs to somebody, so the terms say which
rounding is theirs and a test shows what it does. Amounts here are never negative.
"""

from fractions import Fraction

from lejar.domain.instruments.model import Rounding
from lejar.kernel.quantity import rounded_half_up, truncated


def round_half_up_sen(amount: Fraction) -> int:
    """The nearest whole sen; exactly half a sen goes up.

    >>> round_half_up_sen(Fraction(5, 2)), round_half_up_sen(Fraction(249, 100))
    (3, 2)
    """
    return rounded_half_up(amount.numerator, amount.denominator)


def truncate_sen(amount: Fraction) -> int:
    """The whole sen that are there in full; the rest is dropped.

    >>> truncate_sen(Fraction(299, 100))
    2
    """
    return truncated(amount.numerator, amount.denominator)


def to_sen(amount: Fraction, rounding: Rounding) -> int:
    """The exact `amount` in sen as the whole sen that `rounding` makes of it."""
    match rounding:
        case Rounding.HALF_UP_SEN:
            return round_half_up_sen(amount)
        case Rounding.TRUNCATE_SEN:
            return truncate_sen(amount)
