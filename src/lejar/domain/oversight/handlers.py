# SPDX-License-Identifier: Apache-2.0
"""What an authority's directives do, each in the entry that records it."""

from lejar.domain.accounts import opened
from lejar.domain.basis import LegalBasis
from lejar.domain.identity import Power, known_party, signer_with
from lejar.domain.oversight import commands, events, rules
from lejar.domain.oversight.lifting import end, issued
from lejar.domain.oversight.model import Directive, HaltScope, Kind, Stage
from lejar.domain.oversight.shortfall import uncover
from lejar.domain.policy import (
    Leg,
    Movement,
    MovePurpose,
    freeze,
    halts,
    known_profile,
    move_resolved,
    resolved,
)
from lejar.domain.settlement import struck
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import refuse_if
from lejar.ledger.accounts import Purpose, known_account
from lejar.ledger.holds import Hold, HoldPurpose, place


def freeze_subject(draft: Draft, command: commands.Freeze) -> None:
    """Freeze a party, an account or an asset by one more directive."""
    agency = signer_with(draft, Power.DIRECT)
    refuse_if(rules.expiry_is_ahead(draft, command.expires_at))
    subject, basis, until = command.subject, command.basis, command.expires_at
    concerned = rules.concerned_by(draft, subject)
    record = Directive(Kind.FREEZE, agency, subject, concerned, basis, draft.at, until)
    directive = issued(draft, record)
    freeze(draft, subject, directive, agency)
    draft.emit(events.SubjectFrozen(directive, subject, agency, basis, until, concerned))


def freeze_amount(draft: Draft, command: commands.FreezeAmount) -> None:
    """Hold an amount under the directive's own id."""
    agency = signer_with(draft, Power.DIRECT)
    refuse_if(rules.expiry_is_ahead(draft, command.expires_at))
    known_profile(draft, command.asset)
    account, asset, amount = command.account, command.asset, command.amount
    concerned = rules.people_of(known_account(draft, account))
    basis, until = command.basis, command.expires_at
    record = Directive(Kind.FREEZE_AMOUNT, agency, account, concerned, basis, draft.at, until)
    directive = issued(draft, record)
    place(draft, directive, Hold(asset, account, amount, HoldPurpose.DIRECTIVE, agency, until))
    draft.emit(events.AmountFrozen(directive, account, asset, amount, agency, basis, until))


def thaw_directive(draft: Draft, command: commands.Thaw) -> None:
    """Lift a freeze of a subject or of an amount."""
    _lift(draft, command, Kind.FREEZE, Kind.FREEZE_AMOUNT)


def resume(draft: Draft, command: commands.Resume) -> None:
    """Lift a halt."""
    _lift(draft, command, Kind.HALT)


def open_court_account(draft: Draft, command: commands.OpenCourtAccount) -> None:
    """Open an account on which a court keeps what is seized."""
    signer_with(draft, Power.DIRECT)
    known_party(draft, command.owner)
    opened(draft, command.owner, Purpose.COURT, None)


def seize(draft: Draft, command: commands.Seize) -> None:
    """Take an amount to a court's account."""
    agency = signer_with(draft, Power.DIRECT)
    taken = _taken(
        draft, Leg(command.asset, command.account, command.court_account, command.amount)
    )
    refuse_if(rules.is_a_courts_account(command.court_account, taken.receiver))
    basis = command.basis
    directive = _executed(draft, Kind.SEIZE, agency, taken, basis)
    move_resolved(draft, (taken,), MovePurpose.SEIZURE)
    draft.emit(
        events.AssetsSeized(
            directive, taken.asset, taken.source, taken.target, taken.amount, agency, basis
        )
    )


def force_transfer(draft: Draft, command: commands.ForceTransfer) -> None:
    """Move an amount without its giver, to a receiver that may own it."""
    agency = signer_with(draft, Power.DIRECT)
    taken = _taken(draft, Leg(command.asset, command.source, command.target, command.amount))
    basis = command.basis
    directive = _executed(draft, Kind.FORCED_TRANSFER, agency, taken, basis)
    move_resolved(draft, (taken,), MovePurpose.DIRECTIVE)
    draft.emit(
        events.TransferForced(
            directive, taken.asset, taken.source, taken.target, taken.amount, agency, basis
        )
    )


def halt(draft: Draft, command: commands.Halt) -> None:
    """Stop exchanges of an asset, of a class, or of everything."""
    agency = signer_with(draft, Power.DIRECT)
    refuse_if(rules.scope_is_clear(command))
    refuse_if(rules.expiry_is_ahead(draft, command.expires_at))
    concerned: tuple[bytes, ...] = ()
    scope = halts.MARKET
    if command.asset is not None:
        concerned = (known_profile(draft, command.asset).issuer,)
        scope = halts.of_asset(command.asset)
    elif command.asset_class is not None:
        scope = halts.of_class(command.asset_class)
    basis, until = command.basis, command.expires_at
    directive = issued(
        draft, Directive(Kind.HALT, agency, scope, concerned, basis, draft.at, until)
    )
    halts.halt(draft, scope)
    draft.emit(
        events.MarketHalted(
            directive,
            HaltScope(command.scope),
            command.asset,
            command.asset_class,
            agency,
            basis,
            until,
            concerned,
        )
    )


def cancel_instruction(draft: Draft, command: commands.CancelInstruction) -> None:
    """End an open instruction and its holds."""
    agency = signer_with(draft, Power.DIRECT)
    parties = struck(draft, command.instruction).parties
    record = Directive(
        Kind.CANCEL_INSTRUCTION,
        agency,
        command.instruction,
        parties,
        command.basis,
        draft.at,
        stage=Stage.EXECUTED,
    )
    directive = issued(draft, record)
    draft.emit(
        events.InstructionStruck(directive, command.instruction, agency, command.basis, parties)
    )


def _taken(draft: Draft, leg: Leg) -> Movement:
    """Read what is to be taken from its giver, and free what is missing of it."""
    refuse_if(rules.goes_between_accounts(leg.source, leg.target))
    taken = resolved(draft, leg)
    refuse_if(rules.leaves_issuance_alone(taken.giver, taken.receiver))
    uncover(draft, leg.asset, leg.source, leg.amount)
    return taken


def _executed(draft: Draft, kind: Kind, agency: bytes, taken: Movement, basis: LegalBasis) -> bytes:
    """Write down a directive that moves something in this entry; its giver may appeal."""
    concerned = rules.people_of(taken.giver)
    record = Directive(kind, agency, taken.source, concerned, basis, draft.at, stage=Stage.EXECUTED)
    return issued(draft, record)


def _lift(draft: Draft, command: commands.Thaw | commands.Resume, *kinds: Kind) -> None:
    agency = signer_with(draft, Power.DIRECT)
    directive = rules.known_directive(draft, command.directive)
    refuse_if(rules.can_be_lifted(directive, *kinds))
    end(draft, command.directive, directive, Stage.LIFTED)
    draft.emit(events.DirectiveLifted(command.directive, agency, command.basis))
