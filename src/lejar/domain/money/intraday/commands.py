# SPDX-License-Identifier: Apache-2.0
"""What may be asked of intraday liquidity."""

from typing import Annotated

import msgspec

from lejar.domain.money.intraday.model import (
    PIECES_MAX,
    Form,
    Millionths,
    MinuteOfDay,
    Piece,
    Terms,
)
from lejar.kernel.envelope import Command, Id
from lejar.kernel.quantity import Amount

Forms = Annotated[tuple[Form, ...], msgspec.Meta(min_length=1, max_length=len(Form))]
Pieces = Annotated[tuple[Piece, ...], msgspec.Meta(max_length=PIECES_MAX)]
SomePieces = Annotated[tuple[Piece, ...], msgspec.Meta(min_length=1, max_length=PIECES_MAX)]


class SetCollateral(Command, frozen=True, tag="money.set_collateral"):
    """Say at what a security is taken against a currency, or with none that it is not any more.

    Signed by the currency's central bank.  Nothing is taken before this is said.
    """

    currency: Id
    asset: Id
    terms: Terms | None


class OpenFacility(Command, frozen=True, tag="money.open_facility"):
    """Let banks draw a currency against collateral by themselves; opening again replaces it.

    Signed by the currency's central bank.
    """

    currency: Id
    forms: Forms
    account: Id
    """The central bank's own account that securities come to."""
    closing_minutes: MinuteOfDay
    """Minutes into the local day at which what is open is unwound."""
    difference: Millionths | None = None
    """How much more is paid back than was drawn, in millionths, rounded down; none for nothing."""
    bank_max: Amount | None = None
    """The most that one bank may owe at once, in the smallest unit; none for no limit."""


class CloseFacility(Command, frozen=True, tag="money.close_facility"):
    """Let nobody draw a currency any more; what is open stays until it is paid back or closes."""

    currency: Id


class DrawIntraday(Command, frozen=True, tag="money.draw_intraday"):
    """Draw central-bank money against securities, until the day's close; signed by the bank."""

    form: Form
    currency: Id
    account: Id
    """The bank's account that the money comes to."""
    collateral_account: Id
    """The bank's account that the securities leave, and come back to."""
    collateral: SomePieces
    amount: Amount
    """In the currency's smallest unit."""


class RepayIntraday(Command, frozen=True, tag="money.repay_intraday"):
    """Pay a credit back before the close, and get securities back; signed by the bank."""

    credit: Id
    amount: Amount | None = None
    """None for all of it; a part gives securities back in proportion, rounded down."""


class SubstituteCollateral(Command, frozen=True, tag="money.substitute_collateral"):
    """Give other securities for a repo, take some back, or both at once; signed by the bank."""

    credit: Id
    give: Pieces
    take: Pieces
