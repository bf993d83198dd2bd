# SPDX-License-Identifier: Apache-2.0
"""A bank's day of intraday liquidity: what is told of balances and holds is what the state says."""

import datetime
from collections.abc import Callable

import msgspec
from sqlalchemy import create_engine, select

from lejar.assembly import MACHINE
from lejar.domain.calendar import commands as on_calendar
from lejar.domain.instruments import FixedProfitSukuk
from lejar.domain.instruments import commands as on_instruments
from lejar.domain.money import commands as on_money
from lejar.domain.money import intraday
from lejar.domain.money.intraday import CREDITS, Form
from lejar.domain.money.intraday import commands as on_intraday
from lejar.domain.money.intraday.model import Piece, Terms
from lejar.domain.money.limits import commands as on_limits
from lejar.domain.money.limits.events import AccountLimitSet
from lejar.domain.policy import PROFILES, AssetClass
from lejar.kernel.entry import read_receipt
from lejar.kernel.envelope import Command
from lejar.kernel.module import Event
from lejar.kernel.quantity import MILLION
from lejar.ledger.accounts import Purpose
from lejar.projections import Projections, Projector
from lejar.projections.privileged import account_statements
from lejar.projections.privileged.account_money import limits_page
from lejar.projections.privileged.intraday import CreditLine, credits_page
from lejar.projections.schema import entry_parties
from tests.projections.moneyed import money_agrees
from tests.projections.test_folds import ledger_agrees
from tests.projections.traffic import (
    AGENCY,
    BANK,
    BEGINS_AT,
    CENTRAL_BANK,
    DAY,
    HOUR,
    OTHER_BANK,
    TERMS,
    Market,
    Trade,
)

PRICE = 10 * MILLION
"""Ten sen for a unit."""
PAPER = "MYBVG2102409"


