# SPDX-License-Identifier: Apache-2.0
"""What the parties' commands do: instruct, pay, affirm, cancel, retry; and what comes due.

An instruction that all have affirmed settles at once when its value date is today and nothing else
is awaited; otherwise it waits for the day, or in the queue.
"""

import datetime
from collections.abc import Sequence

import msgspec

from lejar.domain.calendar import today
from lejar.domain.policy import Movement
from lejar.domain.settlement import commands, events, rules
from lejar.domain.settlement.agreeing import (
    add_affirmation,
    allege,
    conclude,
    follow,
    known,
    match,
)
from lejar.domain.settlement.blocks import forget_block, reached
from lejar.domain.settlement.matching import fingerprint, sighted
from lejar.domain.settlement.model import (
    INSTRUCTIONS,
    Instruction,
    InstructionLeg,
    Stage,
    Terms,
)
from lejar.domain.settlement.pending import await_no_more
from lejar.domain.settlement.pricing import read_legs
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.domain.settlement.settling import (
    awaits_block,
    end_unsettled,
    fail,
    link_is_broken,
    proceed,
    waits_for_a_word,
)
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused, refuse_if
from lejar.kernel.schedule import unschedule


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
    alone = 0 < len(affirmed) < len(parties)
    repeats = alone and sighted(draft, fingerprint(legs, day, terms, command.promises), affirmed)
    if repeats:
        add_affirmation(draft, repeats, affirmed, held=terms.on_hold)
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
        allege(draft, instruction_id, opened)
    elif day == now:
        conclude(draft, instruction_id, opened, named)
    else:
        match(draft, instruction_id, opened)
    for earlier in dict.fromkeys(terms.after):
        follow(draft, earlier, instruction_id)


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
        conclude(draft, instruction_id, opened, named)
    else:
        match(draft, instruction_id, opened)


def affirm(draft: Draft, command: commands.Affirm) -> None:
    """Add the signers' agreement; the last one settles or matches the instruction."""
    instruction = known(draft, command.instruction)
    signed = signing_parties(draft, instruction)
    if all(party in instruction.affirmed for party in signed):
        raise Refused(SettlementRefusal.AFFIRMED_ALREADY)
    add_affirmation(draft, command.instruction, signed, held=False)


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
            for party in asking:
                if party not in instruction.cancelling:
                    draft.emit(events.CancellationAsked(command.instruction, party))
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
        _set_another_day(draft, command.instruction, instruction, day)
        return
    if link_is_broken(draft, instruction.terms):
        raise Refused(SettlementRefusal.LINK_BROKEN)
    if waits_for_a_word(instruction) or awaits_block(draft, instruction.terms):
        raise Refused(SettlementRefusal.STILL_WAITING)
    cause = proceed(draft, command.instruction, instruction)
    if cause is not None:
        raise cause


def _set_another_day(
    draft: Draft, instruction_id: bytes, instruction: Instruction, day: datetime.date
) -> None:
    """Agree another day: from then on it has not failed, and no buy-in is under way."""
    if instruction.due_at:
        unschedule(draft, instruction.due_at, instruction_id)
    forget_block(draft, instruction.terms.from_block, instruction_id)
    await_no_more(draft, instruction_id, instruction)
    agreed = msgspec.structs.replace(
        instruction, value_date=day, cancelling=(), failed_on=None, buy_in=None, notifier=b""
    )
    match(draft, instruction_id, agreed)


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
    refuse_if(rules.mediator_stands_between(draft, terms, named))
    refuse_if(rules.terms_fit_the_legs(terms, named))
    refuse_if(rules.links_are_ones_own(draft, terms, affirmed))
    if command.promises:
        refuse_if(rules.promises_are_between_sides(draft, command.promises, _sides(named, terms)))
