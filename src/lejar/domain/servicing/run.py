# SPDX-License-Identifier: Apache-2.0
"""The payment run: every holder's part goes, or is held for it, all of it or nothing.

A payment to few is one entry.  A payment to many first sets the whole amount aside in one entry,
and then pays in parts, a part a block: no part can fail for want of money, and no block grows
without bound.  At a redemption, units and money go in the same entry, one against the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec

from lejar.domain.accounts import paying_account, receiving_account
from lejar.domain.instruments import redeemed_if_none_is_left
from lejar.domain.money import held_form
from lejar.domain.policy import Leg, MovePurpose, judge, known_profile, move
from lejar.domain.servicing import events, rules
from lejar.domain.servicing.model import (
    ENTITLEMENTS,
    PAYMENTS,
    Entitlement,
    EntitlementStage,
    Payment,
    PaymentStage,
)
from lejar.kernel.draft import Draft
from lejar.kernel.failure import must
from lejar.kernel.refusal import Refused
from lejar.kernel.schedule import Due, schedule
from lejar.kernel.state import Reader
from lejar.ledger.accounts import known_account
from lejar.ledger.balances import balance
from lejar.ledger.holds import HOLDS, Hold, HoldPurpose, place, release
from lejar.ledger.refusals import LedgerRefusal as Ledger

PAYMENT_DATE_COMES = "servicing.payment_date_comes"
HOLDERS_PER_ENTRY_MAX = 500
"""A part deals with at most so many holders, so that an entry stays small."""


@dataclass(frozen=True, slots=True)
class Part:
    """One holder's part, with where it goes and what is in the way, if anything is."""

    account: bytes
    target: bytes
    entitlement: Entitlement
    blocked: Refused | None

    @property
    def amount(self) -> int:
        """What the holder is to be paid."""
        return self.entitlement.amount


def payment_date_comes(draft: Draft, payment_id: bytes) -> None:
    """Pay, or the next part of it; what is in the way makes the payment fail with its cause."""
    payment = PAYMENTS.get(draft, payment_id)
    if payment is None or payment.stage not in (PaymentStage.FIXED, PaymentStage.PAYING):
        return
    before = None if payment.hold is None else HOLDS.require(draft, payment.hold)
    try:
        run(draft, payment_id, payment)
    except Refused as refused:
        if payment.hold is not None and before is not None and not _stands(draft, payment.hold):
            place(draft, payment.hold, before)
        attempts, cause = payment.attempts + 1, refused.refusal.code
        failed = msgspec.structs.replace(
            payment, stage=PaymentStage.FAILED, cause=cause, attempts=attempts
        )
        PAYMENTS.put(draft, payment_id, failed)
        draft.emit(events.PaymentFailed(payment_id, cause, attempts))


def run(draft: Draft, payment_id: bytes, payment: Payment) -> None:
    """Deal with the next holders; refuses, and writes nothing but a release, when it cannot."""
    source = source_of(draft, payment)
    due = next_entitlements(draft, payment_id, payment)
    more = len(due) > HOLDERS_PER_ENTRY_MAX
    parts = tuple(
        part_of(draft, payment, source, account, entitlement)
        for account, entitlement in due[:HOLDERS_PER_ENTRY_MAX]
    )
    free = tuple(part for part in parts if part.blocked is None)
    waits = sum(part.amount for part in parts if part.blocked is not None)
    legs = legs_of(draft, payment, source, free)
    if payment.hold is not None:
        release(draft, payment.hold)
    elif waits or more:
        _can_be_set_aside(draft, payment, source, legs, waits if not more else None)
    move(draft, legs, MovePurpose.SERVICING)
    for part in parts:
        _note(draft, payment_id, payment, part)
    after = msgspec.structs.replace(
        payment,
        stage=PaymentStage.PAYING if more else PaymentStage.PAID,
        paid=payment.paid + sum(part.amount for part in free),
        unclaimed=payment.unclaimed + waits,
        cursor=parts[-1].account if parts else payment.cursor,
        cause=None,
    )
    must(more or after.outstanding == 0, "a run that has ended leaves nothing outstanding")
    after = set_aside(draft, payment_id, after, source)
    PAYMENTS.put(draft, payment_id, after)
    draft.emit(events.PaymentRun(payment_id, after.paid, after.unclaimed, after.outstanding))
    if more:
        schedule(draft, draft.at, payment_id, Due(PAYMENT_DATE_COMES, payment_id))
    elif payment.redeems:
        redeemed_if_none_is_left(draft, payment.asset)


