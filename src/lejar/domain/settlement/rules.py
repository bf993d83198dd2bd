# SPDX-License-Identifier: Apache-2.0
"""What must hold of an instruction, each named as its sentence."""

import datetime
from collections.abc import Sequence

from lejar.domain.calendar import calendar, following, is_business_day, is_past_cut_off
from lejar.domain.policy import Movement
from lejar.domain.settlement.commands import Instruct
from lejar.domain.settlement.model import PENDING_DAYS_MAX
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.ledger.accounts import Purpose

_ISSUANCE = Purpose.ISSUANCE
_HORIZON = datetime.timedelta(days=PENDING_DAYS_MAX)


def legs_go_between_accounts(command: Instruct) -> Refused | None:
    """No leg goes to its own account, and no two legs are one."""
    first, second = command.legs
    if first.source == first.target or second.source == second.target:
        return Refused(SettlementRefusal.LEG_TO_ITSELF)
    if (
        first.asset == second.asset
        and first.source == second.source
        and first.target == second.target
    ):
        return Refused(SettlementRefusal.LEG_REPEATED)
    return None


def legs_deliver_versus_payment(legs: Sequence[Movement]) -> Refused | None:
    """One leg is a security, the other money, in opposite directions between two parties."""
    first, second = legs
    one, other = first.giver.owner, first.receiver.owner
    if (
        first.profile.kind is not second.profile.kind
        and one != other
        and second.giver.owner == other
        and second.receiver.owner == one
    ):
        return None
    return Refused(SettlementRefusal.NOT_DELIVERY_VERSUS_PAYMENT)


def legs_leave_issuance_alone(legs: Sequence[Movement]) -> Refused | None:
    """Nothing comes into being, or ends, by an exchange: that is the issuer's own command."""
    for leg in legs:
        if leg.giver.purpose is _ISSUANCE or leg.receiver.purpose is _ISSUANCE:
            return Refused(SettlementRefusal.ISSUANCE_ACCOUNT)
    return None


def value_date_can_be_met(draft: Draft, day: datetime.date, now: datetime.date) -> Refused | None:
    """The value date is a business day from today on, and today's cut-off has not passed."""
    days = calendar(draft)
    if day is not now:
        if day < now:
            return Refused(SettlementRefusal.VALUE_DATE_PAST, today=now.isoformat())
        latest = now + _HORIZON
        if day > latest:
            return Refused(SettlementRefusal.VALUE_DATE_TOO_FAR, latest=latest.isoformat())
    if not is_business_day(days, day):
        good = following(days, day).isoformat()
        return Refused(SettlementRefusal.VALUE_DATE_NOT_BUSINESS, business_day=good)
    if day == now and is_past_cut_off(draft):
        return Refused(SettlementRefusal.CUT_OFF_PASSED, today=now.isoformat())
    return None
