# SPDX-License-Identifier: Apache-2.0
"""What the parties' commands do: instruct, pay, affirm, cancel, retry; and what comes due.

An instruction that all have affirmed settles at once when its value date is today and nothing else
is awaited; otherwise it waits for the day, or in the queue.
"""

import datetime
from collections.abc import Sequence

import msgspec

from lejar.domain.calendar import calendar, is_past_cut_off, today
from lejar.domain.policy import Movement
from lejar.domain.settlement import commands, events, rules
from lejar.domain.settlement.blocks import reached
from lejar.domain.settlement.day import ONE_DAY, plan_close
from lejar.domain.settlement.exchange import movements
from lejar.domain.settlement.matching import fingerprint, sight, sighted
from lejar.domain.settlement.model import (
    INSTRUCTIONS,
    Instruction,
    InstructionLeg,
    OnShortfall,
    Stage,
    Terms,
)
from lejar.domain.settlement.pending import await_delivery, await_no_more
from lejar.domain.settlement.pricing import read_legs
from lejar.domain.settlement.queue import enter
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.domain.settlement.settling import (
    VALUE_DATE_COMES,
    end,
    end_unsettled,
    fail,
    proceed,
    report_settled,
    settles_in_turn,
    settles_now,
    waits_for_a_word,
    whole_cost,
)
from lejar.kernel.draft import Draft
from lejar.kernel.moment import start_of
from lejar.kernel.refusal import Refused, refuse_if
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.ledger.holds import Hold, HoldPurpose, place


def instruct(draft: Draft, command: commands.Instruct) -> None:
    """Settle at once if all signed and the value date is today; otherwise open it."""
    legs, terms = command.legs, command.terms
    refuse_if(rules.legs_go_between_accounts(legs))
    named = read_legs(draft, legs)
    refuse_if(rules.securities_are_paid_for(draft, named))
    refuse_if(rules.legs_leave_issuance_alone(named))
    now = today(draft)
    day = command.value_date or now
    refuse_if(rules.value_date_can_be_met(draft, day, now))
    parties = _sides(named, terms)
    affirmed = tuple([party for party in parties if party in draft.signers])
    if not affirmed and terms.venue not in draft.signers:
        raise Refused(SettlementRefusal.NOT_A_PARTY)
    _refuse_unfit_terms(draft, command, named, affirmed)
    repeats = len(affirmed) < len(parties) and sighted(
        draft, fingerprint(legs, day, terms, command.promises), affirmed
    )
    if repeats:
        _add_affirmation(draft, repeats, affirmed, held=terms.on_hold)
        return
    holding = affirmed if terms.on_hold else ()
    opened = Instruction(
        legs,
        day,
        parties,
        affirmed,
        (),
        Stage.ALLEGED,
        0,
        0,
        terms=terms,
        promises=command.promises,
        held_by=holding,
    )
    instruction_id = draft.new_id("instruction")
    if len(affirmed) < len(parties):
        _allege(draft, instruction_id, opened)
    elif day == now:
        _conclude(draft, instruction_id, opened, named)
    else:
        _match(draft, instruction_id, opened)
    for earlier in terms.after:
        _follow(draft, earlier, instruction_id)


def pay(draft: Draft, command: commands.Pay) -> None:
    """Pay at once if nobody waits before and the money is there; otherwise wait, as it says."""
    legs = (InstructionLeg(command.asset, command.source, command.target, command.amount),)
    refuse_if(rules.legs_go_between_accounts(legs))
    named = read_legs(draft, legs)
    refuse_if(rules.leg_is_money(named[0]))
    refuse_if(rules.legs_leave_issuance_alone(named))
    now = today(draft)
    day = command.value_date or now
    refuse_if(rules.value_date_can_be_met(draft, day, now))
    payer = named[0].giver.owner
    if payer not in draft.signers:
        raise Refused(SettlementRefusal.NOT_A_PARTY)
    terms = Terms(command.on_shortfall, command.priority, reference=command.reference)
    opened = Instruction(legs, day, (payer,), (payer,), (), Stage.ALLEGED, 0, 0, terms=terms)
    instruction_id = draft.new_id("instruction")
    if day == now:
        _conclude(draft, instruction_id, opened, named)
    else:
        _match(draft, instruction_id, opened)


