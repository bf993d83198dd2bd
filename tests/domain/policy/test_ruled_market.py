# SPDX-License-Identifier: Apache-2.0
"""The market while agencies adopt packs and record facts, right and wrong.

After each step the ledger's invariants are walked, and what policy keeps is compared: what is on
its way, who holds, who takes part in a cohort, which deadlines run.
"""

import datetime
from collections import Counter
from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lejar.domain.accounts.commands import GrantAuthority
from lejar.domain.policy import PROFILES, AssetClass, commands
from lejar.domain.policy.book import BOOK, ONLY, PACKS, book
from lejar.domain.policy.cohorts import COHORTS, MEMBERS, CohortStage
from lejar.domain.policy.flows import EXPECTED, FLOWS, Reach, Window
from lejar.domain.policy.kinds.windows import InvestmentCap, Per
from lejar.domain.policy.lists import LISTED, LISTS, start_of
from lejar.domain.policy.obligations import OBLIGATIONS, Stage
from lejar.domain.policy.tallies import EVERYWHERE, tally
from lejar.domain.settlement.commands import Affirm, Instruct
from lejar.domain.settlement.model import INSTRUCTIONS, InstructionLeg
from lejar.kernel.envelope import Command
from lejar.kernel.moment import MICROS_PER_HOUR, local_date
from lejar.kernel.schedule import DUE
from lejar.ledger.model import OWNED
from tests.domain.test_market_machine import BASIS, DOC
from tests.scenarios.adoption import USUAL_BASIS, pack
from tests.scenarios.network import MACHINE
from tests.scenarios.paper import CreatePaper, IssuePaper
from tests.scenarios.play import Play, Send
from tests.scenarios.runner import market, perform
from tests.scenarios.values import OFFSET_MINUTES, digest_of

RULES = tuple(rule.id for rule in pack("my").rules)
GENTLE = ("my.retail", "my.raising", "my.holders", "my.duty", "my.velocity", "my.annual")
"""Rules that let something pass, so that there is something to count."""

agencies = st.sampled_from(("sc", "sc", "sc", "digital", "bnm", "alice"))
persons = st.sampled_from(("alice", "bob", "carol", "issuer", "custodian", "nobody"))
assets = st.sampled_from(("TOKEN", "TOKEN", "BOND", "nothing"))
days = st.sampled_from((None, None, None, 1, 2, 3))
hours = st.sampled_from((None, -1, 0, 1, 30))
words = st.sampled_from(("tokens", "ringgit", "stamp_office", "digital", "sanctions", "members"))


