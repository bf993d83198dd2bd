# SPDX-License-Identifier: Apache-2.0
"""The hub against outside ledgers: the face that other modules see."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.domain.reconciliation import ageing, breaks, closing, commands, events, handlers
from lejar.domain.reconciliation.ageing import business_days_since
from lejar.domain.reconciliation.invariants import unresolved_breaks_are_counted
from lejar.domain.reconciliation.model import (
    BREAKS,
    CLOSINGS,
    COUNTERPARTS,
    STATEMENTS,
    Break,
    BreakKind,
    BreakStage,
    Cause,
    Closing,
    Counterpart,
    CounterpartKind,
    Statement,
)
from lejar.domain.reconciliation.refusals import ReconciliationRefusal as No
from lejar.kernel.module import Module, Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "BREAKS",
    "CLOSINGS",
    "COUNTERPARTS",
    "MODULE",
    "STATEMENTS",
    "Break",
    "BreakKind",
    "BreakStage",
    "Cause",
    "Closing",
    "Counterpart",
    "CounterpartKind",
    "No",
    "Statement",
    "business_days_since",
]

_OF_A_SIDE = (No.COUNTERPART_UNKNOWN, No.NOT_A_SIDE)
_BREAK_OF_A_SIDE = (No.BREAK_UNKNOWN, *_OF_A_SIDE, No.BREAK_STAGE_WRONG)

MODULE = Module(
    name="reconciliation",
    audits=(unresolved_breaks_are_counted,),
    tables=(COUNTERPARTS, CLOSINGS, STATEMENTS, BREAKS),
    refusals=(No,),
    due=(
        (closing.DAY_CLOSES, closing.day_closes),
        (ageing.BREAK_GROWS_OLD, ageing.break_grows_old),
        (ageing.BREAK_IS_FORGOTTEN, ageing.break_is_forgotten),
    ),
    events=(
        events.CounterpartNamed,
        events.CounterpartEnded,
        events.DayClosed,
        events.StatementRecorded,
        events.StatementMatched,
        events.MatchingRecorded,
        events.BreakOpened,
        events.BreakAssigned,
        events.BreakExplained,
        events.BreakResolved,
        events.BreakReopened,
        events.BreakEscalated,
    ),
    verbs=(
        Verb(
            commands.NameCounterpart,
            handlers.name_counterpart,
            Role.OPERATE,
            (
                Ledger.ACCOUNT_UNKNOWN,
                Accounts.NOT_THE_OWNER,
                Ledger.ASSET_UNKNOWN,
                No.MIRROR_UNFIT,
                Identity.PARTY_UNKNOWN,
                No.COUNTERPART_EXISTS,
                No.COUNTERPARTS_FULL,
            ),
        ),
        Verb(
            commands.EndCounterpart,
            handlers.end_counterpart,
            Role.OPERATE,
            (No.COUNTERPART_UNKNOWN, Accounts.NOT_THE_OWNER, No.BREAKS_UNRESOLVED),
        ),
        Verb(
            commands.RecordStatement,
            handlers.record_statement,
            Role.OPERATE,
            (
                *_OF_A_SIDE,
                No.STATEMENT_OF_OTHER_ASSET,
                No.STATEMENT_DUPLICATE,
                No.STATEMENT_OUT_OF_SEQUENCE,
                No.STATEMENT_GAP,
                No.STATEMENT_DAY_OPEN,
                No.CLOSING_NOT_KEPT,
            ),
        ),
        Verb(
            commands.RecordMatching,
            handlers.record_matching,
            Role.OPERATE,
            (
                *_OF_A_SIDE,
                No.STATEMENT_UNKNOWN,
                No.MATCHING_DONE,
                No.ITEM_UNSOUND,
                No.MATCHING_TOO_MUCH,
                No.MATCHING_INCOMPLETE,
            ),
        ),
        Verb(
            commands.AssignBreak,
            breaks.assign_break,
            Role.OPERATE,
            (*_BREAK_OF_A_SIDE, Identity.PARTY_UNKNOWN),
        ),
        Verb(
            commands.ExplainBreak,
            breaks.explain_break,
            Role.OPERATE,
            (No.BREAK_UNKNOWN, No.BREAK_STAGE_WRONG, No.NOT_THE_ASSIGNEE),
        ),
        Verb(
            commands.ResolveBreak,
            breaks.resolve_break,
            Role.OPERATE,
            (*_BREAK_OF_A_SIDE, No.SECOND_OFFICER_MISSING, No.CORRECTION_UNKNOWN),
        ),
        Verb(
            commands.ReopenBreak,
            breaks.reopen_break,
            Role.OPERATE,
            _BREAK_OF_A_SIDE,
        ),
    ),
)
