# SPDX-License-Identifier: Apache-2.0
"""The one door: profiles, freezes, rules and the gate, as other modules see them."""

from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.domain.policy import (
    adopting,
    commands,
    events,
    halts,
    matters,
    obligations,
    recording,
    sandboxing,
    statuses,
)
from lejar.domain.policy.adopting import name_target
from lejar.domain.policy.approvals import APPROVALS
from lejar.domain.policy.book import BOOK, PACKS, VERSIONS, Bound
from lejar.domain.policy.cohorts import COHORTS, MEMBERS, USES
from lejar.domain.policy.counting import expect_movements
from lejar.domain.policy.figures import FIGURES
from lejar.domain.policy.flows import EXPECTED, FLOWS, expect_no_more
from lejar.domain.policy.freezes import FREEZE_ORDERS, freeze, thaw
from lejar.domain.policy.gate import (
    admit_listing,
    allowed,
    judge,
    known_profile,
    move,
    move_resolved,
    refuse_unless_clear,
    resolved,
    screened,
)
from lejar.domain.policy.genesis import PolicySection, found_policy
from lejar.domain.policy.halts import HALTS
from lejar.domain.policy.limit_refusals import LimitRefusal as LimitNo
from lejar.domain.policy.limits import ACCOUNT_LIMITS, LIMITED, limit_account
from lejar.domain.policy.lists import CLEARED, LISTED, LISTS
from lejar.domain.policy.market_switches import SWITCHES
from lejar.domain.policy.milestones import MILESTONES
from lejar.domain.policy.model import (
    FREEZES,
    PROFILES,
    AssetClass,
    AssetKind,
    AssetProfile,
    Leg,
    Movement,
    MovePurpose,
    close_register,
    is_frozen,
)
from lejar.domain.policy.refusals import PolicyRefusal as No
from lejar.domain.policy.retail import (
    RETAIL_HOLDERS,
    RETAIL_TIERS,
    RetailTier,
    join_tier,
    retail_is_on,
)
from lejar.domain.policy.retail_refusals import RetailRefusal as RetailNo
from lejar.domain.policy.rule_refusals import RuleRefusal as RuleNo
from lejar.domain.policy.tallies import HOLDER_NOTES, TALLIES
from lejar.kernel.module import Module, Verb
from lejar.kernel.schedule import DUE
from lejar.ledger import balances
from lejar.ledger.accounts import ACCOUNTS
from lejar.ledger.events import HoldPlaced, HoldReleased
from lejar.ledger.holds import HOLDS
from lejar.ledger.invariants import for_all, for_touched
from lejar.ledger.model import BALANCES, OWNED
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "ACCOUNT_LIMITS",
    "FIGURES",
    "FREEZES",
    "FREEZE_ORDERS",
    "HALTS",
    "LEDGER",
    "MILESTONES",
    "MODULE",
    "MOVEMENT_REFUSALS",
    "PROFILES",
    "RETAIL_TIERS",
    "AssetClass",
    "AssetKind",
    "AssetProfile",
    "Bound",
    "Leg",
    "LimitNo",
    "MovePurpose",
    "Movement",
    "No",
    "PolicySection",
    "RetailNo",
    "RetailTier",
    "RuleNo",
    "admit_listing",
    "allowed",
    "close_register",
    "expect_movements",
    "expect_no_more",
    "freeze",
    "halts",
    "is_frozen",
    "join_tier",
    "judge",
    "known_profile",
    "limit_account",
    "move",
    "move_resolved",
    "name_target",
    "refuse_unless_clear",
    "resolved",
    "retail_is_on",
    "screened",
    "thaw",
]

MOVEMENT_REFUSALS = (
    Ledger.ACCOUNT_UNKNOWN,
    Ledger.ASSET_UNKNOWN,
    No.SOURCE_SUSPENDED,
    No.TARGET_SUSPENDED,
    No.SOURCE_FROZEN,
    No.TARGET_FROZEN,
    No.ASSET_FROZEN,
    No.MARKET_HALTED,
    No.TARGET_INELIGIBLE,
    No.LOCK_UP,
    No.REGISTER_CLOSED,
    No.HOLDING_CAP,
    Ledger.FUNDS_INSUFFICIENT,
    Ledger.AMOUNT_TOO_LARGE,
)
"""What the door may answer to any command that moves something."""

LEDGER = Module(
    name="ledger",
    tables=(DUE, ACCOUNTS, BALANCES, OWNED, HOLDS),
    refusals=(Ledger,),
    events=(HoldPlaced, HoldReleased),
    invariants=(for_touched,),
    audits=(for_all,),
    rebuild=balances.rebuild,
)
"""The ledger's tables and invariants: it has no commands, for nothing moves but by the door."""

