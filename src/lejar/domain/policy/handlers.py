# SPDX-License-Identifier: Apache-2.0
"""What the door's own commands do: freezes, effective in the entry that records them."""

from lejar.domain.identity import PARTIES, Power, signer_with
from lejar.domain.policy import commands, events
from lejar.domain.policy.gate import known_profile
from lejar.domain.policy.model import FREEZES, Freeze
from lejar.domain.policy.refusals import PolicyRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.ledger.accounts import ACCOUNTS, known_account
from lejar.ledger.holds import HOLDS, Hold, HoldPurpose, known_hold, place, release

HOLD_EXPIRES = "policy.hold_expires"


def freeze(draft: Draft, command: commands.Freeze) -> None:
    """Freeze a party or an account."""
    agency = signer_with(draft, Power.DIRECT)
    subject = command.subject
    if PARTIES.get(draft, subject) is None and ACCOUNTS.get(draft, subject) is None:
        raise Refused(PolicyRefusal.SUBJECT_UNKNOWN, subject=subject)
    if FREEZES.get(draft, subject) is not None:
        raise Refused(PolicyRefusal.FROZEN_ALREADY, subject=subject)
    FREEZES.put(draft, subject, Freeze(agency, draft.at, command.basis))
    draft.emit(events.SubjectFrozen(subject, agency, command.basis))


def thaw(draft: Draft, command: commands.Thaw) -> None:
    """Lift a freeze."""
    agency = signer_with(draft, Power.DIRECT)
    if FREEZES.get(draft, command.subject) is None:
        raise Refused(PolicyRefusal.NOT_FROZEN, subject=command.subject)
    FREEZES.remove(draft, command.subject)
    draft.emit(events.SubjectThawed(command.subject, agency, command.basis))


def freeze_amount(draft: Draft, command: commands.FreezeAmount) -> None:
    """Hold an amount; it thaws by itself at its end, if it has one."""
    agency = signer_with(draft, Power.DIRECT)
    known_profile(draft, command.asset)
    known_account(draft, command.account)
    hold_id = draft.new_id("hold")
    hold = Hold(
        command.asset,
        command.account,
        command.amount,
        HoldPurpose.DIRECTIVE,
        agency,
        command.expires_at,
    )
    place(draft, hold_id, hold)
    if command.expires_at is not None:
        schedule(draft, command.expires_at, hold_id, Due(HOLD_EXPIRES, hold_id))
    draft.emit(
        events.AmountFrozen(
            hold_id, command.account, command.asset, command.amount, agency, command.basis
        )
    )


def thaw_amount(draft: Draft, command: commands.ThawAmount) -> None:
    """Release a directive's hold."""
    agency = signer_with(draft, Power.DIRECT)
    hold = known_hold(draft, command.hold)
    if hold.purpose is not HoldPurpose.DIRECTIVE:
        raise Refused(PolicyRefusal.HOLD_NOT_DIRECTIVE, hold=command.hold)
    if hold.expires_at is not None:
        unschedule(draft, hold.expires_at, command.hold)
    _thawed(draft, command.hold, agency)


def hold_expires(draft: Draft, hold_id: bytes) -> None:
    """Release a directive's hold whose end has come."""
    if HOLDS.get(draft, hold_id) is not None:
        _thawed(draft, hold_id, None)


def _thawed(draft: Draft, hold_id: bytes, agency: bytes | None) -> None:
    hold = release(draft, hold_id)
    draft.emit(events.AmountThawed(hold_id, hold.account, hold.asset, hold.amount, agency))