def source_of(reader: Reader, payment: Payment) -> bytes:
    """Give the account that the money leaves: where it is set aside, or as the bank authorises."""
    if payment.hold is not None:
        return HOLDS.require(reader, payment.hold).account
    if payment.outstanding == 0:
        return payment.paying_account  # nothing leaves it: only units are to come back
    return paying_account(reader, payment.paying_account, payment.outstanding)


def next_entitlements(
    draft: Draft, payment_id: bytes, payment: Payment
) -> list[tuple[bytes, Entitlement]]:
    """Give the next entitlements by account, one more than a part takes if there is one."""
    after = payment_id + payment.cursor if payment.cursor else b""
    walk = ENTITLEMENTS.scan(draft, payment_id, after)
    return [
        (key[len(payment_id) :], found) for key, found in islice(walk, HOLDERS_PER_ENTRY_MAX + 1)
    ]


def part_of(
    reader: Reader, payment: Payment, source: bytes, account: bytes, entitlement: Entitlement
) -> Part:
    """Say where a holder's part goes, and what is in the way."""
    target = receiving_account(reader, account)
    entry = Leg(payment.money, source, target, entitlement.amount)
    blocked = rules.holder_is_free(reader, account, known_account(reader, account))
    if blocked is None and payment.redeems:
        blocked = rules.units_are_free(reader, payment.asset, account, entitlement.units)
    if blocked is None and entitlement.amount and target != source:
        blocked = rules.target_may_be_paid(reader, entry)
    return Part(account, target, entitlement, blocked)


def legs_of(
    reader: Reader, payment: Payment, source: bytes, parts: Sequence[Part]
) -> tuple[Leg, ...]:
    """Give a leg of money for each holder, and at a redemption a leg of its units back.

    Where payer and holder bank together no central-bank money moves, and where a side holds a
    bank's deposit its claim ends or begins, as in settlement.
    """
    money = [
        leg
        for part in parts
        if part.amount and part.target != source
        for leg in rules.what_moves(reader, Leg(payment.money, source, part.target, part.amount))
    ]
    if not payment.redeems:
        return tuple(money)
    issuance = known_profile(reader, payment.asset).issuance_account
    units = [Leg(payment.asset, p.account, issuance, p.entitlement.units) for p in parts]
    return (*money, *units)


def set_aside(draft: Draft, payment_id: bytes, payment: Payment, source: bytes) -> Payment:
    """Hold what the run has not reached and what is unclaimed; gives the payment with its hold."""
    amount = payment.outstanding + payment.unclaimed
    if amount == 0:
        return msgspec.structs.replace(payment, hold=None)
    hold_id = draft.new_id("hold") if payment.hold is None else payment.hold
    form = held_form(draft, source, payment.money)
    hold = Hold(form, source, amount, HoldPurpose.SERVICING, payment_id, None)
    place(draft, hold_id, hold)
    return msgspec.structs.replace(payment, hold=hold_id)


def paid_event(payment_id: bytes, payment: Payment, part: Part) -> events.HolderPaid:
    """Say that a holder was paid."""
    return events.HolderPaid(
        payment=payment_id,
        account=part.account,
        target=part.target,
        units_redeemed=part.entitlement.units if payment.redeems else 0,
        income=part.entitlement.income,
        principal=part.entitlement.principal,
    )


def _can_be_set_aside(
    draft: Draft, payment: Payment, source: bytes, legs: Sequence[Leg], waits: int | None
) -> None:
    """Refuse unless the source can pay the legs and keep what waits; none: the whole payment."""
    judge(draft, legs, MovePurpose.SERVICING)
    form = held_form(draft, source, payment.money)
    goes = sum(leg.amount for leg in legs if leg.asset == form and leg.source == source)
    amount = payment.outstanding if waits is None else goes + waits
    free = balance(draft, form, source).free
    if free < amount:
        raise Refused(Ledger.FUNDS_INSUFFICIENT, account=source, asset=form, missing=amount - free)


def _note(draft: Draft, payment_id: bytes, payment: Payment, part: Part) -> None:
    """Forget a part that was paid; keep one that was not, with its cause."""
    key = payment_id + part.account
    if part.blocked is None:
        ENTITLEMENTS.remove(draft, key)
        draft.emit(paid_event(payment_id, payment, part))
        return
    cause = part.blocked.refusal.code
    waits = msgspec.structs.replace(part.entitlement, stage=EntitlementStage.UNCLAIMED, cause=cause)
    ENTITLEMENTS.put(draft, key, waits)
    draft.emit(events.PartUnclaimed(payment_id, part.account, part.amount, cause))


def _stands(reader: Reader, hold_id: bytes) -> bool:
    return HOLDS.get(reader, hold_id) is not None
