# SPDX-License-Identifier: Apache-2.0
"""Directives of authorities and appeals against them: the face that other modules see."""

from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.domain.oversight import appeals, commands, events, handlers
from lejar.domain.oversight.invariants import what_binds_has_its_directive
from lejar.domain.oversight.lifting import DIRECTIVE_EXPIRES, directive_expires
from lejar.domain.oversight.model import DIRECTIVES, Appeal, Directive, HaltScope, Kind, Stage
from lejar.domain.oversight.refusals import OversightRefusal as No
from lejar.domain.policy import No as Policy
from lejar.domain.settlement import No as Settlement
from lejar.kernel.module import Module, Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "DIRECTIVES",
    "MODULE",
    "Appeal",
    "Directive",
    "HaltScope",
    "Kind",
    "No",
    "Stage",
]

_LIFTING = (
    Identity.POWER_MISSING,
    No.DIRECTIVE_UNKNOWN,
    No.DIRECTIVE_UNFIT,
    No.DIRECTIVE_ENDED,
)
_TAKING = (
    Identity.POWER_MISSING,
    Settlement.LEG_TO_ITSELF,
    Ledger.ASSET_UNKNOWN,
    Ledger.ACCOUNT_UNKNOWN,
    Settlement.ISSUANCE_ACCOUNT,
)

MODULE = Module(
    name="oversight",
    tables=(DIRECTIVES,),
    refusals=(No,),
    due=((DIRECTIVE_EXPIRES, directive_expires),),
    audits=(what_binds_has_its_directive,),
    events=(
        events.SubjectFrozen,
        events.AmountFrozen,
        events.DirectiveLifted,
        events.DirectiveExpired,
        events.AssetsSeized,
        events.TransferForced,
        events.MarketHalted,
        events.InstructionStruck,
        events.AppealLodged,
        events.AppealUpheld,
        events.AppealAllowed,
    ),
    verbs=(
        Verb(
            commands.Freeze,
            handlers.freeze_subject,
            Role.OPERATE,
            (Identity.POWER_MISSING, No.EXPIRY_PAST, Policy.SUBJECT_UNKNOWN),
        ),
        Verb(
            commands.FreezeAmount,
            handlers.freeze_amount,
            Role.OPERATE,
            (
                Identity.POWER_MISSING,
                No.EXPIRY_PAST,
                Ledger.ASSET_UNKNOWN,
                Ledger.ACCOUNT_UNKNOWN,
                Ledger.FUNDS_INSUFFICIENT,
            ),
        ),
        Verb(commands.Thaw, handlers.thaw_directive, Role.OPERATE, _LIFTING),
        Verb(
            commands.OpenCourtAccount,
            handlers.open_court_account,
            Role.OPERATE,
            (Identity.POWER_MISSING, Identity.PARTY_UNKNOWN),
        ),
        Verb(
            commands.Seize,
            handlers.seize,
            Role.OPERATE,
            (
                *_TAKING,
                No.COURT_ACCOUNT_UNFIT,
                Policy.TARGET_SUSPENDED,
                Ledger.FUNDS_INSUFFICIENT,
            ),
        ),
        Verb(
            commands.ForceTransfer,
            handlers.force_transfer,
            Role.OPERATE,
            (
                *_TAKING,
                Policy.TARGET_SUSPENDED,
                Policy.TARGET_FROZEN,
                Policy.TARGET_INELIGIBLE,
                Policy.HOLDING_CAP,
                Ledger.FUNDS_INSUFFICIENT,
            ),
        ),
        Verb(
            commands.Halt,
            handlers.halt,
            Role.OPERATE,
            (
                Identity.POWER_MISSING,
                No.SCOPE_UNCLEAR,
                No.EXPIRY_PAST,
                Ledger.ASSET_UNKNOWN,
            ),
        ),
        Verb(commands.Resume, handlers.resume, Role.OPERATE, _LIFTING),
        Verb(
            commands.CancelInstruction,
            handlers.cancel_instruction,
            Role.OPERATE,
            (Identity.POWER_MISSING, Settlement.INSTRUCTION_UNKNOWN),
        ),
        Verb(
            commands.LodgeAppeal,
            appeals.lodge_appeal,
            Role.OPERATE,
            (
                No.DIRECTIVE_UNKNOWN,
                No.NOT_THE_SUBJECT,
                No.DIRECTIVE_ENDED,
                No.APPEALED_ALREADY,
            ),
        ),
        Verb(
            commands.DecideAppeal,
            appeals.decide_appeal,
            Role.OPERATE,
            (
                No.DIRECTIVE_UNKNOWN,
                Identity.POWER_MISSING,
                No.APPEAL_IN_OWN_CAUSE,
                No.APPEAL_NOT_LODGED,
            ),
        ),
    ),
)
