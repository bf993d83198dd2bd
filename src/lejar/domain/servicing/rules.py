# SPDX-License-Identifier: Apache-2.0
"""What must hold of servicing's commands, each named as its sentence."""

import datetime

from lejar.domain.calendar import Calendar, following, today
from lejar.domain.identity import PARTIES, PartyStatus
from lejar.domain.instruments import DebtTerms, Instrument, Period, periods
from lejar.domain.money import money_legs
from lejar.domain.policy import Leg, MovePurpose, allowed, is_frozen, known_profile
from lejar.domain.policy import No as Policy
from lejar.domain.servicing.model import (
    AGENTS,
    ENTITLEMENTS,
    PAYMENTS,
    PERIODS,
    Entitlement,
    EntitlementStage,
    Payment,
    PaymentStage,
    period_key,
)
from lejar.domain.servicing.refusals import ServicingRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Account, Purpose, known_account
from lejar.ledger.balances import balance

ONE_DAY = datetime.timedelta(days=1)
AT_THE_PAYER = (Policy.SOURCE_SUSPENDED, Policy.SOURCE_FROZEN, Policy.ASSET_FROZEN)
_NO_PAYER = (Purpose.ISSUANCE, Purpose.ESCROW, Purpose.COURT)


def known_payment(reader: Reader, payment_id: bytes) -> Payment:
    """The payment exists."""
    found = PAYMENTS.get(reader, payment_id)
    if found is None:
        raise Refused(ServicingRefusal.PAYMENT_UNKNOWN, payment=payment_id)
    return found


def servicers(reader: Reader, asset: bytes) -> tuple[bytes, ...]:
    """Give who may act for an asset's issuer: the issuer, and the agent it appointed."""
    agent = AGENTS.get(reader, asset)
    issuer = known_profile(reader, asset).issuer
    return (issuer,) if agent is None else (issuer, agent.agent)


def agent_has_signed(draft: Draft, asset: bytes) -> Refused | None:
    """The issuer or its agent is among the signers."""
    if any(party in draft.signers for party in servicers(draft, asset)):
        return None
    return Refused(ServicingRefusal.NOT_THE_AGENT, asset=asset)


def holder_or_agent_has_signed(draft: Draft, asset: bytes, account: bytes) -> Refused | None:
    """The account's owner, the issuer or its agent is among the signers."""
    may = (known_account(draft, account).owner, *servicers(draft, asset))
    if any(party in draft.signers for party in may):
        return None
    return Refused(ServicingRefusal.NOT_THE_HOLDER, account=account)


def period_exists(terms: DebtTerms, number: int) -> Refused | None:
    """The terms have a period with this number."""
    last = len(periods(terms))
    if number <= last:
        return None
    return Refused(ServicingRefusal.PERIOD_UNKNOWN, last=last)


def period_is_next(
    reader: Reader, asset: bytes, instrument: Instrument, period: Period
) -> Refused | None:
    """The period is this hub's, not announced yet, and the one before it has been."""
    if period.end <= instrument.created_on:
        came = instrument.created_on.isoformat()
        return Refused(ServicingRefusal.PERIOD_BEFORE_HUB, ended=period.end.isoformat(), came=came)
    standing = PERIODS.get(reader, period_key(asset, period.number))
    if standing is not None:
        return Refused(ServicingRefusal.PERIOD_ANNOUNCED, payment=standing.payment)
    if period.number > 1 and period.start > instrument.created_on:
        before = PERIODS.get(reader, period_key(asset, period.number - 1))
        if before is None:
            return Refused(ServicingRefusal.PERIOD_OUT_OF_ORDER, period=period.number - 1)
    return None


def account_can_pay(reader: Reader, asset: bytes, account: bytes) -> Refused | None:
    """The account is the issuer's or its agent's, and of an ordinary purpose."""
    found = known_account(reader, account)
    if found.owner in servicers(reader, asset) and found.purpose not in _NO_PAYER:
        return None
    return Refused(ServicingRefusal.PAYING_ACCOUNT_UNFIT, account=account)


def payment_date(days: Calendar, now: datetime.date, period: Period) -> datetime.date:
    """Give the day on which a period is paid: its end, or the next business day.

    What is announced on that day or later is late: it is paid on the next business day from now.
    """
    day = following(days, period.end)
    return day if day > now else following(days, now + ONE_DAY)


def record_dates(
    now: datetime.date, start: datetime.date, pays_on: datetime.date
) -> tuple[datetime.date, datetime.date]:
    """Give the first and the last day that may be a record date."""
    return max(now, start), pays_on - ONE_DAY


