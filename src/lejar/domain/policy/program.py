# SPDX-License-Identifier: Apache-2.0
"""Packs compiled once to plain closures: for an asset's class and an occasion, the tests to ask.

What is compiled depends on the book alone, so it is kept by the book's digest; the same book gives
the same program on every machine.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import msgspec

from lejar.domain.basis import LegalBasis
from lejar.domain.policy import persons
from lejar.domain.policy.book import PACKS, Book, CohortRules, book
from lejar.domain.policy.cohorts import cohort_of, count_use
from lejar.domain.policy.flows import Reach, Window
from lejar.domain.policy.kinds import test_of
from lejar.domain.policy.kinds.duty import Duty
from lejar.domain.policy.kinds.form import Names, Room, Test
from lejar.domain.policy.kinds.holdings import COUNTS_HOLDERS
from lejar.domain.policy.kinds.windows import InvestmentCap, Per, investment_cap
from lejar.domain.policy.model import AssetClass, AssetKind, Movement, MovePurpose
from lejar.domain.policy.pack import (
    AnySpec,
    Effect,
    Grade,
    Market,
    Occasion,
    Pack,
    Rule,
    Scope,
    SourceNote,
    unknown_values,
)
from lejar.kernel.codec import decoder
from lejar.kernel.digest import sha256
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.state import Reader

KEPT_MAX = 64
"""So many books' programs are kept; an older one is compiled again when it is asked for."""

read_spec = decoder(AnySpec)

InScope: TypeAlias = Callable[[Reader, Movement], bool]

