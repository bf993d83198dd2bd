# SPDX-License-Identifier: Apache-2.0
"""What the commands do that record facts for rules: figures, lists, approvals, milestones."""

from lejar.domain.identity import PARTIES, Power, known_party, signer_with
from lejar.domain.policy import commands, events
from lejar.domain.policy.approvals import APPROVALS, MovementApproval
from lejar.domain.policy.figures import FIGURES, Figure
from lejar.domain.policy.lists import (
    CLEARED,
    LISTED,
    LISTS,
    Cleared,
    Listed,
    ListHead,
    entry_key,
    facts_of,
)
from lejar.domain.policy.milestones import MILESTONES, Milestone
from lejar.domain.policy.model import PROFILES
from lejar.domain.policy.refusals import PolicyRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.ledger.refusals import LedgerRefusal


def record_figure(draft: Draft, command: commands.RecordFigure) -> None:
    """Write a number down; a later one replaces it."""
    by = signer_with(draft, Power.ISSUE_CREDENTIALS)
    subject = command.subject
    if PARTIES.get(draft, subject) is None and PROFILES.get(draft, subject) is None:
        raise Refused(PolicyRefusal.SUBJECT_UNKNOWN, subject=subject)
    _ends_later(draft, command.expires_at)
    figure = Figure(command.value, by, draft.at, command.expires_at, command.evidence)
    FIGURES.put(draft, subject + command.name.encode(), figure)
    draft.emit(events.FigureRecorded(subject, command.name, command.value, by, command.expires_at))


def update_list(draft: Draft, command: commands.UpdateList) -> None:
    """Take persons off a list, put persons on it, and note that it is current."""
    by = signer_with(draft, Power.DIRECT)
    before = LISTS.get(draft, command.name.encode())
    if before is not None and before.by != by:
        raise Refused(PolicyRefusal.LIST_FOREIGN, keeper=before.by)
    if before is not None and command.version <= before.version:
        raise Refused(PolicyRefusal.LIST_NOT_LATER, version=before.version)
    members = 0 if before is None else before.members
    for person in command.removed:
        members -= _taken_off(draft, command.name, person)
    for added in command.added:
        known_party(draft, added.person)
        members += _put_on(draft, command.name, added)
    head = ListHead(by, command.version, draft.at, command.digest, members)
    LISTS.put(draft, command.name.encode(), head)
    draft.emit(events.ListUpdated(command.name, command.version, by, command.digest, members))


def _taken_off(draft: Draft, name: str, person: bytes) -> int:
    key = entry_key(name, person)
    if LISTED.get(draft, key) is None:
        raise Refused(PolicyRefusal.PERSON_NOT_LISTED, person=person)
    LISTED.remove(draft, key)
    return 1


def _put_on(draft: Draft, name: str, added: commands.ListedPerson) -> int:
    _ends_later(draft, added.expires_at)
    key = entry_key(name, added.person)
    known = LISTED.get(draft, key)
    LISTED.put(draft, key, Listed(draft.at, added.expires_at))
    return 0 if known is not None else 1


def clear_person(draft: Draft, command: commands.ClearPerson) -> None:
    """Note a decision, with the digest of the facts it rests on."""
    by = signer_with(draft, Power.DIRECT)
    head = LISTS.get(draft, command.name.encode())
    if head is None:
        raise Refused(PolicyRefusal.LIST_UNKNOWN, list=command.name)
    if head.by != by:
        raise Refused(PolicyRefusal.LIST_FOREIGN, keeper=head.by)
    known_party(draft, command.person)
    _ends_later(draft, command.expires_at)
    facts = facts_of(draft, command.person)
    decision = Cleared(by, draft.at, command.expires_at, facts, command.evidence)
    CLEARED.put(draft, entry_key(command.name, command.person), decision)
    draft.emit(events.PersonCleared(command.name, command.person, by, command.expires_at))


def approve_movement(draft: Draft, command: commands.ApproveMovement) -> None:
    """Note an approval; a later one replaces it."""
    by = signer_with(draft, Power.APPROVE_ISSUES)
    known_party(draft, command.person)
    if PROFILES.get(draft, command.asset) is None:
        raise Refused(LedgerRefusal.ASSET_UNKNOWN, asset=command.asset)
    _ends_later(draft, command.expires_at)
    approval = MovementApproval(by, command.units, command.expires_at, command.evidence)
    APPROVALS.put(draft, command.person + command.asset, approval)
    draft.emit(
        events.MovementApproved(
            command.person, command.asset, command.units, by, command.expires_at
        )
    )


def record_milestone(draft: Draft, command: commands.RecordMilestone) -> None:
    """Note what has happened, once."""
    by = signer_with(draft, Power.APPROVE_ISSUES)
    if PROFILES.get(draft, command.asset) is None:
        raise Refused(LedgerRefusal.ASSET_UNKNOWN, asset=command.asset)
    key = command.asset + command.name.encode()
    if MILESTONES.get(draft, key) is not None:
        raise Refused(PolicyRefusal.MILESTONE_KNOWN, milestone=command.name)
    MILESTONES.put(draft, key, Milestone(by, draft.at, command.evidence))
    draft.emit(events.MilestoneReached(command.asset, command.name, by))


def _ends_later(draft: Draft, expires_at: int | None) -> None:
    """What is recorded is not over already."""
    if expires_at is not None and expires_at <= draft.at:
        raise Refused(PolicyRefusal.OVER_ALREADY, expires_at=expires_at)
