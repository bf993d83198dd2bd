# SPDX-License-Identifier: Apache-2.0
"""What must hold of an instruction, each named as its sentence."""

import datetime
from collections.abc import Sequence

from lejar.domain.calendar import calendar, following, is_business_day, is_past_cut_off
from lejar.domain.identity import PARTIES, Power, has_power
from lejar.domain.identity import No as Identity
from lejar.domain.money import No as Money
from lejar.domain.policy import AssetKind, Movement
from lejar.domain.settlement.model import (
    FOLLOWERS_MAX,
    INSTRUCTIONS,
    LEGS_MAX,
    PENDING_DAYS_MAX,
    InstructionLeg,
    OffLedgerLeg,
    Terms,
)
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.domain.settlement.venues import VENUES
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Purpose

_ISSUANCE = Purpose.ISSUANCE
_SECURITY = AssetKind.SECURITY
_HORIZON = datetime.timedelta(days=PENDING_DAYS_MAX)


def legs_go_between_accounts(legs: Sequence[InstructionLeg]) -> Refused | None:
    """No leg goes to its own account or moves nothing, and no two legs are one."""
    if len(legs) > LEGS_MAX:
        return Refused(SettlementRefusal.LEGS_TOO_MANY, most=LEGS_MAX)
    seen: dict[tuple[bytes, bytes, bytes], None] = {}
    for at, leg in enumerate(legs):
        if not leg.amount:
            return Refused(SettlementRefusal.AMOUNT_ZERO, leg=at + 1)
        if leg.source == leg.target:
            return Refused(SettlementRefusal.LEG_TO_ITSELF)
        seen[leg.asset, leg.source, leg.target] = None
    if len(seen) < len(legs):
        return Refused(SettlementRefusal.LEG_REPEATED)
    return None


def securities_are_paid_for(reader: Reader, legs: Sequence[Movement]) -> Refused | None:
    """Whoever delivers a security is given something for it, or may deliver free of payment.

    Paid is what a money leg pays for, or anything that comes back from another owner.
    """
    gains: dict[bytes, None] = {
        leg.receiver.owner: None for leg in legs if leg.receiver.owner != leg.giver.owner
    }
    for at, leg in enumerate(legs):
        free = leg.profile.kind is _SECURITY and not leg.paid
        if free and (leg.giver.owner == leg.receiver.owner or leg.giver.owner not in gains):
            sides = (leg.giver.owner, leg.receiver.owner)
            if not any(has_power(reader, side, Power.FREE_OF_PAYMENT) for side in sides):
                return Refused(SettlementRefusal.FREE_OF_PAYMENT, leg=at + 1)
    return None


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


def venue_admits_assets(
    reader: Reader, terms: Terms, legs: Sequence[InstructionLeg]
) -> Refused | None:
    """Where a venue is named, it is admitted for every security and currency of the legs."""
    if terms.venue is None:
        return None
    venue = VENUES.get(reader, terms.venue)
    if venue is None:
        return Refused(SettlementRefusal.VENUE_UNKNOWN, venue=terms.venue)
    for leg in legs:
        if leg.asset not in venue.assets:
            return Refused(SettlementRefusal.VENUE_UNFIT, asset=leg.asset)
    return None


def terms_fit_the_legs(terms: Terms, legs: Sequence[Movement]) -> Refused | None:
    """Parts are settled of one delivery against one payment, or of one payment."""
    if terms.partial_from is None:
        return None
    securities = [leg for leg in legs if leg.profile.kind is _SECURITY]
    money = len(legs) - len(securities)
    fit = money == 1 and len(securities) <= 1
    whole = (securities or legs)[0].amount
    return None if fit and terms.partial_from <= whole else Refused(SettlementRefusal.PARTIAL_UNFIT)


def promises_are_between_sides(
    reader: Reader, promises: Sequence[OffLedgerLeg], sides: Sequence[bytes]
) -> Refused | None:
    """What is promised outside is between two sides, and attested by a registered agent."""
    for at, promise in enumerate(promises):
        ends = (promise.giver, promise.receiver)
        known = PARTIES.get(reader, promise.agent) is not None
        if promise.giver == promise.receiver or not known or any(e not in sides for e in ends):
            return Refused(SettlementRefusal.PROMISE_UNFIT, promise=at + 1)
    return None


def leg_is_money(leg: Movement) -> Refused | None:
    """A payment moves money."""
    if leg.profile.kind is AssetKind.MONEY:
        return None
    return Refused(Money.NOT_MONEY, asset=leg.asset)


def mediator_stands_between(
    reader: Reader, terms: Terms, legs: Sequence[Movement]
) -> Refused | None:
    """Whoever mediates is a registered party, and none of the sides."""
    if terms.mediator is None:
        return None
    if PARTIES.get(reader, terms.mediator) is None:
        return Refused(Identity.PARTY_UNKNOWN, party=terms.mediator)
    if any(terms.mediator in (leg.giver.owner, leg.receiver.owner) for leg in legs):
        return Refused(SettlementRefusal.MEDIATOR_UNFIT)
    return None


def links_are_ones_own(reader: Reader, terms: Terms, affirmed: Sequence[bytes]) -> Refused | None:
    """What is to settle before is open, and one of the signers is a party to it.

    Otherwise a stranger could hang itself onto others' instructions and learn when they settle.
    """
    for earlier in terms.after:
        found = INSTRUCTIONS.get(reader, earlier)
        if found is None or not any(party in found.parties for party in affirmed):
            return Refused(SettlementRefusal.LINK_UNKNOWN, instruction=earlier)
        if len(found.followers) >= FOLLOWERS_MAX:
            return Refused(SettlementRefusal.LINKS_TOO_MANY, most=FOLLOWERS_MAX)
    return None
