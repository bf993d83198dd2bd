# SPDX-License-Identifier: Apache-2.0
"""What is done to instructions that wait, and by whoever runs settlement.

A change of place or priority, and of a limit, is the giver's own affair: the entry is told to who
signed it, and to nobody besides.
"""

import json

from lejar.domain.settlement import InstructionLeg, Stage
from lejar.domain.settlement import events as happened
from lejar.kernel.entry import Receipt
from lejar.kernel.moment import local_date
from lejar.projections.batch import Batch
from lejar.projections.folds.flows import note_sent
from lejar.projections.folds.fold import Folds
from lejar.projections.folds.settlement import hold, leave_queue, reach, signing, tell
from lejar.projections.known import Limits
from lejar.projections.queue_schema import (
    fail_rules,
    instruction_holders,
    instruction_links,
    instruction_promises,
    penalties,
    penalty_charges,
    queue_passes,
    reserves,
    sender_limits,
    settlement_state,
    venues,
    waiting,
)
from lejar.projections.schema import instructions

ONLY = (1,)
ALL = b""
"""The counterparty of a limit for all others together."""


def instruction_moved(batch: Batch, receipt: Receipt, event: happened.InstructionMoved) -> None:
    """Let an instruction stand elsewhere, or have another priority when its day comes."""
    if event.place:
        batch.change(waiting, (event.instruction,), {"place": event.place})
    batch.change(instructions, (event.instruction,), {"priority": event.priority})
    tell(batch, receipt, event.instruction, "moved", to_sides=False)


def instruction_held(batch: Batch, receipt: Receipt, event: happened.InstructionHeld) -> None:
    """Let those who signed keep it from settling; it stands in the queue no more."""
    if leave_queue(batch, event.instruction):
        reach(batch, receipt, event.instruction, str(Stage.MATCHED))
    hold(batch, receipt, event.instruction)
    tell(batch, receipt, event.instruction, "held", party=event.party)


def instruction_released(
    batch: Batch, receipt: Receipt, event: happened.InstructionReleased
) -> None:
    """Let those who signed keep it no more."""
    for party in signing(batch, receipt, event.instruction):
        batch.remove(instruction_holders, (event.instruction, party))
    tell(batch, receipt, event.instruction, "released", party=event.party)


def instruction_linked(batch: Batch, receipt: Receipt, event: happened.InstructionLinked) -> None:
    """Let it wait for another one; it stands in the queue no more."""
    if leave_queue(batch, event.instruction):
        reach(batch, receipt, event.instruction, str(Stage.MATCHED))
    batch.append(instruction_links, {"instruction": event.instruction, "earlier": event.after})
    tell(batch, receipt, event.instruction, "linked")


def promise_attested(batch: Batch, receipt: Receipt, event: happened.PromiseAttested) -> None:
    """Note that a promise was kept."""
    kept = {"attested": receipt.number, "evidence": event.evidence}
    batch.change(instruction_promises, (event.instruction, event.promise), kept)
    tell(batch, receipt, event.instruction, f"attested_{event.promise}", party=event.agent)


def queue_settled(batch: Batch, receipt: Receipt, event: happened.QueueSettled) -> None:
    """Write down how much came out of the queue together; a pass may come to it several times."""
    row = {
        "entry": receipt.number,
        "ordinal": batch.next_within(receipt.number),
        "day": local_date(receipt.at, batch.known.offset_minutes).isoformat(),
        "at": receipt.at,
        "settled": event.count,
        "value": event.value,
        "bound": event.bound,
        "together": event.bound is not None,
    }
    batch.append(queue_passes, row)


def sender_limit_set(batch: Batch, receipt: Receipt, event: happened.SenderLimitSet) -> None:
    """Set a limit or take it away; with the last one, what was sent is counted no more."""
    owner, counterparty = (event.party, event.asset), event.counterparty or ALL
    limits = batch.known.limits.setdefault(owner, Limits(receipt.number))
    key = (*owner, counterparty)
    if event.amount is None:
        limits.counterparties.pop(counterparty, None)
        batch.remove(sender_limits, key)
    else:
        limits.counterparties[counterparty] = None
        row = {
            "party": event.party,
            "asset": event.asset,
            "counterparty": counterparty,
            "amount": event.amount,
            "since": limits.since,
            "entry": receipt.number,
        }
        batch.replace(sender_limits, row)
    if not limits.counterparties:
        del batch.known.limits[owner]


