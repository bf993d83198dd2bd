# SPDX-License-Identifier: Apache-2.0
"""Random rules of every kind, random facts, and random things that happened before.

Values are small, so that limits are often reached exactly.
"""

from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

from lejar.domain.policy.approvals import APPROVALS, MovementApproval
from lejar.domain.policy.counting import count
from lejar.domain.policy.flows import Reach, Window
from lejar.domain.policy.kinds.deadline import Deadline, TimeUnit
from lejar.domain.policy.kinds.duty import Duty, Payer, Tier
from lejar.domain.policy.kinds.figures import (
    Compare,
    Figure,
    FigureAny,
    FigureShare,
    Limb,
    Subject,
)
from lejar.domain.policy.kinds.form import Side
from lejar.domain.policy.kinds.holdings import (
    Concentration,
    ForeignCap,
    HolderCap,
    HoldingCap,
    SupplyCap,
)
from lejar.domain.policy.kinds.lists import AllowList, DenyList
from lejar.domain.policy.kinds.persons import (
    CountryAllow,
    CountryDeny,
    Credential,
    InvestorClass,
    Knowledge,
    LookThrough,
)
from lejar.domain.policy.kinds.timing import CoolingOff, Hours, LockUp, Moratorium
from lejar.domain.policy.kinds.trading import (
    Approval,
    Band,
    PriceTick,
    PurposeBound,
    SettlementAsset,
    Switch,
    Ticket,
)
from lejar.domain.policy.kinds.windows import FundRaising, InvestmentCap, Per, Velocity
from lejar.domain.policy.market_switches import SWITCHES, SwitchState
from lejar.domain.policy.milestones import MILESTONES, Milestone
from lejar.domain.policy.pack import AnySpec, Effect, Market, Occasion, Rule, Scope
from lejar.kernel.moment import MICROS_PER_DAY
from tests.domain.policy.ground import TODAY, Ground, id_of, rule_of, stocked

TYPES: Final = ("fit", "investor.angel", "a.fit")
PEOPLE: Final = ("alice", "bob", "carol", "custodian")
ACCOUNTS: Final = (
    "issuer/own",
    "alice/own",
    "alice/other",
    "bob/own",
    "carol/own",
    "custodian/clients",
    "custodian/alice",
)

patterns = st.sampled_from((*TYPES, "*.angel", "*.fit"))
some = st.lists(patterns, max_size=2, unique=True).map(tuple)
one_or_more = st.lists(patterns, min_size=1, max_size=2, unique=True).map(tuple)
sides = st.sampled_from(Side)
issuers = st.sampled_from(((), ("sc",), ("digital",), ("nobody",)))
countries = st.lists(st.sampled_from(("my", "sg")), max_size=2, unique=True).map(tuple)
units = st.integers(1, 120)
money = st.integers(0, 400)
shares = st.integers(0, 1_000_000)
windows = st.one_of(
    st.builds(Window, st.just(Reach.DAYS), st.integers(1, 40)),
    st.builds(Window, st.just(Reach.MONTHS), st.integers(1, 13)),
    st.sampled_from([Window(Reach.CALENDAR_DAY), Window(Reach.CALENDAR_YEAR), Window(Reach.EVER)]),
)
figures_named = st.sampled_from(("capital", "means"))
compares = st.sampled_from(Compare)
subjects = st.sampled_from(Subject)
limbs = st.builds(Limb, figures_named, compares, units)
moments = st.one_of(st.none(), st.sampled_from((TODAY - 1, TODAY, TODAY + 1)))
milestones = st.sampled_from(("reached", "unreached"))


def _limits(ticket: Ticket) -> bool:
    """Say whether a ticket limits anything, and its bounds do not cross."""
    pairs = ((ticket.units_min, ticket.units_max), (ticket.money_min, ticket.money_max))
    crossed = any(low is not None and high is not None and low > high for low, high in pairs)
    return not crossed and any(one is not None for one in (*pairs[0], *pairs[1], ticket.lot))


