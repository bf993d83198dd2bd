# SPDX-License-Identifier: Apache-2.0
"""Instructions: where each stands, and what became of it.

The state forgets what is settled, cancelled or lapsed; here it is kept.  An instruction may come
into sight at any of its stages, so whichever event is first brings it in.
"""

import datetime
from collections.abc import Sequence
from typing import TypeAlias

from lejar.domain.settlement import InstructionLeg, Stage
from lejar.domain.settlement import events as happened
from lejar.kernel.entry import Receipt
from lejar.kernel.moment import local_date
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.schema import (
    instruction_history,
    instruction_legs,
    instruction_parties,
    instructions,
)

SETTLED = "settled"
CANCELLED = "cancelled"
LAPSED = "lapsed"
CANCELLATION_ASKED = "cancellation_asked"

WithLegs: TypeAlias = (
    happened.InstructionAlleged | happened.InstructionMatched | happened.InstructionSettled
)


def instruction_alleged(batch: Batch, receipt: Receipt, event: happened.InstructionAlleged) -> None:
    """Bring in an instruction that waits for somebody to affirm."""
    _bring_in(batch, receipt, event, event.value_date)
    for party in event.affirmed:
        batch.fill(instruction_parties, (event.instruction, party), {"affirmed": receipt.number})
    _reach(batch, receipt, event.instruction, str(Stage.ALLEGED))


def instruction_matched(batch: Batch, receipt: Receipt, event: happened.InstructionMatched) -> None:
    """Let an instruction wait for its day; bring it in if all signed at once."""
    if event.instruction not in batch.known.open_instructions:
        _bring_in(batch, receipt, event, event.value_date)
    _agree(batch, receipt, event)
    _reach(batch, receipt, event.instruction, str(Stage.MATCHED))


def instruction_settled(batch: Batch, receipt: Receipt, event: happened.InstructionSettled) -> None:
    """Finish an instruction; one that was never open was agreed for the day it settled on."""
    if event.instruction not in batch.known.open_instructions:
        today = local_date(receipt.at, batch.known.offset_minutes)
        _bring_in(batch, receipt, event, today)
    _agree(batch, receipt, event)
    _finish(batch, receipt, event.instruction, SETTLED)


def instruction_failed(batch: Batch, receipt: Receipt, event: happened.InstructionFailed) -> None:
    """Let an instruction stand as failed, with its cause."""
    changed = {"cause": event.cause, "attempts": event.attempts}
    batch.change(instructions, (event.instruction,), changed)
    _reach(batch, receipt, event.instruction, str(Stage.FAILED), cause=event.cause)


def cancellation_asked(batch: Batch, receipt: Receipt, event: happened.CancellationAsked) -> None:
    """Note which side wants to cancel; the instruction stays where it stands."""
    asking = {"cancelling": receipt.number}
    batch.change(instruction_parties, (event.instruction, event.party), asking)
    batch.change(instructions, (event.instruction,), {"entry": receipt.number})
    _tell(batch, receipt, event.instruction, CANCELLATION_ASKED, party=event.party)


def instruction_cancelled(
    batch: Batch, receipt: Receipt, event: happened.InstructionCancelled
) -> None:
    """Finish an instruction that was withdrawn."""
    _finish(batch, receipt, event.instruction, CANCELLED)


def instruction_lapsed(batch: Batch, receipt: Receipt, event: happened.InstructionLapsed) -> None:
    """Finish an instruction that was not affirmed in time."""
    _finish(batch, receipt, event.instruction, LAPSED)


def _bring_in(batch: Batch, receipt: Receipt, event: WithLegs, value_date: datetime.date) -> None:
    sides = _sides(batch, event.legs)
    batch.known.open_instructions[event.instruction] = sides
    row = {
        "id": event.instruction,
        "opened": receipt.number,
        "value_date": value_date.isoformat(),
        "stage": "",
        "cause": None,
        "attempts": 0,
        "entry": receipt.number,
    }
    batch.insert(instructions, row)
    for ordinal, leg in enumerate(event.legs):
        leg_row = {
            "instruction": event.instruction,
            "ordinal": ordinal,
            "asset": leg.asset,
            "source": leg.source,
            "target": leg.target,
            "amount": leg.amount,
        }
        batch.append(instruction_legs, leg_row)
    for party in sides:
        party_row = {
            "instruction": event.instruction,
            "party": party,
            "opened": receipt.number,
            "affirmed": None,
            "cancelling": None,
        }
        batch.insert(instruction_parties, party_row)


def _agree(batch: Batch, receipt: Receipt, event: WithLegs) -> None:
    """Note the entry in which those agreed who had not agreed before."""
    for party in batch.known.open_instructions[event.instruction]:
        batch.fill(instruction_parties, (event.instruction, party), {"affirmed": receipt.number})


def _sides(batch: Batch, legs: Sequence[InstructionLeg]) -> tuple[bytes, ...]:
    owners = [batch.owner(account) for leg in legs for account in (leg.source, leg.target)]
    return tuple(sorted(dict.fromkeys(owners)))


def _finish(batch: Batch, receipt: Receipt, instruction: bytes, stage: str) -> None:
    _reach(batch, receipt, instruction, stage)
    del batch.known.open_instructions[instruction]


def _reach(
    batch: Batch, receipt: Receipt, instruction: bytes, stage: str, *, cause: str | None = None
) -> None:
    changed = {"stage": stage, "entry": receipt.number}
    batch.change(instructions, (instruction,), changed)
    _tell(batch, receipt, instruction, stage, cause=cause)


def _tell(
    batch: Batch,
    receipt: Receipt,
    instruction: bytes,
    what: str,
    *,
    cause: str | None = None,
    party: bytes | None = None,
) -> None:
    for side in batch.known.open_instructions[instruction]:
        batch.concern_party(receipt.number, side)
    row = {
        "instruction": instruction,
        "entry": receipt.number,
        "what": what,
        "cause": cause,
        "party": party,
    }
    batch.append(instruction_history, row)


FOLDS: Folds = (
    (happened.InstructionAlleged, instruction_alleged),
    (happened.InstructionMatched, instruction_matched),
    (happened.InstructionSettled, instruction_settled),
    (happened.InstructionFailed, instruction_failed),
    (happened.CancellationAsked, cancellation_asked),
    (happened.InstructionCancelled, instruction_cancelled),
    (happened.InstructionLapsed, instruction_lapsed),
)
