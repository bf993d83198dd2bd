# SPDX-License-Identifier: Apache-2.0
"""Days, cut-offs and the hub's time: the face that other modules see."""

from lejar.domain.calendar import commands, events
from lejar.domain.calendar.model import (
    CALENDAR,
    HUB,
    ONLY,
    Calendar,
    Hub,
    business_days_before,
    calendar,
    following,
    holidays_are_known,
    is_business_day,
    is_past_cut_off,
    time_offset,
    today,
)
from lejar.domain.calendar.refusals import CalendarRefusal as No
from lejar.domain.identity import No as Identity
from lejar.domain.identity import Power, Role, signer_with
from lejar.kernel.draft import Draft
from lejar.kernel.genesis import Genesis
from lejar.kernel.module import Module, Verb
from lejar.kernel.moment import MICROS_PER_DAY
from lejar.kernel.refusal import Refused

__all__ = [
    "CALENDAR",
    "MODULE",
    "Calendar",
    "No",
    "business_days_before",
    "calendar",
    "following",
    "holidays_are_known",
    "is_business_day",
    "is_past_cut_off",
    "time_offset",
    "today",
]

STEP_MAX = 20 * 366 * MICROS_PER_DAY
MALAYSIA_OFFSET = 480


def found_calendar(draft: Draft, genesis: Genesis) -> None:
    """Write the calendar and the kind of network; the moment starts where the genesis begins."""
    section = genesis.section("calendar", Calendar)
    days = section or Calendar(MALAYSIA_OFFSET, (5, 6), (), None)
    offset = genesis.section("hub", Hub)
    CALENDAR.put(draft, ONLY, days)
    HUB.put(draft, ONLY, Hub(genesis.kind, offset.offset_micros if offset else 0))


def tick(draft: Draft, _command: commands.Tick) -> None:
    """Do nothing: the block that carries a tick has run the due work."""
    signer_with(draft, Power.TICK)


def advance_time(draft: Draft, command: commands.AdvanceTime) -> None:
    """Move the moment of the next block."""
    hub = HUB.require(draft, ONLY)
    if hub.kind != "demonstration":
        raise Refused(No.NOT_A_DEMONSTRATION, kind=hub.kind)
    signer_with(draft, Power.TICK)
    if command.to <= draft.at:
        raise Refused(No.MOMENT_NOT_LATER, now=draft.at)
    if command.to > draft.at + STEP_MAX:
        raise Refused(No.MOMENT_TOO_FAR, latest=draft.at + STEP_MAX)
    HUB.put(draft, ONLY, Hub(hub.kind, command.to - draft.ordered_at))
    draft.emit(events.TimeAdvanced(command.to))


MODULE = Module(
    name="calendar",
    tables=(CALENDAR, HUB),
    refusals=(No,),
    genesis=found_calendar,
    events=(events.TimeAdvanced,),
    verbs=(
        Verb(commands.Tick, tick, Role.OPERATE, (Identity.POWER_MISSING,)),
        Verb(
            commands.AdvanceTime,
            advance_time,
            Role.OPERATE,
            (
                No.NOT_A_DEMONSTRATION,
                Identity.POWER_MISSING,
                No.MOMENT_NOT_LATER,
                No.MOMENT_TOO_FAR,
            ),
        ),
    ),
)
