# SPDX-License-Identifier: Apache-2.0
"""How numbers, money, dates and moments are written for people.

Everything is integer arithmetic: sen, millionths, microseconds. Malaysia has kept the fixed offset
+08:00 since 1982, so no time-zone database is asked (and none can change what a page says).
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from lejar.web.language import Catalogue

NBSP: Final = "\N{NO-BREAK SPACE}"
NARROW: Final = "\N{NARROW NO-BREAK SPACE}"
MINUS: Final = "\N{MINUS SIGN}"
DASH: Final = "\N{EN DASH}"

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MALAYSIA: Final = timezone(timedelta(hours=8))

SEN_CURRENCY: Final = "MYR"
SEN_PER_RINGGIT: Final = 100
MILLIONTHS_PER_PERCENT: Final = 10_000
RATE_DIGITS_MIN: Final = 3
NAME_OF_CODE: Final = re.compile(r"(?:[a-z_]+\.)?([A-Za-z]*[a-z][A-Za-z0-9_]*)")
"""`settlement.instruct`, `IssueMoney` or `central_bank`, with the part that says what it is."""
SHORT_LENGTH_MAX: Final = 20
SHORT_SIDE: Final = 8


def count(number: int) -> str:
    """Return an integer grouped by commas, with a true minus sign.

    >>> count(-1204331) == MINUS + "1,204,331"
    True
    """
    return f"{number:,}".replace("-", MINUS)


def entry_number(number: int) -> str:
    """Return an entry's number grouped by narrow spaces: an ordinal, not an amount."""
    return f"{number:,}".replace(",", NARROW)


def ringgit(sen: int) -> str:
    """Return sen as ringgit for people.

    >>> ringgit(123450) == "RM" + NBSP + "1,234.50"
    True
    """
    whole, rest = divmod(abs(sen), SEN_PER_RINGGIT)
    sign = MINUS if sen < 0 else ""
    return f"{sign}RM{NBSP}{whole:,}.{rest:02}"


def money_number(smallest: int) -> str:
    """Return money without its currency, in hundredths: `1,234.50`."""
    whole, rest = divmod(abs(smallest), SEN_PER_RINGGIT)
    return f"{MINUS if smallest < 0 else ''}{whole:,}.{rest:02}"


def in_currency(smallest: int, code: str, decimals: int) -> str:
    """Return money of another currency, with its own decimals: `USD 1,234.50`, `JPY 1,234`."""
    whole, rest = divmod(abs(smallest), 10**decimals)
    part = f".{rest:0{decimals}}" if decimals else ""
    return f"{MINUS if smallest < 0 else ''}{code}{NBSP}{whole:,}{part}"


def units(number: int, name: str, decimals: int | None) -> str:
    """Return money in its currency, and units of anything else as a count."""
    if decimals is None:
        return count(number)
    return ringgit(number) if name == SEN_CURRENCY else in_currency(number, name, decimals)


def ringgit_short(sen: int, words: Catalogue) -> str:
    """Return a large amount in millions or billions, cut off (never rounded up) after three digits.

    Only beside the exact amount; below a million it is the exact amount.
    """
    for family, size in (("billion", 10**9), ("million", 10**6)):
        whole, rest = divmod(abs(sen), size * SEN_PER_RINGGIT)
        if whole:
            digits = f"{rest * 1000 // (size * SEN_PER_RINGGIT):03}".rstrip("0")
            number = f"{whole:,}{'.' if digits else ''}{digits}"
            return f"{MINUS if sen < 0 else ''}RM{NBSP}{number} {words(f'value.{family}')}"
    return ringgit(sen)


def ringgit_exact(sen: int) -> str:
    """Return sen as ringgit for programs: `-1234.50`."""
    whole, rest = divmod(abs(sen), SEN_PER_RINGGIT)
    return f"{'-' if sen < 0 else ''}{whole}.{rest:02}"


def percent(millionths: int) -> str:
    """Return a rate in millionths as per cent, with three digits or, where needed, four.

    >>> percent(39500) == "3.950" + NBSP + "%"
    True
    """
    whole, rest = divmod(abs(millionths), MILLIONTHS_PER_PERCENT)
    digits = f"{rest:04}"
    if digits.endswith("0"):
        digits = digits[:RATE_DIGITS_MIN]
    return f"{MINUS if millionths < 0 else ''}{whole}.{digits}{NBSP}%"


def price(millionths: int) -> str:
    """Return a price in millionths of per cent of nominal: `100.00`, or with all its digits."""
    whole, rest = divmod(millionths, 1_000_000)
    digits = f"{rest:06}".rstrip("0").ljust(2, "0")
    return f"{whole:,}.{digits}"


def ringgit_price(millionths: int) -> str:
    """Return what one unit costs, given in millionths of a sen, as ringgit with all its digits.

    >>> ringgit_price(99_875_500_000) == "RM" + NBSP + "998.755"
    True
    """
    whole, rest = divmod(millionths, SEN_PER_RINGGIT * 1_000_000)
    digits = f"{rest:08}".rstrip("0").ljust(2, "0")
    return f"RM{NBSP}{whole:,}.{digits}"


def long_date(on: date, words: Catalogue) -> str:
    """Return a date with the month's name: `28 June 2024`, `28 Jun 2024` in Malay."""
    return f"{on.day}{NBSP}{words.several('date.months')[on.month - 1]}{NBSP}{on.year}"


def moment(at: int, words: Catalogue) -> str:
    """Return microseconds UTC as date and time at +08:00, to the second."""
    then = _local(at)
    month = words.several("date.months_short")[then.month - 1]
    day = f"{then.day}{NBSP}{month}{NBSP}{then.year}"
    return f"{day}, {then:%H:%M:%S}{NBSP}{words('date.zone')}"


def clock_time(at: int) -> str:
    """Return the time of day at +08:00, to the second."""
    return f"{_local(at):%H:%M:%S}"


def local_date(at: int) -> date:
    """Return the day of microseconds UTC at +08:00."""
    return _local(at).date()


def moment_exact(at: int) -> str:
    """Return microseconds UTC as ISO 8601 with the offset, to the microsecond."""
    return _local(at).isoformat(timespec="microseconds")


def shortened(text: str) -> str:
    """Return a long digest or id as its two ends; a short one whole. A prefix such as `cmd_` stays.

    >>> shortened("9f2c4e81d7a6b3059cc0178d25e4fa6b")
    '9f2c4e81…25e4fa6b'
    """
    if len(text) <= SHORT_LENGTH_MAX:
        return text
    prefix, mark, rest = text.rpartition("_")
    return f"{prefix}{mark}{rest[:SHORT_SIDE]}…{rest[-SHORT_SIDE:]}"


def plain_name(name: str) -> str | None:
    """Return a name of the code in one form; None for what is no such name, as `ACT/365`.

    >>> plain_name("IssueMoney"), plain_name("money.issue_money")
    ('issue_money', 'issue_money')
    """
    match = NAME_OF_CODE.fullmatch(name)
    if match is None:
        return None
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", match[1]).lower()


def in_words(name: str) -> str:
    """Return a name of the code as words, `Issue money`; what is no such name stays as it is."""
    plain = plain_name(name)
    return name if plain is None else plain.replace("_", " ").strip().capitalize()


def _local(at: int) -> datetime:
    return (EPOCH + timedelta(microseconds=at)).astimezone(MALAYSIA)