MODULE = Module(
    name="policy",
    tables=(
        PROFILES,
        FREEZES,
        FREEZE_ORDERS,
        HALTS,
        RETAIL_TIERS,
        RETAIL_HOLDERS,
        ACCOUNT_LIMITS,
        LIMITED,
        BOOK,
        PACKS,
        VERSIONS,
        FLOWS,
        EXPECTED,
        TALLIES,
        HOLDER_NOTES,
        FIGURES,
        LISTS,
        LISTED,
        CLEARED,
        APPROVALS,
        MILESTONES,
        SWITCHES,
        COHORTS,
        MEMBERS,
        USES,
        obligations.OBLIGATIONS,
    ),
    refusals=(No, RuleNo, RetailNo, LimitNo),
    genesis=found_policy,
    due=(
        (sandboxing.COHORT_ENDS, sandboxing.cohort_ends),
        (obligations.DEADLINE_PASSES, obligations.deadline_passes),
    ),
    events=(
        events.PackAdopted,
        events.NameBound,
        events.FigureRecorded,
        events.ListUpdated,
        events.PersonCleared,
        events.MovementApproved,
        events.MilestoneReached,
        events.SwitchSet,
        events.CohortOpened,
        events.CohortEnded,
        events.DutyCharged,
        events.ObligationOpened,
        events.ObligationDischarged,
        events.ObligationMissed,
    ),
    verbs=(
        Verb(
            commands.AdoptPack,
            adopting.adopt_pack,
            Role.OPERATE,
            (Identity.POWER_MISSING, No.PACK_UNSOUND, No.PACK_NOT_LATER, No.AGENCY_SILENT),
            subject=matters.pack_of,
        ),
        Verb(
            commands.BindName,
            adopting.bind_name,
            Role.OPERATE,
            (Identity.POWER_MISSING,),
            subject=matters.name_of,
        ),
        Verb(
            commands.SetSwitch,
            adopting.set_switch,
            Role.OPERATE,
            (Identity.POWER_MISSING,),
            subject=matters.name_of,
        ),
        Verb(
            commands.RecordFigure,
            recording.record_figure,
            Role.OPERATE,
            (Identity.POWER_MISSING, No.SUBJECT_UNKNOWN, No.OVER_ALREADY),
        ),
        Verb(
            commands.UpdateList,
            recording.update_list,
            Role.OPERATE,
            (
                Identity.POWER_MISSING,
                No.LIST_FOREIGN,
                No.LIST_NOT_LATER,
                No.PERSON_NOT_LISTED,
                Identity.PARTY_UNKNOWN,
                No.OVER_ALREADY,
            ),
        ),
        Verb(
            commands.ClearPerson,
            recording.clear_person,
            Role.OPERATE,
            (
                Identity.POWER_MISSING,
                No.LIST_UNKNOWN,
                No.LIST_FOREIGN,
                Identity.PARTY_UNKNOWN,
                No.OVER_ALREADY,
            ),
        ),
        Verb(
            commands.ApproveMovement,
            recording.approve_movement,
            Role.OPERATE,
            (
                Identity.POWER_MISSING,
                Identity.PARTY_UNKNOWN,
                Ledger.ASSET_UNKNOWN,
                No.OVER_ALREADY,
            ),
        ),
        Verb(
            commands.RecordMilestone,
            recording.record_milestone,
            Role.OPERATE,
            (Identity.POWER_MISSING, Ledger.ASSET_UNKNOWN, No.MILESTONE_KNOWN),
        ),
        Verb(
            commands.OpenCohort,
            sandboxing.open_cohort,
            Role.OPERATE,
            (
                Identity.POWER_MISSING,
                No.COHORT_UNFIT,
                No.RULE_UNKNOWN,
                Identity.PARTY_UNKNOWN,
                No.MEMBER_ALREADY,
            ),
        ),
        Verb(
            commands.EndCohort,
            sandboxing.end_cohort,
            Role.OPERATE,
            (Identity.POWER_MISSING, No.COHORT_UNKNOWN),
        ),
        Verb(
            commands.GrantStatus,
            statuses.grant_status,
            Role.OPERATE,
            (
                Identity.POWER_MISSING,
                Identity.PARTY_UNKNOWN,
                No.OVER_ALREADY,
                Identity.CREDENTIAL_FOREIGN,
            ),
            matter=matters.matter_of_status,
            subject=matters.status_of,
        ),
        Verb(
            commands.OpenObligation,
            obligations.open_obligation,
            Role.OPERATE,
            (
                Identity.PARTY_UNKNOWN,
                No.OBLIGATION_FOREIGN,
                No.NOT_HAPPENED_YET,
                No.RULE_UNKNOWN,
            ),
        ),
        Verb(
            commands.DischargeObligation,
            obligations.discharge_obligation,
            Role.OPERATE,
            (No.OBLIGATION_UNKNOWN, No.OBLIGATION_FOREIGN, No.NOT_HAPPENED_YET),
        ),
    ),
)
