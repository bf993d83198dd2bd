# SPDX-License-Identifier: Apache-2.0
"""Anybody announces, changes, freezes, claims and trades, through the whole life of a paper.

`Play.order` walks every invariant of ledger and servicing after each block; this machine adds books
of its own, read from receipts alone: what was fixed is paid, waits, was given back or is to come.
"""

import datetime
from collections import defaultdict
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lejar.domain.accounts.commands import GrantAuthority, OpenAccount
from lejar.domain.instruments import INSTRUMENTS, FixedCouponBond, InstrumentStage
from lejar.domain.instruments import commands as instruments
from lejar.domain.oversight.commands import FreezeAmount
from lejar.domain.servicing import ENTITLEMENTS, PAYMENTS, EntitlementStage
from lejar.domain.servicing import commands as servicing
from lejar.domain.servicing import events as happened
from lejar.domain.settlement import InstructionLeg
from lejar.domain.settlement.commands import Instruct
from lejar.kernel.envelope import Command
from lejar.kernel.moment import MICROS_PER_DAY, local_date
from lejar.kernel.schedule import next_due
from lejar.ledger.accounts import Purpose
from tests.directives import BASIS, freeze, thaw
from tests.scenarios.network import MACHINE
from tests.scenarios.play import Play, Send
from tests.scenarios.runner import market, perform
from tests.scenarios.terms import USUAL
from tests.scenarios.values import OFFSET_MINUTES, digest_of

HOLDERS = ("alice", "bob", "custodian", "issuer")
HOLDING = tuple(f"{name}_acct" for name in HOLDERS)
DOC = digest_of("doc", 32)
signers = st.sampled_from(("issuer", "issuer", "issuer", "custodian", "alice", "sc"))
places = st.integers(0, 2)
days = st.none() | st.integers(-3, 400)


