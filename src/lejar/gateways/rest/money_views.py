# SPDX-License-Identifier: Apache-2.0
"""What this room asks of the projections about money: claims, credits, terms and limits.

Amounts are in the currency's smallest unit; prices and shares in millionths.
"""

import msgspec

from lejar.domain.money.intraday import Form
from lejar.domain.money.intraday.model import Millionths


class DepositView(msgspec.Struct, frozen=True):
    """A bank's claim in a currency, worth what the currency is worth."""

    asset: bytes
    code: str
    currency: bytes
    bank: bytes
    settles_in: bytes
    """The bank's account of the currency itself."""
    claims: int
    """What the bank owes those who hold it."""
    entry: int


class FacilityView(msgspec.Struct, frozen=True):
    """What banks may draw by themselves."""

    currency: bytes
    forms: tuple[Form, ...]
    closing_minutes: int
    """Minutes into the local day at which credits are unwound."""
    difference: Millionths | None
    """Millionths by which the price to pay back exceeds what is drawn."""
    bank_max: int | None
    """The most that one bank may owe at once; none for no limit."""
    entry: int


class CollateralView(msgspec.Struct, frozen=True):
    """At which terms a security is taken."""

    currency: bytes
    asset: bytes
    price: int
    """Millionths of the currency's smallest unit for one unit."""
    haircut: Millionths
    """Millionths that are taken off the value."""
    until: int
    """From this moment on the price is too old, and the security is not taken."""
    islamic: bool
    """Whether it is taken in sales and buy-backs too."""
    entry: int


class TierView(msgspec.Struct, frozen=True):
    """What a person in a tier may hold, pay at once and pay in a day."""

    currency: bytes
    tier: str
    holding_max: int
    payment_max: int
    daily_max: int
    entry: int


class PieceView(msgspec.Struct, frozen=True):
    """An amount of a security that the central bank keeps."""

    asset: bytes
    amount: int


class CreditView(msgspec.Struct, frozen=True):
    """Central-bank money that is or was out against securities."""

    credit: bytes
    form: Form
    currency: bytes
    central_bank: bytes
    bank: bytes
    account: bytes
    promise: bytes | None
    """The separate promise to buy back; none for a repo."""
    stage: str
    """`open`, `overdue` or `ended`."""
    drawn: int
    owed: int
    collateral: tuple[PieceView, ...]
    value: int
    """What the collateral is worth now, after the haircut."""
    margin_short: int
    """How much less that is than what is owed."""
    closes_at: int
    """The next close; once it has ended, the one that it was to be unwound at."""
    overdue_at: int | None
    """The first close that found it unpaid."""
    shortfall: int | None
    """What its account lacked at the last close."""
    cause: str | None
    """The refusal's code that was in the way there."""
    called_at: int | None
    """When a new price last no longer covered it."""
    ended_at: int | None
    entry: int


class AccountLimitView(msgspec.Struct, frozen=True):
    """What an account may hold, and send in a local day; none is no limit."""

    account: bytes
    owner: bytes
    currency: bytes
    holding_max: int | None
    daily_out_max: int | None
    entry: int


class KeptView(msgspec.Struct, frozen=True):
    """The claim that an account holds in place of a currency."""

    currency: bytes
    deposit: bytes
    entry: int
