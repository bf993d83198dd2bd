# SPDX-License-Identifier: Apache-2.0
"""A break's life: open, assigned, explained, resolved; reopened where an explanation fails.

No step moves anything.  What puts a difference right is an ordinary command elsewhere.
"""

import msgspec

from lejar.domain.calendar import today
from lejar.domain.identity import known_party
from lejar.domain.reconciliation import commands, events, rules
from lejar.domain.reconciliation.ageing import (
    BREAK_IS_FORGOTTEN,
    escalation_moment,
    unwatch,
    watch,
)
from lejar.domain.reconciliation.model import (
    BREAKS,
    COUNTERPARTS,
    REOPENING_DAYS,
    Break,
    BreakKind,
    BreakStage,
    Counterpart,
    known_break,
    known_counterpart,
)
from lejar.domain.reconciliation.refusals import ReconciliationRefusal as No
from lejar.kernel.draft import Draft
from lejar.kernel.moment import MICROS_PER_DAY
from lejar.kernel.refusal import Refused, refuse_if
from lejar.kernel.schedule import Due, schedule, unschedule


def open_break(draft: Draft, event: events.BreakOpened) -> None:
    """Open a break as an event tells it, and watch its age."""
    counterpart = known_counterpart(draft, event.counterpart)
    days, opened_on = counterpart.business_days, today(draft)
    escalates_at = None if days is None else escalation_moment(draft, opened_on, days)
    found = Break(
        counterpart=event.counterpart,
        sequence=event.sequence,
        kind=BreakKind(event.kind),
        day=event.day,
        opened_on=opened_on,
        escalates_at=escalates_at,
    )
    BREAKS.put(draft, event.break_id, found)
    watch(draft, event.break_id, found)
    _count(draft, event.counterpart, 1)
    draft.emit(msgspec.structs.replace(event, escalates_at=escalates_at))


def assign_break(draft: Draft, command: commands.AssignBreak) -> None:
    """Say who looks into a break."""
    found = known_break(draft, command.break_id)
    rules.side_has_signed(draft, _counterpart(draft, found))
    refuse_if(rules.stands_at(found, BreakStage.OPEN, BreakStage.ASSIGNED, BreakStage.REOPENED))
    known_party(draft, command.party)
    after = msgspec.structs.replace(found, stage=BreakStage.ASSIGNED, assigned_to=command.party)
    BREAKS.put(draft, command.break_id, after)
    draft.emit(events.BreakAssigned(command.break_id, found.counterpart, command.party))


def explain_break(draft: Draft, command: commands.ExplainBreak) -> None:
    """Say why the ledgers disagree, and by whose word."""
    found = known_break(draft, command.break_id)
    refuse_if(rules.stands_at(found, BreakStage.ASSIGNED))
    party = found.assigned_to
    if party is None or party not in draft.signers:
        raise Refused(No.NOT_THE_ASSIGNEE, assigned_to=party)
    after = msgspec.structs.replace(
        found,
        stage=BreakStage.EXPLAINED,
        explained_by=party,
        explained_persons=rules.persons_signing(draft, party),
    )
    BREAKS.put(draft, command.break_id, after)
    draft.emit(
        events.BreakExplained(
            command.break_id, found.counterpart, str(command.cause), command.evidence, party
        )
    )


def resolve_break(draft: Draft, command: commands.ResolveBreak) -> None:
    """End an explained break by a second pair of eyes."""
    found = known_break(draft, command.break_id)
    counterpart = _counterpart(draft, found)
    rules.side_has_signed(draft, counterpart)
    refuse_if(rules.stands_at(found, BreakStage.EXPLAINED))
    checker = _checker(draft, found, counterpart)
    if command.correction is not None and command.correction > draft.state.entry:
        raise Refused(No.CORRECTION_UNKNOWN, entry=command.correction)
    unwatch(draft, command.break_id, found)
    forgotten_at = draft.at + REOPENING_DAYS * MICROS_PER_DAY
    after = msgspec.structs.replace(found, stage=BreakStage.RESOLVED, forgotten_at=forgotten_at)
    BREAKS.put(draft, command.break_id, after)
    schedule(draft, forgotten_at, command.break_id, Due(BREAK_IS_FORGOTTEN, command.break_id))
    _count(draft, found.counterpart, -1)
    draft.emit(
        events.BreakResolved(command.break_id, found.counterpart, command.correction, checker)
    )


def _checker(draft: Draft, found: Break, counterpart: Counterpart) -> bytes:
    for party in draft.signers:
        if party in counterpart.sides and rules.checker_is_another(draft, found, party):
            return party
    raise Refused(No.SECOND_OFFICER_MISSING, explained_by=found.explained_by)


def reopen_break(draft: Draft, command: commands.ReopenBreak) -> None:
    """Send a break back to be looked into again; its age runs from the day it first opened."""
    found = known_break(draft, command.break_id)
    side = rules.side_has_signed(draft, _counterpart(draft, found))
    refuse_if(rules.stands_at(found, BreakStage.EXPLAINED, BreakStage.RESOLVED))
    after = msgspec.structs.replace(
        found,
        stage=BreakStage.REOPENED,
        assigned_to=None,
        explained_by=None,
        explained_persons=(),
    )
    if found.stage is BreakStage.RESOLVED:
        unschedule(draft, found.forgotten_at, command.break_id)
        after = _counted_again(draft, command.break_id, after)
    BREAKS.put(draft, command.break_id, after)
    draft.emit(events.BreakReopened(command.break_id, found.counterpart, command.evidence, side))


def _counted_again(draft: Draft, break_id: bytes, found: Break) -> Break:
    """Let a break that was resolved grow old again; one that is too old already is due now."""
    if found.escalates_at is not None:
        found = msgspec.structs.replace(found, escalates_at=max(found.escalates_at, draft.at))
    watch(draft, break_id, found)
    _count(draft, found.counterpart, 1)
    return found


def _counterpart(draft: Draft, found: Break) -> Counterpart:
    return known_counterpart(draft, found.counterpart)


def _count(draft: Draft, counterpart: bytes, change: int) -> None:
    found = COUNTERPARTS.require(draft, counterpart)
    after = msgspec.structs.replace(found, unresolved=found.unresolved + change)
    COUNTERPARTS.put(draft, counterpart, after)
