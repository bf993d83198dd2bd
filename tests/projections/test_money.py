# SPDX-License-Identifier: Apache-2.0
"""Deposits, bound money and retail tiers are told as they are in the state."""

import pytest
from sqlalchemy import select

from lejar.assembly import MACHINE
from lejar.domain.calendar import commands as on_calendar
from lejar.domain.money import CURRENCIES, deposits, purpose_bound, tiers
from lejar.domain.money import commands as on_money
from lejar.domain.money.deposits import commands as on_deposits
from lejar.domain.money.deposits.events import DepositTokenCreated
from lejar.domain.money.purpose_bound import commands as on_bound
from lejar.domain.money.purpose_bound.events import MoneyBound
from lejar.domain.money.tiers import commands as on_tiers
from lejar.domain.policy import commands as on_policy
from lejar.kernel.entry import read_receipt
from lejar.kernel.envelope import Command
from lejar.kernel.module import Event
from lejar.ledger.accounts import Purpose
from lejar.projections import Projections, Projector
from lejar.projections.privileged.account_money import central_bank_money, deposits_kept_by
from lejar.projections.privileged.bound_money import BoundMoney, bound_money_of
from lejar.projections.public import instruments, money
from lejar.projections.schema import entry_parties
from tests.directives import BASIS, freeze
from tests.projections.moneyed import money_agrees
from tests.projections.traffic import (
    BANK,
    CENTRAL_BANK,
    FIRST,
    HOUR,
    OTHER_BANK,
    SECOND,
    THIRD,
    Market,
)

DECIMALS = 3


class Life:
    """A market with deposits of two banks, and a projector that follows it."""

    def __init__(self, url: str) -> None:
        self.market = Market(5)
        self.projector = Projector(url, self.market.genesis)
        self.projector.rebuild()
        self.projections = Projections(url)
        self.folded = 0
        self.do(on_money.CreateCurrency("XTS", ("bank",), DECIMALS), CENTRAL_BANK)
        currency = CURRENCIES.get(self.market.state, b"XTS")
        assert currency is not None
        self.money = currency.asset
        self.banks = {bank: self.market.open(bank, Purpose.OWN) for bank in (BANK, OTHER_BANK)}
        self.claims = {bank: self._claim(bank) for bank in self.banks}
        self.payer = self._depositor(FIRST, BANK)
        self.shop = self._depositor(SECOND, OTHER_BANK)
        issued = on_money.IssueMoney(self.money, self.banks[BANK], 10_000, bytes(16))
        self.do(issued, CENTRAL_BANK)
        self.do(on_deposits.IssueDeposit(self.claims[BANK], self.payer, 9_000, bytes(16)), BANK)

    def do(self, command: Command, *signers: bytes) -> list[Event]:
        receipt = self.market.do(command, *signers)
        assert receipt.refusal is None, receipt.refusal
        return [MACHINE.read_event(raw) for raw in receipt.events]

    def envelope(self, amount: int) -> bytes:
        """Bind money of the payer's for THIRD to spend at the shop within two hours."""
        until = self.market.state.at + 2 * HOUR
        bind = on_bound.BindMoney(
            self.payer, self.money, amount, THIRD, (SECOND,), None, "GOVT", until
        )
        bound = self.do(bind, FIRST)[-1]
        assert isinstance(bound, MoneyBound)
        return bound.envelope

    def later(self, hours: int) -> None:
        """Let time pass, and what is due run."""
        self.do(on_calendar.AdvanceTime(self.market.state.at + hours * HOUR), CENTRAL_BANK)
        self.do(on_calendar.Tick(), CENTRAL_BANK)

    def events(self) -> set[type[Event]]:
        return {
            type(MACHINE.read_event(raw))
            for _, entries in self.market.blocks
            for entry in entries
            for raw in read_receipt(entry.receipt).events
        }

    def told(self, envelope: bytes) -> BoundMoney:
        self.projector.fold_all(self.market.blocks[self.folded :])
        self.folded = len(self.market.blocks)
        with self.projections.snapshot() as snapshot:
            found = bound_money_of(snapshot, envelope)
        assert found is not None
        return found

    def _claim(self, bank: bytes) -> bytes:
        code = "XTSONE" if bank == BANK else "XTSTWO"
        token = on_deposits.CreateDepositToken(code, self.money, self.banks[bank], ())
        created = self.do(token, bank)[-1]
        assert isinstance(created, DepositTokenCreated)
        return created.asset

    def _depositor(self, owner: bytes, bank: bytes) -> bytes:
        account = self.market.open(owner, Purpose.OWN)
        self.do(on_deposits.KeepAsDeposit(account, self.claims[bank]), owner, bank)
        return account


@pytest.fixture
def life(url: str) -> Life:
    return Life(url)


