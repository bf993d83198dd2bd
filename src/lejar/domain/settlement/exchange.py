# SPDX-License-Identifier: Apache-2.0
"""The exchange itself: an instruction's legs as movements, tried, held and settled.

A cash leg of an account that names a settlement bank moves that bank's client money, under the
bank's standing authority; when both sides bank together, nothing moves in central-bank money.
"""

from collections.abc import Sequence

from lejar.domain.accounts import paying_account, receiving_account
from lejar.domain.policy import AssetKind, Leg, MovePurpose, known_profile, move
from lejar.domain.settlement.model import InstructionLeg
from lejar.kernel.draft import Draft
from lejar.kernel.state import Reader


def movements(reader: Reader, legs: Sequence[InstructionLeg]) -> list[Leg]:
    """Turn an instruction's legs into what moves; refuses what a bank has not authorised."""
    found = []
    for leg in legs:
        source, target = leg.source, leg.target
        if known_profile(reader, leg.asset).kind is AssetKind.MONEY:
            source = paying_account(reader, leg.source, leg.amount)
            target = receiving_account(reader, leg.target)
            if source == target:
                continue
        found.append(Leg(leg.asset, source, target, leg.amount))
    return found


def exchange(draft: Draft, legs: Sequence[InstructionLeg]) -> None:
    """Move all legs or none."""
    move(draft, movements(draft, legs), MovePurpose.SETTLEMENT)
