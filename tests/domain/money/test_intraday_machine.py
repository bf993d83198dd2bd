# SPDX-License-Identifier: Apache-2.0
"""Two banks draw, pay back and substitute as they like, while prices move and days end.

`Play.order` walks every invariant after each block; this machine adds an auditor, and books of its
own, read from receipts alone: what is owed and kept for each credit, and nothing else.
"""

from collections import defaultdict
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lejar.domain.accounts.commands import OpenAccount
from lejar.domain.money import commands as money
from lejar.domain.money.intraday import CREDITS, Form
from lejar.domain.money.intraday import commands as intraday
from lejar.domain.money.intraday.model import Piece, Terms
from lejar.domain.policy import AssetClass
from lejar.kernel.envelope import Command
from lejar.kernel.moment import MICROS_PER_HOUR
from lejar.kernel.quantity import MILLION
from lejar.ledger.accounts import Purpose
from lejar.ledger.balances import balance
from lejar.ledger.model import BALANCES
from tests.directives import freeze, thaw
from tests.domain.auditor import Auditor
from tests.scenarios.network import MACHINE
from tests.scenarios.paper import CreatePaper, IssuePaper
from tests.scenarios.play import Play, Send
from tests.scenarios.runner import market, perform
from tests.scenarios.values import digest_of

BANKS = ("alpha", "beta")
PAPERS = ("SUK", "GOV")
UNITS = 1_000
PRICE = 100 * MILLION
"""One ringgit for one unit."""
banks = st.sampled_from(BANKS)
papers = st.sampled_from(PAPERS)
forms = st.sampled_from(Form)
amounts = st.integers(1, 12_000)
units = st.one_of(st.integers(50, 400), st.sampled_from((1, UNITS, UNITS + 1)))
limits = st.none() | st.integers(10_000, 100_000)
places = st.integers(0, 5)
strangers = st.sampled_from((None, None, None, *BANKS))