def test_a_banks_claim_is_told_among_assets_with_its_supply(life: Life) -> None:
    life.do(on_deposits.RedeemDeposit(life.claims[BANK], life.payer, 500, b"r" * 16), FIRST, BANK)
    life.envelope(1_000)
    life.projector.fold_all(life.market.blocks)
    with life.projections.snapshot() as snapshot:
        found = instruments.instrument(snapshot, life.claims[BANK])
    assert found is not None
    line = found.instrument
    assert (line.kind, line.code, line.issuer) == ("deposit", "XTSONE", BANK)
    assert line.supply == 8_500
    assert line.decimals == DECIMALS


def test_a_claim_has_the_decimals_of_its_currency_whoever_reads_on(life: Life, url: str) -> None:
    """What a projector knows of currencies is read again when it starts anew."""
    life.do(on_money.CreateCurrency("XBB", ("bank",), 0), CENTRAL_BANK)
    currency = CURRENCIES.get(life.market.state, b"XBB")
    assert currency is not None
    life.projector.fold_all(life.market.blocks)
    folded = len(life.market.blocks)
    account = life.market.open(BANK, Purpose.OWN)
    token = on_deposits.CreateDepositToken("XBBONE", currency.asset, account, ())
    created = life.do(token, BANK)[-1]
    assert isinstance(created, DepositTokenCreated)
    Projector(url, life.market.genesis).fold_all(life.market.blocks[folded:])
    with life.projections.snapshot() as snapshot:
        found = instruments.instrument(snapshot, created.asset)
    assert found is not None
    assert found.instrument.decimals == 0


def test_an_envelope_is_told_from_its_making_to_its_end(life: Life) -> None:
    envelope = life.envelope(1_000)
    told = life.told(envelope)
    assert (told.payer, told.holder, told.receivers) == (FIRST, THIRD, (SECOND,))
    assert (told.amount, told.left, told.stage) == (1_000, 1_000, "open")
    life.do(on_bound.SpendBound(envelope, life.shop, 400, "GOVT"), THIRD)
    assert (life.told(envelope).left, life.told(envelope).stage) == (600, "open")
    life.do(on_bound.SpendBound(envelope, life.shop, 600, "GOVT"), THIRD)
    assert (life.told(envelope).left, life.told(envelope).stage) == (0, "spent")


def test_an_envelope_that_ended_says_where_its_rest_is(life: Life) -> None:
    returned, stuck = life.envelope(1_000), life.envelope(2_000)
    life.do(on_bound.UnbindMoney(returned), FIRST, THIRD)
    assert (life.told(returned).left, life.told(returned).stage) == (0, "returned")
    life.do(freeze(life.payer), CENTRAL_BANK)
    life.later(3)
    told = life.told(stuck)
    assert (told.left, told.stage, told.cause) == (2_000, "stuck", "target_frozen")
    with life.projections.snapshot() as snapshot:
        query = select(entry_parties.c.party, entry_parties.c.entry)
        concerned = {(row.party, row.entry) for row in snapshot.connection.execute(query)}
    ended = max(entry for party, entry in concerned if party == THIRD)
    assert (FIRST, ended) in concerned


def test_a_life_of_money_meets_all_its_events(life: Life) -> None:
    test_an_envelope_is_told_from_its_making_to_its_end(life)
    life.do(on_deposits.RedeemDeposit(life.claims[BANK], life.payer, 500, b"r" * 16), FIRST, BANK)
    life.do(on_policy.SetSwitch(name="retail_money", on=True, basis=BASIS), CENTRAL_BANK)
    life.do(on_tiers.DefineTier(life.money, "basic", 10, 10, 10), CENTRAL_BANK)
    wallet = life.market.open(THIRD, Purpose.OWN)
    life.do(on_tiers.OpenRetail(wallet, life.money, "basic"), THIRD, BANK)
    test_an_envelope_that_ended_says_where_its_rest_is(life)
    expected = {*deposits.EVENTS, *purpose_bound.EVENTS, *tiers.EVENTS}
    assert life.events() >= expected
    life.projector.fold_all(life.market.blocks[life.folded :])
    with life.projections.snapshot() as snapshot:
        money_agrees(snapshot.connection, life.market.state)
        (tier,) = money.tiers(snapshot)
        (kept,) = deposits_kept_by(snapshot, life.shop)
        reserves = {
            bank: central_bank_money(snapshot, account, life.money)
            for bank, account in life.banks.items()
        }
    assert (tier.currency, tier.tier, tier.daily_max) == (life.money, "basic", 10)
    assert (kept.currency, kept.deposit) == (life.money, life.claims[OTHER_BANK])
    assert sum(reserves.values()) == 10_000
    assert reserves[OTHER_BANK] == 1_000
