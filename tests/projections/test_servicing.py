# SPDX-License-Identifier: Apache-2.0
"""A paper's whole life is told: announced, fixed, paid, unclaimed, claimed, failed, redeemed."""

import datetime
from collections.abc import Iterator

import pytest

from lejar.assembly import MACHINE
from lejar.domain import servicing
from lejar.domain.calendar import commands as on_calendar
from lejar.domain.instruments.events import InstrumentRedeemed, RegisterClosed
from lejar.domain.money import commands as on_money
from lejar.domain.servicing import AGENTS, ENTITLEMENTS, PAYMENTS
from lejar.domain.servicing import commands as on_servicing
from lejar.domain.settlement import commands as on_settlement
from lejar.gateways.rest.server.projected import ProjectedReads
from lejar.gateways.rest.server.proving import Proving
from lejar.kernel.entry import read_receipt
from lejar.kernel.envelope import Command
from lejar.kernel.module import Event
from lejar.ledger.balances import balance
from lejar.projections import Projections, Projector, Snapshot, Wanted
from lejar.projections.privileged import entitlements
from lejar.projections.public import instruments, payments
from tests.directives import freeze, thaw
from tests.projections.traffic import (
    AGENCY,
    BANK,
    CENTRAL_BANK,
    FIRST,
    HOUR,
    OTHER_BANK,
    SECOND,
    THIRD,
    Market,
    Trade,
)

EVERYTHING = Wanted(size=500)


class Life:
    """A paper with three holders and its issuer, and every check on the way."""

    def __init__(self, url: str) -> None:
        self.market = Market(3)
        self.trade = Trade(self.market)
        self.projector = Projector(url, self.market.genesis)
        self.projector.rebuild()
        self.projections = Projections(url)
        self.folded = 0

    def check(self) -> None:
        """Fold what is new, and compare what is told with the state."""
        self.projector.fold_all(self.market.blocks[self.folded :])
        self.folded = len(self.market.blocks)
        with self.projections.snapshot() as snapshot:
            self._payments_agree(snapshot)

    def _payments_agree(self, snapshot: Snapshot) -> None:
        state, bond = self.market.state, self.trade.bond
        told = payments.payments_page(snapshot, bond, EVERYTHING).rows
        assert {one.id: one for one in told if one.stage != "cancelled"}.keys() == {
            key for key, _ in PAYMENTS.scan(state)
        }
        for line in told:
            one = PAYMENTS.get(state, line.id)
            if one is None:
                continue
            assert (line.stage, line.cause, line.attempts) == (one.stage, one.cause, one.attempts)
            assert (line.record_date, line.pays_on) == (one.record_date, one.pays_on)
            assert line.income + line.principal == one.total
            assert (line.paid, line.unclaimed, line.reclaimed) == (
                one.paid,
                one.unclaimed,
                one.reclaimed,
            )
            assert (line.holders, line.units, line.residue) == (
                one.holders,
                one.units,
                one.residue,
            )
            assert line.outstanding == one.outstanding
            self._parts_agree(snapshot, line.id)
        agent = AGENTS.get(state, bond)
        found = instruments.instrument(snapshot, bond)
        assert found is not None
        assert found.agent == (None if agent is None else agent.agent)

    def _parts_agree(self, snapshot: Snapshot, payment: bytes) -> None:
        """A part in the state is told; one that is told and not in the state was paid.

        The issuer's own units are redeemed without a part in the payment.
        """
        told = entitlements.entitlements_of_payment(snapshot, payment, EVERYTHING).rows
        standing = {
            key[16:]: one
            for key, one in ENTITLEMENTS.scan(self.market.state, payment)
            if one.amount or key[16:] != self.trade.other_bank
        }
        assert {one.account for one in told if one.stage != "paid"} == standing.keys()
        for line in told:
            one = standing.get(line.account)
            if one is not None:
                assert (line.units, line.income, line.principal, line.stage, line.cause) == (
                    one.units,
                    one.income,
                    one.principal,
                    one.stage,
                    one.cause,
                )

    def do(self, command: Command, *signers: bytes) -> None:
        """Order a command that must be accepted, and check."""
        receipt = self.market.do(command, *signers)
        assert receipt.refusal is None, receipt.refusal
        self.check()

    def go_to(self, day: datetime.date, hour: int) -> None:
        """Move the hub's time to an hour of a day in Kuala Lumpur, and let due work run."""
        moment = datetime.datetime.combine(day, datetime.time(hour), datetime.UTC)
        at = int(moment.timestamp()) * 1_000_000 - 8 * HOUR
        self.do(on_calendar.AdvanceTime(at), CENTRAL_BANK)
        for _ in range(3):
            self.do(on_calendar.Tick(), CENTRAL_BANK)

    def payment(self) -> bytes:
        """Give the payment that was announced last."""
        with self.projections.snapshot() as snapshot:
            told = payments.payments_page(snapshot, self.trade.bond, EVERYTHING).rows
        return max(told, key=lambda line: line.announced).id

    def events(self) -> set[type[Event]]:
        receipts = [read_receipt(one.receipt) for _, block in self.market.blocks for one in block]
        return {type(MACHINE.read_event(event)) for one in receipts for event in one.events}


