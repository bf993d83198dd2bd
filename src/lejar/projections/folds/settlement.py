# SPDX-License-Identifier: Apache-2.0
"""Instructions: where each stands, and what became of it.

The state forgets what is settled, cancelled or lapsed; here it is kept.  An instruction may come
into sight at any of its stages, so whichever event is first brings it in.  A payment is one leg
that its payer alone affirms; the payee sees it, and is told nothing of how it waits.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from lejar.domain.settlement import InstructionLeg, Stage, Terms
from lejar.domain.settlement import commands as asked
from lejar.domain.settlement import events as happened
from lejar.domain.settlement.model import OffLedgerLeg
from lejar.kernel.codec import encode
from lejar.kernel.entry import Receipt
from lejar.kernel.moment import local_date
from lejar.projections.batch import Batch
from lejar.projections.folds.flows import note_sent, waiting_of
from lejar.projections.folds.fold import Folds
from lejar.projections.known import PARTY
from lejar.projections.queue_schema import (
    instruction_holders,
    instruction_links,
    instruction_promises,
    settlement_days,
    settlement_values,
    waiting,
)
from lejar.projections.schema import (
    instruction_history,
    instruction_legs,
    instruction_parties,
    instructions,
)

SETTLED = "settled"
PARTLY_SETTLED = "partly_settled"
CANCELLED = "cancelled"
LAPSED = "lapsed"
CANCELLATION_ASKED = "cancellation_asked"
PAYEE, AGENT, VENUE = "payee", "agent", "venue"
PAYMENT = str(asked.Pay.__struct_config__.tag)
INSTRUCT = str(asked.Instruct.__struct_config__.tag)
NO_TERMS = {"priority": None, "on_shortfall": None, "partial_from": None, "pool": None,
            "pool_number": None, "by_hand": False, "from_block": None, "mediator": None,
            "venue": None}  # fmt: skip
COUNTED = ("settled", "partly", "queued", "failed", "ended")

Agreed: TypeAlias = (
    happened.InstructionAlleged | happened.InstructionMatched | happened.InstructionQueued
)


def instruction_alleged(batch: Batch, receipt: Receipt, event: happened.InstructionAlleged) -> None:
    """Bring in an instruction that waits for somebody to affirm."""
    _bring_in(batch, receipt, event)
    for party in event.affirmed:
        batch.fill(instruction_parties, (event.instruction, party), {"affirmed": receipt.number})
    reach(batch, receipt, event.instruction, str(Stage.ALLEGED))


def instruction_affirmed(
    batch: Batch, receipt: Receipt, event: happened.InstructionAffirmed
) -> None:
    """Note who agrees, while others are still awaited."""
    for party in event.affirmed:
        batch.fill(instruction_parties, (event.instruction, party), {"affirmed": receipt.number})
    tell(batch, receipt, event.instruction, "affirmed")


def instruction_matched(batch: Batch, receipt: Receipt, event: happened.InstructionMatched) -> None:
    """Let an instruction wait for its day; bring it in if all signed at once."""
    _bring_in(batch, receipt, event)
    agree(batch, receipt, event.instruction)
    reach(batch, receipt, event.instruction, str(Stage.MATCHED))


def instruction_queued(batch: Batch, receipt: Receipt, event: happened.InstructionQueued) -> None:
    """Let an instruction stand in the queue, with what it takes and gives."""
    _bring_in(batch, receipt, event)
    agree(batch, receipt, event.instruction)
    row = {
        "instruction": event.instruction,
        "place": event.place,
        "cause": event.cause,
        "since_at": receipt.at,
        "record": encode(waiting_of(batch, event)),
        "entry": receipt.number,
    }
    batch.insert(waiting, row)
    batch.known.queued[event.instruction] = None
    reach(batch, receipt, event.instruction, str(Stage.QUEUED), cause=event.cause)
    _count(batch, receipt, "queued")


def instruction_settled(batch: Batch, receipt: Receipt, event: happened.InstructionSettled) -> None:
    """Finish an instruction; one that was never open was agreed for the day it settled on."""
    if event.instruction not in batch.known.open_instructions:
        today = local_date(receipt.at, batch.known.offset_minutes)
        _open(batch, receipt, event.instruction, event.legs, None)
        told = {**NO_TERMS, "reference": event.reference}
        batch.insert(instructions, _row(receipt, event.instruction, today, told))
    agree(batch, receipt, event.instruction)
    _finish(batch, receipt, event.instruction, SETTLED)
    _add_up(batch, receipt, "settled", event.legs)


def instruction_partly_settled(
    batch: Batch, receipt: Receipt, event: happened.InstructionPartlySettled
) -> None:
    """Keep what moved and what is left; what is left waits anew, or fails, by the next event."""
    leave_queue(batch, event.instruction)
    for ordinal, (moved, left) in enumerate(zip(event.legs, event.remaining, strict=True)):
        key = (event.instruction, ordinal)
        batch.change(instruction_legs, key, {"amount": left.amount})
        batch.add(instruction_legs, key, {"settled": moved.amount})
    batch.change(instructions, (event.instruction,), {"stage": str(Stage.MATCHED)})
    tell(batch, receipt, event.instruction, PARTLY_SETTLED)
    _add_up(batch, receipt, "partly", event.legs)


def instruction_failed(batch: Batch, receipt: Receipt, event: happened.InstructionFailed) -> None:
    """Let an instruction stand as failed, with its cause."""
    leave_queue(batch, event.instruction)
    changed = {"cause": event.cause, "attempts": event.attempts}
    batch.change(instructions, (event.instruction,), changed)
    reach(batch, receipt, event.instruction, str(Stage.FAILED), cause=event.cause)
    _count(batch, receipt, "failed")


def cancellation_asked(batch: Batch, receipt: Receipt, event: happened.CancellationAsked) -> None:
    """Note which side wants to cancel; the instruction stays where it stands."""
    asking = {"cancelling": receipt.number}
    batch.change(instruction_parties, (event.instruction, event.party), asking)
    tell(batch, receipt, event.instruction, CANCELLATION_ASKED, party=event.party)


def instruction_cancelled(
    batch: Batch, receipt: Receipt, event: happened.InstructionCancelled
) -> None:
    """Finish an instruction that was withdrawn."""
    _finish(batch, receipt, event.instruction, CANCELLED)
    _count(batch, receipt, "ended")


def instruction_lapsed(batch: Batch, receipt: Receipt, event: happened.InstructionLapsed) -> None:
    """Finish an instruction that was not affirmed in time."""
    _finish(batch, receipt, event.instruction, LAPSED)
    _count(batch, receipt, "ended")


def _bring_in(batch: Batch, receipt: Receipt, event: Agreed) -> None:
    """Write an instruction that is new; of one that is known, its terms and its day."""
    told = {**_terms(event.terms), "reference": event.terms.reference}
    if event.instruction in batch.known.open_instructions:
        day = {"value_date": event.value_date.isoformat()}
        batch.change(instructions, (event.instruction,), day | told)
    else:
        _open(batch, receipt, event.instruction, event.legs, event.terms)
        batch.insert(instructions, _row(receipt, event.instruction, event.value_date, told))
        for earlier in dict.fromkeys(event.terms.after):
            link = {"instruction": event.instruction, "earlier": earlier}
            batch.append(instruction_links, link)
        if not isinstance(event, happened.InstructionQueued):
            _promise(batch, receipt, event.instruction, event.promises)
    if event.terms.on_hold and receipt.command == INSTRUCT:
        hold(batch, receipt, event.instruction)


def _row(
    receipt: Receipt, instruction: bytes, day: datetime.date, told: Mapping[str, object]
) -> dict[str, object]:
    return {
        "id": instruction,
        "opened": receipt.number,
        "value_date": day.isoformat(),
        "stage": "",
        "cause": None,
        "attempts": 0,
        **told,
        "buy_in_until": None,
        "buy_in_by": None,
        "entry": receipt.number,
    }


def _terms(terms: Terms) -> dict[str, object]:
    return {
        "priority": str(terms.priority),
        "on_shortfall": str(terms.on_shortfall),
        "partial_from": terms.partial_from,
        "pool": None if terms.pool is None else terms.pool.reference,
        "pool_number": None if terms.pool is None else terms.pool.number,
        "by_hand": terms.by_hand,
        "from_block": terms.from_block,
        "mediator": terms.mediator,
        "venue": terms.venue,
    }


def _open(
    batch: Batch,
    receipt: Receipt,
    instruction: bytes,
    legs: Sequence[InstructionLeg],
    terms: Terms | None,
) -> None:
    """Write the legs, and who must agree or may see it."""
    for ordinal, leg in enumerate(legs):
        row = {
            "instruction": instruction,
            "ordinal": ordinal,
            "asset": leg.asset,
            "source": leg.source,
            "target": leg.target,
            "amount": leg.amount,
            "settled": 0,
        }
        batch.insert(instruction_legs, row)
    roles = _roles(batch, legs, terms, pays=receipt.command == PAYMENT)
    for party, role in sorted(roles.items()):
        _concern(batch, receipt, instruction, party, role)
    sides = tuple(sorted(party for party, role in roles.items() if role == PARTY))
    batch.known.open_instructions[instruction] = sides


def _roles(
    batch: Batch, legs: Sequence[InstructionLeg], terms: Terms | None, *, pays: bool
) -> dict[bytes, str]:
    """Say who must agree, and who else may see it; whoever must agree is nothing besides."""
    roles: dict[bytes, str] = {}
    if terms is not None and terms.venue is not None:
        roles[terms.venue] = VENUE
    for leg in legs:
        roles[batch.owner(leg.target)] = PAYEE if pays else PARTY
    for leg in legs:
        roles[batch.owner(leg.source)] = PARTY
    if terms is not None and terms.mediator is not None:
        roles[terms.mediator] = PARTY
    return roles


def _promise(
    batch: Batch, receipt: Receipt, instruction: bytes, promises: Sequence[OffLedgerLeg]
) -> None:
    """Write what is promised outside; its agents may see what they attest to."""
    sides = dict.fromkeys(batch.known.open_instructions[instruction])
    for ordinal, promise in enumerate(promises, 1):
        row = {
            "instruction": instruction,
            "ordinal": ordinal,
            "agent": promise.agent,
            "giver": promise.giver,
            "receiver": promise.receiver,
            "matter": promise.matter,
            "attested": None,
            "evidence": None,
        }
        batch.insert(instruction_promises, row)
        if promise.agent not in sides:
            _concern(batch, receipt, instruction, promise.agent, AGENT)


def _concern(batch: Batch, receipt: Receipt, instruction: bytes, party: bytes, role: str) -> None:
    row = {
        "instruction": instruction,
        "party": party,
        "role": role,
        "opened": receipt.number,
        "affirmed": None,
        "cancelling": None,
    }
    batch.insert(instruction_parties, row)


def agree(batch: Batch, receipt: Receipt, instruction: bytes) -> None:
    """Note the entry in which those agreed who had not agreed before."""
    for party in batch.known.open_instructions[instruction]:
        batch.fill(instruction_parties, (instruction, party), {"affirmed": receipt.number})


def signing(batch: Batch, receipt: Receipt, instruction: bytes) -> Iterator[bytes]:
    """Give the sides of an instruction that signed an entry."""
    for party in batch.known.open_instructions[instruction]:
        if party in receipt.signers:
            yield party


def hold(batch: Batch, receipt: Receipt, instruction: bytes) -> None:
    """Note that those who signed keep an instruction from settling."""
    for party in signing(batch, receipt, instruction):
        row = {"instruction": instruction, "party": party, "entry": receipt.number}
        batch.replace(instruction_holders, row)


def leave_queue(batch: Batch, instruction: bytes) -> bool:
    """Take an instruction out of the queue; says whether it stood there."""
    if instruction not in batch.known.queued:
        return False
    del batch.known.queued[instruction]
    batch.remove(waiting, (instruction,))
    return True


def _finish(batch: Batch, receipt: Receipt, instruction: bytes, stage: str) -> None:
    leave_queue(batch, instruction)
    reach(batch, receipt, instruction, stage)
    del batch.known.open_instructions[instruction]


def reach(
    batch: Batch, receipt: Receipt, instruction: bytes, stage: str, *, cause: str | None = None
) -> None:
    """Let an instruction stand at a stage, and tell its sides."""
    batch.change(instructions, (instruction,), {"stage": stage})
    tell(batch, receipt, instruction, stage, cause=cause)


def tell(
    batch: Batch,
    receipt: Receipt,
    instruction: bytes,
    what: str,
    *,
    cause: str | None = None,
    party: bytes | None = None,
    to_sides: bool = True,
) -> None:
    """Write down what happened to an instruction; `to_sides`: the entry may be read by them."""
    batch.change(instructions, (instruction,), {"entry": receipt.number})
    for side in batch.known.open_instructions[instruction] if to_sides else ():
        batch.concern_party(receipt.number, side)
    row = {
        "instruction": instruction,
        "entry": receipt.number,
        "ordinal": batch.next_within(receipt.number),
        "what": what,
        "cause": cause,
        "party": party,
    }
    batch.append(instruction_history, row)


def _count(batch: Batch, receipt: Receipt, what: str) -> str:
    """Count something on its local day; gives the day."""
    day = local_date(receipt.at, batch.known.offset_minutes).isoformat()
    batch.total(settlement_days, (day,), {**dict.fromkeys(COUNTED, 0), what: 1})
    return day


def _add_up(batch: Batch, receipt: Receipt, what: str, legs: Sequence[InstructionLeg]) -> None:
    """Count what was settled, for the day and for those who limit what they send."""
    day = _count(batch, receipt, what)
    for leg in legs:
        batch.total(settlement_values, (day, leg.asset), {"legs": 1, "amount": leg.amount})
    note_sent(batch, receipt, legs)


FOLDS: Folds = (
    (happened.InstructionAlleged, instruction_alleged),
    (happened.InstructionAffirmed, instruction_affirmed),
    (happened.InstructionMatched, instruction_matched),
    (happened.InstructionQueued, instruction_queued),
    (happened.InstructionSettled, instruction_settled),
    (happened.InstructionPartlySettled, instruction_partly_settled),
    (happened.InstructionFailed, instruction_failed),
    (happened.CancellationAsked, cancellation_asked),
    (happened.InstructionCancelled, instruction_cancelled),
    (happened.InstructionLapsed, instruction_lapsed),
)
