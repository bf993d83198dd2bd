# SPDX-License-Identifier: Apache-2.0
"""What failing costs, and when a buyer may buy elsewhere.

The figures are set by whoever runs settlement; what was not set costs nothing.  A penalty accrues
at each close, is shown, and is charged only from the next day on, by the side that it is owed to.
"""

import datetime
from typing import Final

import msgspec

from lejar.domain.calendar import calendar, today
from lejar.domain.identity import Power, signer_with
from lejar.domain.policy import AssetKind, Leg, Movement, known_profile, resolved
from lejar.domain.settlement import commands, events
from lejar.domain.settlement.day import (
    business_day_after,
    business_days_between,
    current_day,
    plan_close,
)
from lejar.domain.settlement.exchange import movements
from lejar.domain.settlement.fail_rules import FAIL_RULES, FailRules
from lejar.domain.settlement.model import INSTRUCTIONS, Instruction, Priority, Stage
from lejar.domain.settlement.pricing import read_legs
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.domain.settlement.rules import value_date_can_be_met
from lejar.domain.settlement.settling import settles_now
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.moment import start_of
from lejar.kernel.quantity import MILLION, truncated
from lejar.kernel.refusal import Refused, refuse_if
from lejar.kernel.state import Reader, Table
from lejar.ledger.accounts import Purpose, known_account
from lejar.ledger.balances import balance

_SECURITY: Final = AssetKind.SECURITY


class Penalty(Record, frozen=True):
    """What has accrued for an instruction, which is the key."""

    payer: bytes
    payee: bytes
    asset: bytes
    amount: int
    days: int
    shown_on: datetime.date


PENALTIES: Table[Penalty] = Table(0x6C, "penalties", Penalty)


def set_fail_rules(draft: Draft, command: commands.SetFailRules) -> None:
    """Write down what failing to give an asset costs, from the next close on."""
    signer_with(draft, Power.RUN_SETTLEMENT)
    known_profile(draft, command.asset)
    rules = FailRules(
        command.daily_rate, command.free_days, command.buy_in_after, command.buy_in_notice
    )
    FAIL_RULES.put(draft, command.asset, rules)
    draft.emit(
        events.FailRulesSet(
            command.asset,
            command.daily_rate,
            command.free_days,
            command.buy_in_after,
            command.buy_in_notice,
        )
    )
    for _, instruction in INSTRUCTIONS.scan(draft):
        if instruction.stage is Stage.FAILED:
            plan_close(draft)
            return


def accrue(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    """Count a day of failing against the side that cannot give what it promised."""
    named = read_legs(draft, instruction.legs)
    failing = _failing_leg(draft, instruction, named)
    if failing is None or instruction.failed_on is None:
        return
    rules = FAIL_RULES.get(draft, failing.asset)
    days = business_days_between(draft, instruction.failed_on, current_day(draft)) + 1
    if rules is None or rules.daily_rate is None or days <= rules.free_days:
        return
    owed = _owed(instruction, named, failing)
    if owed is None:
        return
    payer, payee, asset, value = owed
    amount = truncated(value * rules.daily_rate, MILLION)
    if not amount:
        return
    before = PENALTIES.get(draft, instruction_id)
    total = amount if before is None else before.amount + amount
    counted = 1 if before is None else before.days + 1
    penalty = Penalty(payer, payee, asset, total, counted, current_day(draft))
    PENALTIES.put(draft, instruction_id, penalty)
    draft.emit(events.PenaltyAccrued(instruction_id, payer, payee, asset, amount, total, counted))


def _failing_leg(
    reader: Reader, instruction: Instruction, named: list[Movement]
) -> Movement | None:
    """Find the leg whose giver keeps it back, or else has too little."""
    for leg in named:
        if leg.giver.owner in instruction.held_by:
            return leg
    for leg in named:
        try:
            moving = movements(reader, [leg])
        except Refused:  # its bank does not stand behind it
            return leg
        for moved in moving:
            made = moved.giver.purpose is Purpose.ISSUANCE  # a bank's claim, of which none is short
            if not made and balance(reader, moved.asset, moved.source).free < moved.amount:
                return leg
    return None


def _owed(
    instruction: Instruction, named: list[Movement], failing: Movement
) -> tuple[bytes, bytes, bytes, int] | None:
    """Say who owes whom, in which money, on what amount; nothing where no money is in it."""
    if failing.profile.kind is not _SECURITY:
        return failing.source, failing.target, failing.asset, failing.amount
    for leg in named:
        pays = leg.profile.kind is not _SECURITY and leg.giver.owner == failing.receiver.owner
        if pays and leg.receiver.owner == failing.giver.owner:
            return leg.target, leg.source, leg.asset, failing.paid or leg.amount
    return None


def charge_penalty(draft: Draft, command: commands.ChargePenalty) -> None:
    """Move what has accrued from the side that failed to the one that waited."""
    penalty = PENALTIES.get(draft, command.instruction)
    if penalty is None:
        raise Refused(SettlementRefusal.PENALTY_UNKNOWN, instruction=command.instruction)
    if known_account(draft, penalty.payee).owner not in draft.signers:
        raise Refused(SettlementRefusal.NOT_THE_PAYEE)
    now = today(draft)
    if now <= penalty.shown_on:
        raise Refused(SettlementRefusal.PENALTY_NOT_SHOWN, shown_on=penalty.shown_on.isoformat())
    refuse_if(value_date_can_be_met(draft, now, now))
    leg = Leg(penalty.asset, penalty.payer, penalty.payee, penalty.amount)
    settles_now(draft, [resolved(draft, leg)], Priority.NORMAL)
    PENALTIES.remove(draft, command.instruction)
    draft.emit(
        events.PenaltyCharged(
            command.instruction, penalty.payer, penalty.payee, penalty.asset, penalty.amount
        )
    )


def notify_buy_in(draft: Draft, command: commands.NotifyBuyIn) -> None:
    """Give notice that one buys elsewhere; after it, the instruction can be ended alone."""
    instruction = INSTRUCTIONS.get(draft, command.instruction)
    if instruction is None:
        raise Refused(SettlementRefusal.INSTRUCTION_UNKNOWN, instruction=command.instruction)
    bought = [
        leg
        for leg in read_legs(draft, instruction.legs)
        if leg.profile.kind is _SECURITY and leg.receiver.owner in draft.signers
    ]
    if not bought:
        raise Refused(SettlementRefusal.NOT_A_PARTY)
    if instruction.stage is not Stage.FAILED or instruction.failed_on is None:
        raise Refused(SettlementRefusal.NOT_FAILED, stage=str(instruction.stage))
    rules = FAIL_RULES.get(draft, bought[0].asset)
    if rules is None or rules.buy_in_after is None or rules.buy_in_notice is None:
        raise Refused(SettlementRefusal.FAIL_RULES_UNKNOWN, asset=bought[0].asset)
    earliest = business_day_after(draft, instruction.failed_on, rules.buy_in_after)
    if today(draft) < earliest:
        raise Refused(SettlementRefusal.BUY_IN_EARLY, earliest=earliest.isoformat())
    if instruction.buy_in is not None:
        raise Refused(SettlementRefusal.NOTIFIED_ALREADY)
    last = business_day_after(draft, today(draft), rules.buy_in_notice)
    until = start_of(last, calendar(draft).offset_minutes)
    by = bought[0].receiver.owner
    notified = msgspec.structs.replace(instruction, buy_in=until, notifier=by)
    INSTRUCTIONS.put(draft, command.instruction, notified)
    draft.emit(events.BuyInNotified(command.instruction, by, until))