_OCCASIONS = {
    MovePurpose.SETTLEMENT: Occasion.SETTLEMENT,
    MovePurpose.ISSUE: Occasion.ISSUE,
    MovePurpose.SERVICING: Occasion.SERVICING,
    MovePurpose.LISTING: Occasion.LISTING,
    MovePurpose.STATUS: Occasion.STATUS,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule with its test, narrowed to the movements that its scope is about."""

    rule: Rule
    pack: str
    """Jurisdiction and version."""
    test: Test
    in_scope: InScope | None = None
    """Whether the rule is about a movement; none: always."""


@dataclass(frozen=True, slots=True)
class Charged:
    """A duty, and the account that collects it; none while the pack's name stands for none."""

    rule: Rule
    pack: str
    duty: Duty
    collector: bytes | None


@dataclass(frozen=True, slots=True)
class Program:
    """What is asked of one class of asset on one occasion."""

    asked: tuple[Asked, ...] = ()
    rooms: tuple[tuple[InScope | None, Room, Asked], ...] = ()
    """Of the rules asked those that only limit from above, laid out for the gate's loop."""
    shaped: tuple[Asked, ...] = ()
    """The others: smallest amounts, and lots."""
    advised: tuple[Asked, ...] = ()
    charged: tuple[Charged, ...] = ()
    counting: tuple[Asked, ...] = ()
    using: tuple[Asked, ...] = ()
    tallies: bool = False
    leaves_traces: bool = True
    """Whether a movement that passes is charged, counted or uses something up."""
    unknown: tuple[str, ...] = ()
    """Rules of which some value is not known, so that they limit nothing by it."""


NOTHING_ASKED = Program()
ONLY_TALLIED = Program(tallies=True)
"""A purpose that packs are not asked about still changes who holds."""


@dataclass(slots=True)
class Span:
    """The programs of one stretch of time in which the same rules are in force."""

    start: int
    end: int
    rules: tuple[tuple[Pack, Rule], ...]
    programs: dict[tuple[object, ...], Program] = field(default_factory=dict)


class Compiled:
    """A book's rules, cut at the moments at which any of them begins or ends."""

    def __init__(self, names: Names, packs: Sequence[Pack], cohorts: Sequence[CohortRules]) -> None:
        self.names = names
        self.packs = tuple(packs)
        self.jurisdictions = tuple(pack.jurisdiction for pack in packs)
        self.cohorts = {one.cohort: one for one in cohorts}
        self.named_assets = frozenset(  # dst-ok: membership only
            target
            for pack in packs
            for rule in pack.rules
            for name in rule.scope.assets
            if (target := names[name]) is not None
        )
        asking = [r for pack in packs for r in pack.rules if isinstance(r.spec, COUNTS_HOLDERS)]
        self._tallied = tuple(one for rule in asking for one in rule.scope.classes)
        self._tallies_all = any(not rule.scope.classes for rule in asking)
        self._span: Span | None = None

    def tallies(self, asset_class: AssetClass | None) -> bool:
        """Say whether holders of such assets are counted, on every occasion and at any time.

        A rule that asks on one occasion, or only later, needs what happened on all others before.
        """
        return self._tallies_all or asset_class in self._tallied

    def span(self, at: int) -> Span:
        """Give the rules in force at a moment."""
        now = self._span
        if now is None or not now.start <= at < now.end:
            now = self._span = self._cut(at)
        return now

    def _cut(self, at: int) -> Span:
        edges = [0, 2**63]
        for pack in self.packs:
            for rule in pack.rules:
                edges += [e for e in (rule.valid_from, rule.valid_until) if e is not None]
        start = max(edge for edge in edges if edge <= at)
        end = min(edge for edge in edges if edge > at)
        rules = [(p, rule) for p in self.packs for rule in p.rules if rule.is_in_force(at)]
        return Span(start, end, tuple(rules))


def program_for(reader: Reader, leg: Movement, purpose: MovePurpose) -> Program:
    """Give what is to be asked of a movement."""
    found = compiled(reader)
    return NOTHING_ASKED if found is None else program_in(found, reader, leg, purpose)


def compiled(reader: Reader) -> Compiled | None:
    """Give the book's compiled rules, or none where no pack was ever adopted."""
    now = book(reader)
    if now is None or not now.newest:
        return None
    kept = _KEPT.get(now.digest)
    if kept is None:
        kept = _keep(now, compile_packs(now, [PACKS.require(reader, a.digest) for a in now.newest]))
    return kept


def compile_packs(now: Book, packs: Sequence[Pack]) -> Compiled:
    """Compile packs under a book's names and cohorts; the laboratory brings packs of its own."""
    offset = packs[0].offset_minutes if packs else 0
    names = Names({one.name: one.target for one in now.bound}, offset)
    return Compiled(names, packs, now.cohorts)


_KEPT: dict[bytes, Compiled] = {}


def _keep(now: Book, made: Compiled) -> Compiled:
    if len(_KEPT) >= KEPT_MAX:
        del _KEPT[next(iter(_KEPT))]
    _KEPT[now.digest] = made
    return made


def program_in(found: Compiled, reader: Reader, leg: Movement, purpose: MovePurpose) -> Program:
    """Give what a compiled set of packs asks of a movement."""
    occasion = _OCCASIONS.get(purpose)
    if occasion is None:
        return ONLY_TALLIED if found.tallies(leg.profile.asset_class) else NOTHING_ASKED
    return _program(found, reader, leg, occasion)


def _program(found: Compiled, reader: Reader, leg: Movement, occasion: Occasion) -> Program:
    profile = leg.profile
    where: tuple[str, ...] = profile.jurisdictions
    if len(found.jurisdictions) > 1:
        where = _crossing(reader, leg, where)
    cohort = _cohort(found, reader, leg) if found.cohorts else None
    span = found.span(reader.at)
    exact = occasion is Occasion.STATUS or leg.asset in found.named_assets
    asset = leg.asset if exact else b""
    key = (profile.asset_class, where, occasion, leg.is_primary, asset, cohort)
    program = span.programs.get(key)
    if program is None:
        program = span.programs[key] = _build(found, span, leg, where, occasion, cohort)
    return program


def _cohort(found: Compiled, reader: Reader, leg: Movement) -> bytes | None:
    """Give the cohort by whose values a leg is judged now."""
    cohort = cohort_of(reader, leg)
    rules = None if cohort is None else found.cohorts.get(cohort)
    return cohort if rules is not None and rules.from_at <= reader.at < rules.until else None


def _crossing(reader: Reader, leg: Movement, where: tuple[str, ...]) -> tuple[str, ...]:
    """Add both sides' countries, when they differ: what crosses a border passes both packs."""
    giver = persons.country(reader, leg.giver.person)
    receiver = persons.country(reader, leg.receiver.person)
    if giver is None or receiver is None or giver == receiver:
        return where
    return tuple(sorted({*where, giver, receiver}))


def _build(
    found: Compiled,
    span: Span,
    leg: Movement,
    where: tuple[str, ...],
    occasion: Occasion,
    cohort: bytes | None,
) -> Program:
    rules = found.cohorts.get(cohort) if cohort is not None else None
    relaxed = {} if rules is None else {one.rule: read_spec(one.spec) for one in rules.relaxed}
    asked: list[Asked] = []
    charged: list[Charged] = []
    unknown: list[str] = []
    for pack, written in span.rules:
        names = Names(found.names.bound, pack.offset_minutes)
        if not _is_about(pack, written, leg, where, occasion, names):
            continue
        rule = written
        if written.id in relaxed:
            rule = msgspec.structs.replace(written, spec=relaxed[written.id])
        unknown += [f"{rule.id}: {name}" for name in unknown_values(rule)]
        label = f"{pack.jurisdiction} {pack.version}"
        if isinstance(rule.spec, Duty):
            if rule.effect is Effect.BIND:
                charged.append(Charged(rule, label, rule.spec, names[rule.spec.collector]))
            continue
        test = test_of(rule.spec, names, rule.id)
        if test is not None:
            asked.append(Asked(rule, label, test, _scope_of(rule)))
    asked += _cohort_caps(rules, found.names)
    return _put_together(asked, charged, unknown, tallies=found.tallies(leg.profile.asset_class))


def _put_together(
    asked: list[Asked], charged: list[Charged], unknown: Iterable[str], *, tallies: bool
) -> Program:
    if not (asked or charged or tallies):
        return NOTHING_ASKED
    binding = [one for one in asked if one.rule.effect is Effect.BIND]
    counting = tuple(one for one in asked if one.test.counter is not None)
    using = tuple(one for one in binding if one.test.after is not None)
    return Program(
        asked=tuple(binding),
        rooms=tuple((one.in_scope, one.test.room, one) for one in binding if not _shapes(one)),
        shaped=tuple(one for one in binding if _shapes(one)),
        advised=tuple(one for one in asked if one.rule.effect is Effect.ADVISE),
        charged=tuple(charged),
        counting=counting,
        using=using,
        leaves_traces=bool(charged or counting or using or tallies),
        tallies=tallies,
        unknown=tuple(unknown),
    )


def _shapes(one: Asked) -> bool:
    return one.test.at_least is not None or one.test.multiple_of != 1


def _is_about(
    pack: Pack,
    rule: Rule,
    leg: Movement,
    where: tuple[str, ...],
    occasion: Occasion,
    names: Names,
) -> bool:
    """Say whether a rule's scope can hold for such a movement at all, whoever receives."""
    scope, profile = rule.scope, leg.profile
    is_money = profile.asset_class in (AssetClass.MONEY, AssetClass.DEPOSIT, AssetClass.STABLECOIN)
    return (
        occasion in scope.occasions
        and (pack.jurisdiction in where or (is_money and not where))
        and is_of_market(scope.market, leg)
        and (not scope.classes or profile.asset_class in scope.classes)
        and (not scope.assets or leg.asset in [names[name] for name in scope.assets])
        and (occasion is not Occasion.STATUS or leg.asset in map(status_asset, scope.statuses))
    )


def status_asset(status: str) -> bytes:
    """Stand a status in for the asset of a movement, so that one path judges both."""
    return sha256(b"lejar/status/1\n" + status.encode())[:ID_BYTES]


def _scope_of(rule: Rule) -> InScope | None:
    """Let a rule bind only the receivers that its scope means; the rest chose the program."""
    only, unless = rule.scope.only, rule.scope.unless
    if not only and not unless:
        return None

    def in_scope(reader: Reader, leg: Movement) -> bool:
        person = leg.receiver.person
        if only and not persons.holds_any(reader, person, only, None):
            return False
        return not (unless and persons.holds_any(reader, person, unless, None))

    return in_scope


def is_of_market(market: Market, leg: Movement) -> bool:
    """Say whether a leg is an offer or a trade, as a scope wants it."""
    return market is Market.ANY or leg.is_primary is (market is Market.PRIMARY)


def _cohort_caps(rules: CohortRules | None, names: Names) -> list[Asked]:
    """Make a cohort's own limits, and the count of its use, into rules like any other."""
    if rules is None:
        return []
    cohort = rules.cohort
    caps = []
    for per, limit in ((Per.TOTAL, rules.money_each), (Per.EVERYONE, rules.money_all)):
        spec = InvestmentCap(per, Window(Reach.EVER), limit)
        rule_id = f"sandbox.{per}.{cohort.hex()}"
        test = investment_cap(spec, names, rule_id)
        if per is Per.EVERYONE:
            test = replace(test, after=lambda draft, leg: count_use(draft, cohort, leg))
        caps.append(Asked(_rule_of_cohort(rule_id, spec), "sandbox", test, _is_security))
    return caps


def _is_security(_reader: Reader, leg: Movement) -> bool:
    """Say whether it is what is bought: the money that pays for it is no movement of its own."""
    return leg.profile.kind is AssetKind.SECURITY


def _rule_of_cohort(rule_id: str, spec: InvestmentCap) -> Rule:
    return Rule(
        id=rule_id,
        title="A sandbox cohort stays within the limits that were agreed for it.",
        title_ms="Kohort kotak pasir kekal dalam had yang dipersetujui baginya.",
        spec=spec,
        scope=Scope(),
        effect=Effect.BIND,
        owner="hub",
        consult=(),
        agree=(),
        basis=LegalBasis("Terms of the sandbox cohort"),
        source=SourceNote(
            Grade.PRIMARY, "the cohort's own record on this hub", "2026-11", verified=True
        ),
    )