KINDS: Final[dict[type, st.SearchStrategy[AnySpec]]] = {
    Credential: st.builds(Credential, sides, some, some, some, issuers),
    InvestorClass: st.builds(InvestorClass, one_or_more, issuers),
    Knowledge: st.builds(Knowledge, one_or_more, st.one_of(st.none(), units), issuers),
    CountryAllow: st.builds(CountryAllow, sides, countries),
    CountryDeny: st.builds(CountryDeny, sides, countries),
    LookThrough: st.builds(LookThrough, some),
    DenyList: st.builds(DenyList, sides, st.sampled_from(("set", "unset")), st.none()),
    AllowList: st.builds(AllowList, sides, st.sampled_from(("set", "unset")), st.none()),
    HoldingCap: st.builds(HoldingCap, st.one_of(st.none(), units), st.one_of(st.none(), shares)),
    HolderCap: st.builds(HolderCap, st.integers(1, 4), st.sampled_from((None, "my", "sg"))),
    ForeignCap: st.builds(ForeignCap, st.sampled_from(("my", "sg")), shares),
    SupplyCap: st.builds(SupplyCap, st.integers(10_900, 11_200)),
    Concentration: st.builds(Concentration, shares, figures_named),
    InvestmentCap: st.builds(InvestmentCap, st.sampled_from(Per), windows, money),
    Velocity: st.builds(
        Velocity,
        st.sampled_from((Side.GIVER, Side.RECEIVER)),
        windows,
        st.one_of(st.none(), units),
        st.one_of(st.none(), st.integers(1, 4)),
    ).filter(lambda one: one.units is not None or one.times is not None),
    FundRaising: st.builds(
        FundRaising, windows, st.one_of(st.none(), money), st.integers(1, 3), figures_named
    ),
    LockUp: st.builds(LockUp, moments, st.one_of(st.none(), milestones)),
    Moratorium: st.builds(Moratorium, shares, milestones),
    CoolingOff: st.builds(CoolingOff, st.integers(1, 10)),
    Hours: st.builds(
        Hours,
        st.lists(st.integers(0, 6), max_size=7, unique=True).map(tuple),
        st.sampled_from((((0, 1_440),), ((0, 540),), ((540, 541), (600, 660)))),
    ),
    Ticket: st.builds(
        Ticket,
        st.one_of(st.none(), st.integers(1, 20)),
        st.one_of(st.none(), units),
        st.one_of(st.none(), st.integers(1, 60)),
        st.one_of(st.none(), st.integers(60, 400)),
        st.one_of(st.none(), st.integers(1, 6)),
    ).filter(_limits),
    SettlementAsset: st.builds(SettlementAsset, st.sampled_from((("myr",), ("sgd",), ()))),
    PurposeBound: st.builds(PurposeBound, one_or_more, moments),
    Approval: st.builds(Approval, st.one_of(st.none(), units), st.one_of(st.none(), money)),
    Switch: st.builds(Switch, st.sampled_from(("on", "off"))),
    PriceTick: st.builds(
        PriceTick, st.integers(1, 3).map(lambda sen: (Band(0, sen * 10_000), Band(30_000, 10_000)))
    ),
    Figure: st.builds(Figure, subjects, figures_named, compares, st.integers(0, 300)),
    FigureShare: st.builds(FigureShare, subjects, figures_named, compares, shares, figures_named),
    FigureAny: st.builds(
        FigureAny,
        subjects,
        st.lists(limbs, min_size=1, max_size=2).map(tuple),
    ),
    Duty: st.builds(
        Duty,
        st.sampled_from(Payer),
        st.just("taxes"),
        tiers=st.just((Tier(None, 10_000),)),
        cap=st.one_of(st.none(), money),
    ),
    Deadline: st.just(Deadline(14, TimeUnit.DAYS)),
}
"""One strategy for each kind; `test_properties` asks that none is missing."""

scopes = st.builds(
    Scope,
    market=st.sampled_from(Market),
    only=st.sampled_from(((), (), ("fit",), ("*.angel",))),
    unless=st.sampled_from(((), (), ("fit",), ("*.angel",))),
    occasions=st.just((Occasion.SETTLEMENT,)),
)