class BanksDay:
    """A market in which the central bank takes a sukuk, and the bank that issued it draws."""

    def __init__(self) -> None:
        self.watch: Callable[[], None] = lambda: None
        self.market = Market(5)
        self.trade = Trade(self.market)
        self.vault = self.market.open(CENTRAL_BANK, Purpose.OWN)
        terms = msgspec.structs.replace(TERMS, isin=PAPER)
        paper = FixedProfitSukuk(debt=terms, principle=None)
        self.do(
            on_instruments.CreateInstrument(OTHER_BANK, paper, (), None, None, ()),
            OTHER_BANK,
            AGENCY,
        )
        profiles = PROFILES.scan(self.market.state)
        self.sukuk = next(key for key, one in profiles if one.asset_class is AssetClass.SUKUK)
        self.do(on_instruments.IssueUnits(self.sukuk, self.trade.bank, 10_000), OTHER_BANK)
        for asset in (self.sukuk, self.trade.bond):
            self.price(asset, 0)
        opened = on_intraday.OpenFacility(self.trade.myr, tuple(Form), self.vault, 18 * 60)
        self.do(opened, CENTRAL_BANK)

    def do(self, command: Command, *signers: bytes) -> None:
        """Order a command that must be accepted."""
        receipt = self.market.do(command, *signers)
        assert receipt.refusal is None, receipt.refusal
        self.watch()

    def price(self, asset: bytes, haircut: int) -> None:
        islamic = asset == self.sukuk
        terms = Terms(PRICE, haircut, BEGINS_AT + 30 * DAY, islamic)
        self.do(on_intraday.SetCollateral(self.trade.myr, asset, terms), CENTRAL_BANK)

    def draw(self, form: Form, units: int, amount: int) -> bytes:
        """Draw against the sukuk; gives the credit's id."""
        before = dict(CREDITS.scan(self.market.state))
        account, pieces = self.trade.bank, (Piece(self.sukuk, units),)
        drawn = on_intraday.DrawIntraday(form, self.trade.myr, account, account, pieces, amount)
        self.do(drawn, BANK)
        return next(key for key, _ in CREDITS.scan(self.market.state) if key not in before)

    def live(self) -> None:
        """Draw in both forms, pay back in parts, answer a call, and be overdue over one close."""
        sale = self.draw(Form.SALE_AND_BUY_BACK, 1_000, 10_000)
        repo = self.draw(Form.REPO, 2_000, 15_000)
        self.price(self.sukuk, MILLION // 2)
        more = on_intraday.SubstituteCollateral(repo, (Piece(self.sukuk, 1_500),), ())
        self.do(more, BANK)
        self.do(on_intraday.RepayIntraday(repo, 5_000), BANK)
        self.do(on_intraday.RepayIntraday(sale), BANK)
        self.limit(10**9)
        left = on_money.RedeemMoney(self.trade.myr, self.trade.bank, 1_005_000, bytes(16))
        self.do(left, CENTRAL_BANK, BANK)
        self.do(on_intraday.CloseFacility(self.trade.myr), CENTRAL_BANK)
        self.go_to(10)
        back = on_money.IssueMoney(self.trade.myr, self.trade.bank, 1_000_000, b"b" * 16)
        self.do(back, CENTRAL_BANK)
        self.go_to(34)

    def limit(self, most: int | None) -> None:
        """Limit what the bank holds and sends, or limit it no more."""
        account, currency = self.trade.bank, self.trade.myr
        self.do(on_limits.SetAccountLimit(account, currency, most, most), CENTRAL_BANK)

    def go_to(self, hours: int) -> None:
        """Move the hub's time to so many hours after its beginning, and let due work run."""
        self.do(on_calendar.AdvanceTime(BEGINS_AT + hours * HOUR), CENTRAL_BANK)
        for _ in range(2):
            self.do(on_calendar.Tick(), CENTRAL_BANK)

    def events(self) -> set[type[Event]]:
        receipts = [read_receipt(one.receipt) for _, block in self.market.blocks for one in block]
        return {type(MACHINE.read_event(event)) for one in receipts for event in one.events}


def test_a_banks_day_is_told(url: str) -> None:
    day = BanksDay()
    day.live()
    assert day.events() >= {*intraday.EVENTS, AccountLimitSet}
    assert dict(CREDITS.scan(day.market.state)) == {}
    projector = Projector(url, day.market.genesis)
    projector.fold_all(day.market.blocks)
    projector.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        ledger_agrees(connection, day.market.state)
    engine.dispose()


def watched(url: str, day: BanksDay) -> Projector:
    """Fold each step as it is made, and hold the tables beside the state."""
    projector = Projector(url, day.market.genesis)
    projector.fold_all(day.market.blocks)

    def compare() -> None:
        projector.fold_all(day.market.blocks[projector.standing.block :])
        engine = create_engine(url)
        with engine.connect() as connection:
            money_agrees(connection, day.market.state)
        engine.dispose()

    day.watch = compare
    return projector


def test_after_each_step_of_its_day_the_tables_say_what_the_state_says(url: str) -> None:
    day = BanksDay()
    projector = watched(url, day)
    day.live()
    day.limit(None)
    day.do(on_intraday.SetCollateral(day.trade.myr, day.sukuk, None), CENTRAL_BANK)
    projector.close()


def test_a_credit_is_told_from_its_draw_to_its_end(url: str) -> None:
    day = BanksDay()
    projector = watched(url, day)
    repo = day.draw(Form.REPO, 2_000, 15_000)
    day.price(day.sukuk, MILLION // 2)
    told = credits_told(url, BANK)[repo]
    assert (told.value, told.margin_short) == (10_000, 5_000)
    assert told.called_at == day.market.state.at
    assert credits_told(url, CENTRAL_BANK) == {repo: told}
    assert credits_told(url, OTHER_BANK) == {}
    left = on_money.RedeemMoney(day.trade.myr, day.trade.bank, 1_010_000, bytes(16))
    day.do(left, CENTRAL_BANK, BANK)
    day.go_to(10)
    told = credits_told(url, BANK)[repo]
    assert (told.stage, told.shortfall, told.cause) == ("overdue", 10_000, "funds_insufficient")
    day.do(on_money.IssueMoney(day.trade.myr, day.trade.bank, 10_000, b"b" * 16), CENTRAL_BANK)
    day.go_to(34)
    told = credits_told(url, BANK)[repo]
    assert (told.stage, told.owed, told.collateral, told.margin_short) == ("ended", 0, (), 0)
    assert told.cause is None
    assert told.ended_at is not None
    assert told.closes_at <= told.ended_at <= day.market.state.at
    projector.close()


def test_a_price_that_is_too_old_is_worth_nothing_although_nobody_called(url: str) -> None:
    day = BanksDay()
    projector = watched(url, day)
    repo = day.draw(Form.REPO, 2_000, 15_000)
    terms = Terms(PRICE, 0, day.market.state.at + HOUR)
    day.do(on_intraday.SetCollateral(day.trade.myr, day.sukuk, terms), CENTRAL_BANK)
    assert credits_told(url, BANK)[repo].margin_short == 0
    day.go_to(5)
    told = credits_told(url, BANK)[repo]
    assert (told.called_at, told.margin_short) == (None, 15_000)
    projector.close()


def test_a_bank_is_told_of_a_call_and_of_a_limit_that_others_signed(url: str) -> None:
    day = BanksDay()
    projector = watched(url, day)
    day.draw(Form.REPO, 2_000, 15_000)
    day.price(day.sukuk, MILLION // 2)
    called = day.market.state.entry
    day.limit(5_000_000)
    projections = Projections(url)
    with projections.snapshot() as snapshot:
        c = entry_parties.c
        query = select(c.entry).where(c.party == BANK, c.signed.is_(False))
        told = set(snapshot.connection.execute(query).scalars())
        (limit,) = limits_page(snapshot, BANK).rows
        assert limits_page(snapshot, CENTRAL_BANK).rows == (limit,)
        assert limits_page(snapshot, OTHER_BANK).rows == ()
    projections.close()
    assert {called, day.market.state.entry} <= told
    assert (limit.account, limit.owner, limit.holding_max) == (day.trade.bank, BANK, 5_000_000)
    projector.close()


def credits_told(url: str, party: bytes) -> dict[bytes, CreditLine]:
    """Give a party's credits, ended ones too."""
    projections = Projections(url)
    with projections.snapshot() as snapshot:
        found = {one.id: one for one in credits_page(snapshot, party).rows}
    projections.close()
    return found


def test_its_statement_shows_the_money_come_and_go(url: str) -> None:
    day = BanksDay()
    day.live()
    projector = Projector(url, day.market.genesis)
    projector.fold_all(day.market.blocks)
    projector.close()
    projections = Projections(url)
    with projections.snapshot() as snapshot:
        first = account_statements.whole_statement(
            snapshot, day.trade.bank, day.trade.myr, datetime.date(2026, 9, 28)
        )
        second = account_statements.whole_statement(
            snapshot, day.trade.bank, day.trade.myr, datetime.date(2026, 9, 29)
        )
    projections.close()
    assert first is not None
    assert second is not None
    told = [(line.command, line.amount) for line in first.entries]
    assert told == [
        ("money.issue_money", 1_000_000),
        ("money.draw_intraday", 10_000),
        ("money.draw_intraday", 15_000),
        ("money.repay_intraday", -5_000),
        ("money.repay_intraday", -10_000),
        ("money.redeem_money", -1_005_000),
        ("money.issue_money", 1_000_000),
    ]
    assert [(line.command, line.amount) for line in second.entries] == [
        ("money.intraday_closes", -10_000)
    ]
    assert (second.opening, second.closing) == (first.closing, 995_000)
