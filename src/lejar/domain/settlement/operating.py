# SPDX-License-Identifier: Apache-2.0
"""What is done to instructions that wait, and by whoever runs settlement.

Nothing here moves anything by itself: it lets the queue be gone through, or an instruction be tried
with the next block.  The one exception is a set that was found outside.
"""

from collections.abc import Sequence

import msgspec

from lejar.domain.identity import PARTIES, Power, signer_with
from lejar.domain.identity import No as Identity
from lejar.domain.money import No as Money
from lejar.domain.policy import AssetKind, known_profile
from lejar.domain.settlement import commands, events, limits, reserves
from lejar.domain.settlement.agreeing import known
from lejar.domain.settlement.closing import settle_part
from lejar.domain.settlement.day import DAY, ONLY, close_has_come, settlement_day
from lejar.domain.settlement.handlers import signing_parties
from lejar.domain.settlement.model import INSTRUCTIONS, Instruction, Stage
from lejar.domain.settlement.passing import settle_together
from lejar.domain.settlement.pending import await_delivery, await_no_more
from lejar.domain.settlement.pool import lines
from lejar.domain.settlement.queue import RANKS, enter, leave, move_to, stands_first, wake
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.domain.settlement.saving import settles_in_order, shortfalls, worth
from lejar.domain.settlement.settling import try_soon, whole_cost
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader, Table
from lejar.ledger.accounts import known_account
from lejar.ledger.refusals import LedgerRefusal


class Evidence(Record, frozen=True):
    """For which instruction evidence was used; its digest is the key."""

    instruction: bytes


EVIDENCE: Table[Evidence] = Table(0x6D, "evidence_used", Evidence)


def attest(draft: Draft, command: commands.Attest) -> None:
    """Note that a promise was kept; with the last one the instruction may settle."""
    instruction = known(draft, command.instruction)
    if command.promise > len(instruction.promises):
        raise Refused(SettlementRefusal.PROMISE_UNKNOWN, promises=len(instruction.promises))
    promise = instruction.promises[command.promise - 1]
    if promise.agent not in draft.signers:
        raise Refused(SettlementRefusal.NOT_THE_PROMISE_AGENT)
    if command.promise in instruction.attested:
        raise Refused(SettlementRefusal.ATTESTED_ALREADY)
    if EVIDENCE.get(draft, command.evidence) is not None:
        raise Refused(SettlementRefusal.EVIDENCE_USED)
    EVIDENCE.put(draft, command.evidence, Evidence(command.instruction))
    attested = tuple(sorted((*instruction.attested, command.promise)))
    replaced = msgspec.structs.replace(instruction, attested=attested)
    draft.emit(
        events.PromiseAttested(
            command.instruction, command.promise, promise.agent, command.evidence
        )
    )
    try_soon(draft, command.instruction, replaced)


def settle(draft: Draft, command: commands.Settle) -> None:
    """Let go on what waits for a party's word; of what is queued, let settle what is there."""
    instruction = known(draft, command.instruction)
    signing_parties(draft, instruction)
    if instruction.stage is Stage.QUEUED and instruction.terms.partial_from is not None:
        _settle_what_is_there(draft, command.instruction, instruction)
        return
    agreed = instruction.stage in (Stage.MATCHED, Stage.FAILED)
    if not agreed or not instruction.terms.by_hand:
        raise Refused(SettlementRefusal.NOT_WAITING, stage=str(instruction.stage))
    terms = msgspec.structs.replace(instruction.terms, by_hand=False)
    try_soon(draft, command.instruction, msgspec.structs.replace(instruction, terms=terms))