class Ruled(RuleBasedStateMachine):
    """The usual market under changing rules."""

    @initialize()
    def rules_come(self) -> None:
        self.play = Play()
        self.version = 0
        for step in market().steps:
            perform(self.play, step)
        self.play.scope = "ruled"
        paper = CreatePaper((), None, None, AssetClass.DIGITAL_ASSET, ("my",))
        self.play.names["TOKEN"] = self.send(["issuer"], paper)[-1].asset
        self.send(["beta_bank"], GrantAuthority(self.id("issuer_acct"), 10**9))
        for account in ("alice_acct", "bob_acct", "issuer_acct"):
            self.send(["issuer"], IssuePaper(self.id("TOKEN"), self.id(account), 300))
        self.send(["sc"], commands.BindName("stamp_office", self.id("alpha")))
        self.a_pack_is_adopted("sc", list(GENTLE), later=1)

    def id(self, name: str) -> bytes:
        return self.play.names.get(name) or digest_of(name, 16)

    def send(self, who: list[str], command: Command) -> list[Any]:
        """Order one command; gives its events."""
        signed = tuple((self.id(name), name) for name in who)
        receipts = self.play.order(self.play.seal(Send(command, signed)))
        return [MACHINE.read_event(raw) for raw in receipts[-1].events]

    def when(self, after: int | None) -> int | None:
        return None if after is None else self.play.clock + after * MICROS_PER_HOUR

    @rule(
        who=agencies,
        some=st.one_of(
            st.lists(st.sampled_from(RULES), max_size=3, unique=True),
            st.lists(st.sampled_from(GENTLE), min_size=2, max_size=5, unique=True),
        ),
        later=st.sampled_from((0, 1, 1, 1)),
    )
    def a_pack_is_adopted(self, who: str, some: list[str], later: int) -> None:
        self.version += later
        whole = pack("my")
        rules = tuple(one for one in whole.rules if one.id in some)
        made = msgspec.structs.replace(whole, version=f"2027.1.{self.version}", rules=rules)
        self.send([who], commands.AdoptPack(made, USUAL_BASIS))

    @rule(
        who=agencies,
        what=st.sampled_from(("figure", "list", "clear", "approve", "milestone", "status")),
        person=persons,
        asset=assets,
        word=words,
        number=st.integers(1, 10**9),
        after=hours,
    )
    def something_is_recorded(
        self,
        who: str,
        what: str,
        person: str,
        asset: str,
        word: str,
        number: int,
        after: int | None,
    ) -> None:
        party, until = self.id(person), self.when(after)
        made: dict[str, Command] = {
            "figure": commands.RecordFigure(party, "paid_up_capital", number, until, DOC),
            "list": commands.UpdateList(
                word, number, (commands.ListedPerson(party, until),), (), DOC
            ),
            "clear": commands.ClearPerson(word, party, until, DOC),
            "approve": commands.ApproveMovement(
                party, self.id(asset), number, until or self.play.clock + 1, DOC
            ),
            "milestone": commands.RecordMilestone(self.id(asset), word, DOC),
            "status": commands.GrantStatus(party, "investor.angel", until, DOC),
        }
        self.send([who], made[what])

    @rule(who=agencies, word=words, on=st.sampled_from(("on", "off")), person=persons)
    def words_and_switches_turn(self, who: str, word: str, on: str, person: str) -> None:
        self.send([who], commands.SetSwitch(word, on == "on", BASIS))
        self.send([who], commands.BindName(word, self.id(person)))

    @rule(
        who=agencies,
        pair=st.permutations(("alice", "bob", "issuer")).map(lambda some: some[:2]),
        most=st.integers(1, 50_000),
        lasts=st.sampled_from((-1, 1, 24, 30 * 24)),
        named=st.sampled_from(("my.retail", "my.retail", "my.ticket")),
    )
    def a_cohort_opens(self, who: str, pair: list[str], most: int, lasts: int, named: str) -> None:
        spec = InvestmentCap(Per.TOTAL, Window(Reach.EVER), most)
        relaxed = (commands.RelaxedRule(named, spec),)
        now = self.play.clock
        until = now + lasts * MICROS_PER_HOUR
        parties = tuple(self.id(one) for one in pair)
        opening = commands.OpenCohort("Trial", parties, relaxed, most, most, now, until, BASIS)
        self.send([who], opening)

    @rule(who=agencies)
    def a_cohort_is_ended(self, who: str) -> None:
        for cohort, _ in list(COHORTS.scan(self.play.state))[:1]:
            self.send([who], commands.EndCohort(cohort, BASIS))

    @rule(who=persons, party=persons, ago=st.integers(-1, 400))
    def a_deadline_runs(self, who: str, party: str, ago: int) -> None:
        happened = self.play.clock - ago * 24 * MICROS_PER_HOUR
        self.send([who], commands.OpenObligation("my.annual", self.id(party), happened, DOC))

    @rule(who=persons)
    def a_deadline_is_met(self, who: str) -> None:
        for obligation, _ in list(OBLIGATIONS.scan(self.play.state))[:1]:
            self.send([who], commands.DischargeObligation(obligation, DOC))

    @rule(
        pair=st.permutations(("alice", "bob", "issuer")),
        units=st.integers(1, 60),
        price=st.integers(1, 300_00),
        day=days,
        signed=st.sampled_from(("both", "both", "buyer", "seller")),
    )
    def a_token_is_sold(
        self, pair: list[str], units: int, price: int, day: int | None, signed: str
    ) -> None:
        seller, buyer = pair[:2]
        give, take = self.id(f"{seller}_acct"), self.id(f"{buyer}_acct")
        legs = (
            InstructionLeg(self.id("TOKEN"), give, take, units),
            InstructionLeg(self.id("MYR"), take, give, price),
        )
        who = {"both": [seller, buyer], "buyer": [buyer], "seller": [seller]}[signed]
        today = local_date(self.play.clock, OFFSET_MINUTES)
        later = None if day is None else today + datetime.timedelta(days=day)
        self.send(who, Instruct(legs, later))

    @rule(
        pair=st.permutations(("alice", "bob", "issuer")),
        units=st.integers(1, 20),
        price=st.integers(1, 99_00),
        day=st.sampled_from((None, 1)),
    )
    def a_small_sale_is_agreed(
        self, pair: list[str], units: int, price: int, day: int | None
    ) -> None:
        """Often enough for something to be counted."""
        self.a_token_is_sold(pair, units, price, day, "both")

    @rule(after=st.sampled_from((1, 24, 24, 24 * 40)))
    def time_passes(self, after: int) -> None:
        self.play.clock += after * MICROS_PER_HOUR
        self.play.order()

    @rule(who=persons)
    def an_instruction_is_affirmed(self, who: str) -> None:
        for instruction, _ in list(INSTRUCTIONS.scan(self.play.state))[:2]:
            self.send([who], Affirm(instruction))

    @invariant()
    def what_is_on_its_way_is_what_open_work_expects(self) -> None:
        state = self.play.state
        pending: Counter[bytes] = Counter()
        for work, expected in EXPECTED.scan(state):
            assert INSTRUCTIONS.get(state, work) is not None
            for key, amount in expected.items:
                pending[key] += amount
        told = {key: flow.pending for key, flow in FLOWS.scan(state) if flow.pending_count}
        assert told == dict(pending)

    @invariant()
    def holders_are_those_of_the_register(self) -> None:
        state = self.play.state
        found = book(state)
        if found is None or not found.newest:
            return
        rules = PACKS.require(state, found.newest[0].digest).rules
        if not any(one.id in {"my.holders", "my.foreign"} for one in rules):
            return
        token = self.id("TOKEN")
        issuer = PROFILES.require(state, token).issuer
        register = [
            one.total for key, one in OWNED.scan(state, token) if key[16:] != issuer and one.total
        ]
        counted = tally(state, token, EVERYWHERE)
        assert (counted.holders, counted.units) == (len(register), sum(register))

    @invariant()
    def members_are_those_of_open_cohorts_and_open_cohorts_will_end(self) -> None:
        state = self.play.state
        opened = {key: one for key, one in COHORTS.scan(state) if one.stage is CohortStage.OPEN}
        members = {person: one.cohort for person, one in MEMBERS.scan(state)}
        assert members == {p: key for key, one in opened.items() for p in one.participants}
        now = BOOK.get(state, ONLY)
        assert {one.cohort for one in (() if now is None else now.cohorts)} == set(opened)
        due = [one.payload for _, one in DUE.scan(state) if one.kind == "policy.cohort_ends"]
        assert sorted(due) == sorted(opened)

    @invariant()
    def deadlines_that_run_will_pass(self) -> None:
        state = self.play.state
        running = [key for key, one in OBLIGATIONS.scan(state) if one.stage is Stage.OPEN]
        due = [one.payload for _, one in DUE.scan(state) if one.kind == "policy.deadline_passes"]
        assert sorted(due) == sorted(running)

    @invariant()
    def lists_know_how_long_they_are(self) -> None:
        for name, head in LISTS.scan(self.play.state):
            listed = list(LISTED.scan(self.play.state, start_of(name.decode())))
            assert head.members == len(listed)

    @invariant()
    def derived_tables_can_be_rebuilt(self) -> None:
        assert self.play.rebuilt().records == self.play.state.records

    def teardown(self) -> None:
        """Replay everything that was ordered."""
        if hasattr(self, "play"):
            assert self.play.replayed() == self.play.digests


Ruled.TestCase.settings = settings(
    max_examples=50, stateful_step_count=50, deadline=None, derandomize=True
)
TestRuled = Ruled.TestCase
