# SPDX-License-Identifier: Apache-2.0
"""Holds: balance set aside without moving it.

An order, a pending settlement, a pledge or a directive holds; each hold has an owner, a purpose and
an end, and every read shows what is free and what is held.
"""

import enum

import msgspec

from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.failure import must
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Table
from lejar.ledger.balances import balance
from lejar.ledger.events import HoldPlaced, HoldReleased
from lejar.ledger.model import BALANCES, Balance
from lejar.ledger.refusals import LedgerRefusal


class HoldPurpose(enum.StrEnum):
    """Why a balance is held."""

    SETTLEMENT = "settlement"
    ORDER = "order"
    PLEDGE = "pledge"
    DIRECTIVE = "directive"
    SERVICING = "servicing"
    RESERVE = "reserve"
    """Money kept for urgent instructions."""


class Hold(Record, frozen=True):
    """A hold; its id is the key.  `expires_at` none means until it is released."""

    asset: bytes
    account: bytes
    amount: int
    purpose: HoldPurpose
    owner: bytes
    """Whoever may release it: a party, or the instruction it secures."""
    expires_at: int | None


HOLDS: Table[Hold] = Table(0x13, "holds", Hold)


def place(draft: Draft, hold_id: bytes, hold: Hold) -> None:
    """Set a free balance aside, or refuse when too little is free."""
    must(hold.amount > 0, "a hold is positive")
    must(HOLDS.get(draft, hold_id) is None, "a hold's id is new")
    before = balance(draft, hold.asset, hold.account)
    if before.free < hold.amount:
        raise Refused(
            LedgerRefusal.FUNDS_INSUFFICIENT,
            account=hold.account,
            asset=hold.asset,
            missing=hold.amount - before.free,
        )
    _hold(draft, hold, hold.amount)
    HOLDS.put(draft, hold_id, hold)
    draft.emit(
        HoldPlaced(
            hold_id,
            hold.asset,
            hold.account,
            hold.amount,
            str(hold.purpose),
            hold.owner,
            hold.expires_at,
        )
    )


def release(draft: Draft, hold_id: bytes) -> Hold:
    """Give a hold's balance back to what is free; gives the hold that was."""
    hold = HOLDS.require(draft, hold_id)
    _hold(draft, hold, -hold.amount)
    HOLDS.remove(draft, hold_id)
    draft.emit(HoldReleased(hold_id, hold.asset, hold.account, hold.amount))
    return hold


def lessen(draft: Draft, hold_id: bytes, amount: int) -> None:
    """Give a part of a hold back to what is free; the rest stays held under the same id."""
    hold = release(draft, hold_id)
    must(0 < amount <= hold.amount, "no more is given back than is held")
    if hold.amount > amount:
        place(draft, hold_id, msgspec.structs.replace(hold, amount=hold.amount - amount))


def _hold(draft: Draft, hold: Hold, amount: int) -> None:
    before = balance(draft, hold.asset, hold.account)
    must(before.held + amount >= 0, "what is held never falls below zero")
    after = Balance(before.total, before.held + amount)
    BALANCES.put(draft, hold.asset + hold.account, after)
