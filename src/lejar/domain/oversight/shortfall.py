# SPDX-License-Identifier: Apache-2.0
"""What is held gives way to an authority's movement, as far as the free balance falls short.

Amounts that directives froze give way first, then what an owner keeps for its own urgent payments:
they are promised to nobody.  Then orders, and what an affirmed side set aside for a settlement,
which may then fail.  What is held for holders of a paying
issuer, or pledged, belongs to others, and stays.
"""

from typing import Final

from lejar.kernel.draft import Draft
from lejar.ledger.balances import balance
from lejar.ledger.holds import HOLDS, HoldPurpose, lessen

GIVES_WAY: Final = (
    HoldPurpose.DIRECTIVE,
    HoldPurpose.RESERVE,
    HoldPurpose.ORDER,
    HoldPurpose.SETTLEMENT,
)
"""In this order; holds of one purpose in the order of their ids."""


def uncover(draft: Draft, asset: bytes, account: bytes, amount: int) -> None:
    """Free what is missing from holds that give way; the movement itself refuses what is left.

    Walks all holds: directives that move something are rare, and an index would cost every trade.
    """
    missing = amount - balance(draft, asset, account).free
    if missing <= 0:
        return
    held = [
        (GIVES_WAY.index(hold.purpose), hold_id, hold.amount)
        for hold_id, hold in HOLDS.scan(draft)
        if hold.asset == asset and hold.account == account and hold.purpose in GIVES_WAY
    ]
    for _, hold_id, holds in sorted(held):
        taken = min(missing, holds)
        lessen(draft, hold_id, taken)
        missing -= taken
        if missing == 0:
            return