class Intraday(RuleBasedStateMachine):
    """The usual market, a vault, and two papers that the central bank takes."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play()
        self.auditor = Auditor()
        self.read = 0
        self.owed: dict[bytes, int] = {}
        self.kept: dict[bytes, dict[bytes, int]] = defaultdict(lambda: defaultdict(int))

    @initialize(difference=st.none() | st.integers(0, 1_000), bank_max=limits)
    def open_the_market(self, difference: int | None, bank_max: int | None) -> None:
        for step in market().steps:
            perform(self.play, step)
        self.play.scope = "machine"
        vault = self.send("bnm", OpenAccount(self.id("bnm"), Purpose.OWN, None))
        self.play.names["vault"] = vault[-1].account
        for name, kind in zip(PAPERS, (AssetClass.SUKUK, AssetClass.GOVERNMENT), strict=True):
            made = self.send("issuer", CreatePaper((), None, None, kind))
            self.play.names[name] = made[-1].asset
            for bank in BANKS:
                self.send("issuer", IssuePaper(self.id(name), self.id(bank), UNITS))
            self.a_price_is_set(name, PRICE, 0, 400, islamic=True)
        self.facility_opens((Form.REPO, Form.SALE_AND_BUY_BACK), difference, bank_max)

    def id(self, name: str) -> bytes:
        return self.play.names.get(name) or digest_of(name, 16)

    def send(self, who: str, *commands: Command) -> list[Any]:
        """Order commands, each in a block; gives the last one's events."""
        signer = f"{who}_bank" if who in BANKS else who
        events: list[Any] = []
        for command in commands:
            sent = Send(command, ((self.id(signer), signer),))
            receipt = self.play.order(self.play.seal(sent))[-1]
            events = [MACHINE.read_event(raw) for raw in receipt.events]
        return events

    def credit(self, place: int, stranger: str | None) -> tuple[str, bytes]:
        """Give one of the open credits, with its bank or with whoever else asks."""
        open_now = sorted(self.owed)
        credit_id = open_now[place % len(open_now)]
        bank = CREDITS.require(self.play.state, credit_id).bank
        own = next(name for name in BANKS if self.id(f"{name}_bank") == bank)
        return stranger or own, credit_id

    @rule(
        paper=papers,
        price=st.sampled_from((PRICE, 2 * PRICE, PRICE // 2, 1)),
        haircut=st.sampled_from((0, 50_000, 333_333, MILLION)),
        hours=st.sampled_from((96, 200, 24, 0)),
        islamic=st.booleans(),
    )
    def a_price_is_set(
        self, paper: str, price: int, haircut: int, hours: int, *, islamic: bool
    ) -> None:
        until = self.play.state.at + hours * MICROS_PER_HOUR
        terms = Terms(price, haircut, until, islamic)
        self.send("bnm", intraday.SetCollateral(self.id("MYR"), self.id(paper), terms))

    @rule(
        offered=st.sampled_from(((Form.REPO,), tuple(Form))),
        difference=st.none() | st.integers(0, 10_000),
        bank_max=limits,
    )
    def facility_opens(
        self, offered: tuple[Form, ...], difference: int | None, bank_max: int | None
    ) -> None:
        self.send(
            "bnm",
            intraday.OpenFacility(
                self.id("MYR"), offered, self.id("vault"), 18 * 60, difference, bank_max
            ),
        )

    @rule(bank=banks, form=forms, many=units, also=st.none() | st.none() | units, amount=amounts)
    def a_bank_draws(self, bank: str, form: Form, many: int, also: int | None, amount: int) -> None:
        pieces = [Piece(self.id("SUK"), many)]
        if also is not None:
            pieces.append(Piece(self.id("GOV"), also))
        account = self.id(bank)
        drawn = intraday.DrawIntraday(form, self.id("MYR"), account, account, tuple(pieces), amount)
        self.send(bank, drawn)

    @precondition(lambda self: self.owed)
    @rule(who=strangers, place=places, amount=st.none() | amounts)
    def a_bank_pays_back(self, who: str | None, place: int, amount: int | None) -> None:
        bank, credit_id = self.credit(place, who)
        self.send(bank, intraday.RepayIntraday(credit_id, amount))

    @precondition(lambda self: self.owed)
    @rule(who=strangers, place=places, give=st.none() | units, take=st.none() | units)
    def a_bank_substitutes(
        self, who: str | None, place: int, give: int | None, take: int | None
    ) -> None:
        bank, credit_id = self.credit(place, who)
        given = () if give is None else (Piece(self.id("GOV"), give),)
        taken = () if take is None else (Piece(self.id("SUK"), take),)
        self.send(bank, intraday.SubstituteCollateral(credit_id, given, taken))

    @rule(bank=banks, amount=amounts)
    def money_goes_back_to_the_rtgs(self, bank: str, amount: int) -> None:
        reference = digest_of(f"out/{len(self.play.blocks)}", 16)
        command = money.RedeemMoney(self.id("MYR"), self.id(bank), amount, reference)
        signers = tuple((self.id(name), name) for name in ("bnm", f"{bank}_bank"))
        self.play.order(self.play.seal(Send(command, signers)))

    @rule(bank=banks, amount=amounts)
    def money_is_issued(self, bank: str, amount: int) -> None:
        reference = digest_of(f"in/{len(self.play.blocks)}", 16)
        self.send("bnm", money.IssueMoney(self.id("MYR"), self.id(bank), amount, reference))

    @rule(subject=st.sampled_from((*BANKS, *PAPERS, "vault", "MYR")), hours=st.integers(0, 9))
    def something_is_frozen_for_a_while(self, subject: str, hours: int) -> None:
        self.send("sc", freeze(self.id(subject)))
        self.time_passes(hours)
        self.send("sc", thaw(self.play.state, self.id(subject)))

    @rule(hours=st.integers(1, 5) | st.just(24))
    def time_passes(self, hours: int) -> None:
        self.play.clock += hours * MICROS_PER_HOUR
        self.play.order()

    @invariant()
    def the_books_agree(self) -> None:
        for receipt in self.play.receipts[self.read :]:
            events = [MACHINE.read_event(raw) for raw in receipt.events]
            self.auditor.read(receipt, events)
            for event in events:
                self._book(type(event).__name__, event)
        self.read = len(self.play.receipts)
        state = self.play.state
        told = {
            key: (one.owed, {kept.asset: kept.amount for kept in one.kept})
            for key, one in CREDITS.scan(state)
        }
        mine = {key: (owed, _left(self.kept[key])) for key, owed in self.owed.items()}
        assert told == mine
        hub = {(k[16:], k[:16]): one.total for k, one in BALANCES.scan(state) if one.total}
        assert hub == {place: total for place, total in self.auditor.balances.items() if total}
        if "vault" in self.play.names:
            self._the_vault_holds_what_is_kept()

    def _the_vault_holds_what_is_kept(self) -> None:
        for paper in PAPERS:
            kept = sum(one[self.id(paper)] for one in self.kept.values())
            found = balance(self.play.state, self.id(paper), self.id("vault"))
            assert (found.total, found.held) == (kept, kept)
            assert kept <= UNITS * len(BANKS)

    def _book(self, name: str, event: Any) -> None:  # noqa: ANN401  # told by its name
        if name == "IntradayDrawn":
            assert event.credit not in self.owed
            assert event.owed >= event.amount
            self.owed[event.credit] = event.owed
        elif name == "CollateralGiven":
            self.kept[event.credit][event.asset] += event.amount
        elif name == "CollateralReturned":
            self.kept[event.credit][event.asset] -= event.amount
        elif name == "IntradayRepaid":
            assert self.owed[event.credit] - event.paid == event.owed
            self.owed[event.credit] = event.owed
            if not event.owed:
                del self.owed[event.credit]
                assert not _left(self.kept[event.credit]), "who has paid has its paper back"
        elif name == "MarginCalled":
            assert event.owed - event.value == event.shortfall > 0

    def teardown(self) -> None:
        """Replay everything that was ordered."""
        assert self.play.replayed() == self.play.digests


def _left(kept: dict[bytes, int]) -> dict[bytes, int]:
    return {asset: amount for asset, amount in kept.items() if amount}


Intraday.TestCase.settings = settings(
    max_examples=80, stateful_step_count=40, deadline=None, derandomize=True
)
TestIntraday = Intraday.TestCase