@pytest.fixture
def life(url: str) -> Iterator[Life]:
    made = Life(url)
    yield made
    made.projector.close()
    made.projections.close()


def announce(life: Life, period: int, until: datetime.date | None = None) -> None:
    trade = life.trade
    command = on_servicing.AnnouncePayment(trade.bond, period, trade.bank, None, until)
    life.do(command, BANK)


def test_a_papers_whole_life_is_told(life: Life) -> None:
    trade, do = life.trade, life.do
    do(on_servicing.AppointAgent(trade.bond, SECOND), OTHER_BANK)
    do(on_servicing.AppointAgent(trade.bond, BANK), OTHER_BANK)
    for buyer, signer in ((trade.second, SECOND), (trade.third, THIRD)):
        legs = trade.exchange(trade.first, buyer, 100_000, 10)
        do(on_settlement.Instruct(legs, None), FIRST, signer)

    # The first period: announced, cancelled, announced anew; one holder is frozen, and claims.
    announce(life, 1)
    do(on_servicing.CancelPayment(life.payment(), bytes(32)), BANK)
    announce(life, 1)
    first = life.payment()
    do(on_servicing.ChangeRecordDate(first, datetime.date(2026, 10, 26)), BANK)
    do(freeze(trade.third), AGENCY)
    life.go_to(datetime.date(2026, 10, 27), 9)
    life.go_to(datetime.date(2026, 10, 28), 11)
    do(thaw(life.market.state, trade.third), AGENCY)
    do(on_servicing.ClaimPayment(first, trade.third), THIRD)

    # The second: the money is missing, then comes; nobody claims in time, and it is taken back.
    announce(life, 2, datetime.date(2026, 12, 4))
    second = life.payment()
    all_of_it = balance(life.market.state, trade.myr, trade.bank).free
    do(on_money.RedeemMoney(trade.myr, trade.bank, all_of_it, bytes(16)), CENTRAL_BANK, BANK)
    life.go_to(datetime.date(2026, 11, 27), 9)
    life.go_to(datetime.date(2026, 11, 30), 11)
    do(on_money.IssueMoney(trade.myr, trade.bank, 50_000_000, b"r" * 16), CENTRAL_BANK)
    do(freeze(trade.second), AGENCY)
    do(on_servicing.RetryPayment(second, None), BANK)
    life.go_to(datetime.date(2026, 12, 7), 11)
    do(on_servicing.ReclaimUnclaimed(second), BANK)
    do(thaw(life.market.state, trade.second), AGENCY)

    # The third redeems.
    announce(life, 3)
    life.go_to(datetime.date(2026, 12, 28), 9)
    life.go_to(datetime.date(2026, 12, 28), 11)

    with life.projections.snapshot() as snapshot:
        told = payments.payments_page(snapshot, trade.bond, EVERYTHING).rows
        assert [line.stage for line in told if line.period == 1].count("cancelled") == 1
        assert {line.stage for line in told if line.period > 1} == {"paid"}
        paper = instruments.instrument(snapshot, trade.bond)
        mine = entitlements.entitlements_of_account(snapshot, trade.third, EVERYTHING).rows
    assert {line.stage for line in mine} == {"paid", "claimed"}
    assert paper is not None
    assert (paper.instrument.stage, paper.instrument.supply) == ("redeemed", 0)
    met = life.events()
    assert met >= {*servicing.MODULE.events, RegisterClosed, InstrumentRedeemed}


def test_all_of_a_life_in_one_batch_writes_the_same(life: Life) -> None:
    test_a_papers_whole_life_is_told(life)
    with life.projections.snapshot() as snapshot:
        before = payments.payments_page(snapshot, life.trade.bond, EVERYTHING)
    life.projector.rebuild()
    life.folded = 0
    life.check()
    with life.projections.snapshot() as snapshot:
        assert payments.payments_page(snapshot, life.trade.bond, EVERYTHING) == before


def test_a_holder_may_not_read_whole_what_tells_every_holders_part(life: Life) -> None:
    test_a_papers_whole_life_is_told(life)
    proving = Proving(life.projections, ())
    reads = ProjectedReads(life.projections, life.market.genesis, proving)
    told = reads.entries(0, 10_000)
    runs = [one for one in told if one.receipt.command == "servicing.payment_date_comes"]
    assert any(len(one.receipt.events) > 1 for one in runs)
    assert {one.involved for one in runs} == {()}
    exchanges = [one for one in told if one.receipt.command == "settlement.instruct"]
    assert all(one.involved for one in exchanges)
