# SPDX-License-Identifier: Apache-2.0
"""How an agreed instruction comes to its end: settled at once, waiting in the queue, or failed.

What is tried is tried on a draft of its own; whatever is refused there has changed nothing.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from lejar.domain.calendar import calendar, is_business_day, is_past_cut_off, today
from lejar.domain.policy import Movement
from lejar.domain.settlement import events, limits, reserves
from lejar.domain.settlement.blocks import await_block, forget_block
from lejar.domain.settlement.day import (
    business_day_after,
    current_day,
    plan_close,
    refuse_while_paused,
)
from lejar.domain.settlement.exchange import exchange, movements, screen
from lejar.domain.settlement.fail_rules import costs_something
from lejar.domain.settlement.matching import forget_sighted, sight
from lejar.domain.settlement.model import (
    INSTRUCTIONS,
    Instruction,
    OnShortfall,
    Priority,
    Stage,
    Terms,
)
from lejar.domain.settlement.pending import await_no_more
from lejar.domain.settlement.pricing import read_legs
from lejar.domain.settlement.queue import enter, leave, somebody_is_ahead, wake_if_awaited
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.kernel.draft import Draft, UpperDraft
from lejar.kernel.moment import start_of
from lejar.kernel.refusal import Refused
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.kernel.state import Reader
from lejar.ledger.holds import HOLDS, release
from lejar.ledger.refusals import LedgerRefusal

VALUE_DATE_COMES: Final = "settlement.value_date_comes"
SHORT: Final = (
    LedgerRefusal.FUNDS_INSUFFICIENT,
    SettlementRefusal.LIMIT_REACHED,
    SettlementRefusal.BEHIND_OTHERS,
    SettlementRefusal.SETTLEMENT_PAUSED,
)
"""What passes by itself: an instruction that may wait waits for it."""


def settles_now(draft: Draft, named: Sequence[Movement], priority: Priority) -> None:
    """Move everything through the door, within every limit; or refuse."""
    _move(draft, named, movements(draft, named), priority)


def _move(
    draft: Draft, named: Sequence[Movement], moving: Sequence[Movement], priority: Priority
) -> None:
    """Do it; but for what is drawn from reserves, nothing is written before the last refusal."""
    refuse_while_paused(draft)
    limits.refuse_beyond(draft, moving)
    if priority is Priority.URGENT:
        reserves.draw(draft, moving)
    exchange(draft, named, moving)
    limits.note(draft, moving)
    wake_if_awaited(draft, moving)


def settles_in_turn(draft: Draft, named: Sequence[Movement], terms: Terms) -> Refused | None:
    """Do the same unless others wait before it; gives what it must wait for, with nothing moved.

    Refuses what no waiting would mend.
    """
    moving = movements(draft, named)
    if somebody_is_ahead(draft, moving, terms.priority):
        return Refused(SettlementRefusal.BEHIND_OTHERS)
    trial = above(draft) if terms.priority is Priority.URGENT else None
    try:
        _move(trial or draft, named, moving, terms.priority)
    except Refused as refused:
        if refused.refusal in SHORT:
            return refused
        raise
    if trial is not None:
        draft.take(trial)
    return None


def above(draft: Draft) -> UpperDraft:
    """Give a draft on which something can be tried and dropped."""
    trial = UpperDraft(draft)
    trial.made = draft.made
    return trial


def waits_for_a_word(instruction: Instruction) -> bool:
    """Say whether something else than money or securities is awaited."""
    terms = instruction.terms
    return bool(
        instruction.held_by
        or terms.by_hand
        or terms.after
        or len(instruction.attested) < len(instruction.promises)
    )


def awaits_block(draft: Draft, terms: Terms) -> bool:
    """Say whether the first block in which it may settle is still to come."""
    return terms.from_block is not None and draft.state.block < terms.from_block


def link_is_broken(reader: Reader, terms: Terms) -> bool:
    """Say whether something that had to settle before is gone; what settled is taken out."""
    return any(INSTRUCTIONS.get(reader, earlier) is None for earlier in terms.after)


def proceed(draft: Draft, instruction_id: bytes, instruction: Instruction) -> Refused | None:
    """Settle what all have agreed, or let it wait; gives why it can do neither."""
    terms = instruction.terms
    if link_is_broken(draft, terms):
        return Refused(SettlementRefusal.LINK_BROKEN)
    if waits_for_a_word(instruction):
        plan_close(draft)
        return None
    if terms.from_block is not None and awaits_block(draft, terms):
        await_block(draft, terms.from_block, instruction_id)
        plan_close(draft)
        return None
    cause = _late(draft, instruction)
    if cause is not None:
        return cause
    if terms.pool is None:
        cause = _attempt(draft, instruction_id, instruction)
        if cause is None or cause.refusal not in SHORT or not may_wait(terms):
            return cause
    return _queue(draft, instruction_id, instruction, cause)


def may_wait(terms: Terms) -> bool:
    """Say whether a shortfall makes it wait: as its terms say, and always where others wait too."""
    return terms.on_shortfall is OnShortfall.QUEUE or terms.pool is not None


def _late(draft: Draft, instruction: Instruction) -> Refused | None:
    """Say why today is not a day, or no longer the time, on which it may settle."""
    now, days = today(draft), calendar(draft)
    if instruction.failed_on is None and instruction.value_date < now:
        return Refused(SettlementRefusal.VALUE_DATE_PAST, today=now.isoformat())
    if not is_business_day(days, now):
        return Refused(SettlementRefusal.VALUE_DATE_NOT_BUSINESS)
    if is_past_cut_off(draft):
        return Refused(SettlementRefusal.CUT_OFF_PASSED, today=now.isoformat())
    return None


def _attempt(draft: Draft, instruction_id: bytes, instruction: Instruction) -> Refused | None:
    trial = above(draft)
    terms = instruction.terms
    try:
        end(trial, instruction_id, instruction)
        named = read_legs(trial, instruction.legs)
        if may_wait(terms) and somebody_is_ahead(trial, movements(trial, named), terms.priority):
            raise Refused(SettlementRefusal.BEHIND_OTHERS)
        settles_now(trial, named, terms.priority)
    except Refused as refused:
        return refused
    draft.take(trial)
    report_settled(draft, instruction_id, instruction)
    return None


def _queue(
    draft: Draft, instruction_id: bytes, instruction: Instruction, cause: Refused | None
) -> Refused | None:
    """Let it wait, unless a rule would refuse it anyway; gives that rule's reason."""
    trial = above(draft)
    try:
        await_no_more(trial, instruction_id, instruction)
        moving = whole_cost(trial, instruction)
    except Refused as refused:
        return refused
    waits_for = SettlementRefusal.STILL_WAITING if cause is None else cause.refusal
    enter(draft, instruction_id, instruction, moving, waits_for.code)
    plan_close(draft)
    return None


