# SPDX-License-Identifier: Apache-2.0
"""Outside ledgers, statements and breaks; what the state forgets is kept here.

Both sides of a counterpart are concerned by every entry about it, and whom a break is assigned to
by that entry.
"""

import datetime

from sqlalchemy import select

from lejar.domain.reconciliation import BreakStage
from lejar.domain.reconciliation import events as happened
from lejar.kernel.entry import Receipt
from lejar.kernel.moment import local_date
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.reconciled_schema import (
    break_history,
    breaks,
    counterparts,
    outside_statements,
)

OPENED = "opened"
ESCALATED = "escalated"


def counterpart_named(batch: Batch, receipt: Receipt, event: happened.CounterpartNamed) -> None:
    """Add an outside ledger."""
    row = {
        "id": event.counterpart,
        "kind": event.kind,
        "keeper": event.keeper,
        "owner": event.owner,
        "account": event.account,
        "asset": event.asset,
        "reference": event.reference,
        "business_days": event.business_days,
        "closed_on": None,
        "closing": None,
        "is_ended": False,
        "named": receipt.number,
        "entry": receipt.number,
    }
    batch.insert(counterparts, row)
    batch.known.counterparts[event.counterpart] = (event.keeper, event.owner)
    _concern(batch, receipt, event.counterpart)


def counterpart_ended(batch: Batch, receipt: Receipt, event: happened.CounterpartEnded) -> None:
    """Keep an outside ledger that is compared no more, marked so."""
    changed = {"is_ended": True, "entry": receipt.number}
    batch.change(counterparts, (event.counterpart,), changed)
    _concern(batch, receipt, event.counterpart)


def day_closed(batch: Batch, receipt: Receipt, event: happened.DayClosed) -> None:
    """Write what the account had at the end of the last day."""
    changed = {
        "closed_on": event.day.isoformat(),
        "closing": event.balance,
        "entry": receipt.number,
    }
    batch.change(counterparts, (event.counterpart,), changed)
    _concern(batch, receipt, event.counterpart)


def statement_recorded(batch: Batch, receipt: Receipt, event: happened.StatementRecorded) -> None:
    """Add a statement."""
    row = {
        "counterpart": event.counterpart,
        "sequence": event.sequence,
        "reference": event.reference,
        "day": event.day.isoformat(),
        "theirs": event.theirs,
        "ours": event.ours,
        "entries": event.entries,
        "file": event.file,
        "matched": 0,
        "unmatched": 0,
        "is_matched": False,
        "recorded_at": receipt.at,
        "recorded": receipt.number,
        "entry": receipt.number,
    }
    batch.insert(outside_statements, row)
    _concern(batch, receipt, event.counterpart)


def matching_recorded(batch: Batch, receipt: Receipt, event: happened.MatchingRecorded) -> None:
    """Add to what is accounted for of a statement."""
    key = (event.counterpart, event.sequence)
    counted = {"matched": event.matched, "unmatched": event.unmatched}
    batch.add(outside_statements, key, counted)
    changed = {"is_matched": event.is_matched, "entry": receipt.number}
    batch.change(outside_statements, key, changed)
    _concern(batch, receipt, event.counterpart)


def break_opened(batch: Batch, receipt: Receipt, event: happened.BreakOpened) -> None:
    """Add a break with the first step of its life."""
    row = {
        "id": event.break_id,
        "counterpart": event.counterpart,
        "sequence": event.sequence,
        "kind": event.kind,
        "day": event.day.isoformat(),
        "reference": event.reference,
        "ours": event.ours,
        "theirs": event.theirs,
        "candidates": event.candidates,
        "opened_on": _today(batch, receipt).isoformat(),
        "stage": str(BreakStage.OPEN),
        "is_escalated": False,
        "assigned_to": None,
        "cause": None,
        "correction": None,
        "ended_on": None,
        "opened": receipt.number,
        "entry": receipt.number,
    }
    batch.insert(breaks, row)
    _step(batch, receipt, event.break_id, OPENED)


