# SPDX-License-Identifier: Apache-2.0
"""Payments on papers, and what each account is entitled to and was paid.

The state forgets a part that was paid and an announcement that was cancelled; here both are kept.
"""

from lejar.domain.servicing import EntitlementStage, PaymentStage
from lejar.domain.servicing import events as happened
from lejar.domain.servicing.commands import ClaimPayment
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.schema import assets, entitlements, payments

PAID = "paid"
CANCELLED = "cancelled"
CLAIM = str(ClaimPayment.__struct_config__.tag)
AMOUNTS = (
    "holders",
    "units",
    "income",
    "principal",
    "residue",
    "issuer_units",
    "paid",
    "unclaimed",
    "reclaimed",
)
"""What a payment counts, from nothing on."""


def agent_appointed(batch: Batch, _receipt: Receipt, event: happened.AgentAppointed) -> None:
    """Note who acts for a paper's issuer."""
    batch.change(assets, (event.asset,), {"agent": event.agent})


def payment_announced(batch: Batch, receipt: Receipt, event: happened.PaymentAnnounced) -> None:
    """Add a payment."""
    until = event.claims_until
    row = {
        "id": event.payment,
        "asset": event.asset,
        "period": event.period,
        "money": event.money,
        "due_on": event.due_on.isoformat(),
        "pays_on": event.pays_on.isoformat(),
        "record_date": event.record_date.isoformat(),
        "claims_until": None if until is None else until.isoformat(),
        "redeems": event.redeems,
        "holidays_known": event.holidays_known,
        "stage": str(PaymentStage.ANNOUNCED),
        "cause": None,
        "attempts": 0,
        "announced": receipt.number,
        "entry": receipt.number,
        **dict.fromkeys(AMOUNTS, 0),
    }
    batch.insert(payments, row)


def record_date_changed(batch: Batch, receipt: Receipt, event: happened.RecordDateChanged) -> None:
    """Move a record date."""
    _change(batch, receipt, event.payment, record_date=event.record_date.isoformat())


def payment_cancelled(batch: Batch, receipt: Receipt, event: happened.PaymentCancelled) -> None:
    """Keep an announcement that was taken back, marked so."""
    _change(batch, receipt, event.payment, stage=CANCELLED)


def entitlements_fixed(batch: Batch, receipt: Receipt, event: happened.EntitlementsFixed) -> None:
    """Write the totals of a payment; they do not change any more."""
    _change(
        batch,
        receipt,
        event.payment,
        stage=str(PaymentStage.FIXED),
        holders=event.holders,
        units=event.units,
        income=event.income,
        principal=event.principal,
        residue=event.residue,
        issuer_units=event.issuer_units,
    )


def entitlement_fixed(batch: Batch, receipt: Receipt, event: happened.EntitlementFixed) -> None:
    """Add one account's part."""
    row = {
        "payment": event.payment,
        "account": event.account,
        "units": event.units,
        "income": event.income,
        "principal": event.principal,
        "stage": str(EntitlementStage.DUE),
        "cause": None,
        "entry": receipt.number,
    }
    batch.insert(entitlements, row)
    batch.concern(receipt.number, event.account)


def holder_paid(batch: Batch, receipt: Receipt, event: happened.HolderPaid) -> None:
    """Mark one account's part as paid.

    A run tells its totals itself.  A claim pays a part that a run had left unclaimed, and the
    totals follow here.  Units on the issuer's own account come back without a part in the payment.
    """
    is_claim = receipt.command == CLAIM
    stage = str(EntitlementStage.CLAIMED) if is_claim else PAID
    changed = {"stage": stage, "cause": None, "entry": receipt.number}
    batch.change(entitlements, (event.payment, event.account), changed)
    batch.concern(receipt.number, event.account)
    if is_claim:
        amount = event.income + event.principal
        batch.add(payments, (event.payment,), {"paid": amount, "unclaimed": -amount})
        _change(batch, receipt, event.payment)


def part_unclaimed(batch: Batch, receipt: Receipt, event: happened.PartUnclaimed) -> None:
    """Mark one account's part as waiting, with the cause."""
    changed = {
        "stage": str(EntitlementStage.UNCLAIMED),
        "cause": event.cause,
        "entry": receipt.number,
    }
    batch.change(entitlements, (event.payment, event.account), changed)
    batch.concern(receipt.number, event.account)


def payment_run(batch: Batch, receipt: Receipt, event: happened.PaymentRun) -> None:
    """Write how far a payment has come."""
    stage = PaymentStage.PAYING if event.outstanding else PaymentStage.PAID
    _change(
        batch,
        receipt,
        event.payment,
        stage=str(stage),
        paid=event.paid,
        unclaimed=event.unclaimed,
        cause=None,
    )


def payment_failed(batch: Batch, receipt: Receipt, event: happened.PaymentFailed) -> None:
    """Let a payment stand as failed, with its cause."""
    stage = str(PaymentStage.FAILED)
    _change(batch, receipt, event.payment, stage=stage, cause=event.cause, attempts=event.attempts)


def unclaimed_reclaimed(batch: Batch, receipt: Receipt, event: happened.UnclaimedReclaimed) -> None:
    """Note that what nobody claimed is the payer's again."""
    batch.add(payments, (event.payment,), {"unclaimed": -event.amount, "reclaimed": event.amount})
    _change(batch, receipt, event.payment)


def _change(batch: Batch, receipt: Receipt, payment: bytes, **values: object) -> None:
    batch.change(payments, (payment,), {"entry": receipt.number, **values})


FOLDS: Folds = (
    (happened.AgentAppointed, agent_appointed),
    (happened.PaymentAnnounced, payment_announced),
    (happened.RecordDateChanged, record_date_changed),
    (happened.PaymentCancelled, payment_cancelled),
    (happened.EntitlementsFixed, entitlements_fixed),
    (happened.EntitlementFixed, entitlement_fixed),
    (happened.HolderPaid, holder_paid),
    (happened.PartUnclaimed, part_unclaimed),
    (happened.PaymentRun, payment_run),
    (happened.PaymentFailed, payment_failed),
    (happened.UnclaimedReclaimed, unclaimed_reclaimed),
)
