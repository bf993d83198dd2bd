# SPDX-License-Identifier: Apache-2.0
"""The tables tell of outside ledgers what the state says, and keep what it forgets."""

import datetime
from collections.abc import Iterator

import pytest

from lejar.assembly import MACHINE
from lejar.domain import reconciliation
from lejar.domain.calendar import commands as on_calendar
from lejar.domain.calendar import today
from lejar.domain.money.model import currency
from lejar.domain.reconciliation import (
    BREAKS,
    COUNTERPARTS,
    BreakKind,
    BreakStage,
    Cause,
    CounterpartKind,
)
from lejar.domain.reconciliation import commands as on_ledgers
from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.envelope import Command
from lejar.kernel.moment import MICROS_PER_DAY
from lejar.ledger.accounts import Purpose
from lejar.projections import Projections, Projector
from lejar.projections.privileged import reconciliation as told
from lejar.projections.privileged.receipts import receipt
from tests.projections.traffic import BANK, CENTRAL_BANK, FIRST, OTHER_BANK, SECOND, Market, Trade

DIGEST = b"d" * 32


class Ledgers:
    """A bank's account that another bank mirrors, and every check on the way."""

    def __init__(self, url: str) -> None:
        self.market = Market(5)
        Trade(self.market)
        self.projector = Projector(url, self.market.genesis)
        self.projector.rebuild()
        self.projections = Projections(url)
        self.folded = 0
        found = currency(self.market.state, "MYR")
        assert found is not None
        self.myr = found.asset

    def do(self, command: Command, *signers: bytes) -> Receipt:
        """Order one command that must be accepted, fold it, and compare."""
        done = self.market.do(command, *signers)
        assert done.refusal is None, done.refusal
        self.check()
        return done

    def pass_days(self, days: int) -> None:
        """Let a demonstration's time go on, and what is due happen."""
        later = self.market.state.at + days * MICROS_PER_DAY
        self.do(on_calendar.AdvanceTime(later), CENTRAL_BANK)
        self.do(on_calendar.Tick(), CENTRAL_BANK)

    def check(self) -> None:
        """Fold what is new; every break of the state is told as it stands."""
        self.projector.fold_all(self.market.blocks[self.folded :])
        self.folded = len(self.market.blocks)
        with self.projections.snapshot() as snapshot:
            lines = told.breaks_page(snapshot, None).rows
            counterparts = told.counterparts_of(snapshot, None)
        stages = {line.id: (line.stage, line.assigned_to) for line in lines}
        for key, one in BREAKS.scan(self.market.state):
            assert stages[key] == (str(one.stage), one.assigned_to)
        named = {key for key, _ in COUNTERPARTS.scan(self.market.state)}
        assert {one.id for one in counterparts if not one.is_ended} == named

    def met(self) -> set[type]:
        """Give the kinds of events that have happened."""
        return {
            type(MACHINE.read_event(event))
            for _, entries in self.market.blocks
            for entry in entries
            for event in read_receipt(entry.receipt).events
        }


@pytest.fixture
def ledgers(url: str) -> Iterator[Ledgers]:
    made = Ledgers(url)
    yield made
    made.projections.close()
    made.projector.close()


def test_a_whole_life_is_told_and_every_event_is_met(ledgers: Ledgers) -> None:
    account = ledgers.market.open(BANK, Purpose.OWN)
    naming = on_ledgers.NameCounterpart(
        CounterpartKind.RTGS, OTHER_BANK, account, ledgers.myr, DIGEST, 1
    )
    ledgers.do(naming, BANK)
    ((counterpart, _),) = COUNTERPARTS.scan(ledgers.market.state)
    day = today(ledgers.market.state)
    ledgers.pass_days(1)
    stating = on_ledgers.RecordStatement(
        counterpart, 1, b"r" * 16, day, ledgers.myr, 250, 2, DIGEST
    )
    ledgers.do(stating, OTHER_BANK)
    item = on_ledgers.UnmatchedItem(BreakKind.THEIRS_ONLY, b"i" * 16, None, 250)
    ledgers.do(on_ledgers.RecordMatching(counterpart, 1, 1, (item,), last=True), BANK)
    for key, _ in list(BREAKS.scan(ledgers.market.state)):
        ledgers.do(on_ledgers.AssignBreak(key, FIRST), BANK)
    ledgers.pass_days(7)
    for key, _ in list(BREAKS.scan(ledgers.market.state)):
        ledgers.do(on_ledgers.ExplainBreak(key, Cause.TIMING, DIGEST), FIRST)
        ledgers.do(on_ledgers.ReopenBreak(key, DIGEST), OTHER_BANK)
        ledgers.do(on_ledgers.AssignBreak(key, FIRST), BANK)
        ledgers.do(on_ledgers.ExplainBreak(key, Cause.OTHER, DIGEST), FIRST)
        ledgers.do(on_ledgers.ResolveBreak(key, 1), BANK)
    with ledgers.projections.snapshot() as snapshot:
        lines = told.breaks_page(snapshot, BANK).rows
        assert [one.ended_on for one in lines] == [today(ledgers.market.state).isoformat()] * 2
        assert {one.cause for one in lines} == {"other"}
        steps = [step.step for step in told.steps_of(snapshot, lines[0].id)]
    assert steps == [
        "opened", "assigned", "escalated", "explained", "reopened", "assigned", "explained",
        "resolved",
    ]  # fmt: skip
    matching = on_ledgers.RecordStatement(
        counterpart, 2, b"q" * 16, day + datetime.timedelta(1), ledgers.myr, 0, 0, b"e" * 32
    )
    ledgers.do(matching, BANK)
    ledgers.do(on_ledgers.EndCounterpart(counterpart), BANK)
    ledgers.pass_days(31)
    assert list(BREAKS.scan(ledgers.market.state)) == []
    with ledgers.projections.snapshot() as snapshot:
        kept = told.breaks_page(snapshot, None).rows
        assert [one.stage for one in kept] == [str(BreakStage.RESOLVED)] * 2
        assert told.ages(snapshot, kept) == told.ages(snapshot, lines)
        assert len(told.statements_page(snapshot, OTHER_BANK).rows) == 2
        assert told.statements_page(snapshot, SECOND).rows == ()
    assert ledgers.met() >= set(reconciliation.MODULE.events)


def test_both_sides_take_part_in_every_entry_about_their_ledger(ledgers: Ledgers) -> None:
    account = ledgers.market.open(BANK, Purpose.OWN)
    naming = on_ledgers.NameCounterpart(
        CounterpartKind.CUSTODIAN, OTHER_BANK, account, ledgers.myr, DIGEST, None
    )
    number = ledgers.do(naming, BANK).number
    with ledgers.projections.snapshot() as snapshot:
        found = receipt(snapshot, number)
    assert found is not None
    assert {BANK, OTHER_BANK} <= set(found.concerned)
    ledgers.pass_days(1)
    closed = [
        read_receipt(entry.receipt)
        for _, entries in ledgers.market.blocks
        for entry in entries
        if read_receipt(entry.receipt).command == "reconciliation.day_closes"
    ]
    with ledgers.projections.snapshot() as snapshot:
        due = receipt(snapshot, closed[0].number)
    assert due is not None
    assert set(due.concerned) == {BANK, OTHER_BANK}