def whole_cost(draft: Draft, instruction: Instruction) -> list[Movement]:
    """Give what an instruction moves, with what is charged; refuses what a rule refuses."""
    named = read_legs(draft, instruction.legs)
    moving = movements(draft, named)
    return [*moving, *screen(draft, named, moving)]


def report_settled(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    """Say that it has settled, and let those go on that waited for it."""
    reference = instruction.terms.reference
    draft.emit(events.InstructionSettled(instruction_id, instruction.legs, reference))
    for follower_id in instruction.followers:
        follower = INSTRUCTIONS.get(draft, follower_id)
        if follower is not None:
            _free(draft, follower_id, follower, instruction_id)


def _free(draft: Draft, follower_id: bytes, follower: Instruction, settled_id: bytes) -> None:
    """Let an instruction wait no more for one that has settled."""
    after = tuple([one for one in follower.terms.after if one != settled_id])
    terms = msgspec.structs.replace(follower.terms, after=after)
    freed = msgspec.structs.replace(follower, terms=terms)
    if follower.stage is Stage.ALLEGED:  # the other side names only what is open
        forget_sighted(draft, follower_id, follower)
        sight(draft, follower_id, freed)
    try_soon(draft, follower_id, freed)


def try_soon(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    """Let an agreed instruction be tried with the next block, if its day has come."""
    day_has_come = instruction.value_date <= today(draft)
    failed = instruction.stage is Stage.FAILED and may_wait(instruction.terms)
    agreed = (failed or instruction.stage is Stage.MATCHED) and not waits_for_a_word(instruction)
    if agreed and day_has_come and not instruction.due_at:
        instruction = msgspec.structs.replace(instruction, due_at=draft.at)
        schedule(draft, draft.at, instruction_id, Due(VALUE_DATE_COMES, instruction_id))
    INSTRUCTIONS.put(draft, instruction_id, instruction)


def fail(draft: Draft, instruction_id: bytes, instruction: Instruction, cause: str) -> None:
    """Let it stand as failed, with its cause; what may wait is tried again on the next day."""
    leave(draft, instruction)
    forget_block(draft, instruction.terms.from_block, instruction_id)
    if instruction.due_at:
        unschedule(draft, instruction.due_at, instruction_id)
    now = current_day(draft)
    due_at = 0
    if may_wait(instruction.terms) and cause != SettlementRefusal.LINK_BROKEN.code:
        next_day = start_of(business_day_after(draft, now), calendar(draft).offset_minutes)
        due_at = max(next_day, draft.at)
        schedule(draft, due_at, instruction_id, Due(VALUE_DATE_COMES, instruction_id))
    attempts = instruction.attempts + 1
    failed = msgspec.structs.replace(
        instruction,
        stage=Stage.FAILED,
        attempts=attempts,
        due_at=due_at,
        place=b"",
        failed_on=instruction.failed_on or now,
    )
    INSTRUCTIONS.put(draft, instruction_id, failed)
    draft.emit(events.InstructionFailed(instruction_id, cause, attempts))
    if may_wait(failed.terms) or costs_something(draft, failed):
        plan_close(draft)


def end(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    """Take an instruction out of everything that knows it: what it held is free again."""
    INSTRUCTIONS.remove(draft, instruction_id)
    await_no_more(draft, instruction_id, instruction)
    for hold_id in instruction.holds:
        if HOLDS.get(draft, hold_id) is not None:  # a directive may have taken all of it
            release(draft, hold_id)
    if instruction.due_at:
        unschedule(draft, instruction.due_at, instruction_id)
    forget_block(draft, instruction.terms.from_block, instruction_id)
    leave(draft, instruction)
    if instruction.stage is Stage.ALLEGED:
        forget_sighted(draft, instruction_id, instruction)


def end_unsettled(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    """End it for good; what had to settle after it fails."""
    end(draft, instruction_id, instruction)
    for follower_id in instruction.followers:
        follower = INSTRUCTIONS.get(draft, follower_id)
        if follower is not None and follower.stage is not Stage.ALLEGED:
            fail(draft, follower_id, follower, SettlementRefusal.LINK_BROKEN.code)
