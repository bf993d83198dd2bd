# SPDX-License-Identifier: Apache-2.0
"""A bank's day of intraday liquidity: what is told of balances and holds is what the state says."""

import datetime

import msgspec
from sqlalchemy import create_engine

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
        limit = on_limits.SetAccountLimit(self.trade.bank, self.trade.myr, 10**9, 10**9)
        self.do(limit, CENTRAL_BANK)
        left = on_money.RedeemMoney(self.trade.myr, self.trade.bank, 1_005_000, bytes(16))
        self.do(left, CENTRAL_BANK, BANK)
        self.do(on_intraday.CloseFacility(self.trade.myr), CENTRAL_BANK)
        self.go_to(10)
        back = on_money.IssueMoney(self.trade.myr, self.trade.bank, 1_000_000, b"b" * 16)
        self.do(back, CENTRAL_BANK)
        self.go_to(34)

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
