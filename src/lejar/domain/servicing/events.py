# SPDX-License-Identifier: Apache-2.0
"""What happened in servicing."""

from datetime import date

from lejar.kernel.module import Event


class AgentAppointed(Event, frozen=True, tag="servicing.agent_appointed"):
    """A party acts for the issuer; none means that nobody else does any more."""

    asset: bytes
    agent: bytes | None


class PaymentAnnounced(Event, frozen=True, tag="servicing.payment_announced"):
    """A payment will be made."""

    payment: bytes
    asset: bytes
    period: int
    money: bytes
    due_on: date
    pays_on: date
    record_date: date
    claims_until: date | None
    redeems: bool
    holidays_known: bool
    """False says that the payment date may still turn out to be a holiday."""


class RecordDateChanged(Event, frozen=True, tag="servicing.record_date_changed"):
    """Entitlement is decided on another day."""

    payment: bytes
    record_date: date


class PaymentCancelled(Event, frozen=True, tag="servicing.payment_cancelled"):
    """An announcement is taken back."""

    payment: bytes
    notice: bytes


class EntitlementsFixed(Event, frozen=True, tag="servicing.entitlements_fixed"):
    """The record date has ended: who is entitled, and to what, will not change any more."""

    payment: bytes
    holders: int
    units: int
    income: int
    principal: int
    residue: int
    issuer_units: int
    """Units on the issuer's own accounts: they are paid nothing."""


class EntitlementFixed(Event, frozen=True, tag="servicing.entitlement_fixed"):
    """One account's part."""

    payment: bytes
    account: bytes
    units: int
    income: int
    principal: int


class HolderPaid(Event, frozen=True, tag="servicing.holder_paid"):
    """One account's part reached `target`, in this entry, finally; at a redemption its units went.

    Where payer and holder bank together, the bank's books move and central-bank money does not.
    """

    payment: bytes
    account: bytes
    target: bytes
    units_redeemed: int
    income: int
    principal: int


class PartUnclaimed(Event, frozen=True, tag="servicing.part_unclaimed"):
    """One account's part could not be paid, and its money is held for it."""

    payment: bytes
    account: bytes
    amount: int
    cause: str


class PaymentRun(Event, frozen=True, tag="servicing.payment_run"):
    """How far a payment has come: all of it when nothing is outstanding."""

    payment: bytes
    paid: int
    unclaimed: int
    outstanding: int


class PaymentFailed(Event, frozen=True, tag="servicing.payment_failed"):
    """A payment could not be made; the cause is a refusal's code."""

    payment: bytes
    cause: str
    attempts: int


class UnclaimedReclaimed(Event, frozen=True, tag="servicing.unclaimed_reclaimed"):
    """What nobody claimed in time is the payer's again."""

    payment: bytes
    amount: int
