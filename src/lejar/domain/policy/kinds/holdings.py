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

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        person = leg.receiver.person
        if spec.holders is None or person == leg.profile.issuer:
            return None
        if owned(reader, leg.asset, person).total > 0:
            return None
        where = spec.country or EVERYWHERE
        if spec.country is not None and persons.country(reader, person) != spec.country:
            return None
        holders = tally(reader, leg.asset, where).holders
        return None if holders < spec.holders else 0

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("country", spec.country), ("holders_max", spec.holders))

    return Test(No.HOLDERS_TOO_MANY, room, facts, nobody, needs_tallies=True)


def foreign_cap(spec: ForeignCap, _names: Names) -> Test:
    """Count what persons from elsewhere own in all; an unknown country is elsewhere."""

    def is_foreign(reader: Reader, person: bytes) -> bool:
        return persons.country(reader, person) != spec.home

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        person = leg.receiver.person
        if spec.share is None or person == leg.profile.issuer or not is_foreign(reader, person):
            return None
        giver = leg.giver.person
        if giver and giver != leg.profile.issuer and is_foreign(reader, giver):
            return None  # it goes from one foreigner to another
        everywhere = tally(reader, leg.asset, EVERYWHERE).units
        foreign = everywhere - tally(reader, leg.asset, spec.home).units
        return max(_supply(reader, leg) * spec.share // MILLION - foreign, 0)

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("home", spec.home), ("share_millionths", spec.share))

    return Test(No.FOREIGN_OWNERSHIP, room, facts, nobody, needs_tallies=True)


def supply_cap(spec: SupplyCap, _names: Names) -> Test:
    """Count what exists."""

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        if spec.units is None or leg.source != leg.profile.issuance_account:
            return None
        return max(spec.units - supply(reader, leg.asset, leg.profile.issuance_account), 0)

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("units_max", spec.units),)

    return Test(No.SUPPLY_CAP, room, facts, nobody)


def concentration(spec: Concentration, _names: Names, rule_id: str) -> Test:
    """Count what a person has paid for one issuer's assets; an unrecorded figure allows nothing."""

    def keys(leg: Movement) -> tuple[bytes, ...]:
        return (key_for(rule_id, leg.receiver.person, leg.profile.issuer),)

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        if spec.share is None:
            return None
        known = figure(reader, leg.receiver.person, spec.figure)
        if known is None:
            return 0
        spent, _ = flowed(reader, keys(leg)[0], 0)
        return units_for(leg, known * spec.share // MILLION - spent)

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("figure", spec.figure), ("share_millionths", spec.share))

    counter = Counter(keys, _paid, Window(Reach.EVER))
    return Test(No.CONCENTRATION, room, facts, receiver_alone, counter=counter)


def _paid(leg: Movement) -> int:
    return leg.paid


def _supply(reader: Reader, leg: Movement) -> int:
    """Give what exists before the movement: what is asked for must not widen its own limit."""
    return supply(reader, leg.asset, leg.profile.issuance_account)