def _settle_what_is_there(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    """Settle a part now; the rest keeps its place."""
    if not stands_first(draft, instruction.place):
        raise Refused(SettlementRefusal.BEHIND_OTHERS)
    if not settle_part(draft, instruction_id, instruction):
        raise Refused(SettlementRefusal.NOT_WAITING, stage=str(instruction.stage))
    rest = INSTRUCTIONS.require(draft, instruction_id)
    await_no_more(draft, instruction_id, rest)
    moving = whole_cost(draft, rest)
    await_delivery(draft, instruction_id, rest)
    cause = LedgerRefusal.FUNDS_INSUFFICIENT.code
    enter(draft, instruction_id, rest, moving, cause, instruction.place)


def hold(draft: Draft, command: commands.Hold) -> None:
    """Keep an instruction from settling; it leaves the queue."""
    instruction = known(draft, command.instruction)
    signed = signing_parties(draft, instruction)
    if instruction.stage is Stage.ALLEGED or all(one in instruction.held_by for one in signed):
        raise Refused(SettlementRefusal.NOT_WAITING, stage=str(instruction.stage))
    held_by = tuple(dict.fromkeys((*instruction.held_by, *signed)))
    leave(draft, instruction)
    stage = Stage.MATCHED if instruction.stage is Stage.QUEUED else instruction.stage
    replaced = msgspec.structs.replace(instruction, held_by=held_by, stage=stage, place=b"")
    INSTRUCTIONS.put(draft, command.instruction, replaced)
    draft.emit(events.InstructionHeld(command.instruction, signed[0]))


def release(draft: Draft, command: commands.Release) -> None:
    """Let an instruction settle again, as far as the signers kept it from that."""
    instruction = known(draft, command.instruction)
    signed = signing_parties(draft, instruction)
    if not any(one in instruction.held_by for one in signed):
        raise Refused(SettlementRefusal.NOT_WAITING, stage=str(instruction.stage))
    held_by = tuple([one for one in instruction.held_by if one not in signed])
    draft.emit(events.InstructionReleased(command.instruction, signed[0]))
    try_soon(draft, command.instruction, msgspec.structs.replace(instruction, held_by=held_by))


def prioritise(draft: Draft, command: commands.Prioritise) -> None:
    """Change a priority; in the queue it then stands last of that priority."""
    instruction = _of_givers(draft, command.instruction)
    if instruction.stage is Stage.ALLEGED or instruction.terms.priority is command.priority:
        raise Refused(SettlementRefusal.NOT_WAITING, stage=str(instruction.stage))
    if RANKS.index(command.priority) < RANKS.index(instruction.terms.priority):
        _refuse_unless_all_givers(draft, instruction)
    terms = msgspec.structs.replace(instruction.terms, priority=command.priority)
    replaced = msgspec.structs.replace(instruction, terms=terms)
    if instruction.stage is Stage.QUEUED:
        move_to(draft, command.instruction, replaced, first=False)
        return
    INSTRUCTIONS.put(draft, command.instruction, replaced)
    draft.emit(events.InstructionMoved(command.instruction, b"", str(command.priority)))


def reorder(draft: Draft, command: commands.Reorder) -> None:
    """Move a waiting instruction to an end of its priority."""
    instruction = _of_givers(draft, command.instruction)
    if instruction.stage is not Stage.QUEUED:
        raise Refused(SettlementRefusal.NOT_WAITING, stage=str(instruction.stage))
    first = command.to is commands.End.FIRST
    if first:
        _refuse_unless_all_givers(draft, instruction)
    move_to(draft, command.instruction, instruction, first=first)


def _of_givers(draft: Draft, instruction_id: bytes) -> Instruction:
    """Give an instruction of which a signer gives something."""
    instruction = known(draft, instruction_id)
    signing_parties(draft, instruction)
    if not any(giver in draft.signers for giver in _givers(draft, instruction)):
        raise Refused(SettlementRefusal.NOT_A_GIVER)
    return instruction


def _refuse_unless_all_givers(draft: Draft, instruction: Instruction) -> None:
    """Going before others is for all who give to say: each has others waiting, and reserves."""
    if not all(giver in draft.signers for giver in _givers(draft, instruction)):
        raise Refused(SettlementRefusal.NOT_A_GIVER)


def _givers(reader: Reader, instruction: Instruction) -> list[bytes]:
    return [known_account(reader, leg.source).owner for leg in instruction.legs]


def set_sender_limit(draft: Draft, command: commands.SetSenderLimit) -> None:
    """Set or take away a limit; what waits is looked at again."""
    if command.party not in draft.signers:
        raise Refused(SettlementRefusal.NOT_A_PARTY)
    if known_profile(draft, command.asset).kind is not AssetKind.MONEY:
        raise Refused(Money.NOT_MONEY, asset=command.asset)
    if command.counterparty is not None and PARTIES.get(draft, command.counterparty) is None:
        raise Refused(Identity.PARTY_UNKNOWN, party=command.counterparty)
    key = command.party + command.asset
    limits.changed(draft, key, command.counterparty, command.amount)
    draft.emit(
        events.SenderLimitSet(command.party, command.asset, command.counterparty, command.amount)
    )
    wake(draft, draft.at)


def reserve(draft: Draft, command: commands.Reserve) -> None:
    """Keep so much for urgent instructions, in place of what was kept before."""
    if known_account(draft, command.account).owner not in draft.signers:
        raise Refused(SettlementRefusal.NOT_A_PARTY)
    if known_profile(draft, command.asset).kind is not AssetKind.MONEY:
        raise Refused(Money.NOT_MONEY, asset=command.asset)
    reserves.reserve(draft, command.asset, command.account, command.amount)
    draft.emit(events.MoneyReserved(command.account, command.asset, command.amount))
    wake(draft, draft.at)


def pause(draft: Draft, command: commands.PauseSettlement) -> None:
    """Let nothing settle until resumed."""
    by = signer_with(draft, Power.RUN_SETTLEMENT)
    day = settlement_day(draft)
    if day.paused_by is not None:
        raise Refused(SettlementRefusal.PAUSED_ALREADY)
    DAY.put(draft, ONLY, msgspec.structs.replace(day, paused_by=by))
    draft.emit(events.SettlementPaused(by, command.reason))


def resume(draft: Draft, _command: commands.ResumeSettlement) -> None:
    """Let settlement go on, the queue first."""
    by = signer_with(draft, Power.RUN_SETTLEMENT)
    day = settlement_day(draft)
    if day.paused_by is None:
        raise Refused(SettlementRefusal.NOT_PAUSED)
    DAY.put(draft, ONLY, msgspec.structs.replace(day, paused_by=None))
    draft.emit(events.SettlementResumed(by))
    wake(draft, draft.at)


def settle_set(draft: Draft, command: commands.SettleSet) -> None:
    """Verify a set that was found outside, and settle it in one movement."""
    signer_with(draft, Power.RUN_SETTLEMENT)
    if settlement_day(draft).paused_by is not None or close_has_come(draft):
        raise Refused(SettlementRefusal.SETTLEMENT_PAUSED)
    named = dict.fromkeys(command.instructions)
    if len(named) < len(command.instructions):
        raise Refused(SettlementRefusal.SET_REPEATS)
    waiting = lines(draft, {})
    chosen = [
        item.id for item in waiting.items if all(one in named for one in waiting.members[item.id])
    ]
    meant = [one for item in chosen for one in waiting.members[item]]
    if len(meant) < len(named):
        raise Refused(SettlementRefusal.SET_UNFIT, instruction=_stranger(named, meant))
    if shortfalls(waiting.available, waiting.items, chosen):
        raise Refused(SettlementRefusal.SET_INFEASIBLE)
    value, count = worth(waiting.items, chosen)
    own = worth(waiting.items, settles_in_order(waiting.available, waiting.items))
    if (value, count) < own:
        raise Refused(SettlementRefusal.SET_WORSE, value=value, queue_value=own[0])
    if command.bound < value:
        raise Refused(SettlementRefusal.BOUND_UNFIT, value=value)
    cause = settle_together(draft, meant)
    if cause is not None:
        raise Refused(SettlementRefusal.SET_UNFIT, cause=cause.refusal.code)
    draft.emit(events.QueueSettled(count, value, command.bound))


def _stranger(named: dict[bytes, None], meant: Sequence[bytes]) -> bytes:
    """Give the first instruction of a set that does not wait, or waits for its pool."""
    there = dict.fromkeys(meant)
    return next(one for one in named if one not in there)
