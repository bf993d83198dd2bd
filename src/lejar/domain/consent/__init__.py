# SPDX-License-Identifier: Apache-2.0
"""Nothing privileged happens alone: the face that other modules see."""

from lejar.domain.consent import commands, events, handlers, invariants
from lejar.domain.consent.genesis import (
    ConsentSection,
    FoundingOfficer,
    FoundingRequirement,
    found_consent,
)
from lejar.domain.consent.life import EXPIRES, MANDATES, expire
from lejar.domain.consent.model import (
    AGREEMENTS,
    OFFICERS,
    PROPOSALS,
    REQUIREMENTS,
    SUBJECTS,
    Officer,
    Proposal,
    Requirement,
    Stage,
    person_behind,
)
from lejar.domain.consent.refusals import ConsentRefusal as No
from lejar.domain.consent.signing import authorize
from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.kernel.module import Module, Verb

__all__ = [
    "MODULE",
    "OFFICERS",
    "PROPOSALS",
    "REQUIREMENTS",
    "ConsentSection",
    "FoundingOfficer",
    "FoundingRequirement",
    "No",
    "Officer",
    "Proposal",
    "Requirement",
    "Stage",
    "authorize",
    "person_behind",
]


def _verb_of_requirement(command: commands.SetRequirement) -> bytes:
    return command.verb.encode()


def _carried(command: commands.Propose) -> bytes:
    return command.command


MODULE = Module(
    name="consent",
    tables=(REQUIREMENTS, OFFICERS, PROPOSALS, AGREEMENTS, SUBJECTS),
    refusals=(No,),
    genesis=found_consent,
    due=((EXPIRES, expire),),
    audits=(invariants.for_all,),
    mandates=MANDATES,
    events=(
        events.RequirementSet,
        events.OfficerAppointed,
        events.OfficerDismissed,
        events.ProposalMade,
        events.AgreementGiven,
        events.ProposalAgreed,
        events.ProposalPostponed,
        events.ProposalStalled,
        events.ProposalEnacted,
        events.ProposalFailed,
        events.ProposalObjected,
        events.ProposalWithdrawn,
        events.ProposalExpired,
        events.ProposalSuperseded,
    ),
    verbs=(
        Verb(
            commands.SetRequirement,
            handlers.set_requirement,
            Role.OPERATE,
            (Identity.POWER_MISSING, Identity.PARTY_UNKNOWN, No.REQUIREMENT_UNFIT),
            subject=_verb_of_requirement,
        ),
        Verb(
            commands.AppointOfficer,
            handlers.appoint_officer,
            Role.ADMINISTER,
            (
                Identity.PARTY_UNKNOWN,
                Identity.NOT_THE_PARTY,
                No.OFFICER_KEY_FOREIGN,
                No.OFFICER_ALREADY,
            ),
        ),
        Verb(
            commands.DismissOfficer,
            handlers.dismiss_officer,
            Role.ADMINISTER,
            (Identity.PARTY_UNKNOWN, Identity.NOT_THE_PARTY, No.OFFICER_UNKNOWN),
        ),
        Verb(
            commands.Propose,
            handlers.propose,
            Role.OPERATE,
            (
                No.COMMAND_UNFIT,
                No.REQUIREMENT_MISSING,
                No.NOT_CONCERNED,
                No.EXPIRY_UNFIT,
                No.PROPOSALS_TOO_MANY,
                No.MAKER_IS_CHECKER,
            ),
            carries=_carried,
        ),
        Verb(
            commands.Agree,
            handlers.agree,
            Role.OPERATE,
            (No.PROPOSAL_UNKNOWN, No.NOT_CONCERNED, No.MAKER_IS_CHECKER, No.AGREEMENT_ALREADY),
        ),
        Verb(
            commands.Object,
            handlers.object_,
            Role.OPERATE,
            (No.PROPOSAL_UNKNOWN, No.NOT_CONCERNED),
        ),
        Verb(
            commands.Withdraw,
            handlers.withdraw,
            Role.OPERATE,
            (No.PROPOSAL_UNKNOWN, Identity.NOT_THE_PARTY),
        ),
    ),
)
