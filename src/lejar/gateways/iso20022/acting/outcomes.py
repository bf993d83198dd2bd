# SPDX-License-Identifier: Apache-2.0
"""What the hub has sealed about a transaction, as a standing: receipts first, then stages."""

from collections.abc import Sequence
from typing import Final

import msgspec

from lejar.assembly import MACHINE
from lejar.domain.settlement import events as happened
from lejar.domain.settlement.commands import Instruct, Pay
from lejar.domain.settlement.model import InstructionLeg
from lejar.gateways.iso20022.acting.refusals import ChannelRefusal
from lejar.gateways.iso20022.acting.session import Standing, State, channel_no
from lejar.kernel import identifiers
from lejar.kernel.entry import Receipt
from lejar.kernel.envelope import Command
from lejar.kernel.failure import Broken
from lejar.kernel.module import Event

STATES: Final = {
    "alleged": State.PENDING,
    "matched": State.PENDING,
    "queued": State.PENDING,
    "failed": State.FAILED,
    "settled": State.SETTLED,
    "cancelled": State.CANCELLED,
    "lapsed": State.CANCELLED,
}
"""What each stage of an instruction means to its bank."""

_STAGE_OF: Final = {
    happened.InstructionAlleged: "alleged",
    happened.InstructionMatched: "matched",
    happened.InstructionQueued: "queued",
    happened.InstructionFailed: "failed",
    happened.InstructionSettled: "settled",
    happened.InstructionCancelled: "cancelled",
    happened.InstructionLapsed: "lapsed",
}


def standing_of_receipt(receipt: Receipt, command: Command) -> Standing:
    """Say where a transaction stands by the receipt of its command."""
    if receipt.refusal is not None:
        code = receipt.refusal.code
        return Standing(state=State.REJECTED, cause=code, entry=receipt.number)
    told = [event for raw in receipt.events if (event := _read(raw)) is not None]
    own = _own(told, command)
    if own is None:  # the id was used for something else, long ago
        return channel_no(ChannelRefusal.MESSAGE_DUPLICATE)
    return _standing(told, own, receipt.number)


def standing_of_entry(receipt: Receipt, instruction: str) -> Standing | None:
    """Say what an entry says of an instruction; none where it says nothing."""
    told = [event for raw in receipt.events if (event := _read(raw)) is not None]
    own = identifiers.read("instruction", instruction)
    if not any(_instruction(one) == own for one in told):
        return None
    return _standing(told, own, receipt.number)


def _standing(told: Sequence[Event], own: bytes, entry: int) -> Standing:
    last = [one for one in told if _instruction(one) == own][-1]
    stage = _STAGE_OF[type(last)]
    return Standing(
        state=STATES[stage],
        stage=stage,
        cause=getattr(last, "cause", None),
        instruction=identifiers.show("instruction", own),
        entry=entry,
    )


def _own(told: Sequence[Event], command: Command) -> bytes | None:
    """Find the command's instruction: a pass through the queue may settle others beside it."""
    wanted = _first_leg(command)
    for event in told:
        if wanted in getattr(event, "legs", ()):
            return _instruction(event)
    return None


def _first_leg(command: Command) -> InstructionLeg:
    if isinstance(command, Pay):
        return InstructionLeg(command.asset, command.source, command.target, command.amount)
    if isinstance(command, Instruct):
        return command.legs[0]
    raise Broken("a message asks for payments and instructions only")


def _instruction(event: Event) -> bytes:
    found: bytes = getattr(event, "instruction", b"")
    return found


def _read(raw: msgspec.Raw) -> Event | None:
    event = MACHINE.read_event(raw)
    return event if type(event) in _STAGE_OF else None
