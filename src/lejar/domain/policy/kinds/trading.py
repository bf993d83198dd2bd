# SPDX-License-Identifier: Apache-2.0
"""Rules about the movement itself: its size, what pays for it, what it may be spent on."""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from lejar.domain.policy import persons
from lejar.domain.policy.approvals import approved, use
from lejar.domain.policy.kinds.form import (
    Count,
    Facts,
    Money,
    Name,
    Names,
    Patterns,
    Spec,
    Test,
    Units,
    Words,
    nobody,
    receiver_alone,
    units_for,
)
from lejar.domain.policy.market_switches import is_on
from lejar.domain.policy.model import Movement
from lejar.domain.policy.rule_refusals import RuleRefusal as No
from lejar.kernel.codec import Record
from lejar.kernel.envelope import Instant
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.state import Reader, Writer

MILLIONTHS_PER_SEN = 10_000


class Ticket(Spec, frozen=True, tag="ticket"):
    """A movement is not smaller, not larger, and in whole lots."""

    units_min: Units | None = None
    units_max: Units | None = None
    money_min: Money | None = None
    money_max: Money | None = None
    lot: Count | None = None


class Band(Record, frozen=True):
    """Prices from a bound on, and the step between them, in millionths of the currency."""

    price_from: Units
    step: Count


class PriceTick(Spec, frozen=True, tag="price_tick"):
    """A price is a whole number of steps; the step grows with the price."""

    bands: Annotated[tuple[Band, ...], msgspec.Meta(min_length=1, max_length=16)]


class SettlementAsset(Spec, frozen=True, tag="settlement_asset"):
    """What is paid is one of these, by the pack's names of currencies."""

    any: Words


class PurposeBound(Spec, frozen=True, tag="purpose_bound"):
    """The asset goes only to persons with one of these credentials, and only until a moment.

    It may always go back to its issuer.
    """

    any: Patterns
    until: Instant | None = None


class Approval(Spec, frozen=True, tag="officer_approval"):
    """Above an amount a movement to a person needs an officer's approval, for so much, in time."""

    above_units: Units | None = None
    above_money: Money | None = None


class Switch(Spec, frozen=True, tag="switch"):
    """A switch of the whole market is on; one that nobody set is off."""

    name: Name


def ticket(spec: Ticket, _names: Names) -> Test:
    """Judge size and multiples."""
    units_max = AMOUNT_MAX if spec.units_max is None else spec.units_max
    lot = spec.lot or 1

    def at_least(leg: Movement) -> int:
        least = max(spec.units_min or 1, lot)
        if spec.money_min and leg.paid:
            least = max(least, -(-spec.money_min * leg.amount // leg.paid))
        return least

    def room(_reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        most = units_max
        if spec.money_max is not None and leg.paid:
            most = min(most, spec.money_max * leg.amount // leg.paid)
        return None if most == AMOUNT_MAX else most // lot * lot

    def facts(_reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("at_least", at_least(leg)), ("multiple_of", lot))

    return Test(No.TICKET_UNFIT, room, facts, nobody, at_least=at_least, multiple_of=lot)


def price_tick(spec: PriceTick, _names: Names) -> Test:
    """Judge the price of one unit; what is not sold has none."""

    def step(price: int) -> int:
        found = spec.bands[0].step
        for band in spec.bands:
            if price >= band.price_from:
                found = band.step
        return found

    def room(_reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        if not leg.paid:
            return None
        price, rest = divmod(leg.paid * MILLIONTHS_PER_SEN, leg.amount)
        return 0 if rest or price % step(price) else None

    def facts(_reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Facts:
        price = leg.paid * MILLIONTHS_PER_SEN // leg.amount
        return (("price_millionths", price), ("step_millionths", step(price)))

    return Test(No.PRICE_STEP, room, facts, nobody)


def settlement_asset(spec: SettlementAsset, names: Names) -> Test:
    """Ask what is paid."""
    allowed = tuple(one for one in map(names.__getitem__, spec.any) if one is not None)

    def room(_reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        return None if not leg.currency or leg.currency in allowed else 0

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("allowed_assets", ", ".join(spec.any)),)

    return Test(No.SETTLEMENT_ASSET_UNFIT, room, facts, nobody)


def purpose_bound(spec: PurposeBound, _names: Names) -> Test:
    """Ask whom it goes to, and when."""

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        if leg.receiver.person == leg.profile.issuer or leg.is_primary:
            return None
        if spec.until is not None and reader.at >= spec.until:
            return 0
        person = leg.receiver.person
        fit = any(persons.holds(reader, person, one, None) for one in spec.any)
        return None if fit else 0

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("credential", ", ".join(spec.any)), ("until", spec.until))

    return Test(No.PURPOSE_BOUND, room, facts, nobody)


def approval(spec: Approval, _names: Names) -> Test:
    """Allow up to the amount that needs none, or up to what an officer approved."""

    def free(leg: Movement) -> int | None:
        limits = [] if spec.above_units is None else [spec.above_units]
        if spec.above_money is not None:
            bought = units_for(leg, spec.above_money)
            limits += [] if bought is None else [bought]
        return min(limits, default=None)

    def uses(leg: Movement) -> int:
        """Give how much a movement takes off an approval: what needs none uses none."""
        limit = free(leg)
        return 0 if limit is None or leg.amount <= limit else leg.amount

    def room(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
        limit, person = free(leg), leg.receiver.person
        if limit is None:
            return None
        others = [o for o in legs if o is not leg and o.asset == leg.asset]
        used = sum(uses(other) for other in others if other.receiver.person == person)
        return max(limit, approved(reader, person, leg.asset) - used)

    def facts(_reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("without_approval", free(leg)),)

    def after(draft: Writer, leg: Movement) -> None:
        if uses(leg):
            use(draft, leg.receiver.person, leg.asset, leg.amount)

    return Test(No.APPROVAL_MISSING, room, facts, receiver_alone, after=after)


def switch(spec: Switch, _names: Names) -> Test:
    """Ask whether it is on."""

    def room(reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> int | None:
        return None if is_on(reader, spec.name) else 0

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("switch", spec.name),)

    return Test(No.SWITCHED_OFF, room, facts, nobody)
