# SPDX-License-Identifier: Apache-2.0
"""What must hold of intraday liquidity, each named as its sentence.

No rule here cites a central bank's published figure: prices, haircuts, hours and limits are those
that the central bank of the network sets.
"""

from collections.abc import Iterable

from lejar.domain.identity import has_credential
from lejar.domain.money.intraday.model import (
    COLLATERAL,
    CREDITS,
    Credit,
    Facility,
    Form,
    Kept,
    Piece,
    Terms,
    open_credits,
)
from lejar.domain.money.intraday.refusals import IntradayRefusal as No
from lejar.domain.policy import AssetClass, AssetKind, AssetProfile
from lejar.kernel.quantity import MILLION, truncated
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Purpose, known_account

ISLAMIC_BANK = "licence.islamic_bank"
"""The credential of a bank that draws by sale and buy-back only."""

MAY_BE_ISLAMIC = (AssetClass.SUKUK, AssetClass.GOVERNMENT)


def collateral_is_fit(profile: AssetProfile, terms: Terms | None) -> Refused | None:
    """Collateral is a security; a mark as Islamic fits sukuk and government paper.

    Basis: rules of the hub.  What is Shariah compliant the central bank decides, not the hub.
    """
    marked = terms is not None and terms.islamic
    if profile.kind is AssetKind.MONEY or (marked and profile.asset_class not in MAY_BE_ISLAMIC):
        return Refused(No.COLLATERAL_UNFIT)
    return None


def accounts_are_the_banks_own(
    reader: Reader, account: bytes, collateral_account: bytes, central_bank: bytes
) -> Refused | None:
    """Money and securities are one bank's own, not its clients'.

    Basis: rules of the hub; a client's paper secures no bank's debt.
    """
    found = [known_account(reader, one) for one in (account, collateral_account)]
    bank = found[0].owner
    for one in found:
        if one.purpose is not Purpose.OWN or one.owner != bank or bank == central_bank:
            return Refused(No.NOT_A_BANKS_OWN, bank=bank)
    return None


def form_is_fit(reader: Reader, facility: Facility, bank: bytes, form: Form) -> Refused | None:
    """The facility offers the form, and the bank may use it.

    Basis: terms of the facility.
    """
    if form not in facility.forms:
        return Refused(No.FORM_NOT_OFFERED, form=str(form))
    if form is Form.REPO and has_credential(reader, bank, ISLAMIC_BANK):
        return Refused(No.FORM_NOT_FOR_ISLAMIC_BANK, bank=bank)
    return None


def nothing_is_overdue(reader: Reader, currency: bytes, bank: bytes) -> Refused | None:
    """Who could not pay back at a close draws nothing more until it has.

    Basis: rules of the hub.
    """
    for credit_id, credit in open_credits(reader, currency):
        if credit.bank == bank and credit.overdue_since is not None:
            return Refused(No.CREDIT_OVERDUE, credit=credit_id, asset=currency, owed=credit.owed)
    return None


def limit_is_kept(
    reader: Reader, facility: Facility, currency: bytes, bank: bytes, owed: int
) -> Refused | None:
    """One bank owes at most what the facility says, over all its credits.

    Basis: terms of the facility.
    """
    if facility.bank_max is None:
        return None
    already = sum(one.owed for _, one in open_credits(reader, currency) if one.bank == bank)
    if already + owed > facility.bank_max:
        left = max(facility.bank_max - already, 0)
        return Refused(No.FACILITY_LIMIT, asset=currency, allowed=left)
    return None


def each_is_named_once(pieces: tuple[Piece, ...]) -> Refused | None:
    """A list names a security once."""
    assets = [piece.asset for piece in pieces]
    for asset in assets:
        if assets.count(asset) > 1:
            return Refused(No.COLLATERAL_REPEATED, asset=asset)
    return None


def each_is_taken(
    reader: Reader, currency: bytes, form: Form, pieces: tuple[Piece, ...]
) -> Refused | None:
    """The central bank takes every security now, in this form.

    Basis: terms of the facility; what is unset or too old fails closed.
    """
    for piece in pieces:
        terms = terms_now(reader, currency, piece.asset)
        if terms is None:
            return Refused(No.COLLATERAL_NOT_TAKEN, asset=piece.asset)
        if form is Form.SALE_AND_BUY_BACK and not terms.islamic:
            return Refused(No.COLLATERAL_NOT_ISLAMIC, asset=piece.asset)
    return None


def owed_is_covered(
    reader: Reader, currency: bytes, pieces: Iterable[Piece | Kept], owed: int
) -> Refused | None:
    """The securities' value after the haircut is at least what is owed.

    Basis: terms of the facility.
    """
    value = value_of(reader, currency, pieces)
    if value < owed:
        return Refused(
            No.COLLATERAL_SHORT, asset=currency, worth=value, owed=owed, missing=owed - value
        )
    return None


def known_credit(reader: Reader, credit_id: bytes) -> Credit:
    """Give an open credit, or refuse."""
    found = CREDITS.get(reader, credit_id)
    if found is None:
        raise Refused(No.CREDIT_UNKNOWN, credit=credit_id)
    return found


def terms_now(reader: Reader, currency: bytes, asset: bytes) -> Terms | None:
    """Give the terms at which a security is taken at this moment, or none."""
    found = COLLATERAL.get(reader, currency + asset)
    return None if found is None or reader.at >= found.until else found


def value_of(reader: Reader, currency: bytes, pieces: Iterable[Piece | Kept]) -> int:
    """Give what securities are worth after the haircut, each rounded down.

    What the central bank does not take now is worth nothing.
    """
    value = 0
    for piece in pieces:
        terms = terms_now(reader, currency, piece.asset)
        if terms is not None:
            left = MILLION - terms.haircut
            value += truncated(piece.amount * terms.price * left, MILLION * MILLION)
    return value
