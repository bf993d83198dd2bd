# SPDX-License-Identifier: Apache-2.0
"""How an instruction comes to be agreed: alleged by some, affirmed by all, matched or settled."""

import datetime
from collections.abc import Sequence

import msgspec

from lejar.domain.calendar import calendar, is_past_cut_off, today
from lejar.domain.policy import Movement
from lejar.domain.settlement import events
from lejar.domain.settlement.day import ONE_DAY, plan_close
from lejar.domain.settlement.exchange import movements
from lejar.domain.settlement.matching import sight
from lejar.domain.settlement.model import (
    INSTRUCTIONS,
    Instruction,
    OnShortfall,
    Stage,
)
from lejar.domain.settlement.pending import await_delivery, await_no_more
from lejar.domain.settlement.pricing import read_legs
from lejar.domain.settlement.queue import enter
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.domain.settlement.settling import (
    VALUE_DATE_COMES,
    end,
    report_settled,
    settles_in_turn,
    settles_now,
    waits_for_a_word,
    whole_cost,
)
from lejar.kernel.draft import Draft
from lejar.kernel.moment import start_of
from lejar.kernel.refusal import Refused
from lejar.kernel.schedule import Due, schedule
from lejar.ledger.accounts import Purpose
from lejar.ledger.holds import Hold, HoldPurpose, place


def known(draft: Draft, instruction_id: bytes) -> Instruction:
    """Give an open instruction, or refuse."""
    found = INSTRUCTIONS.get(draft, instruction_id)
    if found is None:
        raise Refused(SettlementRefusal.INSTRUCTION_UNKNOWN, instruction=instruction_id)
    return found


def conclude(
    draft: Draft, instruction_id: bytes, agreed: Instruction, named: Sequence[Movement]
) -> None:
    """Settle what all have agreed for today, without writing it down first where that suffices."""
    terms = agreed.terms
    if waits_for_a_word(agreed) or terms.pool is not None or terms.from_block is not None:
        match(draft, instruction_id, agreed)
        return
    if terms.on_shortfall is OnShortfall.REFUSE:
        settles_now(draft, named, terms.priority)
    else:
        cause = settles_in_turn(draft, named, terms)
        if cause is not None:
            moving = whole_cost(draft, agreed)
            matched = msgspec.structs.replace(agreed, stage=Stage.MATCHED)
            await_delivery(draft, instruction_id, matched)
            enter(draft, instruction_id, matched, moving, cause.refusal.code)
            plan_close(draft)
            return
    report_settled(draft, instruction_id, agreed)


def add_affirmation(
    draft: Draft, instruction_id: bytes, signed: Sequence[bytes], *, held: bool
) -> None:
    """Note who agrees; with the last one it settles today, or waits for its day."""
    instruction = known(draft, instruction_id)
    affirmed = tuple(p for p in instruction.parties if p in instruction.affirmed or p in signed)
    held_by = (*instruction.held_by, *signed) if held else instruction.held_by
    agreed = msgspec.structs.replace(instruction, affirmed=affirmed, held_by=held_by)
    now = today(draft)
    if instruction.value_date == now and is_past_cut_off(draft):
        raise Refused(SettlementRefusal.CUT_OFF_PASSED, today=now.isoformat())
    if len(affirmed) < len(instruction.parties):
        _affirm_beside_others(draft, instruction_id, instruction, agreed)
    else:
        end(draft, instruction_id, instruction)
        agreed = msgspec.structs.replace(agreed, holds=())
        if instruction.value_date == now:
            conclude(draft, instruction_id, agreed, read_legs(draft, instruction.legs))
        else:
            match(draft, instruction_id, agreed)
    for party in signed if held else ():
        draft.emit(events.InstructionHeld(instruction_id, party))


def _affirm_beside_others(
    draft: Draft, instruction_id: bytes, before: Instruction, agreed: Instruction
) -> None:
    """Note an agreement that is not the last: what it will give today is held as well."""
    await_no_more(draft, instruction_id, before)
    await_delivery(draft, instruction_id, agreed)
    new = tuple([party for party in agreed.affirmed if party not in before.affirmed])
    holds = _held_today(draft, instruction_id, agreed, new)
    INSTRUCTIONS.put(
        draft, instruction_id, msgspec.structs.replace(agreed, holds=(*agreed.holds, *holds))
    )
    draft.emit(events.InstructionAffirmed(instruction_id, agreed.affirmed))


def allege(draft: Draft, instruction_id: bytes, opened: Instruction) -> None:
    """Let it wait for whoever has not affirmed, until its day has ended."""
    due_at = start_of(opened.value_date + ONE_DAY, calendar(draft).offset_minutes)
    holds = _held_today(draft, instruction_id, opened, opened.affirmed)
    alleged = msgspec.structs.replace(opened, due_at=due_at, holds=holds)
    INSTRUCTIONS.put(draft, instruction_id, alleged)
    await_delivery(draft, instruction_id, alleged)
    sight(draft, instruction_id, alleged)
    schedule(draft, due_at, instruction_id, Due(VALUE_DATE_COMES, instruction_id))
    draft.emit(
        events.InstructionAlleged(
            instruction_id,
            opened.legs,
            opened.value_date,
            opened.affirmed,
            opened.terms,
            opened.promises,
        )
    )


def match(draft: Draft, instruction_id: bytes, agreed: Instruction) -> None:
    """Let what all have agreed wait for its day, or be tried today when nothing is awaited."""
    day: datetime.date = agreed.value_date
    await_delivery(draft, instruction_id, agreed)
    waits_today = day == today(draft) and waits_for_a_word(agreed)
    due_at = 0 if waits_today else max(start_of(day, calendar(draft).offset_minutes), draft.at)
    matched = msgspec.structs.replace(agreed, stage=Stage.MATCHED, due_at=due_at)
    INSTRUCTIONS.put(draft, instruction_id, matched)
    if due_at:
        schedule(draft, due_at, instruction_id, Due(VALUE_DATE_COMES, instruction_id))
    else:
        plan_close(draft)
    draft.emit(
        events.InstructionMatched(instruction_id, agreed.legs, day, agreed.terms, agreed.promises)
    )


def follow(draft: Draft, earlier_id: bytes, instruction_id: bytes) -> None:
    """Let an instruction wait until another one has settled."""
    earlier = INSTRUCTIONS.get(draft, earlier_id)
    if earlier is not None:
        followers = (*earlier.followers, instruction_id)
        INSTRUCTIONS.put(draft, earlier_id, msgspec.structs.replace(earlier, followers=followers))


def _held_today(
    draft: Draft, instruction_id: bytes, opened: Instruction, givers: Sequence[bytes]
) -> tuple[bytes, ...]:
    """Hold what those who agree will give today, so that they cannot spend it twice.

    Of a deposit its claim is held; the bank's own money stays free until the claim is paid.
    """
    may_queue = opened.terms.on_shortfall is OnShortfall.QUEUE
    if opened.value_date != today(draft) or may_queue:
        return ()
    found = []
    theirs = [leg for leg in read_legs(draft, opened.legs) if leg.giver.owner in givers]
    for leg in (one for named in theirs for one in movements(draft, (named,))[:1]):
        if leg.giver.purpose is Purpose.ISSUANCE:  # its own bank's money becomes a claim
            continue
        hold_id = draft.new_id("hold")
        hold = Hold(leg.asset, leg.source, leg.amount, HoldPurpose.SETTLEMENT, instruction_id, None)
        place(draft, hold_id, hold)
        found.append(hold_id)
    return tuple(found)
