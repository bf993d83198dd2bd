# SPDX-License-Identifier: Apache-2.0
"""Anybody sends anything, right or wrong, and after each step everything that must hold does hold.

`Play.order` walks all invariants and checks that a refusal changed nothing; this machine adds an
auditor with its own books, the rebuilding of derived tables, and the replay of the whole journal.
"""

import datetime
from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lejar.domain.accounts import commands as accounts
from lejar.domain.basis import LegalBasis
from lejar.domain.identity import Role
from lejar.domain.identity import commands as identity
from lejar.domain.identity.model import PartyKind, Threshold
from lejar.domain.money import commands as money
from lejar.domain.money.limits.commands import SetAccountLimit
from lejar.domain.oversight import DIRECTIVES
from lejar.domain.oversight import commands as oversight
from lejar.domain.oversight.model import HaltScope, Outcome
from lejar.domain.policy import AssetClass
from lejar.domain.reconciliation import BREAKS, BreakKind, Cause, CounterpartKind
from lejar.domain.reconciliation import commands as reconciling
from lejar.domain.settlement import commands as settlement
from lejar.domain.settlement.model import INSTRUCTIONS, InstructionLeg
from lejar.kernel.envelope import Command
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_HOUR, local_date
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.ledger.accounts import Purpose
from lejar.ledger.holds import HOLDS
from lejar.ledger.model import BALANCES
from tests.domain.auditor import Auditor
from tests.scenarios.network import MACHINE, key
from tests.scenarios.paper import CreatePaper, IssuePaper
from tests.scenarios.play import Play, Send
from tests.scenarios.runner import market, perform
from tests.scenarios.values import OFFSET_MINUTES, digest_of

PEOPLE = ("alice", "bob", "carol", "issuer", "custodian")
BANKS = ("alpha_bank", "beta_bank")
AGENCIES = ("sc", "bnm", "digital", "node")
EVERYBODY = (*PEOPLE, *BANKS, *AGENCIES)
ACCOUNTS = ("alice_acct", "bob_acct", "issuer_acct", "alpha", "beta", "alpha_clients")
ASSETS = ("BOND", "MYR", "CAPPED")
DOC = digest_of("doc", 32)
BASIS = LegalBasis("An order of a test")

names = st.sampled_from(EVERYBODY)
directors = st.sampled_from(("sc", "bnm", "sc", "bnm", "alice"))
signers = st.lists(names, min_size=1, max_size=3, unique=True)
accounts_named = st.sampled_from(
    (*ACCOUNTS, "carol_acct", "carol_kept", "myr_issuance", "bond_issuance", "?")
)
amounts = st.one_of(
    st.integers(1, 2_000), st.sampled_from((0, -1, 50, 51, AMOUNT_MAX, AMOUNT_MAX + 1, 2**64 - 1))
)
days = st.one_of(
    st.none(),
    st.integers(-2, 10).map(lambda n: datetime.date(2026, 11, 24) + datetime.timedelta(days=n)),
    st.sampled_from((datetime.date.min, datetime.date.max)),
)


