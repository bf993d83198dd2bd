# SPDX-License-Identifier: Apache-2.0
"""Rules about who a person is: credentials, class, country, knowledge, nominees, agents."""

from collections.abc import Callable, Sequence

from lejar.domain.policy import persons
from lejar.domain.policy.kinds.form import (
    Count,
    Countries,
    Facts,
    Names,
    Patterns,
    Side,
    Spec,
    Test,
    Words,
    nobody,
    persons_of,
)
from lejar.domain.policy.model import Movement
from lejar.domain.policy.rule_refusals import RuleRefusal as No
from lejar.kernel.moment import MICROS_PER_DAY
from lejar.kernel.refusal import RefusalTable
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Purpose

Holds = Callable[[Reader, bytes], bool]
Trusted = frozenset[bytes] | None


class Credential(Spec, frozen=True, tag="credential"):
    """A person holds credentials: all of these, at least one of those, none of the others."""

    side: Side
    all: Patterns = ()
    any: Patterns = ()
    none: Patterns = ()
    issuers: Words = ()
    """Whose word counts, by the pack's names of agencies; empty: anybody's."""


class InvestorClass(Spec, frozen=True, tag="investor_class"):
    """The receiver belongs to one of these classes of investors, `investor.<class>`."""

    any: Patterns
    issuers: Words = ()


class Knowledge(Spec, frozen=True, tag="knowledge"):
    """The receiver has passed an assessment of what it is about to buy, not too long ago."""

    any: Patterns
    days_max: Count | None = None
    issuers: Words = ()


class CountryAllow(Spec, frozen=True, tag="country_allow"):
    """A person's country is known and one of these."""

    side: Side
    countries: Countries


class CountryDeny(Spec, frozen=True, tag="country_deny"):
    """A person's country is known and none of these."""

    side: Side
    countries: Countries


class LookThrough(Spec, frozen=True, tag="look_through"):
    """Behind an account for clients stands a person, who counts; or its keeper may be unnamed."""

    unless_keeper: Patterns = ()
    """Credentials with which a keeper may hold for persons it has not named."""


def credential(spec: Credential, names: Names) -> Test:
    """Ask for credentials."""
    trusted = _trusted(spec.issuers, names)

    def fit(reader: Reader, person: bytes) -> bool:
        return (
            persons.holds_all(reader, person, spec.all, trusted)
            and (not spec.any or persons.holds_any(reader, person, spec.any, trusted))
            and not (spec.none and persons.holds_any(reader, person, spec.none, None))
        )

    wanted = " and ".join(spec.all)
    if spec.any:
        wanted = " and ".join(part for part in (wanted, "one of " + ", ".join(spec.any)) if part)
    if spec.none:
        wanted = " and ".join(part for part in (wanted, "none of " + ", ".join(spec.none)) if part)
    return _of_persons(No.CREDENTIAL_MISSING, spec.side, fit, ("credential", wanted))


def investor_class(spec: InvestorClass, names: Names) -> Test:
    """Ask for a class of investor."""
    fit = _holds_any(spec.any, _trusted(spec.issuers, names))
    wanted = ", ".join(spec.any)
    return _of_persons(No.INVESTOR_CLASS_UNFIT, Side.RECEIVER, fit, ("classes", wanted))


def knowledge(spec: Knowledge, names: Names) -> Test:
    """Ask for an assessment."""
    trusted = _trusted(spec.issuers, names)
    holds_any = _holds_any(spec.any, trusted)

    def fit(reader: Reader, person: bytes) -> bool:
        if not holds_any(reader, person):
            return False
        if spec.days_max is None:
            return True
        passed = [persons.granted_at(reader, person, one, trusted) for one in spec.any]
        latest = max((at for at in passed if at is not None), default=0)
        return reader.at < latest + spec.days_max * MICROS_PER_DAY

    wanted = ", ".join(spec.any)
    return _of_persons(No.KNOWLEDGE_MISSING, Side.RECEIVER, fit, ("assessment", wanted))


def country_allow(spec: CountryAllow, _names: Names) -> Test:
    """Ask for a country."""

    def fit(reader: Reader, person: bytes) -> bool:
        return persons.country(reader, person) in spec.countries

    return _of_persons(
        No.COUNTRY_NOT_ALLOWED, spec.side, fit, ("countries", ", ".join(spec.countries))
    )


def country_deny(spec: CountryDeny, _names: Names) -> Test:
    """Ask for a country that is not denied; an unknown one might be."""

    def fit(reader: Reader, person: bytes) -> bool:
        found = persons.country(reader, person)
        return found is not None and found not in spec.countries

    return _of_persons(No.COUNTRY_DENIED, spec.side, fit, ("countries", ", ".join(spec.countries)))


def look_through(spec: LookThrough, _names: Names) -> Test:
    """Ask who stands behind an account for clients."""
    keeper = _holds_any(spec.unless_keeper, None)

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        account = leg.receiver
        if account.purpose not in (Purpose.CLIENT, Purpose.CUSTODY):
            return None
        if account.person != account.owner or keeper(reader, account.owner):
            return None
        return 0

    def facts(_reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (("account", leg.target),)

    return Test(No.BENEFICIARY_UNNAMED, room, facts, nobody)


def _holds_any(patterns: tuple[str, ...], trusted: Trusted) -> Holds:
    def fit(reader: Reader, person: bytes) -> bool:
        return persons.holds_any(reader, person, patterns, trusted)

    return fit


def _of_persons(reason: RefusalTable, side: Side, fit: Holds, fact: tuple[str, str]) -> Test:
    """Allow nothing unless everybody on a side is fit."""
    who = persons_of(side)

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        for person in who(leg):
            if person and not fit(reader, person) and not _takes_back(leg, person):
                return 0
        return None

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (fact, ("side", str(side)))

    return Test(reason, room, facts, who)


def _takes_back(leg: Movement, person: bytes) -> bool:
    """An issuer needs no credentials to take back what is its own obligation from a holder."""
    issuer = leg.profile.issuer
    return person == issuer == leg.receiver.person and leg.giver.person != issuer


def _trusted(issuers: tuple[str, ...], names: Names) -> Trusted:
    """Give whose word counts; a name that stands for nobody here adds nobody."""
    if not issuers:
        return None
    known = (names[name] for name in issuers)
    return frozenset(one for one in known if one is not None)  # dst-ok: membership only