def money_reserved(batch: Batch, receipt: Receipt, event: happened.MoneyReserved) -> None:
    """Note where money is set aside, or no longer."""
    if event.amount:
        row = {"asset": event.asset, "account": event.account, "entry": receipt.number}
        batch.replace(reserves, row)
    else:
        batch.remove(reserves, (event.asset, event.account))


def settlement_paused(batch: Batch, receipt: Receipt, event: happened.SettlementPaused) -> None:
    """Say who paused settlement, and for which reason."""
    paused = {"paused_by": event.by, "paused_reason": event.reason, "paused_at": receipt.at}
    batch.change(settlement_state, ONLY, {**paused, "entry": receipt.number})


def settlement_resumed(batch: Batch, receipt: Receipt, _event: happened.SettlementResumed) -> None:
    """Say that settlement goes on."""
    resumed = dict.fromkeys(("paused_by", "paused_reason", "paused_at"))
    batch.change(settlement_state, ONLY, {**resumed, "entry": receipt.number})


def day_closed(batch: Batch, receipt: Receipt, event: happened.DayClosed) -> None:
    """Say which day was closed last, and with how many fails."""
    closed = {
        "closed_on": event.day.isoformat(),
        "failed_at_close": event.failed,
        "next_day": event.next_day.isoformat(),
        "entry": receipt.number,
    }
    batch.change(settlement_state, ONLY, closed)


def fail_rules_set(batch: Batch, receipt: Receipt, event: happened.FailRulesSet) -> None:
    """Write down what failing to give an asset costs."""
    row = {name: getattr(event, name) for name in event.__struct_fields__}
    batch.replace(fail_rules, {**row, "entry": receipt.number})


def penalty_accrued(batch: Batch, receipt: Receipt, event: happened.PenaltyAccrued) -> None:
    """Show what has accrued by now."""
    row = {
        "instruction": event.instruction,
        "payer": event.payer,
        "payee": event.payee,
        "asset": event.asset,
        "amount": event.total,
        "days": event.days,
        "shown_on": local_date(receipt.at, batch.known.offset_minutes).isoformat(),
        "entry": receipt.number,
    }
    batch.replace(penalties, row)
    _between(batch, receipt, event.payer, event.payee)


def penalty_charged(batch: Batch, receipt: Receipt, event: happened.PenaltyCharged) -> None:
    """Move what had accrued to what was charged."""
    batch.remove(penalties, (event.instruction,))
    row = {
        "instruction": event.instruction,
        "entry": receipt.number,
        "payer": event.payer,
        "payee": event.payee,
        "asset": event.asset,
        "amount": event.amount,
    }
    batch.append(penalty_charges, row)
    note_sent(
        batch, receipt, (InstructionLeg(event.asset, event.payer, event.payee, event.amount),)
    )
    _between(batch, receipt, event.payer, event.payee)


def _between(batch: Batch, receipt: Receipt, *accounts: bytes) -> None:
    for account in accounts:
        batch.concern_party(receipt.number, batch.owner(account))


def buy_in_notified(batch: Batch, receipt: Receipt, event: happened.BuyInNotified) -> None:
    """Say until when the buyer waits."""
    notice = {"buy_in_until": event.until, "buy_in_by": event.by}
    batch.change(instructions, (event.instruction,), notice)
    tell(batch, receipt, event.instruction, "buy_in_notified", party=event.by)


def venue_limited(batch: Batch, receipt: Receipt, event: happened.VenueLimited) -> None:
    """Write down what may be agreed at a venue."""
    named = json.dumps([asset.hex() for asset in event.assets])
    batch.replace(venues, {"venue": event.venue, "assets": named, "entry": receipt.number})


FOLDS: Folds = (
    (happened.InstructionMoved, instruction_moved),
    (happened.InstructionHeld, instruction_held),
    (happened.InstructionReleased, instruction_released),
    (happened.InstructionLinked, instruction_linked),
    (happened.PromiseAttested, promise_attested),
    (happened.QueueSettled, queue_settled),
    (happened.SenderLimitSet, sender_limit_set),
    (happened.MoneyReserved, money_reserved),
    (happened.SettlementPaused, settlement_paused),
    (happened.SettlementResumed, settlement_resumed),
    (happened.DayClosed, day_closed),
    (happened.FailRulesSet, fail_rules_set),
    (happened.PenaltyAccrued, penalty_accrued),
    (happened.PenaltyCharged, penalty_charged),
    (happened.BuyInNotified, buy_in_notified),
    (happened.VenueLimited, venue_limited),
)
