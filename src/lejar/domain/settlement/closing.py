# SPDX-License-Identifier: Apache-2.0
"""The end of the settlement day.

The queue is gone through for the last time; what may settle in parts does; what still waits fails
with its cause, and failing costs what it costs.  A block's share of this is bounded, and the close
goes on with the next block until all open instructions were looked at.
"""

import math
from itertools import islice
from typing import Final

import msgspec

from lejar.domain.calendar import today
from lejar.domain.policy import AssetKind, Movement
from lejar.domain.settlement import events
from lejar.domain.settlement.day import (
    DAY,
    DAY_CLOSES,
    DAY_ID,
    ONLY,
    business_day_after,
    current_day,
    next_close,
    settlement_day,
)
from lejar.domain.settlement.exchange import movements
from lejar.domain.settlement.fails import accrue
from lejar.domain.settlement.model import INSTRUCTIONS, Instruction, InstructionLeg, Stage
from lejar.domain.settlement.passing import pass_through, refused_alone
from lejar.domain.settlement.pending import await_delivery
from lejar.domain.settlement.pricing import read_legs
from lejar.domain.settlement.queue import WAITING, instruction_at, wake
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.domain.settlement.settling import (
    above,
    awaits_block,
    end,
    fail,
    link_is_broken,
    settles_now,
    waits_for_a_word,
)
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.schedule import Due, schedule
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Purpose
from lejar.ledger.balances import balance
from lejar.ledger.refusals import LedgerRefusal

SWEPT_PER_BLOCK: Final = 256
"""How many open instructions one block's share of the close looks at."""


def day_closes(draft: Draft, _payload: bytes) -> None:
    """Do a block's share of the close; the last one says that the day is closed."""
    day = settlement_day(draft)
    if not day.swept and day.paused_by is None and today(draft) == current_day(draft):
        pass_through(draft)
        _settle_parts(draft)
    seen, swept, failed = 0, day.swept, day.failed
    share = islice(INSTRUCTIONS.scan(draft, after=day.swept), SWEPT_PER_BLOCK)
    for instruction_id, instruction in list(share):
        seen += 1
        swept = instruction_id
        failed += _closes(draft, instruction_id, instruction)
    if seen == SWEPT_PER_BLOCK:
        DAY.put(draft, ONLY, msgspec.structs.replace(day, swept=swept, failed=failed))
        schedule(draft, draft.at, DAY_ID, Due(DAY_CLOSES, b""))
        return
    _end_day(draft, failed)


def _settle_parts(draft: Draft) -> None:
    """Settle what may settle in parts, in the order of the queue; what remains is swept."""
    for place, _ in list(WAITING.scan(draft)):
        instruction = INSTRUCTIONS.require(draft, instruction_at(place))
        settle_part(draft, instruction_at(place), instruction)


def _end_day(draft: Draft, failed: int) -> None:
    """Say that the day is closed; plan the next close if something may wait for it."""
    day = settlement_day(draft)
    closed = current_day(draft)
    closes_at = next_close(draft) if failed or day.swept else 0
    DAY.put(draft, ONLY, msgspec.structs.replace(day, closes_at=closes_at, swept=b"", failed=0))
    if closes_at:
        schedule(draft, closes_at, DAY_ID, Due(DAY_CLOSES, b""))
    draft.emit(events.DayClosed(closed, failed, business_day_after(draft, closed)))
    if any(True for _ in WAITING.scan(draft)):  # the next day began before this one was closed
        wake(draft, draft.at)


def _closes(draft: Draft, instruction_id: bytes, instruction: Instruction) -> bool:
    """Let one instruction come to the end of its day; says whether it stands failed."""
    if instruction.stage is Stage.ALLEGED or instruction.value_date > current_day(draft):
        return False
    if instruction.stage is not Stage.FAILED:
        fail(draft, instruction_id, instruction, _cause(draft, instruction_id, instruction))
        instruction = INSTRUCTIONS.require(draft, instruction_id)
    accrue(draft, instruction_id, instruction)
    return True


def _cause(draft: Draft, instruction_id: bytes, instruction: Instruction) -> str:
    """Say why it has not settled today."""
    terms = instruction.terms
    if link_is_broken(draft, terms):
        return SettlementRefusal.LINK_BROKEN.code
    if waits_for_a_word(instruction) or awaits_block(draft, terms):
        return SettlementRefusal.STILL_WAITING.code
    refused = refused_alone(draft, instruction_id, instruction)
    if refused is None and settlement_day(draft).paused_by is not None:
        return SettlementRefusal.SETTLEMENT_PAUSED.code
    if refused is None and terms.pool is not None:
        return SettlementRefusal.STILL_WAITING.code
    return (LedgerRefusal.FUNDS_INSUFFICIENT if refused is None else refused.refusal).code


def settle_part(draft: Draft, instruction_id: bytes, instruction: Instruction) -> bool:
    """Settle as much of an instruction as there is, if its terms let it; says whether it did."""
    if instruction.terms.partial_from is None or instruction.terms.pool is not None:
        return False
    part = _part_of(draft, instruction)
    if part is None:
        return False
    trial = above(draft)
    try:
        end(trial, instruction_id, instruction)
        settles_now(trial, read_legs(trial, part), instruction.terms.priority)
    except Refused:
        return False
    draft.take(trial)
    remaining = tuple(
        [
            msgspec.structs.replace(leg, amount=leg.amount - moved.amount)
            for leg, moved in zip(instruction.legs, part, strict=True)
        ]
    )
    rest = msgspec.structs.replace(
        instruction, legs=remaining, stage=Stage.MATCHED, place=b"", due_at=0
    )
    INSTRUCTIONS.put(draft, instruction_id, rest)
    await_delivery(draft, instruction_id, rest)
    draft.emit(events.InstructionPartlySettled(instruction_id, part, remaining))
    return True


def _part_of(reader: Reader, instruction: Instruction) -> tuple[InstructionLeg, ...] | None:
    """Give the largest part that there is enough for; nothing is rounded.

    A part is so many of the equal shares into which all legs can be divided exactly.
    """
    named = read_legs(reader, instruction.legs)
    shares = math.gcd(*[leg.amount for leg in named])
    try:
        there = min([_there(reader, leg) * shares // leg.amount for leg in named])
    except Refused:  # a bank does not stand behind it
        return None
    of = [leg for leg in named if leg.profile.kind is AssetKind.SECURITY] or named
    least = instruction.terms.partial_from or 0
    if not 0 < there < shares or of[0].amount // shares * there < least:
        return None
    return tuple(
        [
            msgspec.structs.replace(leg, amount=leg.amount // shares * there)
            for leg in instruction.legs
        ]
    )


def _there(reader: Reader, leg: Movement) -> int:
    """Say how much of a leg could move."""
    moving = movements(reader, [leg])
    given = [one for one in moving if one.giver.purpose is not Purpose.ISSUANCE]
    return min([balance(reader, one.asset, one.source).free for one in given], default=leg.amount)
