# SPDX-License-Identifier: Apache-2.0
"""What settlement's commands and due work do.

An instruction that all have affirmed settles at once when its value date is today; otherwise it
waits for the day.  A shortfall on the day makes it fail with its cause; nothing vanishes.
"""

import datetime
from collections.abc import Sequence

import msgspec

from lejar.domain.calendar import calendar, is_past_cut_off, today
from lejar.domain.policy import Movement
from lejar.domain.settlement import commands, events, rules
from lejar.domain.settlement.exchange import exchange, movements, read_legs
from lejar.domain.settlement.model import INSTRUCTIONS, Instruction, Stage
from lejar.domain.settlement.pending import await_delivery, await_no_more
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.moment import start_of
from lejar.kernel.refusal import Refused, refuse_if
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.ledger.accounts import Purpose
from lejar.ledger.holds import HOLDS, Hold, HoldPurpose, place, release

VALUE_DATE_COMES = "settlement.value_date_comes"
ONE_DAY = datetime.timedelta(days=1)


def instruct(draft: Draft, command: commands.Instruct) -> None:
    """Settle at once if both signed and the value date is today; otherwise open it."""
    refuse_if(rules.legs_go_between_accounts(command))
    named = read_legs(draft, command.legs)
    refuse_if(rules.legs_deliver_versus_payment(named))
    refuse_if(rules.legs_leave_issuance_alone(named))
    now = today(draft)
    day = command.value_date or now
    refuse_if(rules.value_date_can_be_met(draft, day, now))
    parties = _parties(named)
    affirmed = tuple([party for party in parties if party in draft.signers])
    if not affirmed:
        raise Refused(SettlementRefusal.NOT_A_PARTY)
    instruction_id = draft.new_id("instruction")
    if len(affirmed) == len(parties) and day == now:
        exchange(draft, named)
        draft.emit(events.InstructionSettled(instruction_id, command.legs))
        return
    opened = Instruction(command.legs, day, parties, affirmed, (), Stage.ALLEGED, 0, 0)
    if len(affirmed) == len(parties):
        _match(draft, instruction_id, opened)
        return
    due_at = start_of(day + ONE_DAY, calendar(draft).offset_minutes)
    holds = _set_aside(draft, instruction_id, opened) if day == now else ()
    _open(draft, instruction_id, msgspec.structs.replace(opened, due_at=due_at, holds=holds))
    draft.emit(events.InstructionAlleged(instruction_id, command.legs, day, affirmed))


def affirm(draft: Draft, command: commands.Affirm) -> None:
    """Add the signers' agreement; the last one settles or matches the instruction."""
    instruction = _known(draft, command.instruction)
    signed = _signing_parties(draft, instruction)
    if all(party in instruction.affirmed for party in signed):
        raise Refused(SettlementRefusal.AFFIRMED_ALREADY)
    affirmed = tuple(p for p in instruction.parties if p in instruction.affirmed or p in signed)
    agreed = msgspec.structs.replace(instruction, affirmed=affirmed)
    if len(affirmed) < len(instruction.parties):
        INSTRUCTIONS.put(draft, command.instruction, agreed)
        return
    if instruction.value_date == today(draft):
        if is_past_cut_off(draft):
            raise Refused(SettlementRefusal.CUT_OFF_PASSED, today=today(draft).isoformat())
        _close(draft, command.instruction, instruction)
        exchange(draft, read_legs(draft, instruction.legs))
        draft.emit(events.InstructionSettled(command.instruction, instruction.legs))
        return
    unschedule(draft, instruction.due_at, command.instruction)
    await_no_more(draft, command.instruction, instruction)
    _match(draft, command.instruction, agreed)


def cancel(draft: Draft, command: commands.Cancel) -> None:
    """Withdraw alone while alleged; with the other side once matched or failed."""
    instruction = _known(draft, command.instruction)
    signed = _signing_parties(draft, instruction)
    if instruction.stage is not Stage.ALLEGED:
        if all(party in instruction.cancelling for party in signed):
            raise Refused(SettlementRefusal.CANCELLED_ALREADY)
        asking = tuple(p for p in instruction.parties if p in instruction.cancelling or p in signed)
        if len(asking) < len(instruction.parties):
            replaced = msgspec.structs.replace(instruction, cancelling=asking)
            INSTRUCTIONS.put(draft, command.instruction, replaced)
            draft.emit(events.CancellationAsked(command.instruction, signed[0]))
            return
    _close(draft, command.instruction, instruction)
    draft.emit(events.InstructionCancelled(command.instruction))


