# SPDX-License-Identifier: Apache-2.0
"""Securities under a credit: title passes to the central bank, which holds them to give them back.

They stand on the central bank's account and are set aside there under the credit's id, so that no
other trade of the central bank can use them up.
"""

from collections.abc import Sequence

import msgspec

from lejar.domain.money.intraday import events
from lejar.domain.money.intraday.model import Credit, Kept, Piece
from lejar.domain.money.intraday.refusals import IntradayRefusal as No
from lejar.domain.policy import Leg, MovePurpose, move
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.ledger.holds import Hold, HoldPurpose, place, release


def given(
    draft: Draft, credit_id: bytes, credit: Credit, pieces: Sequence[Piece]
) -> tuple[Kept, ...]:
    """Move securities to the central bank and set them aside; gives all that is kept then."""
    source, target = credit.collateral_account, credit.kept_in
    legs = [Leg(piece.asset, source, target, piece.amount) for piece in pieces]
    move(draft, legs, MovePurpose.SETTLEMENT)
    amounts = _amounts(credit.kept)
    for piece in pieces:
        amounts[piece.asset] = amounts.get(piece.asset, 0) + piece.amount
        draft.emit(events.CollateralGiven(credit_id, piece.asset, piece.amount))
    return _set_aside(draft, credit_id, credit, amounts)


def given_back(
    draft: Draft, credit_id: bytes, credit: Credit, pieces: Sequence[Piece]
) -> tuple[Kept, ...]:
    """Move securities back to the bank; gives what is still kept."""
    amounts = _amounts(credit.kept)
    for piece in pieces:
        kept = amounts.get(piece.asset, 0)
        if piece.amount > kept:
            raise Refused(No.COLLATERAL_MISSING, asset=piece.asset, kept=kept)
        amounts[piece.asset] = kept - piece.amount
    kept_then = _set_aside(draft, credit_id, credit, amounts)
    source, target = credit.kept_in, credit.collateral_account
    legs = [Leg(piece.asset, source, target, piece.amount) for piece in pieces]
    move(draft, legs, MovePurpose.SETTLEMENT)
    for piece in pieces:
        draft.emit(events.CollateralReturned(credit_id, piece.asset, piece.amount))
    return kept_then


def kept_after(credit: Credit, kept: tuple[Kept, ...]) -> Credit:
    """Give the credit with what is kept for it."""
    return msgspec.structs.replace(credit, kept=kept)


def _amounts(kept: Sequence[Kept]) -> dict[bytes, int]:
    return {one.asset: one.amount for one in kept}


def _set_aside(
    draft: Draft, credit_id: bytes, credit: Credit, amounts: dict[bytes, int]
) -> tuple[Kept, ...]:
    """Hold what is kept now; a security whose amount stays keeps its hold."""
    before = {one.asset: one for one in credit.kept}
    kept = []
    for asset in sorted(amounts):
        old = before.get(asset)
        if old is not None and old.amount == amounts[asset]:
            kept.append(old)
            continue
        if old is not None:
            release(draft, old.hold)
        if amounts[asset]:
            hold = draft.new_id("hold") if old is None else old.hold
            place(draft, hold, _hold(credit_id, credit, asset, amounts[asset]))
            kept.append(Kept(asset, amounts[asset], hold))
    return tuple(kept)


def _hold(credit_id: bytes, credit: Credit, asset: bytes, amount: int) -> Hold:
    return Hold(asset, credit.kept_in, amount, HoldPurpose.PLEDGE, credit_id, None)
