# SPDX-License-Identifier: Apache-2.0
"""What servicing's commands do."""

import datetime

import msgspec

from lejar.domain.calendar import calendar, holidays_are_known, today
from lejar.domain.identity import known_party
from lejar.domain.instruments import (
    DebtTerms,
    Period,
    debt_of,
    is_live,
    known_instrument,
    periods,
    redeemed_if_none_is_left,
    terms_that_pay,
)
from lejar.domain.instruments import No as Instruments
from lejar.domain.money import currency
from lejar.domain.policy import MovePurpose, known_profile, move
from lejar.domain.servicing import commands, events, rules
from lejar.domain.servicing.fixing import record_date_ends
from lejar.domain.servicing.model import (
    AGENTS,
    ENTITLEMENTS,
    PAYMENTS,
    PERIODS,
    Agent,
    EntitlementStage,
    Payment,
    PaymentOf,
    PaymentStage,
    period_key,
)
from lejar.domain.servicing.refusals import ServicingRefusal
from lejar.domain.servicing.run import (
    PAYMENT_DATE_COMES,
    legs_of,
    paid_event,
    part_of,
    payment_date_comes,
    run,
    set_aside,
    source_of,
)
from lejar.kernel.draft import Draft
from lejar.kernel.moment import MICROS_PER_MINUTE, start_of
from lejar.kernel.refusal import Refused, refuse_if
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.kernel.state import Reader
from lejar.ledger.holds import release

RECORD_DATE_ENDS = "servicing.record_date_ends"
PAYMENT_MINUTES = 10 * 60
"""Payments run at ten in the morning, local time: the payer has the morning to bring the money in.
The hub's own rule; no published convention says when."""

DUE = ((RECORD_DATE_ENDS, record_date_ends), (PAYMENT_DATE_COMES, payment_date_comes))


def appoint_agent(draft: Draft, command: commands.AppointAgent) -> None:
    """Record who acts for the issuer, or that nobody else does."""
    known_instrument(draft, command.asset)
    issuer = known_profile(draft, command.asset).issuer
    if issuer not in draft.signers:
        raise Refused(Instruments.NOT_THE_ISSUER, issuer=issuer)
    if command.agent is None:
        AGENTS.remove(draft, command.asset)
    else:
        known_party(draft, command.agent)
        AGENTS.put(draft, command.asset, Agent(command.agent, draft.at))
    draft.emit(events.AgentAppointed(command.asset, command.agent))


def announce_payment(draft: Draft, command: commands.AnnouncePayment) -> None:
    """Record a payment and schedule the end of its record date and its payment date."""
    asset = command.asset
    instrument = known_instrument(draft, asset)
    refuse_if(rules.agent_has_signed(draft, asset))
    refuse_if(is_live(instrument))
    debt = terms_that_pay(instrument)
    refuse_if(rules.period_exists(debt, command.period))
    period = periods(debt)[command.period - 1]
    refuse_if(rules.period_is_next(draft, asset, instrument, period))
    money = currency(draft, debt.currency)
    if money is None:
        raise Refused(ServicingRefusal.CURRENCY_MISSING, currency=debt.currency)
    refuse_if(rules.account_can_pay(draft, asset, command.paying_account))
    payment = _announced(draft, command, debt, period, money.asset)
    payment_id = draft.new_id("payment")
    PAYMENTS.put(draft, payment_id, payment)
    PERIODS.put(draft, period_key(asset, period.number), PaymentOf(payment_id))
    schedule(draft, _fixes_at(draft, payment), payment_id, Due(RECORD_DATE_ENDS, payment_id))
    schedule(draft, _pays_at(draft, payment), payment_id, Due(PAYMENT_DATE_COMES, payment_id))
    draft.emit(_announcement(payment_id, payment))


def change_record_date(draft: Draft, command: commands.ChangeRecordDate) -> None:
    """Move the record date within what is still possible."""
    payment = rules.known_payment(draft, command.payment)
    refuse_if(rules.agent_has_signed(draft, payment.asset))
    refuse_if(rules.record_date_is_ahead(draft, payment))
    period = periods(debt_of(draft, payment.asset))[payment.period - 1]
    refuse_if(
        rules.record_date_is_possible(
            command.record_date, today(draft), period.start, payment.pays_on
        )
    )
    unschedule(draft, _fixes_at(draft, payment), command.payment)
    changed = msgspec.structs.replace(payment, record_date=command.record_date)
    PAYMENTS.put(draft, command.payment, changed)
    due = Due(RECORD_DATE_ENDS, command.payment)
    schedule(draft, _fixes_at(draft, changed), command.payment, due)
    draft.emit(events.RecordDateChanged(command.payment, command.record_date))


def cancel_payment(draft: Draft, command: commands.CancelPayment) -> None:
    """Forget an announcement; its period may be announced anew."""
    payment = rules.known_payment(draft, command.payment)
    refuse_if(rules.agent_has_signed(draft, payment.asset))
    refuse_if(rules.record_date_is_ahead(draft, payment))
    later = payment.period + 1
    if PERIODS.get(draft, period_key(payment.asset, later)) is not None:
        raise Refused(ServicingRefusal.PERIOD_OUT_OF_ORDER, period=later)
    unschedule(draft, _fixes_at(draft, payment), command.payment)
    unschedule(draft, _pays_at(draft, payment), command.payment)
    PAYMENTS.remove(draft, command.payment)
    PERIODS.remove(draft, period_key(payment.asset, payment.period))
    draft.emit(events.PaymentCancelled(command.payment, command.notice))


