# SPDX-License-Identifier: Apache-2.0
"""Money that is kept for urgent instructions: a hold that only they may draw on."""

from collections.abc import Sequence

from lejar.domain.policy import Movement
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.state import Reader, Table
from lejar.ledger.holds import HOLDS, Hold, HoldPurpose, lessen, place, release


class Reserve(Record, frozen=True):
    """The hold that keeps it; asset and account are the key."""

    hold: bytes


RESERVES: Table[Reserve] = Table(0x4C, "reserves", Reserve)


def reserved(reader: Reader, asset: bytes, account: bytes) -> int:
    """Say how much is kept for urgent instructions."""
    found = RESERVES.get(reader, asset + account)
    hold = None if found is None else HOLDS.get(reader, found.hold)
    return 0 if hold is None else hold.amount


def reserve(draft: Draft, asset: bytes, account: bytes, amount: int) -> None:
    """Keep so much, in place of what was kept before; refuses more than is free."""
    found = RESERVES.get(draft, asset + account)
    if found is not None:
        RESERVES.remove(draft, asset + account)
        if HOLDS.get(draft, found.hold) is not None:  # it may all have been drawn
            release(draft, found.hold)
    if amount:
        hold_id = draft.new_id("hold")
        place(draft, hold_id, Hold(asset, account, amount, HoldPurpose.RESERVE, account, None))
        RESERVES.put(draft, asset + account, Reserve(hold_id))


def draw(draft: Draft, moving: Sequence[Movement]) -> None:
    """Free as much of each reserve as an urgent exchange needs: the reserve goes first.

    So what is free besides stays what others in the queue may count on.
    """
    needs: dict[tuple[bytes, bytes], int] = {}
    for leg in moving:
        for account, amount in ((leg.source, leg.amount), (leg.target, -leg.amount)):
            needs[leg.asset, account] = needs.get((leg.asset, account), 0) + amount
    for (asset, account), need in needs.items():
        kept = reserved(draft, asset, account)
        if kept and need > 0:
            lessen(draft, RESERVES.require(draft, asset + account).hold, min(kept, need))
