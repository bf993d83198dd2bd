# SPDX-License-Identifier: Apache-2.0
"""What must hold of an instruction, each named as its sentence."""

import datetime

from lejar.domain.calendar import calendar, following, is_business_day, is_past_cut_off, today
from lejar.domain.policy import AssetKind, known_profile
from lejar.domain.settlement.commands import Instruct
from lejar.domain.settlement.model import PENDING_DAYS_MAX, InstructionLeg
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import known_account

_HORIZON = datetime.timedelta(days=PENDING_DAYS_MAX)


def legs_go_between_accounts(_draft: Draft, command: Instruct) -> Refused | None:
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


def legs_deliver_versus_payment(draft: Draft, command: Instruct) -> Refused | None:
    """One leg is a security, the other money, in opposite directions between two parties."""
    first, second = command.legs
    kinds = (known_profile(draft, first.asset).kind, known_profile(draft, second.asset).kind)
    one = _owners(draft, first)
    other = _owners(draft, second)
    if (
        AssetKind.MONEY in kinds
        and AssetKind.SECURITY in kinds
        and one == (other[1], other[0])
        and one[0] != one[1]
    ):
        return None
    return Refused(SettlementRefusal.NOT_DELIVERY_VERSUS_PAYMENT)


def _owners(reader: Reader, leg: InstructionLeg) -> tuple[bytes, bytes]:
    source = known_account(reader, leg.source)
    target = known_account(reader, leg.target)
    return source.owner, target.owner


def value_date_can_be_met(draft: Draft, command: Instruct) -> Refused | None:
    """The value date is a business day from today on, and today's cut-off has not passed."""
    now = today(draft)
    day = command.value_date or now
    days = calendar(draft)
    if day < now:
        return Refused(SettlementRefusal.VALUE_DATE_PAST, today=now.isoformat())
    if day > now + _HORIZON:
        return Refused(
            SettlementRefusal.VALUE_DATE_TOO_FAR, latest=(now + _HORIZON).isoformat()
        )
    if not is_business_day(days, day):
        good = following(days, day).isoformat()
        return Refused(SettlementRefusal.VALUE_DATE_NOT_BUSINESS, business_day=good)
    if day == now and is_past_cut_off(draft):
        return Refused(SettlementRefusal.CUT_OFF_PASSED, today=now.isoformat())
    return None


INSTRUCT = (
    legs_go_between_accounts,
    legs_deliver_versus_payment,
    value_date_can_be_met,
)
