# SPDX-License-Identifier: Apache-2.0
"""Which facts of an event everybody may see: totals, terms, days; never an account or a holder.

An event that is not named here shows its name only.
"""

from collections.abc import Mapping
from typing import Final

from lejar.domain.calendar import events as calendar
from lejar.domain.consent import events as consent
from lejar.domain.identity import events as identity
from lejar.domain.instruments import events as instruments
from lejar.domain.money import events as money
from lejar.domain.money.deposits import events as deposits
from lejar.domain.money.purpose_bound import events as bound
from lejar.domain.money.tiers import events as tiers
from lejar.domain.oversight import events as oversight
from lejar.domain.policy import events as policy
from lejar.domain.servicing import events as servicing
from lejar.domain.settlement import events as settlement
from lejar.kernel.module import Event

ORDERED: Final = frozenset({"directive", "agency", "basis", "expires_at"})
"""Who ordered, on which basis and until when: public of any directive.  Of whom is not."""

PUBLIC_FACTS: Final[Mapping[type[Event], frozenset[str]]] = {
    calendar.TimeAdvanced: frozenset({"to"}),
    identity.PartyRegistered: frozenset({"party", "kind", "registrar"}),
    identity.KeysRotated: frozenset({"party", "version"}),
    identity.KeysRecovered: frozenset({"party", "version"}),
    identity.PowerGranted: frozenset({"party", "power", "granter"}),
    identity.PowerRevoked: frozenset({"party", "power", "revoker"}),
    consent.RequirementSet: frozenset(consent.RequirementSet.__struct_fields__),
    consent.OfficerAppointed: frozenset({"agency"}),
    consent.OfficerDismissed: frozenset({"agency"}),
    consent.ProposalMade: frozenset(
        {
            "proposal",
            "proposer",
            "verb",
            "matter",
            "owner",
            "concurring",
            "basis",
            "effective_at",
            "expires_at",
        }
    ),
    consent.AgreementGiven: frozenset({"proposal", "party"}),
    consent.ProposalAgreed: frozenset({"proposal", "due_at"}),
    consent.ProposalPostponed: frozenset({"proposal", "due_at"}),
    consent.ProposalStalled: frozenset({"proposal", "cause"}),
    consent.ProposalEnacted: frozenset({"proposal"}),
    consent.ProposalFailed: frozenset({"proposal", "cause"}),
    consent.ProposalObjected: frozenset({"proposal", "party"}),
    consent.ProposalWithdrawn: frozenset({"proposal"}),
    consent.ProposalExpired: frozenset({"proposal"}),
    consent.ProposalSuperseded: frozenset({"proposal", "enacted"}),
    money.CurrencyCreated: frozenset({"asset", "code", "central_bank", "decimals"}),
    money.MoneyIssued: frozenset({"asset", "amount"}),
    money.MoneyRedeemed: frozenset({"asset", "amount"}),
    deposits.DepositTokenCreated: frozenset({"asset", "code", "currency", "bank", "required"}),
    deposits.DepositKept: frozenset({"asset", "currency"}),
    deposits.DepositIssued: frozenset({"asset", "amount"}),
    deposits.DepositRedeemed: frozenset({"asset", "amount"}),
    bound.MoneyBound: frozenset({"envelope", "currency", "purpose"}),
    bound.BoundMoneySpent: frozenset({"envelope", "purpose"}),
    bound.BoundMoneyReturned: frozenset({"envelope"}),
    bound.BoundMoneyStuck: frozenset({"envelope", "cause"}),
    tiers.TierDefined: frozenset(tiers.TierDefined.__struct_fields__),
    tiers.RetailOpened: frozenset({"currency", "tier"}),
    instruments.InstrumentCreated: frozenset(
        {
            "asset",
            "isin",
            "short_name",
            "issuer",
            "approver",
            "terms",
            "required",
            "holding_max",
            "locked_until",
            "documents",
            "jurisdictions",
        }
    ),
    instruments.UnitsCreated: frozenset(instruments.UnitsCreated.__struct_fields__)
    - {"issuance_account"},
    instruments.UnitsIssued: frozenset({"asset", "units", "issued"}),
    instruments.UnitsRetired: frozenset({"asset", "units"}),
    instruments.RegisterClosed: frozenset({"asset"}),
    instruments.InstrumentRedeemed: frozenset({"asset"}),
    settlement.InstructionAlleged: frozenset({"instruction", "value_date"}),
    settlement.InstructionMatched: frozenset({"instruction", "value_date"}),
    settlement.InstructionSettled: frozenset({"instruction"}),
    settlement.InstructionQueued: frozenset({"instruction", "value_date"}),
    settlement.InstructionPartlySettled: frozenset({"instruction"}),
    settlement.InstructionHeld: frozenset({"instruction"}),
    settlement.InstructionLinked: frozenset({"instruction"}),
    settlement.InstructionReleased: frozenset({"instruction"}),
    settlement.InstructionAffirmed: frozenset({"instruction"}),
    settlement.PromiseAttested: frozenset({"instruction", "promise"}),
    settlement.QueueSettled: frozenset(settlement.QueueSettled.__struct_fields__),
    settlement.SettlementPaused: frozenset(settlement.SettlementPaused.__struct_fields__),
    settlement.SettlementResumed: frozenset(settlement.SettlementResumed.__struct_fields__),
    settlement.DayClosed: frozenset(settlement.DayClosed.__struct_fields__),
    settlement.FailRulesSet: frozenset(settlement.FailRulesSet.__struct_fields__),
    settlement.BuyInNotified: frozenset({"instruction", "until"}),
    settlement.VenueLimited: frozenset(settlement.VenueLimited.__struct_fields__),
    settlement.InstructionFailed: frozenset({"instruction", "cause", "attempts"}),
    settlement.CancellationAsked: frozenset({"instruction"}),
    settlement.InstructionCancelled: frozenset({"instruction"}),
    settlement.InstructionLapsed: frozenset({"instruction"}),
    policy.PackAdopted: frozenset(policy.PackAdopted.__struct_fields__),
    policy.NameBound: frozenset({"name"}),
    policy.SwitchSet: frozenset(policy.SwitchSet.__struct_fields__),
    policy.ListUpdated: frozenset({"name", "version", "by"}),
    policy.MilestoneReached: frozenset(policy.MilestoneReached.__struct_fields__),
    policy.CohortOpened: frozenset(policy.CohortOpened.__struct_fields__) - {"participants"},
    policy.CohortEnded: frozenset(policy.CohortEnded.__struct_fields__),
    policy.DutyCharged: frozenset({"rule", "pack"}),
    servicing.AgentAppointed: frozenset({"asset", "agent"}),
    servicing.PaymentAnnounced: frozenset(servicing.PaymentAnnounced.__struct_fields__),
    servicing.RecordDateChanged: frozenset({"payment", "record_date"}),
    servicing.PaymentCancelled: frozenset({"payment", "notice"}),
    servicing.EntitlementsFixed: frozenset(
        {"payment", "holders", "units", "income", "principal", "residue"}
    ),
    servicing.PaymentRun: frozenset({"payment", "paid", "unclaimed", "outstanding"}),
    servicing.PaymentFailed: frozenset({"payment", "cause", "attempts"}),
    servicing.UnclaimedReclaimed: frozenset({"payment", "amount"}),
    oversight.SubjectFrozen: ORDERED,
    oversight.AmountFrozen: ORDERED,
    oversight.AssetsSeized: ORDERED - {"expires_at"},
    oversight.TransferForced: ORDERED - {"expires_at"},
    oversight.InstructionStruck: ORDERED - {"expires_at"},
    oversight.MarketHalted: ORDERED | {"scope", "asset", "asset_class"},
    oversight.DirectiveLifted: frozenset({"directive", "agency", "basis"}),
    oversight.DirectiveExpired: frozenset({"directive"}),
    oversight.AppealLodged: frozenset({"directive"}),
    oversight.AppealUpheld: frozenset({"directive", "agency"}),
    oversight.AppealAllowed: frozenset({"directive", "agency", "lifted"}),
}
