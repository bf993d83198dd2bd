# SPDX-License-Identifier: Apache-2.0
"""What the commands about outside ledgers and their statements do."""

import msgspec

from lejar.domain.accounts import No as Accounts
from lejar.domain.calendar import today
from lejar.domain.identity import known_party
from lejar.domain.policy import known_profile
from lejar.domain.reconciliation import commands, events, rules
from lejar.domain.reconciliation.breaks import open_break
from lejar.domain.reconciliation.closing import end_of_day, schedule_closing
from lejar.domain.reconciliation.model import (
    CLOSINGS,
    COUNTERPARTS,
    STATEMENTS,
    STATEMENTS_KEPT,
    BreakKind,
    Counterpart,
    Statement,
    closing_key,
    known_counterpart,
    statement_key,
)
from lejar.domain.reconciliation.refusals import ReconciliationRefusal as No
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused, refuse_if
from lejar.kernel.schedule import unschedule
from lejar.ledger.accounts import Purpose, known_account


def name_counterpart(draft: Draft, command: commands.NameCounterpart) -> None:
    """Begin to keep what an account has at the end of each day."""
    account = known_account(draft, command.account)
    if account.owner not in draft.signers:
        raise Refused(Accounts.NOT_THE_OWNER, owner=account.owner)
    profile = known_profile(draft, command.asset)
    if account.purpose is Purpose.ISSUANCE and profile.issuance_account != command.account:
        raise Refused(No.MIRROR_UNFIT, asset=command.asset)
    known_party(draft, command.keeper)
    named = Counterpart(
        kind=command.kind,
        keeper=command.keeper,
        owner=account.owner,
        account=command.account,
        asset=command.asset,
        reference=command.reference,
        business_days=command.business_days,
        closes_at=end_of_day(draft, today(draft)),
    )
    refuse_if(rules.counterpart_is_new(draft, named))
    key = draft.new_id("counterpart")
    COUNTERPARTS.put(draft, key, named)
    schedule_closing(draft, key, named.closes_at)
    draft.emit(_named(key, named))


def _named(key: bytes, one: Counterpart) -> events.CounterpartNamed:
    return events.CounterpartNamed(
        key,
        str(one.kind),
        one.keeper,
        one.owner,
        one.account,
        one.asset,
        one.reference,
        one.business_days,
    )


def end_counterpart(draft: Draft, command: commands.EndCounterpart) -> None:
    """Drop a counterpart with its days and statements; the log has them."""
    found = known_counterpart(draft, command.counterpart)
    if found.owner not in draft.signers:
        raise Refused(Accounts.NOT_THE_OWNER, owner=found.owner)
    if found.unresolved:
        raise Refused(No.BREAKS_UNRESOLVED, unresolved=found.unresolved)
    unschedule(draft, found.closes_at, command.counterpart)
    for key in [key for key, _ in CLOSINGS.scan(draft, command.counterpart)]:
        CLOSINGS.remove(draft, key)
    for key in [key for key, _ in STATEMENTS.scan(draft, command.counterpart)]:
        STATEMENTS.remove(draft, key)
    COUNTERPARTS.remove(draft, command.counterpart)
    draft.emit(events.CounterpartEnded(command.counterpart))


def record_statement(draft: Draft, command: commands.RecordStatement) -> None:
    """Compare a day's closing balance with ours; a difference opens a break and moves nothing."""
    found = known_counterpart(draft, command.counterpart)
    rules.side_has_signed(draft, found)
    if command.asset != found.asset:
        raise Refused(No.STATEMENT_OF_OTHER_ASSET, asset=found.asset)
    refuse_if(rules.statement_is_new(draft, found, command))
    refuse_if(rules.statement_follows(found, command.sequence, command.day))
    refuse_if(rules.day_has_ended(draft, command.day))
    closing = CLOSINGS.get(draft, closing_key(command.counterpart, command.day))
    if closing is None:
        raise Refused(No.CLOSING_NOT_KEPT, day=command.day.isoformat())
    _keep(draft, found, command)
    draft.emit(
        events.StatementRecorded(
            command.counterpart,
            command.sequence,
            command.reference,
            command.day,
            command.closing,
            closing.balance,
            command.entries,
            command.file,
        )
    )
    _compare(draft, command, closing.balance)


def _keep(draft: Draft, found: Counterpart, command: commands.RecordStatement) -> None:
    statement = Statement(
        reference=command.reference,
        day=command.day,
        entries=command.entries,
        file=command.file,
    )
    STATEMENTS.put(draft, statement_key(command.counterpart, command.sequence), statement)
    after = msgspec.structs.replace(found, sequence=command.sequence, stated_until=command.day)
    COUNTERPARTS.put(draft, command.counterpart, after)
    oldest = command.sequence - STATEMENTS_KEPT
    if oldest > 0:
        STATEMENTS.remove(draft, statement_key(command.counterpart, oldest))


def _compare(draft: Draft, command: commands.RecordStatement, ours: int) -> None:
    if command.closing == ours:
        draft.emit(events.StatementMatched(command.counterpart, command.sequence))
        return
    differs = events.BreakOpened(
        draft.new_id("break"),
        command.counterpart,
        command.sequence,
        str(BreakKind.CLOSING),
        command.day,
        None,
        ours,
        command.closing,
        0,
        None,
    )
    open_break(draft, differs)


def record_matching(draft: Draft, command: commands.RecordMatching) -> None:
    """Count a statement's entries as matched, and open a break for each that is not."""
    found = known_counterpart(draft, command.counterpart)
    rules.side_has_signed(draft, found)
    key = statement_key(command.counterpart, command.sequence)
    statement = STATEMENTS.get(draft, key)
    if statement is None:
        raise Refused(No.STATEMENT_UNKNOWN, sequence=command.sequence)
    after = _accounted(statement, command)
    STATEMENTS.put(draft, key, after)
    draft.emit(
        events.MatchingRecorded(
            command.counterpart,
            command.sequence,
            command.matched,
            len(command.unmatched),
            after.is_matched,
        )
    )
    for item in command.unmatched:
        open_break(draft, _opened(draft, command, statement, item))


def _accounted(statement: Statement, command: commands.RecordMatching) -> Statement:
    """Count the entries; what is ours only is no entry of the statement."""
    if statement.is_matched:
        raise Refused(No.MATCHING_DONE, entries=statement.entries)
    for number, item in enumerate(command.unmatched, start=1):
        if not rules.item_is_sound(item):
            raise Refused(No.ITEM_UNSOUND, item=number)
    theirs = sum(item.theirs is not None for item in command.unmatched)
    accounted = statement.accounted + command.matched + theirs
    if accounted > statement.entries:
        raise Refused(No.MATCHING_TOO_MUCH, entries=statement.entries, accounted=accounted)
    if command.last and accounted < statement.entries:
        raise Refused(No.MATCHING_INCOMPLETE, missing=statement.entries - accounted)
    return msgspec.structs.replace(statement, accounted=accounted, is_matched=command.last)


def _opened(
    draft: Draft,
    command: commands.RecordMatching,
    statement: Statement,
    item: commands.UnmatchedItem,
) -> events.BreakOpened:
    return events.BreakOpened(
        draft.new_id("break"),
        command.counterpart,
        command.sequence,
        str(item.kind),
        statement.day,
        item.reference,
        item.ours,
        item.theirs,
        item.candidates,
        None,
    )