class Payments(RuleBasedStateMachine):
    """A paper of one year with two payments, four holders and no manners."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play()
        self.read = 0
        self.fixed: dict[bytes, int] = defaultdict(int)
        self.paid: dict[bytes, int] = defaultdict(int)
        self.waits: dict[bytes, dict[bytes, int]] = defaultdict(dict)
        self.given_back: dict[bytes, int] = defaultdict(int)
        self.units: dict[bytes, int] = defaultdict(int)
        self.asset_of: dict[bytes, bytes] = {}

    @initialize(
        cap=st.none() | st.just(60),
        poor=st.integers(0, 5),
        announced=st.sampled_from((0, 1, 2, 2)),
        frozen=st.sets(st.sampled_from(HOLDING)),
    )
    def open_the_market(self, cap: int | None, poor: int, announced: int, frozen: set[str]) -> None:
        for step in market().steps:
            perform(self.play, step)
        self.play.scope = "payments"
        clients, issuer = self.id("alpha_clients"), self.id("issuer")
        (opened,) = self.send(OpenAccount(self.id("custodian"), Purpose.OWN, clients), "custodian")
        self.play.names["custodian_acct"] = opened.account
        bond = FixedCouponBond(debt=USUAL)
        made = instruments.CreateInstrument(issuer, bond, (), cap, None, ())
        *_, created = self.send(made, "issuer", "sc")
        self.play.names["NOTE"] = created.asset
        for name in HOLDING:
            self.send(instruments.IssueUnits(created.asset, self.id(name), 50), "issuer")
        for name in ("custodian_acct", "issuer_acct"):
            bank = "beta_bank" if name == "issuer_acct" else "alpha_bank"
            amount = 10_000 if poor == 5 else 10**9
            self.send(GrantAuthority(self.id(name), amount), bank)
        for period in range(1, announced + 1):
            self.announce(period)
        for name in sorted(frozen):
            self.send(freeze(self.id(name)), "sc")

    def announce(self, period: int) -> None:
        """Announce a payment as its issuer would."""
        pays, until = self.id("issuer_acct"), self.day(300) if period == 1 else None
        command = servicing.AnnouncePayment(self.id("NOTE"), period, pays, None, until)
        self.send(command, "issuer")

    def id(self, name: str) -> bytes:
        return self.play.names[name]

    def send(self, command: Command, *who: str) -> list[Any]:
        """Order one command; gives its events."""
        signed = tuple((self.id(name), name) for name in who)
        receipts = self.play.order(self.play.seal(Send(command, signed)))
        return [MACHINE.read_event(raw) for raw in receipts[-1].events]

    def payment(self, place: int) -> bytes:
        """Choose a payment that stands, if there is one."""
        standing = [found for found, _ in PAYMENTS.scan(self.play.state)] or [bytes(16)]
        return standing[place % len(standing)]

    def day(self, ahead: int | None) -> datetime.date | None:
        """Give a day so far from now."""
        if ahead is None:
            return None
        return local_date(self.play.clock, OFFSET_MINUTES) + datetime.timedelta(days=ahead)

    @rule(
        who=signers,
        period=st.integers(1, 3),
        pays=st.sampled_from(("issuer_acct", "issuer_acct", "alice_acct", "beta")),
        record=days,
        until=days,
    )
    def somebody_announces(
        self, who: str, period: int, pays: str, record: int | None, until: int | None
    ) -> None:
        command = servicing.AnnouncePayment(
            self.id("NOTE"), period, self.id(pays), self.day(record), self.day(until)
        )
        self.send(command, who)

    @rule(period=st.integers(1, 2))
    def the_issuer_announces(self, period: int) -> None:
        self.announce(period)

    @rule(who=signers, place=places, ahead=st.integers(-3, 200), cancels=st.booleans())
    def somebody_changes(
        self,
        who: str,
        place: int,
        ahead: int,
        cancels: bool,  # noqa: FBT001  # drawn
    ) -> None:
        payment = self.payment(place)
        changed = servicing.ChangeRecordDate(payment, self.day(ahead) or datetime.date.max)
        self.send(servicing.CancelPayment(payment, DOC) if cancels else changed, who)

    @rule(who=signers, place=places, pays=st.none() | st.just("issuer_acct"))
    def somebody_retries(self, who: str, place: int, pays: str | None) -> None:
        account = None if pays is None else self.id(pays)
        self.send(servicing.RetryPayment(self.payment(place), account), who)

    @rule(who=signers, place=places, account=st.sampled_from(HOLDING), gives=st.integers(0, 4))
    def somebody_claims(self, who: str, place: int, account: str, gives: int) -> None:
        payment = self.payment(place)
        claim = servicing.ClaimPayment(payment, self.id(account))
        self.send(servicing.ReclaimUnclaimed(payment) if gives == 0 else claim, who)

    @rule(
        subject=st.sampled_from((*HOLDERS, *HOLDING, "beta_clients")),
        freezes=st.sampled_from((True, False, False)),
    )
    def an_agency_freezes(self, subject: str, freezes: bool) -> None:  # noqa: FBT001  # drawn
        one = self.id(subject)
        self.send(freeze(one) if freezes else thaw(self.play.state, one), "sc")

    @rule(account=st.sampled_from(HOLDING), many=st.integers(1, 50), hours=st.integers(1, 9_000))
    def units_are_frozen(self, account: str, many: int, hours: int) -> None:
        until = self.play.clock + hours * MICROS_PER_DAY // 24
        held = FreezeAmount(self.id(account), self.id("NOTE"), many, BASIS, until)
        self.send(held, "sc")

    @rule(pair=st.permutations(HOLDERS), many=st.integers(1, 60), ahead=st.integers(0, 3))
    def two_people_trade(self, pair: list[str], many: int, ahead: int) -> None:
        seller, buyer = (self.id(f"{name}_acct") for name in pair[:2])
        legs = (
            InstructionLeg(self.id("NOTE"), seller, buyer, many),
            InstructionLeg(self.id("MYR"), buyer, seller, many),
        )
        self.send(Instruct(legs, self.day(ahead)), *sorted(pair[:2], key=self.id))

    @rule(account=st.sampled_from(HOLDING), many=st.integers(1, 60), retires=st.booleans())
    def units_come_and_go(
        self,
        account: str,
        many: int,
        retires: bool,  # noqa: FBT001  # drawn
    ) -> None:
        make = instruments.RetireUnits if retires else instruments.IssueUnits
        self.send(make(self.id("NOTE"), self.id(account), many), "issuer")

    @rule(days=st.sampled_from((0, 1, 3, 30, 90, 180)))
    def time_passes(self, days: int) -> None:
        """Move the clock and let what is due come to pass."""
        self.play.clock += days * MICROS_PER_DAY
        self.play.order()

    @rule()
    def what_is_due_comes(self) -> None:
        """Go to the moment of the next due work."""
        self.play.clock = max(self.play.clock, next_due(self.play.state) or 0)
        self.play.order()

    @rule()
    def a_holder_claims_what_waits(self) -> None:
        """Claim in good faith, for the first that waits, once it is free."""
        for key, part in ENTITLEMENTS.scan(self.play.state):
            if part.stage is EntitlementStage.UNCLAIMED:
                self.send(thaw(self.play.state, key[16:]), "sc")
                self.send(servicing.ClaimPayment(key[:16], key[16:]), "issuer")
                return

    @invariant()
    def the_books_agree(self) -> None:
        for receipt in self.play.receipts[self.read :]:
            for raw in receipt.events:
                self.take(MACHINE.read_event(raw))
        self.read = len(self.play.receipts)
        for payment_id, payment in PAYMENTS.scan(self.play.state):
            waits = sum(self.waits[payment_id].values()) - self.given_back[payment_id]
            assert payment.total == self.fixed[payment_id]
            assert payment.paid == self.paid[payment_id]
            assert payment.unclaimed == waits
        stage = INSTRUMENTS.require(self.play.state, self.id("NOTE")).stage
        assert (stage is InstrumentStage.REDEEMED) <= (self.units[self.id("NOTE")] == 0)

    def take(self, event: Any) -> None:  # noqa: ANN401  # any event of any module
        """Read one event into the books."""
        match event:
            case happened.PaymentAnnounced():
                self.asset_of[event.payment] = event.asset
            case happened.EntitlementFixed():
                self.fixed[event.payment] += event.income + event.principal
            case happened.PartUnclaimed():
                self.waits[event.payment][event.account] = event.amount
            case happened.UnclaimedReclaimed():
                self.given_back[event.payment] += event.amount
            case happened.HolderPaid():
                self.paid[event.payment] += event.income + event.principal
                waited = self.waits[event.payment].pop(event.account, None)
                assert waited in {None, event.income + event.principal}
                self.units[self.asset_of[event.payment]] -= event.units_redeemed
            case _ if type(event).__name__ == "UnitsIssued":
                self.units[event.asset] += event.units
            case _ if type(event).__name__ == "UnitsRetired":
                self.units[event.asset] -= event.units

    def teardown(self) -> None:
        """Replay everything that was ordered."""
        assert self.play.replayed() == self.play.digests
        assert self.play.rebuilt().records == self.play.state.records


Payments.TestCase.settings = settings(
    max_examples=100, stateful_step_count=40, deadline=None, derandomize=True
)
TestPayments = Payments.TestCase
