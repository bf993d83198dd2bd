# SPDX-License-Identifier: Apache-2.0
"""Payments on instruments, from announcement to redemption: the face that other modules see."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.domain.instruments import No as Instruments
from lejar.domain.money import DepositNo
from lejar.domain.policy import No as Policy
from lejar.domain.servicing import commands, events, handlers
from lejar.domain.servicing.handlers import PAYMENT_MINUTES
from lejar.domain.servicing.invariants import for_all
from lejar.domain.servicing.model import (
    AGENTS,
    ENTITLEMENTS,
    PAYMENTS,
    PERIODS,
    Agent,
    Entitlement,
    EntitlementStage,
    Payment,
    PaymentStage,
    period_key,
)
from lejar.domain.servicing.refusals import ServicingRefusal as No
from lejar.domain.servicing.run import HOLDERS_PER_ENTRY_MAX
from lejar.kernel.module import Module, Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "AGENTS",
    "ENTITLEMENTS",
    "HOLDERS_PER_ENTRY_MAX",
    "MODULE",
    "PAYMENTS",
    "PAYMENT_MINUTES",
    "PERIODS",
    "Agent",
    "Entitlement",
    "EntitlementStage",
    "No",
    "Payment",
    "PaymentStage",
    "period_key",
]

_OPEN_PAYMENT = (No.PAYMENT_UNKNOWN, No.NOT_THE_AGENT)

MODULE = Module(
    name="servicing",
    audits=(for_all,),
    tables=(AGENTS, PAYMENTS, PERIODS, ENTITLEMENTS),
    refusals=(No,),
    due=handlers.DUE,
    events=(
        events.AgentAppointed,
        events.PaymentAnnounced,
        events.RecordDateChanged,
        events.PaymentCancelled,
        events.EntitlementsFixed,
        events.EntitlementFixed,
        events.HolderPaid,
        events.PartUnclaimed,
        events.PaymentRun,
        events.PaymentFailed,
        events.UnclaimedReclaimed,
    ),
    verbs=(
        Verb(
            commands.AppointAgent,
            handlers.appoint_agent,
            Role.OPERATE,
            (Instruments.INSTRUMENT_UNKNOWN, Instruments.NOT_THE_ISSUER, Identity.PARTY_UNKNOWN),
        ),
        Verb(
            commands.AnnouncePayment,
            handlers.announce_payment,
            Role.OPERATE,
            (
                Instruments.INSTRUMENT_UNKNOWN,
                No.NOT_THE_AGENT,
                Instruments.INSTRUMENT_CLOSED,
                Instruments.TERMS_PAY_NOTHING,
                No.PERIOD_UNKNOWN,
                No.PERIOD_BEFORE_HUB,
                No.PERIOD_ANNOUNCED,
                No.PERIOD_OUT_OF_ORDER,
                No.CURRENCY_MISSING,
                Ledger.ACCOUNT_UNKNOWN,
                No.PAYING_ACCOUNT_UNFIT,
                No.RECORD_DATE_UNFIT,
                No.CLAIMS_UNTIL_UNFIT,
            ),
        ),
        Verb(
            commands.ChangeRecordDate,
            handlers.change_record_date,
            Role.OPERATE,
            (*_OPEN_PAYMENT, No.RECORD_DATE_REACHED, No.RECORD_DATE_UNFIT),
        ),
        Verb(
            commands.CancelPayment,
            handlers.cancel_payment,
            Role.OPERATE,
            (*_OPEN_PAYMENT, No.RECORD_DATE_REACHED, No.PERIOD_OUT_OF_ORDER),
        ),
        Verb(
            commands.RetryPayment,
            handlers.retry_payment,
            Role.OPERATE,
            (
                *_OPEN_PAYMENT,
                No.PAYMENT_NOT_FAILED,
                Ledger.ACCOUNT_UNKNOWN,
                No.PAYING_ACCOUNT_UNFIT,
                Accounts.AUTHORITY_MISSING,
                Accounts.AUTHORITY_EXCEEDED,
                DepositNo.DEPOSIT_BANK_STOPPED,
                Policy.SOURCE_SUSPENDED,
                Policy.TARGET_SUSPENDED,
                Policy.SOURCE_FROZEN,
                Policy.TARGET_FROZEN,
                Policy.ASSET_FROZEN,
                Ledger.FUNDS_INSUFFICIENT,
                Ledger.AMOUNT_TOO_LARGE,
            ),
        ),
        Verb(
            commands.ClaimPayment,
            handlers.claim_payment,
            Role.OPERATE,
            (
                No.PAYMENT_UNKNOWN,
                Ledger.ACCOUNT_UNKNOWN,
                No.NOT_THE_HOLDER,
                No.NOT_PAYING_YET,
                No.NOTHING_TO_CLAIM,
                No.CLAIMED_ALREADY,
                No.CLAIMS_EXPIRED,
                Policy.TARGET_SUSPENDED,
                Policy.TARGET_FROZEN,
                Policy.ASSET_FROZEN,
                No.UNITS_HELD,
                DepositNo.DEPOSIT_BANK_STOPPED,
                Policy.TARGET_INELIGIBLE,
                Policy.SOURCE_SUSPENDED,
                Policy.SOURCE_FROZEN,
                Ledger.FUNDS_INSUFFICIENT,
                Ledger.AMOUNT_TOO_LARGE,
            ),
        ),
        Verb(
            commands.ReclaimUnclaimed,
            handlers.reclaim_unclaimed,
            Role.OPERATE,
            (*_OPEN_PAYMENT, No.NOTHING_UNCLAIMED, No.CLAIMS_OPEN),
        ),
    ),
)
