# SPDX-License-Identifier: Apache-2.0
"""Rules that look back: what a person has invested, sent or raised within a window."""

import enum
from collections.abc import Sequence

from lejar.domain.policy.figures import figure
from lejar.domain.policy.flows import Window, first_day, flowed, key_for, local_day
from lejar.domain.policy.kinds.form import (
    Count,
    Counter,
    Facts,
    Money,
    Name,
    Names,
    Side,
    Spec,
    Test,
    Units,
    beside,
    giver_alone,
    receiver_alone,
    units_for,
)
from lejar.domain.policy.model import Movement
from lejar.domain.policy.rule_refusals import RuleRefusal as No
from lejar.kernel.state import Reader


class Per(enum.StrEnum):
    """What a limit is counted for."""

    ISSUER = "issuer"
    ASSET = "asset"
    TOTAL = "total"
    EVERYONE = "everyone"
    """All persons together."""


class InvestmentCap(Spec, frozen=True, tag="investment_cap"):
    """A person pays at most so much within a window, for one issuer, one asset or in all."""

    per: Per
    window: Window
    limit: Money | None


class Velocity(Spec, frozen=True, tag="velocity"):
    """A person gives or receives at most so much, so often, within a window."""

    side: Side
    window: Window
    units: Units | None = None
    times: Count | None = None


class FundRaising(Spec, frozen=True, tag="fund_raising"):
    """An issuer raises at most so much within a window, and at most n times a recorded figure."""

    window: Window
    limit: Money | None
    times: Count | None = None
    figure: Name | None = None


def _since(window: Window, names: Names, at: int) -> int:
    return first_day(window, local_day(at, names.offset_minutes))


def investment_cap(spec: InvestmentCap, names: Names, rule_id: str) -> Test:
    """Count what a person pays, and what is agreed and on its way."""

    def keys(leg: Movement) -> tuple[bytes, ...]:
        person = leg.receiver.person
        if spec.per is Per.ISSUER:
            return (key_for(rule_id, person, leg.profile.issuer),)
        if spec.per is Per.ASSET:
            return (key_for(rule_id, person, leg.asset),)
        if spec.per is Per.EVERYONE:
            return (key_for(rule_id),)
        return (key_for(rule_id, person),)

    def room(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
        if spec.limit is None or leg.stays or leg.receiver.person == leg.profile.issuer:
            return None
        spent, _ = flowed(reader, keys(leg)[0], _since(spec.window, names, reader.at))
        return units_for(leg, spec.limit - spent - beside(counter, leg, legs)[0])

    def facts(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Facts:
        spent, _ = flowed(reader, keys(leg)[0], _since(spec.window, names, reader.at))
        return (("limit", spec.limit), ("per", str(spec.per)), ("spent", spent))

    counter = Counter(keys, _paid, spec.window, names.offset_minutes)
    return Test(No.INVESTMENT_CAP, room, facts, receiver_alone, counter=counter)


def velocity(spec: Velocity, names: Names, rule_id: str) -> Test:
    """Count what goes through a person's hands, by amount and by number."""
    gives = spec.side is Side.GIVER

    def person(leg: Movement) -> bytes:
        return leg.giver.person if gives else leg.receiver.person

    def keys(leg: Movement) -> tuple[bytes, ...]:
        return (key_for(rule_id, person(leg), leg.asset),)

    def room(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
        if leg.stays or person(leg) == leg.profile.issuer:
            return None
        moved, often = flowed(reader, keys(leg)[0], _since(spec.window, names, reader.at))
        more, more_often = beside(counter, leg, legs)
        if spec.times is not None and often + more_often >= spec.times:
            return 0
        return None if spec.units is None else max(spec.units - moved - more, 0)

    def facts(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Facts:
        moved, often = flowed(reader, keys(leg)[0], _since(spec.window, names, reader.at))
        return (
            ("moved", moved),
            ("often", often),
            ("times_max", spec.times),
            ("units_max", spec.units),
        )

    subjects = giver_alone if gives else receiver_alone
    counter = Counter(keys, _amount, spec.window, names.offset_minutes, in_scope_only=gives)
    return Test(No.VELOCITY, room, facts, subjects, counter=counter)


def fund_raising(spec: FundRaising, names: Names, rule_id: str) -> Test:
    """Count what an issuer is paid for its own assets when it offers them."""

    def keys(leg: Movement) -> tuple[bytes, ...]:
        return (key_for(rule_id, leg.profile.issuer),) if leg.is_primary else ()

    def most(reader: Reader, leg: Movement) -> int | None:
        limits = [] if spec.limit is None else [spec.limit]
        if spec.figure is not None and spec.times is not None:
            limits.append((figure(reader, leg.profile.issuer, spec.figure) or 0) * spec.times)
        return min(limits, default=None)

    def room(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
        limit = most(reader, leg)
        if limit is None or leg.stays or not leg.is_primary:
            return None
        raised, _ = flowed(reader, keys(leg)[0], _since(spec.window, names, reader.at))
        return units_for(leg, limit - raised - beside(counter, leg, legs)[0])

    def facts(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Facts:
        raised, _ = flowed(reader, keys(leg)[0], _since(spec.window, names, reader.at))
        return (("figure", spec.figure), ("limit", most(reader, leg)), ("raised", raised))

    counter = Counter(keys, _paid, spec.window, names.offset_minutes)
    return Test(No.FUND_RAISING, room, facts, giver_alone, counter=counter)


def _paid(leg: Movement) -> int:
    return leg.paid


def _amount(leg: Movement) -> int:
    return leg.amount