def usual_record_date(
    terms: DebtTerms, period: Period, now: datetime.date, pays_on: datetime.date
) -> datetime.date:
    """Give the day before the period ends, earlier by the ex-days, moved to what is possible.

    Whoever buys for value on the day a period ends pays nothing accrued: the old period is the
    seller's.  Ex-days count as calendar days, because nobody has said otherwise.
    """
    first, last = record_dates(now, period.start, pays_on)
    return min(max(period.end - (1 + terms.ex_days) * ONE_DAY, first), last)


def record_date_is_possible(
    record_date: datetime.date,
    now: datetime.date,
    start: datetime.date,
    pays_on: datetime.date,
) -> Refused | None:
    """The record date lies from today to the day before payment, not before the period."""
    first, last = record_dates(now, start, pays_on)
    if first <= record_date <= last:
        return None
    return Refused(
        ServicingRefusal.RECORD_DATE_UNFIT, first=first.isoformat(), last=last.isoformat()
    )


def claims_end_late_enough(
    claims_until: datetime.date | None, pays_on: datetime.date, *, redeems: bool
) -> Refused | None:
    """Claims end after the payment date, and never where principal is paid."""
    if claims_until is None or (claims_until > pays_on and not redeems):
        return None
    return Refused(ServicingRefusal.CLAIMS_UNTIL_UNFIT, pays_on=pays_on.isoformat())


def record_date_is_ahead(draft: Draft, payment: Payment) -> Refused | None:
    """The record date has not come, so the announcement may change."""
    if payment.stage is PaymentStage.ANNOUNCED and today(draft) < payment.record_date:
        return None
    return Refused(
        ServicingRefusal.RECORD_DATE_REACHED, record_date=payment.record_date.isoformat()
    )


def claims_are_open(draft: Draft, payment: Payment) -> Refused | None:
    """The last day for claims has not passed."""
    until = payment.claims_until
    if until is None or today(draft) <= until:
        return None
    return Refused(ServicingRefusal.CLAIMS_EXPIRED, claims_until=until.isoformat())


def waits_for_claim(
    reader: Reader, payment_id: bytes, payment: Payment, account: bytes
) -> Entitlement:
    """The payment has run, and the account's part of it waits."""
    found = ENTITLEMENTS.get(reader, payment_id + account)
    if payment.stage in (PaymentStage.ANNOUNCED, PaymentStage.FIXED) or (
        found is not None and found.stage is EntitlementStage.DUE
    ):
        raise Refused(ServicingRefusal.NOT_PAYING_YET, stage=str(payment.stage))
    if found is None:
        raise Refused(ServicingRefusal.NOTHING_TO_CLAIM, account=account)
    if found.stage is EntitlementStage.CLAIMED:
        raise Refused(ServicingRefusal.CLAIMED_ALREADY, account=account)
    return found


def holder_is_free(reader: Reader, account: bytes, holder: Account) -> Refused | None:
    """The holder is neither suspended nor frozen, nor whom it holds for.

    The money leg ends at the holder's bank, so the door alone would not ask about the holder.
    """
    if PARTIES.require(reader, holder.owner).status is not PartyStatus.OPEN:
        return Refused(Policy.TARGET_SUSPENDED, party=holder.owner)
    if PARTIES.require(reader, holder.person).status is not PartyStatus.OPEN:
        return Refused(Policy.TARGET_SUSPENDED, account=account)
    if any(is_frozen(reader, subject) for subject in (holder.owner, holder.person, account)):
        return Refused(Policy.TARGET_FROZEN, account=account)
    return None


def units_are_free(reader: Reader, asset: bytes, account: bytes, units: int) -> Refused | None:
    """Nothing of the units that are to be redeemed is held."""
    if balance(reader, asset, account).free >= units:
        return None
    return Refused(ServicingRefusal.UNITS_HELD, account=account)


def target_may_be_paid(reader: Reader, leg: Leg) -> Refused | None:
    """The door lets the money in at the receiver, in the form in which it holds money.

    What is in the way at the payer, or of the money itself, stops the whole payment.
    """
    try:
        moving = what_moves(reader, leg)
    except Refused as refused:
        if refused.facts.get("account") == leg.source:
            raise
        return refused
    for moved in moving:
        answer = allowed(reader, moved, MovePurpose.SERVICING)
        if answer is None or answer.allows(moved.amount):
            continue
        if moved.source != leg.source or answer.reason not in AT_THE_PAYER:
            return Refused(answer.reason, asset=moved.asset, **dict(answer.facts))
    return None


def what_moves(reader: Reader, leg: Leg) -> tuple[Leg, ...]:
    """Give what moves for a leg of money: itself, unless a side holds a bank's deposit."""
    return money_legs(reader, leg) or (leg,)
