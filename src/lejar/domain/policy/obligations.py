# SPDX-License-Identifier: Apache-2.0
"""Obligations: deadlines that run for a party; what the commands and the due work about them do."""

import datetime
import enum

import msgspec

from lejar.domain.calendar import calendar, is_business_day
from lejar.domain.identity import Power, has_power, known_party
from lejar.domain.policy import commands, events
from lejar.domain.policy.book import EMPTY, PACKS, book
from lejar.domain.policy.kinds.deadline import Deadline, TimeUnit
from lejar.domain.policy.refusals import PolicyRefusal
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.moment import (
    MICROS_PER_DAY,
    MICROS_PER_HOUR,
    local_date,
    start_of,
)
from lejar.kernel.refusal import Refused
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.kernel.state import Reader, Table

DEADLINE_PASSES = "policy.deadline_passes"


class Stage(enum.StrEnum):
    """Where an obligation stands."""

    OPEN = "open"
    MISSED = "missed"


class Obligation(Record, frozen=True):
    """An obligation that was not met yet; its id is the key."""

    rule: str
    pack: str
    party: bytes
    opened_by: bytes
    happened_at: int
    due_at: int
    stage: Stage


OBLIGATIONS: Table[Obligation] = Table(0x66, "obligations", Obligation)


def open_obligation(draft: Draft, command: commands.OpenObligation) -> None:
    """Let a rule's deadline run for a party."""
    known_party(draft, command.party)
    by = _party_or_agency(draft, command.party)
    if command.happened_at > draft.at:
        raise Refused(PolicyRefusal.NOT_HAPPENED_YET, now=draft.at)
    pack, deadline, offset = _deadline_of(draft, command.rule)
    due_at = due_moment(draft, deadline, command.happened_at, offset)
    _opened(
        draft,
        Obligation(command.rule, pack, command.party, by, command.happened_at, due_at, Stage.OPEN),
    )


def discharge_obligation(draft: Draft, command: commands.DischargeObligation) -> None:
    """End an obligation; one that repeats begins anew from when it was due."""
    found = OBLIGATIONS.get(draft, command.obligation)
    if found is None:
        raise Refused(PolicyRefusal.OBLIGATION_UNKNOWN, obligation=command.obligation)
    _party_or_agency(draft, found.party)
    if found.happened_at > draft.at:
        raise Refused(PolicyRefusal.NOT_HAPPENED_YET, begins=found.happened_at)
    OBLIGATIONS.remove(draft, command.obligation)
    if found.stage is Stage.OPEN:
        unschedule(draft, found.due_at, command.obligation)
    draft.emit(events.ObligationDischarged(command.obligation, found.stage is Stage.OPEN))
    _repeat(draft, found)


def deadline_passes(draft: Draft, obligation: bytes) -> None:
    """Record that an obligation was not met in time; it stays open until somebody meets it."""
    found = OBLIGATIONS.get(draft, obligation)
    if found is not None and found.stage is Stage.OPEN:
        OBLIGATIONS.put(draft, obligation, msgspec.structs.replace(found, stage=Stage.MISSED))
        draft.emit(events.ObligationMissed(obligation, found.rule, found.party))


def due_moment(reader: Reader, deadline: Deadline, happened_at: int, offset: int) -> int:
    """Give the moment at which a deadline passes: by the hour, or when its last local day ends."""
    number = deadline.within or 0
    if deadline.unit is TimeUnit.HOURS:
        return happened_at + number * MICROS_PER_HOUR
    day = local_date(happened_at, offset)
    if deadline.unit is TimeUnit.MONTHS:
        day = _months_after(day, number)
    elif deadline.unit is TimeUnit.DAYS:
        day += datetime.timedelta(days=number)
    else:
        day = _business_days_after(reader, day, number)
    return start_of(day, offset) + MICROS_PER_DAY


def _business_days_after(reader: Reader, day: datetime.date, number: int) -> datetime.date:
    days = calendar(reader)
    while number:
        day += datetime.timedelta(days=1)
        if is_business_day(days, day):
            number -= 1
    return day


def _months_after(day: datetime.date, number: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day and _exists(year, month + 1, last):
            return datetime.date(year, month + 1, last)
    return datetime.date(year, month + 1, 28)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _opened(draft: Draft, obligation: Obligation) -> None:
    key = draft.new_id("obligation")
    OBLIGATIONS.put(draft, key, obligation)
    schedule(draft, obligation.due_at, key, Due(DEADLINE_PASSES, key))
    draft.emit(
        events.ObligationOpened(
            key,
            obligation.rule,
            obligation.pack,
            obligation.party,
            obligation.happened_at,
            obligation.due_at,
        )
    )


def _repeat(draft: Draft, done: Obligation) -> None:
    """Open the next of a kind that repeats, as the packs have it now."""
    try:
        pack, deadline, offset = _deadline_of(draft, done.rule)
    except Refused:
        return  # the rule is no longer in force: nothing repeats
    if deadline.repeats:
        due_at = due_moment(draft, deadline, done.due_at - 1, offset)
        _opened(
            draft,
            msgspec.structs.replace(
                done, pack=pack, happened_at=done.due_at - 1, due_at=due_at, stage=Stage.OPEN
            ),
        )


def _deadline_of(reader: Reader, rule_id: str) -> tuple[str, Deadline, int]:
    """Give pack, parameters and offset of a deadline in force, or refuse."""
    for adopted in (book(reader) or EMPTY).newest:
        pack = PACKS.require(reader, adopted.digest)
        for rule in pack.rules:
            if rule.id != rule_id or not rule.is_in_force(reader.at):
                continue
            if isinstance(rule.spec, Deadline) and rule.spec.within is not None:
                return f"{pack.jurisdiction} {pack.version}", rule.spec, pack.offset_minutes
    raise Refused(PolicyRefusal.RULE_UNKNOWN, rule=rule_id)


def _party_or_agency(draft: Draft, party: bytes) -> bytes:
    if party in draft.signers:
        return party
    for signer in draft.signers:
        if has_power(draft, signer, Power.DIRECT):
            return signer
    raise Refused(PolicyRefusal.OBLIGATION_FOREIGN, party=party)
