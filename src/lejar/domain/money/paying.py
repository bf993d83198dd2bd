# SPDX-License-Identifier: Apache-2.0
"""One payment of a currency, outside an instruction: as its two accounts hold that currency."""

import msgspec

from lejar.domain.accounts import paying_account, receiving_account
from lejar.domain.money.deposits import money_legs
from lejar.domain.policy import Leg, MovePurpose, move_resolved, refuse_unless_clear, resolved
from lejar.kernel.draft import Draft
from lejar.kernel.state import Reader


def pay(draft: Draft, leg: Leg, agents: tuple[bytes, ...] = ()) -> None:
    """Move a leg, judged for those who are named and by whose accounts really move.

    `agents` are who moves it without being a side; packs screen them too.
    """
    named = resolved(draft, leg)
    if agents:
        named = msgspec.structs.replace(named, agents=agents)
    moving = _moving(draft, leg)
    if moving != (leg,):
        refuse_unless_clear(draft, named)
    move_resolved(draft, [resolved(draft, one) for one in moving], MovePurpose.SETTLEMENT, (named,))


def _moving(reader: Reader, leg: Leg) -> tuple[Leg, ...]:
    claims = money_legs(reader, leg)
    if claims is not None:
        return claims
    source = paying_account(reader, leg.source, leg.amount)
    target = receiving_account(reader, leg.target)
    return () if source == target else (Leg(leg.asset, source, target, leg.amount),)
