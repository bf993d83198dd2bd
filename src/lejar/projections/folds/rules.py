# SPDX-License-Identifier: Apache-2.0
"""Packs and their rules, and what rules ask of the network: names, lists, figures, cohorts, dates.

A receipt carries the pack, so every version is told from the log alone.
"""

import enum

import msgspec

from lejar.domain.policy import events as happened
from lejar.kernel.codec import encode
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.folds.instruments import by_name
from lejar.projections.ruled_schema import (
    cohort_participants,
    cohorts,
    duties,
    market_switches,
    milestones,
    movement_approvals,
    obligations,
    pack_names,
    pack_rules,
    packs,
    person_lists,
    recorded_figures,
)


class CohortStage(enum.StrEnum):
    """Where a cohort stands."""

    OPEN = "open"
    ENDED = "ended"


class ObligationStage(enum.StrEnum):
    """Where an obligation stands, finished ones included."""

    OPEN = "open"
    MISSED = "missed"
    MET = "met"
    LATE = "late"


def pack_adopted(batch: Batch, receipt: Receipt, event: happened.PackAdopted) -> None:
    """Add a version of a pack, and its rules."""
    row = {
        "jurisdiction": event.jurisdiction,
        "version": event.version,
        "digest": event.digest,
        "offset_minutes": event.pack.offset_minutes,
        "rules": event.rules,
        "recorded_at": receipt.at,
        "adopted_by": event.by,
        "basis": event.basis.cited(),
        "link": event.basis.link,
        "entry": receipt.number,
    }
    batch.append(packs, row)
    for ordinal, rule in enumerate(event.pack.rules):
        batch.append(
            pack_rules,
            {
                "jurisdiction": event.jurisdiction,
                "version": event.version,
                "ordinal": ordinal,
                "rule": rule.id,
                "kind": str(rule.spec.__struct_config__.tag),
                "owner": rule.owner,
                "value": msgspec.json.encode(by_name(rule.spec)).decode(),
                "data": encode(rule),
                "valid_from": rule.valid_from,
                "valid_until": rule.valid_until,
                "entry": receipt.number,
            },
        )


def name_bound(batch: Batch, receipt: Receipt, event: happened.NameBound) -> None:
    """Say what a word stands for now."""
    row = {"name": event.name, "target": event.target, "at": receipt.at, "entry": receipt.number}
    batch.replace(pack_names, row)


def list_updated(batch: Batch, receipt: Receipt, event: happened.ListUpdated) -> None:
    """Note that a list is current."""
    row = {
        "name": event.name,
        "keeper": event.by,
        "version": event.version,
        "digest": event.digest,
        "members": event.members,
        "updated_at": receipt.at,
        "entry": receipt.number,
    }
    batch.replace(person_lists, row)


def figure_recorded(batch: Batch, receipt: Receipt, event: happened.FigureRecorded) -> None:
    """Write a figure down in place of an earlier one."""
    row = {
        "subject": event.subject,
        "name": event.name,
        "value": event.value,
        "recorded_by": event.by,
        "recorded_at": receipt.at,
        "expires_at": event.expires_at,
        "entry": receipt.number,
    }
    batch.replace(recorded_figures, row)


def movement_approved(batch: Batch, receipt: Receipt, event: happened.MovementApproved) -> None:
    """Write an approval down in place of an earlier one; it concerns the person."""
    row = {
        "person": event.person,
        "asset": event.asset,
        "units": event.units,
        "approved_by": event.by,
        "expires_at": event.expires_at,
        "entry": receipt.number,
    }
    batch.replace(movement_approvals, row)
    batch.concern_party(receipt.number, event.person)


def milestone_reached(batch: Batch, receipt: Receipt, event: happened.MilestoneReached) -> None:
    """Add a milestone."""
    row = {
        "asset": event.asset,
        "name": event.name,
        "said_by": event.by,
        "at": receipt.at,
        "entry": receipt.number,
    }
    batch.append(milestones, row)


