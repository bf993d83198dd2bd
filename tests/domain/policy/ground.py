# SPDX-License-Identifier: Apache-2.0
"""A market on bare state: persons, accounts, one paper, packs made of single kinds of rules.

Scenarios show what commands do; here the gate itself is asked, thousands of times.
"""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from lejar.domain.basis import LegalBasis
from lejar.domain.calendar import CALENDAR, Calendar
from lejar.domain.calendar.model import ONLY
from lejar.domain.identity import PARTIES, POWERS, Party, PartyKind, PartyStatus, Power, vouch
from lejar.domain.identity.model import Granted
from lejar.domain.policy import PROFILES, AssetClass, AssetKind, AssetProfile, Movement, MovePurpose
from lejar.domain.policy.adopting import adopt_pack
from lejar.domain.policy.book import EMPTY, Bound, book, write_book
from lejar.domain.policy.commands import AdoptPack
from lejar.domain.policy.figures import FIGURES, Figure
from lejar.domain.policy.gate import judge_resolved, move_resolved
from lejar.domain.policy.lists import LISTED, LISTS, Listed, ListHead, entry_key
from lejar.domain.policy.pack import (
    AnySpec,
    Effect,
    Grade,
    Pack,
    Rule,
    Scope,
    SourceNote,
)
from lejar.domain.policy.program import Program, program_for
from lejar.domain.policy.refusing import allowed_of
from lejar.kernel.draft import Draft
from lejar.kernel.moment import MICROS_PER_HOUR, MICROS_PER_MINUTE, start_of
from lejar.kernel.refusal import Refused
from lejar.kernel.state import State
from lejar.ledger.accounts import ACCOUNTS, Account, Purpose
from lejar.ledger.balances import planned, post

OFFSET: Final = 480
AN_ANSWER_FOR_ALL: Final = "allowed"
"""What `said` gives where nothing refuses."""
PERSONS: Final = ("issuer", "alice", "bob", "carol", "custodian", "bank", "sc", "digital", "taxes")
BASIS: Final = LegalBasis("An Act of tests", "section 1")
PRIMARY_SOURCE: Final = SourceNote(Grade.PRIMARY, "made up", "2026-11", verified=True)


def id_of(name: str) -> bytes:
    """Give an id made from a name."""
    return hashlib.sha256(name.encode()).digest()[:16]


def moment(day: str, hour: int = 9, minute: int = 0) -> int:
    """Give a moment of a local day in Malaysia."""
    start = start_of(datetime.date.fromisoformat(day), OFFSET)
    return start + hour * MICROS_PER_HOUR + minute * MICROS_PER_MINUTE


TODAY: Final = moment("2026-11-24")
EVERYTHING: Final = Scope()


def rule_of(
    spec: AnySpec, id_: str = "my.rule", scope: Scope = EVERYTHING, effect: Effect = Effect.BIND
) -> Rule:
    """Write a rule around a kind's parameters."""
    return Rule(
        id=id_,
        title="A sentence that must hold.",
        title_ms="Ayat yang mesti dipatuhi.",
        spec=spec,
        scope=scope,
        effect=effect,
        owner="sc",
        consult=(),
        agree=(),
        basis=BASIS,
        source=PRIMARY_SOURCE,
    )


def pack_of(*rules: Rule, jurisdiction: str = "my", offset: int = OFFSET, n: int = 1) -> Pack:
    """Bind rules into a pack."""
    return Pack(jurisdiction, f"2026.11.{n}", offset, rules)


