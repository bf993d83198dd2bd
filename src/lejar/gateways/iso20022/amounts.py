# SPDX-License-Identifier: Apache-2.0
"""Amounts: decimal text in messages, whole smallest units everywhere else, exactly.

Nothing is rounded in either direction. An amount that has more decimals than its currency cannot be
written in smallest units and is refused.
"""

from decimal import Decimal

from lejar.gateways.iso20022.currencies import DECIMALS
from lejar.kernel.failure import Malformed


def units_of(text: str, currency: str) -> int:
    """Read decimal text as smallest units.

    >>> units_of("1500.5", "MYR"), units_of("12", "JPY")
    (150050, 12)
    """
    decimals = DECIMALS.get(currency)
    if decimals is None:
        raise Malformed(f"{currency} is not a currency in use")
    return scaled(text, decimals)


def scaled(text: str, decimals: int) -> int:
    """Read decimal text as a whole number of units, each of which is 10 to the minus `decimals`."""
    sign, digits, exponent = Decimal(text.strip()).as_tuple()
    if not isinstance(exponent, int):
        raise Malformed(f"{text} is not a number")
    whole = int("".join(map(str, digits)))
    shift = exponent + decimals
    power = int("1" + "0" * abs(shift))
    units, rest = (whole * power, 0) if shift >= 0 else divmod(whole, power)
    if rest:
        raise Malformed(f"{text} has more than {decimals} decimals")
    return -units if sign else units


def text_of(units: int, currency: str) -> str:
    """Write smallest units as decimal text.

    >>> text_of(150050, "MYR"), text_of(12, "JPY"), text_of(-5, "KWD")
    ('1500.50', '12', '-0.005')
    """
    decimals = DECIMALS.get(currency)
    if decimals is None:
        raise Malformed(f"{currency} is not a currency in use")
    sign = "-" if units < 0 else ""
    if not decimals:
        return f"{units}"
    whole, part = divmod(abs(units), 10**decimals)
    return f"{sign}{whole}.{part:0{decimals}}"