def switch_set(batch: Batch, receipt: Receipt, event: happened.SwitchSet) -> None:
    """Say how a switch stands now."""
    row = {
        "name": event.name,
        "is_on": event.on,
        "set_by": event.by,
        "basis": event.basis.cited(),
        "link": event.basis.link,
        "since": receipt.at,
        "entry": receipt.number,
    }
    batch.replace(market_switches, row)


def cohort_opened(batch: Batch, receipt: Receipt, event: happened.CohortOpened) -> None:
    """Add a cohort with whoever takes part."""
    row = {
        "id": event.cohort,
        "title": event.title,
        "opened_by": event.by,
        "basis": event.basis.cited(),
        "link": event.basis.link,
        "relaxed": encode(event.relaxed),
        "participants": len(event.participants),
        "money_each": event.money_each,
        "money_all": event.money_all,
        "from_at": event.from_at,
        "until_at": event.until,
        "stage": str(CohortStage.OPEN),
        "ended_at": None,
        "ended_by": None,
        "movements": None,
        "money": None,
        "opened": receipt.number,
        "entry": receipt.number,
    }
    batch.insert(cohorts, row)
    for party in event.participants:
        batch.append(cohort_participants, {"cohort": event.cohort, "party": party})


def cohort_ended(batch: Batch, receipt: Receipt, event: happened.CohortEnded) -> None:
    """Write a cohort's exit report."""
    changed = {
        "stage": str(CohortStage.ENDED),
        "ended_at": receipt.at,
        "ended_by": event.by,
        "movements": event.movements,
        "money": event.money,
        "entry": receipt.number,
    }
    batch.change(cohorts, (event.cohort,), changed)


def obligation_opened(batch: Batch, receipt: Receipt, event: happened.ObligationOpened) -> None:
    """Add an obligation; it concerns its party."""
    row = {
        "id": event.obligation,
        "rule": event.rule,
        "pack": event.pack,
        "party": event.party,
        "happened_at": event.happened_at,
        "due_at": event.due_at,
        "stage": str(ObligationStage.OPEN),
        "opened": receipt.number,
        "entry": receipt.number,
    }
    batch.insert(obligations, row)
    batch.concern_party(receipt.number, event.party)


def obligation_discharged(
    batch: Batch, receipt: Receipt, event: happened.ObligationDischarged
) -> None:
    """Say that an obligation was met, and whether in time."""
    stage = ObligationStage.MET if event.in_time else ObligationStage.LATE
    _obligation_is(batch, receipt, event.obligation, stage)


def obligation_missed(batch: Batch, receipt: Receipt, event: happened.ObligationMissed) -> None:
    """Say that nobody has met an obligation in time."""
    _obligation_is(batch, receipt, event.obligation, ObligationStage.MISSED)
    batch.concern_party(receipt.number, event.party)


def duty_charged(batch: Batch, _receipt: Receipt, event: happened.DutyCharged) -> None:
    """Add to what a rule has brought in."""
    amounts = {"times": 1, "base": event.base, "amount": event.amount}
    batch.total(duties, (event.rule, event.asset), amounts)


def _obligation_is(
    batch: Batch, receipt: Receipt, obligation: bytes, stage: ObligationStage
) -> None:
    changed = {"stage": str(stage), "entry": receipt.number}
    batch.change(obligations, (obligation,), changed)


FOLDS: Folds = (
    (happened.PackAdopted, pack_adopted),
    (happened.NameBound, name_bound),
    (happened.ListUpdated, list_updated),
    (happened.FigureRecorded, figure_recorded),
    (happened.MovementApproved, movement_approved),
    (happened.MilestoneReached, milestone_reached),
    (happened.SwitchSet, switch_set),
    (happened.CohortOpened, cohort_opened),
    (happened.CohortEnded, cohort_ended),
    (happened.DutyCharged, duty_charged),
    (happened.ObligationOpened, obligation_opened),
    (happened.ObligationDischarged, obligation_discharged),
    (happened.ObligationMissed, obligation_missed),
)
