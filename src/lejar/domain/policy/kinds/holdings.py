# SPDX-License-Identifier: Apache-2.0
"""Rules about how much is held, by one person or by many."""

from collections.abc import Sequence

from lejar.domain.policy import persons
from lejar.domain.policy.figures import figure
from lejar.domain.policy.flows import Reach, Window, flowed, key_for
from lejar.domain.policy.kinds.form import (
    Count,
    Counter,
    Country,
    Facts,
    Name,
    Names,
    Share,
    Spec,
    Test,
    Units,
    beside,
    gains,
    nobody,
    receiver_alone,
    units_for,
)
from lejar.domain.policy.model import Movement
from lejar.domain.policy.rule_refusals import RuleRefusal as No
from lejar.domain.policy.tallies import EVERYWHERE, tally
from lejar.kernel.quantity import MILLION
from lejar.kernel.state import Reader
from lejar.ledger.balances import owned, supply


class HoldingCap(Spec, frozen=True, tag="holding_cap"):
    """One person owns at most so many units, or such a share of all that exist."""

    units: Units | None = None
    share: Share | None = None


class HolderCap(Spec, frozen=True, tag="holder_cap"):
    """At most so many persons hold the asset, everywhere or in one country."""

    holders: Count | None
    country: Country | None = None


class ForeignCap(Spec, frozen=True, tag="foreign_cap"):
    """Persons from elsewhere, or from nobody knows where, own at most such a share in all."""

    home: Country
    share: Share | None


class SupplyCap(Spec, frozen=True, tag="supply_cap"):
    """At most so many units exist."""

    units: Units | None


class Concentration(Spec, frozen=True, tag="concentration"):
    """A person has put at most such a share of a recorded figure into one issuer."""

    share: Share | None
    figure: Name
    """Such as `net_assets`, in the currency's smallest units."""


COUNTS_HOLDERS = (HolderCap, ForeignCap)
"""Kinds that need to know who holds an asset, of how many and from where."""


def holding_cap(spec: HoldingCap, _names: Names) -> Test:
    """Count a person over all accounts, with what is on its way in."""

    def cap(reader: Reader, leg: Movement) -> int | None:
        caps = [] if spec.units is None else [spec.units]
        if spec.share is not None:
            caps.append(_supply(reader, leg) * spec.share // MILLION)
        return min(caps, default=None)

    def room(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
        person, most = leg.receiver.person, cap(reader, leg)
        if most is None or person == leg.profile.issuer:
            return None
        net_in = gains(person, leg.asset, legs)
        if net_in <= 0:
            return None
        has = owned(reader, leg.asset, person)
        return max(most - has.total - has.pending_in - (net_in - leg.amount), 0)

    def facts(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("cap", cap(reader, leg)),)

    return Test(No.OWNERSHIP_CAP, room, facts, receiver_alone)


def holder_cap(spec: HolderCap, _names: Names) -> Test:
    """Count persons, not accounts; somebody who holds already is counted already.

    A giver who leaves counts until it has left: what is asked for never widens its own limit.
    """

    def is_new(reader: Reader, leg: Movement) -> bool:
        person = leg.receiver.person
        if person == leg.profile.issuer or owned(reader, leg.asset, person).total > 0:
            return False
        return spec.country is None or persons.country(reader, person) == spec.country

    def room(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
        if spec.holders is None or not is_new(reader, leg):
            return None
        new = [o.receiver.person for o in legs if o.asset == leg.asset and is_new(reader, o)]
        holders = tally(reader, leg.asset, spec.country or EVERYWHERE).holders
        return None if holders + len(dict.fromkeys(new)) <= spec.holders else 0

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("country", spec.country), ("holders_max", spec.holders))

    return Test(No.HOLDERS_TOO_MANY, room, facts, nobody)


def foreign_cap(spec: ForeignCap, _names: Names) -> Test:
    """Count what persons from elsewhere own in all; an unknown country is elsewhere."""

    def is_foreign(reader: Reader, person: bytes) -> bool:
        return persons.country(reader, person) != spec.home

    def goes_abroad(reader: Reader, leg: Movement) -> bool:
        """Say whether a foreigner gets what no foreigner gives."""
        giver, receiver, issuer = leg.giver.person, leg.receiver.person, leg.profile.issuer
        if receiver == issuer or not is_foreign(reader, receiver):
            return False
        return not giver or giver == issuer or not is_foreign(reader, giver)

    def room(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
        if spec.share is None or not goes_abroad(reader, leg):
            return None
        everywhere = tally(reader, leg.asset, EVERYWHERE).units
        foreign = everywhere - tally(reader, leg.asset, spec.home).units
        for other in legs:
            if other is not leg and other.asset == leg.asset and goes_abroad(reader, other):
                foreign += other.amount
        return max(_supply(reader, leg) * spec.share // MILLION - foreign, 0)

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("home", spec.home), ("share_millionths", spec.share))

    return Test(No.FOREIGN_OWNERSHIP, room, facts, nobody)


def supply_cap(spec: SupplyCap, _names: Names) -> Test:
    """Count what exists."""

    def room(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
        if spec.units is None or leg.source != leg.profile.issuance_account:
            return None
        other = sum(o.amount for o in legs if o is not leg and o.source == leg.source)
        return max(spec.units - _supply(reader, leg) - other, 0)

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("units_max", spec.units),)

    return Test(No.SUPPLY_CAP, room, facts, nobody)


def concentration(spec: Concentration, _names: Names, rule_id: str) -> Test:
    """Count what a person has paid for one issuer's assets; an unrecorded figure allows nothing."""

    def keys(leg: Movement) -> tuple[bytes, ...]:
        return (key_for(rule_id, leg.receiver.person, leg.profile.issuer),)

    def room(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
        if spec.share is None or not leg.paid:
            return None
        if leg.stays or leg.receiver.person == leg.profile.issuer:
            return None
        known = figure(reader, leg.receiver.person, spec.figure)
        if known is None:
            return 0
        spent, _ = flowed(reader, keys(leg)[0], 0)
        other = beside(counter, leg, legs)[0]
        return units_for(leg, known * spec.share // MILLION - spent - other)

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("figure", spec.figure), ("share_millionths", spec.share))

    counter = Counter(keys, _paid, Window(Reach.EVER))
    return Test(No.CONCENTRATION, room, facts, receiver_alone, counter=counter)


def _paid(leg: Movement) -> int:
    return leg.paid


def _supply(reader: Reader, leg: Movement) -> int:
    """Give what exists before the movement: what is asked for must not widen its own limit."""
    return supply(reader, leg.asset, leg.profile.issuance_account)