@st.composite
def rule_lists(draw: st.DrawFn, size: int = 8) -> tuple[Rule, ...]:
    """Draw rules of any kinds, each with an id of its own."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS, key=str)), min_size=1, max_size=size))
    effects = st.sampled_from((Effect.BIND, Effect.BIND, Effect.BIND, Effect.ADVISE))
    return tuple(
        rule_of(draw(KINDS[kind]), f"my.r{n}", draw(scopes), draw(effects))
        for n, kind in enumerate(kinds)
    )


@dataclass(frozen=True)
class Before:
    """A movement that took place some days ago, whatever the rules say."""

    days_ago: int
    source: str
    target: str
    units: int
    price: int


befores = st.lists(
    st.builds(
        Before,
        st.integers(0, 60),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(ACCOUNTS),
        st.integers(1, 60),
        st.integers(0, 3),
    ).filter(lambda one: one.source != one.target),
    max_size=4,
)


@dataclass(frozen=True)
class Facts:
    """What is known of persons and of the paper."""

    credentials: tuple[tuple[str, str, str], ...]
    countries: tuple[str | None, ...]
    figures: tuple[tuple[str, str, int], ...]
    listed: tuple[str, ...]
    approved: int


vouched = st.tuples(
    st.sampled_from(PEOPLE), st.sampled_from(TYPES), st.sampled_from(("sc", "digital"))
)
facts = st.builds(
    Facts,
    st.lists(
        vouched,
        max_size=6,
        unique_by=lambda one: one[:2],
    ).map(tuple),
    st.tuples(*[st.sampled_from((None, "my", "sg")) for _ in PEOPLE]),
    st.lists(
        st.tuples(
            st.sampled_from((*PEOPLE, "issuer", "PAPER")), figures_named, st.integers(0, 300)
        ),
        max_size=4,
    ).map(tuple),
    st.lists(st.sampled_from((*PEOPLE, "bank")), max_size=2, unique=True).map(tuple),
    st.integers(0, 120),
)


@dataclass(frozen=True)
class Wish:
    """A movement that somebody wishes for."""

    source: str
    target: str
    units: int
    price: int
    agents: tuple[str, ...]


wishes = st.builds(
    Wish,
    st.sampled_from(ACCOUNTS),
    st.sampled_from(ACCOUNTS),
    st.integers(1, 150),
    st.integers(0, 4),
    st.sampled_from(((), ("bank",))),
).filter(lambda one: one.source != one.target)


@dataclass(frozen=True)
class Case:
    """Everything that a pack is tried on."""

    facts: Facts
    before: tuple[Before, ...]
    wish: Wish

    def ground(self, *rules: Rule) -> Ground:
        """Adopt rules, then let facts and the past come to be."""
        ground = stocked(TODAY - 61 * MICROS_PER_DAY)
        for account in ACCOUNTS:
            ground.endow(account, 1_000_000)
            ground.endow(account, 1_000_000_00, "MYR")
        if rules:
            ground.adopt(*rules)
        self._know(ground)
        for one in sorted(self.before, key=lambda one: -one.days_ago):
            ground.go_to(TODAY - one.days_ago * MICROS_PER_DAY)
            leg = ground.leg(one.source, one.target, one.units, one.units * one.price)
            draft = ground.draft()
            count(draft, leg, ground.program(leg))
            ground.keep(draft)
        ground.go_to(TODAY)
        return ground

    def _know(self, ground: Ground) -> None:
        for person, type_, by in self.facts.credentials:
            ground.vouch(person, type_, by=by)
        for person, country in zip(PEOPLE, self.facts.countries, strict=True):
            if country is not None:
                ground.vouch(person, f"country.{country}")
        for subject, name, value in self.facts.figures:
            ground.record(subject, name, value)
        ground.list_("set", *self.facts.listed)
        draft = ground.draft()
        SWITCHES.put(draft, b"on", SwitchState(on=True, by=id_of("sc"), since=0))
        MILESTONES.put(draft, id_of("PAPER") + b"reached", Milestone(id_of("sc"), 0, bytes(32)))
        approval = MovementApproval(id_of("sc"), self.facts.approved, TODAY + 1, bytes(32))
        APPROVALS.put(draft, id_of("bob") + id_of("PAPER"), approval)
        ground.keep(draft)


cases = st.builds(Case, facts, befores.map(tuple), wishes)