def affirm(draft: Draft, command: commands.Affirm) -> None:
    """Add the signers' agreement; the last one settles or matches the instruction."""
    instruction = known(draft, command.instruction)
    signed = signing_parties(draft, instruction)
    if all(party in instruction.affirmed for party in signed):
        raise Refused(SettlementRefusal.AFFIRMED_ALREADY)
    _add_affirmation(draft, command.instruction, signed, held=False)


def cancel(draft: Draft, command: commands.Cancel) -> None:
    """Withdraw or reject alone while alleged; with the others once all have affirmed.

    Whoever has notified a buy-in ends it alone once the notice has run out.
    """
    instruction = known(draft, command.instruction)
    signed = signing_parties(draft, instruction)
    bought_in = instruction.buy_in is not None and draft.at >= instruction.buy_in
    if instruction.stage is not Stage.ALLEGED and not (
        bought_in and instruction.notifier in signed
    ):
        if all(party in instruction.cancelling for party in signed):
            raise Refused(SettlementRefusal.CANCELLED_ALREADY)
        asking = tuple(p for p in instruction.parties if p in instruction.cancelling or p in signed)
        if len(asking) < len(instruction.parties):
            replaced = msgspec.structs.replace(instruction, cancelling=asking)
            INSTRUCTIONS.put(draft, command.instruction, replaced)
            draft.emit(events.CancellationAsked(command.instruction, signed[0]))
            return
    end_unsettled(draft, command.instruction, instruction)
    draft.emit(events.InstructionCancelled(command.instruction))


def retry(draft: Draft, command: commands.Retry) -> None:
    """Try a failed instruction today, or set another day together."""
    instruction = known(draft, command.instruction)
    signed = signing_parties(draft, instruction)
    if instruction.stage is not Stage.FAILED:
        raise Refused(SettlementRefusal.NOT_FAILED, stage=str(instruction.stage))
    now = today(draft)
    day = command.value_date or now
    refuse_if(rules.value_date_can_be_met(draft, day, now))
    if day != now:
        if len(signed) < len(instruction.parties):
            raise Refused(SettlementRefusal.NOT_A_PARTY)
        _close_due(draft, command.instruction, instruction)
        await_no_more(draft, command.instruction, instruction)
        _match(draft, command.instruction, msgspec.structs.replace(instruction, value_date=day))
        return
    if waits_for_a_word(instruction):
        raise Refused(SettlementRefusal.STILL_WAITING)
    cause = proceed(draft, command.instruction, instruction)
    if cause is not None:
        raise cause


def value_date_comes(draft: Draft, instruction_id: bytes) -> None:
    """Settle what was agreed, or let it wait, or fail with its cause; lapse one never agreed."""
    instruction = INSTRUCTIONS.get(draft, instruction_id)
    if instruction is None or instruction.stage is Stage.QUEUED:
        return
    instruction = msgspec.structs.replace(instruction, due_at=0)
    if instruction.stage is Stage.ALLEGED:
        end_unsettled(draft, instruction_id, instruction)
        draft.emit(events.InstructionLapsed(instruction_id))
        return
    INSTRUCTIONS.put(draft, instruction_id, instruction)
    cause = proceed(draft, instruction_id, instruction)
    if cause is not None:
        fail(draft, instruction_id, instruction, cause.refusal.code)


def block_comes(draft: Draft, _payload: bytes) -> None:
    """Try the instructions that wait for a block that has come."""
    for instruction_id in reached(draft):
        value_date_comes(draft, instruction_id)


def struck(draft: Draft, instruction_id: bytes) -> Instruction:
    """End an open instruction and its holds by an authority's word; gives what it was."""
    instruction = known(draft, instruction_id)
    end_unsettled(draft, instruction_id, instruction)
    draft.emit(events.InstructionCancelled(instruction_id))
    return instruction


def known(draft: Draft, instruction_id: bytes) -> Instruction:
    """Give an open instruction, or refuse."""
    found = INSTRUCTIONS.get(draft, instruction_id)
    if found is None:
        raise Refused(SettlementRefusal.INSTRUCTION_UNKNOWN, instruction=instruction_id)
    return found


def signing_parties(draft: Draft, instruction: Instruction) -> tuple[bytes, ...]:
    """Give those of its parties that signed, or refuse when none did."""
    signed = tuple(party for party in instruction.parties if party in draft.signers)
    if not signed:
        raise Refused(SettlementRefusal.NOT_A_PARTY)
    return signed