@dataclass
class Ground:
    """The market; what is done is done at once."""

    at: int = TODAY
    state: State = field(default_factory=State)
    done: int = 0

    def __post_init__(self) -> None:
        self.state.at = self.at
        draft = self.draft()
        CALENDAR.put(draft, ONLY, Calendar(OFFSET, (5, 6), (datetime.date(2026, 12, 25),), None))
        for name in PERSONS:
            kind = PartyKind.PERSON if name in {"alice", "bob", "carol"} else PartyKind.COMPANY
            PARTIES.put(draft, id_of(name), Party(kind, PartyStatus.OPEN, 0, id_of("digital")))
            self._account(draft, f"{name}/own", name, Purpose.OWN)
        self._account(draft, "alice/other", "alice", Purpose.OWN)
        self._account(draft, "custodian/clients", "custodian", Purpose.CLIENT)
        self._account(draft, "custodian/alice", "custodian", Purpose.CUSTODY, "alice")
        self._account(draft, "custodian/issuer", "custodian", Purpose.CUSTODY, "issuer")
        for power in (Power.SET_POLICY, Power.DIRECT):
            POWERS.put(draft, id_of("sc") + power.encode(), Granted(0))
        for asset in ("PAPER", "MYR", "SGD"):
            owner = "issuer" if asset == "PAPER" else "bank"
            self._account(draft, f"{asset}/issuance", owner, Purpose.ISSUANCE)
            PROFILES.put(draft, id_of(asset), _profile(asset, owner))
        bound = [*PERSONS, "MYR", "SGD"]
        names = [Bound(name.lower(), id_of(name)) for name in bound]
        names = [one for one in names if one.name != "taxes"]
        names.append(Bound("taxes", id_of("taxes/own")))
        write_book(draft, bound=tuple(sorted(names, key=lambda one: one.name)))
        self.keep(draft)

    def _account(
        self, draft: Draft, name: str, owner: str, purpose: Purpose, behind: str | None = None
    ) -> None:
        person = None if behind is None else id_of(behind)
        ACCOUNTS.put(draft, id_of(name), Account(id_of(owner), purpose, 0, None, person))

    def draft(self, *signers: str) -> Draft:
        """Begin to write."""
        self.done += 1
        draft = Draft(self.state, hashlib.sha256(b"%d" % self.done).digest()[:16])
        draft.signers = tuple(id_of(name) for name in signers)
        return draft

    def keep(self, draft: Draft) -> None:
        """Keep what was written."""
        self.state.absorb(draft.writes)

    def go_to(self, at: int) -> None:
        """Set the clock."""
        self.state.at = at

    def adopt(self, *rules: Rule | AnySpec, jurisdiction: str = "my", offset: int = OFFSET) -> None:
        """Adopt a pack of rules, to which all agree; a kind's parameters alone are made a rule."""
        draft = self.draft()
        agreed = (one.target for one in (book(draft) or EMPTY).bound)
        draft.signers = (id_of("sc"), *agreed)
        written = [
            one if isinstance(one, Rule) else rule_of(one, f"{jurisdiction}.rule_{n}")
            for n, one in enumerate(rules)
        ]
        pack = pack_of(*written, jurisdiction=jurisdiction, offset=offset, n=self.done)
        adopt_pack(draft, AdoptPack(pack, BASIS))
        self.keep(draft)

    def vouch(
        self, person: str, *types: str, by: str = "digital", expires_at: int | None = None
    ) -> None:
        """Grant credentials."""
        draft = self.draft()
        for one in types:
            vouch(draft, id_of(person), one, id_of(by), expires_at, None)
        self.keep(draft)

    def record(self, subject: str, name: str, value: int, expires_at: int | None = None) -> None:
        """Record a figure."""
        draft = self.draft()
        figure = Figure(value, id_of("sc"), self.state.at, expires_at, bytes(32))
        FIGURES.put(draft, id_of(subject) + name.encode(), figure)
        self.keep(draft)

    def list_(self, name: str, *persons: str, expires_at: int | None = None) -> None:
        """Bring a list up to date, with further persons on it."""
        draft = self.draft()
        head = ListHead(id_of("sc"), 1, self.state.at, bytes(32), len(persons))
        LISTS.put(draft, name.encode(), head)
        for person in persons:
            LISTED.put(draft, entry_key(name, id_of(person)), Listed(self.state.at, expires_at))
        self.keep(draft)

    def profile(self, **changed: object) -> None:
        """Change what rules see of the paper."""
        draft = self.draft()
        known = PROFILES.require(draft, id_of("PAPER"))
        PROFILES.put(draft, id_of("PAPER"), msgspec.structs.replace(known, **changed))
        self.keep(draft)

    def endow(self, account: str, units: int, asset: str = "PAPER") -> None:
        """Put units on an account past the gate: what was there before any pack."""
        draft = self.draft()
        leg = self.leg(f"{asset}/issuance", account, units, asset=asset)
        changes = [
            (leg.asset, leg.source, leg.giver, -units),
            (leg.asset, leg.target, leg.receiver, units),
        ]
        post(draft, planned(draft, changes))
        self.keep(draft)

    def leg(
        self,
        source: str,
        target: str,
        units: int,
        paid: int = 0,
        *,
        asset: str = "PAPER",
        currency: str = "MYR",
        agents: Sequence[str] = (),
    ) -> Movement:
        """Describe a movement; what is paid goes the other way."""
        give, take = _account_of(source), _account_of(target)
        return Movement(
            id_of(asset),
            id_of(give),
            id_of(take),
            units,
            PROFILES.require(self.state, id_of(asset)),
            ACCOUNTS.require(self.state, id_of(give)),
            ACCOUNTS.require(self.state, id_of(take)),
            paid,
            id_of(currency) if paid else b"",
            id_of(take),
            id_of(give),
            tuple(id_of(name) for name in agents),
        )

    def judged(
        self,
        *legs: Movement,
        signers: Sequence[str] = (),
        purpose: MovePurpose = MovePurpose.SETTLEMENT,
    ) -> Refused | None:
        """Ask the gate, and change nothing."""
        try:
            judge_resolved(self.draft(*signers), legs, purpose)
        except Refused as refused:
            return refused
        return None

    def moved(
        self,
        *legs: Movement,
        signers: Sequence[str] = (),
        purpose: MovePurpose = MovePurpose.SETTLEMENT,
    ) -> Refused | None:
        """Move, and keep what came of it unless it was refused."""
        draft = self.draft(*signers)
        try:
            move_resolved(draft, legs, purpose)
        except Refused as refused:
            return refused
        self.keep(draft)
        return None

    def said(
        self,
        source: str,
        target: str,
        units: int = 1,
        paid: int = 0,
        *,
        agents: Sequence[str] = (),
        currency: str = "MYR",
        purpose: MovePurpose = MovePurpose.SETTLEMENT,
    ) -> str:
        """Give the code with which the gate refuses a movement, or `allowed`."""
        leg = self.leg(source, target, units, paid, agents=agents, currency=currency)
        refused = self.judged(leg, purpose=purpose)
        return AN_ANSWER_FOR_ALL if refused is None else refused.refusal.code

    def program(self, leg: Movement, purpose: MovePurpose = MovePurpose.SETTLEMENT) -> Program:
        """Give what the packs ask of a movement."""
        return program_for(self.state, leg, purpose)

    def allowed(self, leg: Movement, purpose: MovePurpose = MovePurpose.SETTLEMENT) -> int:
        """Give the largest amount that the packs allow."""
        return allowed_of(self.program(leg, purpose), self.state, leg, (leg,))


def _account_of(name: str) -> str:
    return name if "/" in name else f"{name}/own"


def _profile(asset: str, owner: str) -> AssetProfile:
    money = asset != "PAPER"
    return AssetProfile(
        AssetKind.MONEY if money else AssetKind.SECURITY,
        id_of(owner),
        id_of(f"{asset}/issuance"),
        (),
        None,
        None,
        AssetClass.MONEY if money else AssetClass.DIGITAL_ASSET,
        () if money else ("my",),
    )


def stocked(at: int = TODAY) -> Ground:
    """Give a market in which the issuer, Alice and everybody's purse have something."""
    ground = Ground(at)
    ground.endow("issuer/own", 10_000)
    ground.endow("alice/own", 1_000)
    for name in ("issuer", "alice", "bob", "carol"):
        ground.endow(f"{name}/own", 10_000_000_00, "MYR")
    return ground
