# SPDX-License-Identifier: Apache-2.0
"""Going through the queue: what can settle settles, alone where it can and together where it must.

The greatest set in order is found by arithmetic; then every instruction passes the same door as
any other.  What a rule refuses there fails, and the rest is looked at anew.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from lejar.domain.calendar import is_past_cut_off
from lejar.domain.settlement import events, limits, reserves
from lejar.domain.settlement.day import close_has_come, settlement_day
from lejar.domain.settlement.exchange import exchange, movements
from lejar.domain.settlement.model import INSTRUCTIONS, Instruction, Priority
from lejar.domain.settlement.pool import Line, Lines, lines
from lejar.domain.settlement.pricing import read_legs
from lejar.domain.settlement.queue import (
    EMPTY,
    ONLY,
    QUEUE,
    WAITING,
    wake,
)
from lejar.domain.settlement.saving import settles_in_order
from lejar.domain.settlement.settling import above, end, fail, report_settled, whole_cost
from lejar.kernel.draft import Draft
from lejar.kernel.moment import MICROS_PER_SECOND
from lejar.kernel.refusal import Refused

PASS_EVERY: Final = MICROS_PER_SECOND
"""While somebody waits, the queue is gone through so often, whatever moved meanwhile."""
TRIES_MAX: Final = 8
"""How often one pass looks anew after a rule refused something."""
SETTLED_MAX: Final = 1_000
"""One pass settles no more entries of the queue than this; the next block brings the next pass."""


def queue_passes(draft: Draft, _payload: bytes) -> None:
    """Settle what can settle; look again while somebody waits."""
    queue = QUEUE.get(draft, ONLY) or EMPTY
    QUEUE.put(draft, ONLY, msgspec.structs.replace(queue, passes_at=0))
    if settlement_day(draft).paused_by is not None or close_has_come(draft):
        return
    if is_past_cut_off(draft):  # moved since the close was planned
        return
    settled = pass_through(draft)
    if any(True for _ in WAITING.scan(draft)):
        wake(draft, draft.at + (PASS_EVERY if settled < SETTLED_MAX else 0))


def pass_through(draft: Draft) -> int:
    """Settle the greatest set in order, as far as rules let it; gives how many settled."""
    left_out: dict[bytes, None] = {}
    count = 0
    for _ in range(TRIES_MAX):
        waiting = lines(draft, left_out)
        chosen = settles_in_order(waiting.available, waiting.items)
        stopped, settled = settle_chosen(draft, waiting, chosen, count)
        count += settled
        if stopped is None:
            break
        _put_aside(draft, stopped, waiting.members, left_out)
    return count


def settle_chosen(
    draft: Draft, waiting: Lines, chosen: Sequence[bytes], already: int
) -> tuple[list[Line] | None, int]:
    """Settle items that fit together; gives those that a rule stopped, and how many settled."""
    named = dict.fromkeys(chosen)
    pending = [item for item in waiting.items if item.id in named]
    count, value = 0, 0
    stopped: list[Line] | None = None
    while pending and stopped is None and count + already < SETTLED_MAX:
        ready, pending = _ready(waiting.available, pending)
        for those in [[item] for item in ready] or [pending]:
            members = [one for item in those for one in waiting.members[item.id]]
            if settle_together(draft, members) is not None:
                stopped = those
                break
            count += len(members)
            value += sum([item.value for item in those])
            if count + already >= SETTLED_MAX:
                break
        if not ready:
            break
    if count:
        draft.emit(events.QueueSettled(count, value, None))
    return stopped, count


def _ready(available: dict[bytes, int], pending: list[Line]) -> tuple[list[Line], list[Line]]:
    """Part what can settle one after the other from what cannot yet; counts what they leave."""
    ready, rest = [], []
    for item in pending:
        if all(change >= 0 or available[key] + change >= 0 for key, change in item.changes):
            for key, change in item.changes:
                available[key] += change
            ready.append(item)
        else:
            rest.append(item)
    return ready, rest


def settle_together(draft: Draft, members: Sequence[bytes]) -> Refused | None:
    """Settle instructions in one movement, all or none; gives why not."""
    trial = above(draft)
    instructions = [(one, INSTRUCTIONS.require(trial, one)) for one in members]
    try:
        for instruction_id, instruction in instructions:
            end(trial, instruction_id, instruction)
        named = [leg for _, one in instructions for leg in read_legs(trial, one.legs)]
        moving = movements(trial, named)
        limits.refuse_beyond(trial, moving)
        for _, one in instructions:
            if one.terms.priority is Priority.URGENT:
                reserves.draw(trial, movements(trial, read_legs(trial, one.legs)))
        exchange(trial, named, moving)
        limits.note(trial, moving)
    except Refused as refused:
        return refused
    draft.take(trial)
    for instruction_id, instruction in instructions:
        report_settled(draft, instruction_id, instruction)
    return None


def _put_aside(
    draft: Draft,
    stopped: list[Line],
    members: Mapping[bytes, tuple[bytes, ...]],
    left_out: dict[bytes, None],
) -> None:
    """Let those fail that a rule refuses alone; if none is, leave the last one out this time."""
    culprit = False
    for instruction_id in [one for item in stopped for one in members[item.id]]:
        instruction = INSTRUCTIONS.require(draft, instruction_id)
        cause = refused_alone(draft, instruction_id, instruction)
        if cause is not None:
            fail(draft, instruction_id, instruction, cause.refusal.code)
            culprit = True
    if not culprit:
        left_out[stopped[-1].id] = None


def refused_alone(draft: Draft, instruction_id: bytes, instruction: Instruction) -> Refused | None:
    """Give the reason for which a rule refuses an instruction, whatever the balances are."""
    trial = above(draft)
    try:
        end(trial, instruction_id, instruction)
        whole_cost(trial, instruction)
    except Refused as refused:
        return refused
    return None