def _sides(named: Sequence[Movement], terms: Terms) -> tuple[bytes, ...]:
    """Give everybody who must affirm, in the order of their ids."""
    sides = {side.owner: None for leg in named for side in (leg.giver, leg.receiver)}
    if terms.mediator is not None:
        sides[terms.mediator] = None
    return tuple(sorted(sides))


def _refuse_unfit_terms(
    draft: Draft, command: commands.Instruct, named: Sequence[Movement], affirmed: Sequence[bytes]
) -> None:
    terms = command.terms
    refuse_if(rules.venue_admits_assets(draft, terms, command.legs))
    refuse_if(rules.mediator_is_registered(draft, terms))
    refuse_if(rules.terms_fit_the_legs(terms, named))
    refuse_if(rules.links_are_ones_own(draft, terms, affirmed))
    if command.promises:
        refuse_if(rules.promises_are_between_sides(draft, command.promises, _sides(named, terms)))


def _conclude(
    draft: Draft, instruction_id: bytes, agreed: Instruction, named: Sequence[Movement]
) -> None:
    """Settle what all have agreed for today, without writing it down first where that suffices."""
    terms = agreed.terms
    if waits_for_a_word(agreed) or terms.pool is not None or terms.from_block is not None:
        _match(draft, instruction_id, agreed)
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


def _add_affirmation(
    draft: Draft, instruction_id: bytes, signed: Sequence[bytes], *, held: bool
) -> None:
    """Note who agrees; with the last one it settles today, or waits for its day."""
    instruction = known(draft, instruction_id)
    affirmed = tuple(p for p in instruction.parties if p in instruction.affirmed or p in signed)
    held_by = (*instruction.held_by, *signed) if held else instruction.held_by
    agreed = msgspec.structs.replace(instruction, affirmed=affirmed, held_by=held_by)
    if len(affirmed) < len(instruction.parties):
        await_no_more(draft, instruction_id, instruction)  # it is counted for who has affirmed
        await_delivery(draft, instruction_id, agreed)
        INSTRUCTIONS.put(draft, instruction_id, agreed)
        return
    now = today(draft)
    if instruction.value_date == now and is_past_cut_off(draft):
        raise Refused(SettlementRefusal.CUT_OFF_PASSED, today=now.isoformat())
    end(draft, instruction_id, instruction)
    agreed = msgspec.structs.replace(agreed, holds=())
    if instruction.value_date == now:
        _conclude(draft, instruction_id, agreed, read_legs(draft, instruction.legs))
    else:
        _match(draft, instruction_id, agreed)


def _allege(draft: Draft, instruction_id: bytes, opened: Instruction) -> None:
    """Let it wait for whoever has not affirmed, until its day has ended."""
    due_at = start_of(opened.value_date + ONE_DAY, calendar(draft).offset_minutes)
    holds: tuple[bytes, ...] = ()
    if opened.value_date == today(draft) and opened.terms.on_shortfall is OnShortfall.REFUSE:
        holds = _set_aside(draft, instruction_id, opened)
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


def _match(draft: Draft, instruction_id: bytes, agreed: Instruction) -> None:
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


def _follow(draft: Draft, earlier_id: bytes, instruction_id: bytes) -> None:
    earlier = INSTRUCTIONS.get(draft, earlier_id)
    if earlier is not None:
        followers = (*earlier.followers, instruction_id)
        INSTRUCTIONS.put(draft, earlier_id, msgspec.structs.replace(earlier, followers=followers))


def _set_aside(draft: Draft, instruction_id: bytes, opened: Instruction) -> tuple[bytes, ...]:
    """Hold what the affirmed parties will give today, so that they cannot spend it twice."""
    found = []
    theirs = [leg for leg in read_legs(draft, opened.legs) if leg.giver.owner in opened.affirmed]
    for leg in movements(draft, theirs):
        hold_id = draft.new_id("hold")
        hold = Hold(leg.asset, leg.source, leg.amount, HoldPurpose.SETTLEMENT, instruction_id, None)
        place(draft, hold_id, hold)
        found.append(hold_id)
    return tuple(found)


def _close_due(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    if instruction.due_at:
        unschedule(draft, instruction.due_at, instruction_id)