def retry(draft: Draft, command: commands.Retry) -> None:
    """Try a failed instruction today; a second shortfall is a refusal, and it stays failed."""
    instruction = _known(draft, command.instruction)
    _signing_parties(draft, instruction)
    if instruction.stage is not Stage.FAILED:
        raise Refused(SettlementRefusal.NOT_FAILED, stage=str(instruction.stage))
    now = today(draft)
    refuse_if(rules.value_date_can_be_met(draft, now, now))
    _close(draft, command.instruction, instruction)
    exchange(draft, read_legs(draft, instruction.legs))
    draft.emit(events.InstructionSettled(command.instruction, instruction.legs))


def value_date_comes(draft: Draft, instruction_id: bytes) -> None:
    """Settle a matched instruction, or let it fail with its cause; lapse one never agreed."""
    instruction = INSTRUCTIONS.get(draft, instruction_id)
    if instruction is None:
        return
    _close(draft, instruction_id, instruction, scheduled=False)
    if instruction.stage is Stage.ALLEGED:
        draft.emit(events.InstructionLapsed(instruction_id))
        return
    try:
        exchange(draft, read_legs(draft, instruction.legs))
    except Refused as refused:
        attempts = instruction.attempts + 1
        failed = msgspec.structs.replace(
            instruction, stage=Stage.FAILED, attempts=attempts, due_at=0
        )
        await_delivery(draft, instruction_id, failed)
        INSTRUCTIONS.put(draft, instruction_id, failed)
        draft.emit(events.InstructionFailed(instruction_id, refused.refusal.code, attempts))
        return
    draft.emit(events.InstructionSettled(instruction_id, instruction.legs))


def struck(draft: Draft, instruction_id: bytes) -> Instruction:
    """End an open instruction and its holds by an authority's word; gives what it was."""
    instruction = _known(draft, instruction_id)
    _close(draft, instruction_id, instruction)
    draft.emit(events.InstructionCancelled(instruction_id))
    return instruction


def _parties(named: Sequence[Movement]) -> tuple[bytes, ...]:
    """Give the two owners, in the order of their ids."""
    one, other = named[0].giver.owner, named[0].receiver.owner
    return (one, other) if one < other else (other, one)


def _known(draft: Draft, instruction_id: bytes) -> Instruction:
    found = INSTRUCTIONS.get(draft, instruction_id)
    if found is None:
        raise Refused(SettlementRefusal.INSTRUCTION_UNKNOWN, instruction=instruction_id)
    return found


def _signing_parties(draft: Draft, instruction: Instruction) -> tuple[bytes, ...]:
    signed = tuple(party for party in instruction.parties if party in draft.signers)
    if not signed:
        raise Refused(SettlementRefusal.NOT_A_PARTY)
    return signed


def _match(draft: Draft, instruction_id: bytes, agreed: Instruction) -> None:
    due_at = start_of(agreed.value_date, calendar(draft).offset_minutes)
    await_delivery(draft, instruction_id, agreed)
    matched = msgspec.structs.replace(agreed, stage=Stage.MATCHED, due_at=due_at)
    INSTRUCTIONS.put(draft, instruction_id, matched)
    schedule(draft, due_at, instruction_id, Due(VALUE_DATE_COMES, instruction_id))
    draft.emit(events.InstructionMatched(instruction_id, agreed.legs, agreed.value_date))


def _open(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    INSTRUCTIONS.put(draft, instruction_id, instruction)
    await_delivery(draft, instruction_id, instruction)
    schedule(draft, instruction.due_at, instruction_id, Due(VALUE_DATE_COMES, instruction_id))


def _set_aside(draft: Draft, instruction_id: bytes, opened: Instruction) -> tuple[bytes, ...]:
    """Hold what the affirmed parties will give today, so that they cannot spend it twice."""
    found = []
    theirs = [leg for leg in read_legs(draft, opened.legs) if leg.giver.owner in opened.affirmed]
    for leg in (one for named in theirs for one in movements(draft, (named,))[:1]):
        if leg.giver.purpose is Purpose.ISSUANCE:  # its own bank's money becomes a claim
            continue
        hold_id = draft.new_id("hold")
        purpose = HoldPurpose.SETTLEMENT
        hold = Hold(leg.asset, leg.source, leg.amount, purpose, instruction_id, None)
        place(draft, hold_id, hold)
        found.append(hold_id)
    return tuple(found)


def _close(
    draft: Draft, instruction_id: bytes, instruction: Instruction, *, scheduled: bool = True
) -> None:
    INSTRUCTIONS.remove(draft, instruction_id)
    await_no_more(draft, instruction_id, instruction)
    for hold_id in instruction.holds:
        if HOLDS.get(draft, hold_id) is not None:  # a directive may have taken all of it
            release(draft, hold_id)
    if scheduled and instruction.due_at:
        unschedule(draft, instruction.due_at, instruction_id)