def retry_payment(draft: Draft, command: commands.RetryPayment) -> None:
    """Run a failed payment now; a second shortfall is a refusal, and it stays failed."""
    payment = rules.known_payment(draft, command.payment)
    refuse_if(rules.agent_has_signed(draft, payment.asset))
    if payment.stage is not PaymentStage.FAILED:
        raise Refused(ServicingRefusal.PAYMENT_NOT_FAILED, stage=str(payment.stage))
    account = command.paying_account
    if account is not None:
        refuse_if(rules.account_can_pay(draft, payment.asset, account))
        if payment.hold is not None:
            raise Refused(ServicingRefusal.PAYING_ACCOUNT_UNFIT, account=account)
        payment = msgspec.structs.replace(payment, paying_account=account)
    run(draft, command.payment, payment)


def claim_payment(draft: Draft, command: commands.ClaimPayment) -> None:
    """Pay one holder what the run could not; at a redemption, against its units."""
    payment_id, account = command.payment, command.account
    payment = rules.known_payment(draft, payment_id)
    refuse_if(rules.holder_or_agent_has_signed(draft, payment.asset, account))
    entitlement = rules.waits_for_claim(draft, payment_id, payment, account)
    refuse_if(rules.claims_are_open(draft, payment))
    source = source_of(draft, payment)
    part = part_of(draft, payment, source, account, entitlement)
    refuse_if(part.blocked)
    if payment.hold is not None:
        release(draft, payment.hold)
    move(draft, legs_of(draft, payment, source, (part,)), MovePurpose.SERVICING)
    claimed = msgspec.structs.replace(entitlement, stage=EntitlementStage.CLAIMED, cause=None)
    ENTITLEMENTS.put(draft, payment_id + account, claimed)
    after = msgspec.structs.replace(
        payment, paid=payment.paid + part.amount, unclaimed=payment.unclaimed - part.amount
    )
    PAYMENTS.put(draft, payment_id, set_aside(draft, payment_id, after, source))
    draft.emit(paid_event(payment_id, payment, part))
    if payment.redeems:
        redeemed_if_none_is_left(draft, payment.asset)


def reclaim_unclaimed(draft: Draft, command: commands.ReclaimUnclaimed) -> None:
    """Free what is held for holders who did not claim in time."""
    payment = rules.known_payment(draft, command.payment)
    refuse_if(rules.agent_has_signed(draft, payment.asset))
    if payment.unclaimed == 0:
        raise Refused(ServicingRefusal.NOTHING_UNCLAIMED)
    if rules.claims_are_open(draft, payment) is None:
        until = payment.claims_until
        raise Refused(
            ServicingRefusal.CLAIMS_OPEN, claims_until=None if until is None else until.isoformat()
        )
    source = source_of(draft, payment)
    if payment.hold is not None:
        release(draft, payment.hold)
    amount = payment.unclaimed
    after = msgspec.structs.replace(payment, unclaimed=0, reclaimed=payment.reclaimed + amount)
    PAYMENTS.put(draft, command.payment, set_aside(draft, command.payment, after, source))
    draft.emit(events.UnclaimedReclaimed(command.payment, amount))


def _announced(
    draft: Draft,
    command: commands.AnnouncePayment,
    debt: DebtTerms,
    period: Period,
    money: bytes,
) -> Payment:
    """Work out the days of a payment, or refuse those that were named."""
    days, now = calendar(draft), today(draft)
    pays_on = rules.payment_date(days, now, period)
    redeems = period.end == debt.maturity
    record_date = command.record_date or rules.usual_record_date(debt, period, now, pays_on)
    refuse_if(rules.record_date_is_possible(record_date, now, period.start, pays_on))
    refuse_if(rules.claims_end_late_enough(command.claims_until, pays_on, redeems=redeems))
    return Payment(
        asset=command.asset,
        period=period.number,
        money=money,
        due_on=period.end,
        pays_on=pays_on,
        record_date=record_date,
        claims_until=command.claims_until,
        paying_account=command.paying_account,
        redeems=redeems,
        holidays_known=holidays_are_known(days, period.end, pays_on),
    )


def _announcement(payment_id: bytes, payment: Payment) -> events.PaymentAnnounced:
    return events.PaymentAnnounced(
        payment=payment_id,
        asset=payment.asset,
        period=payment.period,
        money=payment.money,
        due_on=payment.due_on,
        pays_on=payment.pays_on,
        record_date=payment.record_date,
        claims_until=payment.claims_until,
        redeems=payment.redeems,
        holidays_known=payment.holidays_known,
    )


def _fixes_at(reader: Reader, payment: Payment) -> int:
    """Give the moment at which the record date ends: the start of the next local day."""
    day = payment.record_date + datetime.timedelta(days=1)
    return start_of(day, calendar(reader).offset_minutes)


def _pays_at(reader: Reader, payment: Payment) -> int:
    """Give the moment at which the payment runs."""
    start = start_of(payment.pays_on, calendar(reader).offset_minutes)
    return start + PAYMENT_MINUTES * MICROS_PER_MINUTE
