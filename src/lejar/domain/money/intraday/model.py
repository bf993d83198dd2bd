# SPDX-License-Identifier: Apache-2.0
"""The standing facility, what it takes as collateral, and the credits that are open."""

import enum
from typing import Annotated

import msgspec

from lejar.kernel.codec import Record
from lejar.kernel.envelope import Id, Instant
from lejar.kernel.quantity import AMOUNT_MAX, MILLION, Amount
from lejar.kernel.state import Reader, Table

Millionths = Annotated[int, msgspec.Meta(ge=0, le=MILLION)]
"""A share of a whole."""

MinuteOfDay = Annotated[int, msgspec.Meta(ge=0, le=24 * 60 - 1)]

Price = Annotated[int, msgspec.Meta(ge=1, le=AMOUNT_MAX)]
"""Millionths of the currency's smallest unit for one unit of the security."""

PIECES_MAX = 16


class Form(enum.StrEnum):
    """The contract under which central-bank money goes against securities."""

    REPO = "repo"
    """One contract: securities are sold and repurchased at an agreed price."""
    SALE_AND_BUY_BACK = "sale_and_buy_back"
    """Two contracts: an outright sale, and beside it the bank's promise to buy back."""


class Terms(Record, frozen=True):
    """What the central bank gives for a security, and until when that counts."""

    price: Price
    haircut: Millionths
    """Taken off the value; the whole makes it worth nothing."""
    until: Instant
    """From this moment on the price is too old, and the security is not taken."""
    islamic: bool = False
    """Whether the central bank takes it in sales and buy-backs too."""


class Facility(Record, frozen=True):
    """What a bank may draw alone, at any hour; the currency is the key."""

    forms: tuple[Form, ...]
    account: bytes
    """The central bank's account that securities come to."""
    difference: int | None
    """Millionths by which the price to pay back exceeds what was drawn; none for nothing."""
    bank_max: int | None
    """The most that one bank may owe at once; none for no limit."""
    closing_minutes: int
    """Minutes into the local day at which credits are unwound."""


class Piece(Record, frozen=True):
    """An amount of a security, as a command names it."""

    asset: Id
    amount: Amount


class Kept(Record, frozen=True):
    """Securities that the central bank keeps for a credit, held so that they can be given back."""

    asset: bytes
    amount: int
    hold: bytes


class Credit(Record, frozen=True):
    """Central-bank money that is out against securities; its id is the key."""

    form: Form
    currency: bytes
    bank: bytes
    account: bytes
    collateral_account: bytes
    kept_in: bytes
    kept: tuple[Kept, ...]
    """In the order of asset ids."""
    drawn: int
    owed: int
    """The price at which the securities go back, agreed when the money went out."""
    promise: bytes | None
    """The separate promise to buy back; none for a repo."""
    closes_at: int
    closing_minutes: int
    overdue_since: int | None = None


COLLATERAL: Table[Terms] = Table(0x45, "collateral", Terms)
"""Currency, then security."""
FACILITIES: Table[Facility] = Table(0x46, "facilities", Facility)
CREDITS: Table[Credit] = Table(0x47, "intraday_credits", Credit)


def open_credits(reader: Reader, currency: bytes) -> tuple[tuple[bytes, Credit], ...]:
    """Give a currency's open credits in the order of their ids.

    All open credits are walked: there are as many as banks draw in a day, and each is closed by
    its end.
    """
    return tuple((key, one) for key, one in CREDITS.scan(reader) if one.currency == currency)