def break_assigned(batch: Batch, receipt: Receipt, event: happened.BreakAssigned) -> None:
    """Write who looks into it; the entry concerns that party, too."""
    stage = str(BreakStage.ASSIGNED)
    _change(batch, receipt, event.break_id, stage=stage, assigned_to=event.party)
    _step(batch, receipt, event.break_id, stage, party=event.party)
    _concern(batch, receipt, event.counterpart)
    batch.concern_party(receipt.number, event.party)


def break_explained(batch: Batch, receipt: Receipt, event: happened.BreakExplained) -> None:
    """Write the cause that was given."""
    stage = str(BreakStage.EXPLAINED)
    _change(batch, receipt, event.break_id, stage=stage, cause=event.cause)
    told = {"party": event.party, "cause": event.cause, "evidence": event.evidence}
    _step(batch, receipt, event.break_id, stage, **told)
    _concern(batch, receipt, event.counterpart)


def break_resolved(batch: Batch, receipt: Receipt, event: happened.BreakResolved) -> None:
    """Write that it has ended, with the correction that was named."""
    stage, day = str(BreakStage.RESOLVED), _today(batch, receipt).isoformat()
    ended = {"stage": stage, "correction": event.correction, "ended_on": day}
    _change(batch, receipt, event.break_id, **ended)
    told = {"party": event.party, "correction": event.correction}
    _step(batch, receipt, event.break_id, stage, **told)
    _concern(batch, receipt, event.counterpart)


def break_reopened(batch: Batch, receipt: Receipt, event: happened.BreakReopened) -> None:
    """Take back what was explained or resolved; the history keeps it."""
    stage = str(BreakStage.REOPENED)
    gone: dict[str, object] = dict.fromkeys(("assigned_to", "cause", "correction", "ended_on"))
    _change(batch, receipt, event.break_id, stage=stage, **gone)
    _step(batch, receipt, event.break_id, stage, party=event.party, evidence=event.evidence)
    _concern(batch, receipt, event.counterpart)


def break_escalated(batch: Batch, receipt: Receipt, event: happened.BreakEscalated) -> None:
    """Mark it as too old."""
    _change(batch, receipt, event.break_id, is_escalated=True)
    _step(batch, receipt, event.break_id, ESCALATED)
    _concern(batch, receipt, event.counterpart)


def _change(batch: Batch, receipt: Receipt, break_id: bytes, **values: object) -> None:
    batch.change(breaks, (break_id,), {"entry": receipt.number, **values})


def _step(batch: Batch, receipt: Receipt, break_id: bytes, step: str, **told: object) -> None:
    nothing: dict[str, object] = dict.fromkeys(("party", "cause", "evidence", "correction"))
    row = {"break_id": break_id, "entry": receipt.number, "step": step, "at": receipt.at}
    batch.append(break_history, {**row, **nothing, **told})


def _concern(batch: Batch, receipt: Receipt, counterpart: bytes) -> None:
    sides = batch.known.counterparts.get(counterpart)
    if sides is None:  # named in an earlier batch, so the table has it
        c = counterparts.c
        query = select(c.keeper, c.owner).where(c.id == counterpart)
        keeper, owner = batch.connection.execute(query).one()
        sides = batch.known.counterparts[counterpart] = (keeper, owner)
    for party in sides:
        batch.concern_party(receipt.number, party)


def _today(batch: Batch, receipt: Receipt) -> datetime.date:
    return local_date(receipt.at, batch.known.offset_minutes)


FOLDS: Folds = (
    (happened.CounterpartNamed, counterpart_named),
    (happened.CounterpartEnded, counterpart_ended),
    (happened.DayClosed, day_closed),
    (happened.StatementRecorded, statement_recorded),
    (happened.MatchingRecorded, matching_recorded),
    (happened.BreakOpened, break_opened),
    (happened.BreakAssigned, break_assigned),
    (happened.BreakExplained, break_explained),
    (happened.BreakResolved, break_resolved),
    (happened.BreakReopened, break_reopened),
    (happened.BreakEscalated, break_escalated),
)
