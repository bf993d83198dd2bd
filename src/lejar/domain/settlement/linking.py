# SPDX-License-Identifier: Apache-2.0
"""Links that are made later: an agreed instruction is told to wait for another one."""

import msgspec

from lejar.domain.calendar import today
from lejar.domain.settlement import commands, events
from lejar.domain.settlement.agreeing import follow, known
from lejar.domain.settlement.day import plan_close
from lejar.domain.settlement.handlers import signing_parties
from lejar.domain.settlement.model import (
    FOLLOWERS_MAX,
    INSTRUCTIONS,
    LINKS_MAX,
    Stage,
)
from lejar.domain.settlement.queue import leave
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader

WAITING_STAGES = (Stage.MATCHED, Stage.QUEUED)


def link(draft: Draft, command: commands.Link) -> None:
    """Let an instruction wait for another one; it leaves the queue meanwhile."""
    instruction = known(draft, command.instruction)
    signed = signing_parties(draft, instruction)
    if instruction.stage not in WAITING_STAGES or command.after in instruction.terms.after:
        raise Refused(SettlementRefusal.NOT_WAITING, stage=str(instruction.stage))
    earlier = INSTRUCTIONS.get(draft, command.after)
    if (
        earlier is None
        or not any(party in earlier.parties for party in signed)
        or waits_for(draft, command.after, command.instruction)
    ):
        raise Refused(SettlementRefusal.LINK_UNKNOWN, instruction=command.after)
    after = (*instruction.terms.after, command.after)
    if len(after) > LINKS_MAX or len(earlier.followers) >= FOLLOWERS_MAX:
        raise Refused(SettlementRefusal.LINKS_TOO_MANY, most=LINKS_MAX)
    leave(draft, instruction)
    terms = msgspec.structs.replace(instruction.terms, after=after)
    linked = msgspec.structs.replace(instruction, terms=terms, stage=Stage.MATCHED, place=b"")
    INSTRUCTIONS.put(draft, command.instruction, linked)
    follow(draft, command.after, command.instruction)
    draft.emit(events.InstructionLinked(command.instruction, command.after))
    if instruction.value_date <= today(draft):
        plan_close(draft)


def waits_for(reader: Reader, one: bytes, other: bytes) -> bool:
    """Say whether an instruction is another one, or waits for it over any number of links."""
    seen: dict[bytes, None] = {}
    to_see = [one]
    while to_see:
        found = to_see.pop()
        if found == other:
            return True
        instruction = INSTRUCTIONS.get(reader, found)
        if instruction is not None and found not in seen:
            seen[found] = None
            to_see.extend(instruction.terms.after)
    return False
