# SPDX-License-Identifier: Apache-2.0
"""Rules about when: lock-ups, moratoria, cooling-off, hours."""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from lejar.domain.calendar import business_days_before
from lejar.domain.policy.flows import Reach, Window, flowed, key_for, local_day, settled, take_back
from lejar.domain.policy.kinds.form import (
    Counter,
    Facts,
    Name,
    Names,
    Share,
    Spec,
    Test,
    beside,
    giver_alone,
    nobody,
)
from lejar.domain.policy.milestones import has_happened
from lejar.domain.policy.model import Movement
from lejar.domain.policy.rule_refusals import RuleRefusal as No
from lejar.kernel.envelope import Instant
from lejar.kernel.moment import EPOCH_ORDINAL, MICROS_PER_MINUTE, micros_into_day
from lejar.kernel.quantity import MILLION
from lejar.kernel.state import Reader, Writer
from lejar.ledger.balances import owned

Minute = Annotated[int, msgspec.Meta(ge=0, le=1440)]
BusinessDays = Annotated[int, msgspec.Meta(ge=1, le=250)]
"""At most a year: a node walks the calendar day by day."""
Weekday = Annotated[int, msgspec.Meta(ge=0, le=6)]
MONDAY_BEFORE_EPOCH = 3
"""1 January 1970 was a Thursday: day 0 is weekday 3, counted from Monday."""


class LockUp(Spec, frozen=True, tag="lock_up"):
    """Holders may not transfer before a moment, or before something has happened."""

    until: Instant | None = None
    milestone: Name | None = None


class Moratorium(Spec, frozen=True, tag="moratorium"):
    """A person disposes of at most such a share of what it held, until something has happened.

    What it held is what it has, and what it has disposed of since the rule began to count.
    """

    share: Share | None
    milestone: Name
    """The asset's, such as `project_completed`."""
    since: Name | None = None
    """The asset's milestone with which it begins, such as `tokens_issued`; none: from the start."""


class CoolingOff(Spec, frozen=True, tag="cooling_off"):
    """What was bought in an offer is not passed on for so many business days.

    The day of the purchase is not counted, and each of the days is over before it ends.
    """

    business_days: BusinessDays | None


class Hours(Spec, frozen=True, tag="transfer_window"):
    """Transfers happen on these weekdays between these local minutes."""

    weekdays: Annotated[tuple[Weekday, ...], msgspec.Meta(min_length=1, max_length=7)]
    spans: Annotated[tuple[tuple[Minute, Minute], ...], msgspec.Meta(min_length=1, max_length=16)]
    """From and before, in minutes of the local day."""


def lock_up(spec: LockUp, _names: Names) -> Test:
    """Bind holders; the issuer still offers, and takes back."""

    def is_locked(reader: Reader, leg: Movement) -> bool:
        if spec.milestone is not None and not has_happened(reader, leg.asset, spec.milestone):
            return True
        return spec.until is not None and reader.at < spec.until

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        if leg.is_primary or leg.receiver.person == leg.profile.issuer:
            return None
        return 0 if is_locked(reader, leg) else None

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("milestone", spec.milestone), ("until", spec.until))

    return Test(No.LOCKED_BY_RULE, room, facts, nobody)


def moratorium(spec: Moratorium, _names: Names, rule_id: str) -> Test:
    """Bind a giver who held from the start."""

    def keys(leg: Movement) -> tuple[bytes, ...]:
        return () if leg.is_primary else (key_for(rule_id, leg.giver.person, leg.asset),)

    def is_running(reader: Reader, asset: bytes) -> bool:
        begun = spec.since is None or has_happened(reader, asset, spec.since)
        return begun and not has_happened(reader, asset, spec.milestone)

    def room(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
        if spec.share is None or leg.stays or leg.is_primary or not leg.giver.person:
            return None
        if not is_running(reader, leg.asset):
            return None
        key = keys(leg)[0]
        gone, going = settled(reader, key, 0), flowed(reader, key, 0)[0]
        had = owned(reader, leg.asset, leg.giver.person).total + gone
        return max(had * spec.share // MILLION - going - beside(counter, leg, legs)[0], 0)

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("milestone", spec.milestone), ("share_millionths", spec.share))

    counter = Counter(keys, _amount, Window(Reach.EVER))
    return Test(No.MORATORIUM, room, facts, giver_alone, counter=counter)


def cooling_off(spec: CoolingOff, names: Names, rule_id: str) -> Test:
    """Keep back what was bought within the days before."""

    def keys(leg: Movement) -> tuple[bytes, ...]:
        return (key_for(rule_id, leg.receiver.person, leg.asset),) if leg.is_primary else ()

    def room(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
        if spec.business_days is None or leg.stays or leg.is_primary or not leg.giver.person:
            return None
        if leg.receiver.person == leg.profile.issuer:
            return None  # a purchase is withdrawn by giving it back
        giver = leg.giver.person
        today = local_day(reader.at, names.offset_minutes)
        since = business_days_before(reader, today + EPOCH_ORDINAL, spec.business_days)
        key = key_for(rule_id, giver, leg.asset)
        fresh = settled(reader, key, since - EPOCH_ORDINAL)
        if not fresh:
            return None
        other = sum(o.amount for o in legs if o is not leg and _is_alike(o, leg))
        return max(owned(reader, leg.asset, giver).total - fresh - other, 0)

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("business_days", spec.business_days),)

    def after(draft: Writer, leg: Movement) -> None:
        if leg.receiver.person == leg.profile.issuer and not leg.stays:
            take_back(draft, key_for(rule_id, leg.giver.person, leg.asset), leg.amount)

    kept = Window(Reach.DAYS, 60 + 3 * (spec.business_days or 0))
    counter = Counter(keys, _amount, kept, names.offset_minutes)
    return Test(No.COOLING_OFF, room, facts, giver_alone, counter=counter, after=after)


def hours(spec: Hours, names: Names) -> Test:
    """Ask the local clock of the block's moment."""

    def room(reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> int | None:
        weekday = (local_day(reader.at, names.offset_minutes) + MONDAY_BEFORE_EPOCH) % 7
        minute = micros_into_day(reader.at, names.offset_minutes) // MICROS_PER_MINUTE
        if weekday in spec.weekdays and any(start <= minute < end for start, end in spec.spans):
            return None
        return 0

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        spans = ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in spec.spans)
        return (("hours", spans), ("weekdays", " ".join(_DAYS[day] for day in spec.weekdays)))

    return Test(No.OUTSIDE_HOURS, room, facts, nobody)


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _is_alike(one: Movement, other: Movement) -> bool:
    """Say whether the same person gives the same asset in both."""
    return one.asset == other.asset and one.giver.person == other.giver.person


def _amount(leg: Movement) -> int:
    return leg.amount