class Market(RuleBasedStateMachine):
    """The usual market, and people who are not always reasonable."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play()
        self.auditor = Auditor()
        self.read = 0

    @initialize()
    def open_the_market(self) -> None:
        for step in market().steps:
            perform(self.play, step)
        self.play.scope = "machine"
        capped = self.send(["issuer"], CreatePaper(("investor",), 50, None))
        self.play.names["CAPPED"] = capped[-1].asset
        bank = self.play.names["alpha_clients"]
        carol = self.play.names["carol"]
        opened = self.send(["carol"], accounts.OpenAccount(carol, Purpose.OWN, bank))
        self.play.names["carol_acct"] = opened[-1].account
        self.send(["digital"], identity.GrantCredential(carol, "investor", None, None))
        grant = accounts.GrantAuthority(opened[-1].account, 5_000)
        self.send(["alpha_bank"], grant)
        kept = accounts.OpenAccount(self.id("custodian"), Purpose.CUSTODY, bank, carol)
        self.play.names["carol_kept"] = self.send(["custodian", "carol"], kept)[-1].account
        grant = accounts.GrantAuthority(self.id("carol_kept"), 5_000)
        self.send(["alpha_bank"], grant)
        self.send(["issuer"], IssuePaper(self.id("CAPPED"), self.id("alice_acct"), 50))
        mirror = reconciling.NameCounterpart(
            CounterpartKind.RTGS,
            self.id("alpha_bank"),
            self.id("myr_issuance"),
            self.id("MYR"),
            DOC,
            1,
        )
        self.play.names["ledger"] = self.send(["bnm"], mirror)[-1].counterpart

    def id(self, name: str) -> bytes:
        return self.play.names.get(name) or digest_of(name, 16)

    def send(self, who: list[str], command: Command) -> list[Any]:
        """Order one command; gives its events."""
        signed = tuple((self.id(name), name) for name in who)
        receipts = self.play.order(self.play.seal(Send(command, signed)))
        return [MACHINE.read_event(raw) for raw in receipts[-1].events]

    @rule(
        who=signers,
        give=accounts_named,
        take=accounts_named,
        paper=st.sampled_from(ASSETS),
        many=amounts,
        price=amounts,
        day=days,
    )
    def somebody_instructs(
        self,
        who: list[str],
        give: str,
        take: str,
        paper: str,
        many: int,
        price: int,
        day: datetime.date | None,
    ) -> None:
        legs = (
            InstructionLeg(self.id(paper), self.id(give), self.id(take), many),
            InstructionLeg(self.id("MYR"), self.id(take), self.id(give), price),
        )
        self.send(who, settlement.Instruct(legs, day))

    @rule(
        pair=st.permutations(("alice", "bob", "carol")),
        paper=st.sampled_from(("BOND", "CAPPED")),
        many=st.integers(1, 60),
        ahead=st.sampled_from((0, 0, 1, 2, 3)),
        alone=st.sampled_from((1, 2, 2)),
    )
    def two_people_trade(
        self, pair: list[str], paper: str, many: int, ahead: int, alone: int
    ) -> None:
        """Trade in good faith, today or in some days."""
        seller, buyer = (self.id(f"{name}_acct") for name in pair[:2])
        legs = (
            InstructionLeg(self.id(paper), seller, buyer, many),
            InstructionLeg(self.id("MYR"), buyer, seller, 90 * many),
        )
        day = local_date(self.play.clock, OFFSET_MINUTES) + datetime.timedelta(days=ahead)
        self.send(pair[:alone], settlement.Instruct(legs, day))

    @rule(
        who=signers,
        place=st.integers(0, 5),
        make=st.sampled_from((settlement.Affirm, settlement.Cancel, settlement.Retry)),
    )
    def somebody_answers(self, who: list[str], place: int, make: Callable[..., Command]) -> None:
        standing = [found for found, _ in INSTRUCTIONS.scan(self.play.state)] or [bytes(16)]
        self.send(who, make(standing[place % len(standing)]))

    @rule(
        place=st.integers(0, 5),
        side=st.integers(0, 1),
        make=st.sampled_from(
            (settlement.Affirm, settlement.Affirm, settlement.Cancel, settlement.Retry)
        ),
    )
    def a_party_answers(self, place: int, side: int, make: Callable[..., Command]) -> None:
        standing = list(INSTRUCTIONS.scan(self.play.state))
        if standing:
            instruction, record = standing[place % len(standing)]
            by_id = {self.id(name): name for name in EVERYBODY}
            self.send([by_id[record.parties[side]]], make(instruction))

    @rule(
        who=st.sampled_from(("bnm", "bnm", "bnm", "alice", "alpha_bank")),
        bank=accounts_named,
        many=amounts,
        reference=st.integers(0, 30),
        asset=st.sampled_from(ASSETS),
    )
    def money_is_issued(self, who: str, bank: str, many: int, reference: int, asset: str) -> None:
        used = digest_of(f"r{reference}", 16)
        self.send([who], money.IssueMoney(self.id(asset), self.id(bank), many, used))

    @rule(who=signers, bank=accounts_named, many=amounts, reference=st.integers(0, 30))
    def money_is_redeemed(self, who: list[str], bank: str, many: int, reference: int) -> None:
        used = digest_of(f"r{reference}", 16)
        command = money.RedeemMoney(self.id("MYR"), self.id(bank), many, used)
        self.send(sorted({"bnm", *who}), command)

    @rule(who=names, account=accounts_named, holds=st.none() | amounts, sends=st.none() | amounts)
    def an_account_is_limited(
        self, who: str, account: str, holds: int | None, sends: int | None
    ) -> None:
        bank = "bnm" if who in PEOPLE else who
        self.send([bank], SetAccountLimit(self.id(account), self.id("MYR"), holds, sends))

    @rule(to=accounts_named, many=amounts, asset=st.sampled_from(ASSETS))
    def units_are_issued(self, to: str, many: int, asset: str) -> None:
        self.send(["issuer"], IssuePaper(self.id(asset), self.id(to), many))

    @rule(
        who=directors,
        subject=st.sampled_from((*PEOPLE, *BANKS, *ACCOUNTS, *ASSETS, "?")),
        hours=st.none() | st.integers(-1, 72),
    )
    def somebody_freezes(self, who: str, subject: str, hours: int | None) -> None:
        self.send([who], oversight.Freeze(self.id(subject), BASIS, self.until(hours)))

    @rule(
        who=directors,
        scope=st.sampled_from(HaltScope),
        asset=st.none() | st.sampled_from(ASSETS),
        sort=st.none() | st.sampled_from((AssetClass.MONEY, AssetClass.BOND)),
        hours=st.integers(-1, 24),
    )
    def somebody_halts(
        self, who: str, scope: HaltScope, asset: str | None, sort: AssetClass | None, hours: int
    ) -> None:
        one = None if asset is None else self.id(asset)
        self.send([who], oversight.Halt(scope, one, sort, BASIS, self.until(hours)))

    @rule(who=directors, place=st.integers(0, 5), resumes=st.sampled_from((False, False, True)))
    def a_directive_is_lifted(self, who: str, place: int, resumes: bool) -> None:  # noqa: FBT001
        make = oversight.Resume if resumes else oversight.Thaw
        self.send([who], make(self.directive(place), BASIS))

    @rule(who=names, place=st.integers(0, 5))
    def somebody_appeals(self, who: str, place: int) -> None:
        self.send([who], oversight.LodgeAppeal(self.directive(place), DOC))

    @rule(who=directors, place=st.integers(0, 5), outcome=st.sampled_from(Outcome))
    def an_appeal_is_decided(self, who: str, place: int, outcome: Outcome) -> None:
        self.send([who], oversight.DecideAppeal(self.directive(place), outcome, DOC))

    @rule(who=directors, account=accounts_named, asset=st.sampled_from(ASSETS), many=amounts)
    def somebody_seizes(self, who: str, account: str, asset: str, many: int) -> None:
        if "court" not in self.play.names:
            opened = oversight.OpenCourtAccount(self.id("digital"))
            self.send(["sc"], opened)
            event = MACHINE.read_event(self.play.receipts[-1].events[-1])
            self.play.names["court"] = event.account
        source, court = self.id(account), self.id("court")
        self.send([who], oversight.Seize(source, self.id(asset), many, court, BASIS))

    @rule(
        who=directors,
        giver=accounts_named,
        taker=accounts_named,
        asset=st.sampled_from(ASSETS),
        many=amounts,
    )
    def somebody_forces_a_transfer(
        self, who: str, giver: str, taker: str, asset: str, many: int
    ) -> None:
        command = oversight.ForceTransfer(
            self.id(asset), self.id(giver), self.id(taker), many, BASIS
        )
        self.send([who], command)

    @rule(who=directors, place=st.integers(0, 2))
    def an_instruction_is_struck(self, who: str, place: int) -> None:
        standing = [found for found, _ in INSTRUCTIONS.scan(self.play.state)] or [bytes(16)]
        self.send([who], oversight.CancelInstruction(standing[place % len(standing)], BASIS))

    def directive(self, place: int) -> bytes:
        """Choose a directive that was given, if there is one."""
        given = [found for found, _ in DIRECTIVES.scan(self.play.state)] or [bytes(16)]
        return given[place % len(given)]

    def until(self, hours: int | None) -> int | None:
        """Give a moment so many hours from now."""
        return None if hours is None else self.play.clock + hours * MICROS_PER_HOUR

    @rule(
        account=accounts_named,
        asset=st.sampled_from(ASSETS),
        many=amounts,
        hours=st.none() | st.integers(-1, 72),
    )
    def an_amount_is_frozen(self, account: str, asset: str, many: int, hours: int | None) -> None:
        until = self.until(hours)
        command = oversight.FreezeAmount(self.id(account), self.id(asset), many, BASIS, until)
        self.send(["sc"], command)

    @rule(
        who=signers,
        subject=names,
        what=st.sampled_from(("investor", "bank", "Bad Name")),
        hours=st.none() | st.integers(-1, 48),
        revokes=st.booleans(),
    )
    def credentials_change(
        self,
        who: list[str],
        subject: str,
        what: str,
        hours: int | None,
        revokes: bool,  # noqa: FBT001  # drawn
    ) -> None:
        until = None if hours is None else self.play.clock + hours * MICROS_PER_HOUR
        self.send(
            sorted({"digital", *who}),
            identity.RevokeCredential(self.id(subject), what)
            if revokes
            else identity.GrantCredential(self.id(subject), what, until, None),
        )

    @rule(
        who=st.sampled_from(("digital", "digital", "sc")),
        party=st.sampled_from((*PEOPLE, *BANKS)),
        make=st.sampled_from(
            (identity.SuspendParty, identity.ReinstateParty, identity.ReinstateParty)
        ),
    )
    def a_party_is_stopped(self, who: str, party: str, make: Callable[..., Command]) -> None:
        self.send([who], make(self.id(party), DOC))

    @rule(
        who=names,
        owner=names,
        purpose=st.sampled_from(Purpose),
        cash=accounts_named,
        person=st.none() | st.sampled_from(PEOPLE),
    )
    def an_account_is_opened(
        self, who: str, owner: str, purpose: Purpose, cash: str, person: str | None
    ) -> None:
        kept_for = None if person is None else self.id(person)
        signers = [who] if person in {None, who} else [who, str(person)]
        opening = accounts.OpenAccount(self.id(owner), purpose, self.id(cash), kept_for)
        self.send(signers, opening)

    @rule(
        bank=st.sampled_from(BANKS), account=accounts_named, many=amounts, takes_back=st.booleans()
    )
    def a_bank_gives_its_word(
        self,
        bank: str,
        account: str,
        many: int,
        takes_back: bool,  # noqa: FBT001  # drawn
    ) -> None:
        command = accounts.WithdrawAuthority(self.id(account))
        given = accounts.GrantAuthority(self.id(account), many)
        self.send([bank], command if takes_back else given)

    @rule(who=names, keys=st.lists(names, max_size=3), needed=st.integers(0, 3))
    def a_party_is_registered(self, who: str, keys: list[str], needed: int) -> None:
        ring = tuple(key(f"{self.play.clock}/{name}") for name in keys)
        limits = (Threshold(Role.OPERATE, needed),)
        self.send([who], identity.RegisterParty(PartyKind.PERSON, ring, limits))

    @rule(
        who=st.sampled_from(("bnm", "alpha_bank", "alice")),
        sequence=st.integers(1, 4),
        ago=st.integers(0, 3),
        off=st.sampled_from((0, 1, -5)),
        unmatched=st.integers(0, 2),
    )
    def a_statement_comes(
        self, who: str, sequence: int, ago: int, off: int, unmatched: int
    ) -> None:
        """Compare an outside ledger with supply; whatever it says, no balance moves."""
        ledger, words = self.id("ledger"), f"{sequence}/{self.play.clock}"
        today = local_date(self.play.clock, OFFSET_MINUTES)
        day = today - datetime.timedelta(days=ago)
        supply = -BALANCES.require(self.play.state, self.id("MYR") + self.id("myr_issuance")).total
        stated = reconciling.RecordStatement(
            ledger,
            sequence,
            digest_of(words, 16),
            day,
            self.id("MYR"),
            supply + off,
            2,
            digest_of(words, 32),
        )
        self.send([who], stated)
        item = reconciling.UnmatchedItem(BreakKind.THEIRS_ONLY, digest_of(words, 16), None, off)
        items = (item,) * unmatched
        self.send([who], reconciling.RecordMatching(ledger, sequence, 1, items, last=True))

    @rule(
        who=st.sampled_from(("bnm", "alpha_bank", "alice")),
        to=st.sampled_from(("bnm", "alpha_bank")),
        place=st.integers(0, 3),
        make=st.sampled_from(
            (
                reconciling.AssignBreak,
                lambda found, _: reconciling.ExplainBreak(found, Cause.OTHER, DOC),
                lambda found, _: reconciling.ResolveBreak(found, None),
                lambda found, _: reconciling.ReopenBreak(found, DOC),
            )
        ),
    )
    def somebody_works_on_a_break(
        self, who: str, to: str, place: int, make: Callable[[bytes, bytes], Command]
    ) -> None:
        found = [key for key, _ in BREAKS.scan(self.play.state)]
        if found:
            self.send([who], make(found[place % len(found)], self.id(to)))

    @rule(hours=st.sampled_from((0, 1, 7, 14, 24, 72)))
    def time_passes(self, hours: int) -> None:
        """Move the clock and let what is due come to pass."""
        self._pass(hours)

    @rule()
    def a_day_passes(self) -> None:
        """Often enough for value dates to come."""
        self._pass(24)

    def _pass(self, hours: int) -> None:
        if self.play.clock < self.play.state.ordered_at + 20 * MICROS_PER_DAY:
            self.play.clock += hours * MICROS_PER_HOUR
        self.play.order()

    @invariant()
    def the_auditor_finds_the_same(self) -> None:
        for receipt in self.play.receipts[self.read :]:
            self.auditor.read(receipt, [MACHINE.read_event(raw) for raw in receipt.events])
        self.read = len(self.play.receipts)
        hub = {
            (stored[16:], stored[:16]): found.total
            for stored, found in BALANCES.scan(self.play.state)
            if found.total
        }
        assert hub == {place: total for place, total in self.auditor.balances.items() if total}
        holds = list(HOLDS.scan(self.play.state))
        told = {hold_id: (one.account, one.asset, one.amount) for hold_id, one in holds}
        assert told == self.auditor.held
        directives = {hold_id for hold_id, one in holds if one.purpose == "directive"}
        assert directives == set(self.auditor.frozen)
        standing = {i: str(r.stage).capitalize() for i, r in INSTRUCTIONS.scan(self.play.state)}
        assert standing == self.auditor.open

    @invariant()
    def derived_tables_can_be_rebuilt(self) -> None:
        assert self.play.rebuilt().records == self.play.state.records

    def teardown(self) -> None:
        """Replay everything that was ordered."""
        assert self.play.replayed() == self.play.digests


Market.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, derandomize=True
)
TestMarket = Market.TestCase
