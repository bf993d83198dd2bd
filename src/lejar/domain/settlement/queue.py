# SPDX-License-Identifier: Apache-2.0
"""The queue: which instructions wait for something to give, in which order, and what each takes.

A place says priority, then position, then the instruction: bytes that compare as they go.  What an
instruction will take of each balance is worked out when it comes in, so that going through the
queue is arithmetic.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from lejar.domain.policy import AssetKind, Movement
from lejar.domain.settlement import events
from lejar.domain.settlement.limits import Flow, flows
from lejar.domain.settlement.model import INSTRUCTIONS, Instruction, Priority, Stage
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.kernel.state import Reader, Table
from lejar.ledger.accounts import Purpose

QUEUE_PASSES: Final = "settlement.queue_passes"
QUEUE_ID: Final = b"settlement.queue"
"""Sixteen bytes, as every id; there is one queue."""
ONLY: Final = b"only"
MIDDLE: Final = 2**62
RANKS: Final = (Priority.URGENT, Priority.HIGH, Priority.NORMAL)
BALANCE: Final = b"B"
_ISSUANCE = Purpose.ISSUANCE
_MONEY = AssetKind.MONEY


class Waiting(Record, frozen=True):
    """What a waiting instruction takes and gives; its place is the key."""

    changes: tuple[tuple[bytes, int], ...]
    """Of each balance (`B`, asset, account) the net amount."""
    flows: tuple[Flow, ...]
    """Which money goes from which party to which."""
    value: int
    """Money in smallest units."""
    pool: bytes
    """With what it settles together; empty for alone."""
    pool_number: int


class Queue(Record, frozen=True):
    """The ends of the queue, and when it is gone through next; zero for not."""

    first: int = MIDDLE
    next: int = MIDDLE
    passes_at: int = 0


class Ahead(Record, frozen=True):
    """How many of each priority wait for a balance, whose asset and account are the key."""

    counts: tuple[int, int, int] = (0, 0, 0)
    """In the order of priorities, urgent first."""


WAITING: Table[Waiting] = Table(0x49, "waiting", Waiting)
QUEUE: Table[Queue] = Table(0x4A, "queue", Queue)
AHEAD: Table[Ahead] = Table(0x68, "ahead", Ahead)
_AHEAD = AHEAD.prefix
EMPTY = Queue()
NOBODY = Ahead()


def place_for(priority: Priority, position: int, instruction_id: bytes) -> bytes:
    """Give the place of an instruction."""
    return bytes([RANKS.index(priority)]) + position.to_bytes(8, "big") + instruction_id


def instruction_at(place: bytes) -> bytes:
    """Give the instruction that stands at a place."""
    return place[9:]


def enter(
    draft: Draft,
    instruction_id: bytes,
    instruction: Instruction,
    moving: Sequence[Movement],
    cause: str,
    place: bytes = b"",
) -> None:
    """Let an instruction wait, and say why: at the end of its priority, or where it stood."""
    if not place:
        queue = QUEUE.get(draft, ONLY) or EMPTY
        QUEUE.put(draft, ONLY, msgspec.structs.replace(queue, next=queue.next + 1))
        place = place_for(instruction.terms.priority, queue.next, instruction_id)
    if instruction.due_at:
        unschedule(draft, instruction.due_at, instruction_id)
    pool = instruction.terms.pool
    waiting = Waiting(
        net_changes(moving),
        tuple(flows(moving)),
        sum([leg.amount for leg in moving if _is_paid(leg)]),
        b"" if pool is None else pool.reference,
        0 if pool is None else pool.number,
    )
    stand(draft, place, waiting)
    queued = msgspec.structs.replace(instruction, stage=Stage.QUEUED, place=place, due_at=0)
    INSTRUCTIONS.put(draft, instruction_id, queued)
    draft.emit(
        events.InstructionQueued(
            instruction_id,
            instruction.legs,
            instruction.value_date,
            instruction.terms,
            place,
            waiting.changes,
            cause,
        )
    )
    wake(draft, draft.at)


def leave(draft: Draft, instruction: Instruction) -> None:
    """Take an instruction out of the queue, if it stands there."""
    if instruction.place:
        waiting = WAITING.require(draft, instruction.place)
        WAITING.remove(draft, instruction.place)
        _count(draft, instruction.place, waiting, -1)


def move_to(draft: Draft, instruction_id: bytes, instruction: Instruction, *, first: bool) -> None:
    """Let a waiting instruction stand at an end of its priority."""
    waiting = WAITING.require(draft, instruction.place)
    leave(draft, instruction)
    queue = QUEUE.get(draft, ONLY) or EMPTY
    if first:
        queue = msgspec.structs.replace(queue, first=queue.first - 1)
        position = queue.first
    else:
        position = queue.next
        queue = msgspec.structs.replace(queue, next=queue.next + 1)
    QUEUE.put(draft, ONLY, queue)
    place = place_for(instruction.terms.priority, position, instruction_id)
    stand(draft, place, waiting)
    INSTRUCTIONS.put(draft, instruction_id, msgspec.structs.replace(instruction, place=place))
    draft.emit(events.InstructionMoved(instruction_id, place, str(instruction.terms.priority)))
    wake(draft, draft.at)


def stand(draft: Draft, place: bytes, waiting: Waiting) -> None:
    """Write down who waits where, and for which balances."""
    WAITING.put(draft, place, waiting)
    _count(draft, place, waiting, 1)


def somebody_is_ahead(reader: Reader, moving: Iterable[Movement], priority: Priority) -> bool:
    """Say whether somebody with the same or more priority waits for a balance that is needed."""
    get = reader.get
    for leg in moving:
        ahead: Ahead | None = get(_AHEAD + leg.asset + leg.source)
        if ahead is not None and any(ahead.counts[: RANKS.index(priority) + 1]):
            return True
    return False


def stands_first(reader: Reader, place: bytes) -> bool:
    """Say whether nobody who stands before a place takes of what this one takes of."""
    own = WAITING.require(reader, place)
    needs = {resource: None for resource, change in own.changes if change < 0}
    for other, waiting in WAITING.scan(reader):
        if other >= place:
            return True
        if any(change < 0 and resource in needs for resource, change in waiting.changes):
            return False
    return True


def wake_if_awaited(draft: Draft, moving: Iterable[Movement]) -> None:
    """Go through the queue with the next block if somebody waits for what has come in."""
    get = draft.get
    for leg in moving:
        if get(_AHEAD + leg.asset + leg.target) is not None:
            wake(draft, draft.at)
            return


def wake(draft: Draft, at: int) -> None:
    """Let the queue be gone through at a moment, if nothing earlier is planned."""
    queue = QUEUE.get(draft, ONLY) or EMPTY
    if queue.passes_at and queue.passes_at <= at:
        return
    if queue.passes_at:
        unschedule(draft, queue.passes_at, QUEUE_ID)
    QUEUE.put(draft, ONLY, msgspec.structs.replace(queue, passes_at=at))
    schedule(draft, at, QUEUE_ID, Due(QUEUE_PASSES, b""))


def net_changes(moving: Iterable[Movement]) -> tuple[tuple[bytes, int], ...]:
    """Say what an exchange takes of each balance and gives to it, netted; none is left out."""
    changes: dict[bytes, int] = {}
    for leg in moving:
        for account, record, amount in (
            (leg.source, leg.giver, -leg.amount),
            (leg.target, leg.receiver, leg.amount),
        ):
            if record.purpose is not _ISSUANCE:
                key = BALANCE + leg.asset + account
                changes[key] = changes.get(key, 0) + amount
    return tuple([(key, amount) for key, amount in changes.items() if amount])


def _is_paid(leg: Movement) -> bool:
    """Say whether money passes on: a claim made or ended beside it counts no second time."""
    made_or_ended = _ISSUANCE in (leg.giver.purpose, leg.receiver.purpose)
    return leg.profile.kind is _MONEY and not made_or_ended


def _count(draft: Draft, place: bytes, waiting: Waiting, sign: int) -> None:
    for resource, change in waiting.changes:
        if change < 0:
            counts = list((AHEAD.get(draft, resource[1:]) or NOBODY).counts)
            counts[place[0]] += sign
            urgent, high, normal = counts
            after = Ahead((urgent, high, normal))
            if after == NOBODY:
                AHEAD.remove(draft, resource[1:])
            else:
                AHEAD.put(draft, resource[1:], after)
