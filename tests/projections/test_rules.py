# SPDX-License-Identifier: Apache-2.0
"""What is told of the rules is what the state says: by two times, and to whom it may be told."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pytest

from lejar.assembly import MACHINE
from lejar.domain.calendar import commands as on_calendar
from lejar.domain.instruments import commands as on_instruments
from lejar.domain.instruments.events import UnitsCreated
from lejar.domain.policy import AssetClass
from lejar.domain.policy import commands as on_policy
from lejar.domain.policy import events as happened
from lejar.domain.policy.approvals import APPROVALS
from lejar.domain.policy.book import known_at, rules_in_force, target_of
from lejar.domain.policy.cohorts import COHORTS
from lejar.domain.policy.figures import FIGURES
from lejar.domain.policy.kinds.windows import InvestmentCap, Per
from lejar.domain.policy.lists import LISTS
from lejar.domain.policy.market_switches import SWITCHES
from lejar.domain.policy.milestones import MILESTONES
from lejar.domain.policy.obligations import OBLIGATIONS
from lejar.domain.settlement import InstructionLeg
from lejar.domain.settlement import commands as on_settlement
from lejar.kernel.entry import read_receipt
from lejar.kernel.envelope import Command
from lejar.kernel.module import Event
from lejar.projections import Projections, Projector, Snapshot
from lejar.projections.folds import CHANGES_NOTHING, FOLDS
from lejar.projections.folds.rules import FOLDS as FOLDS_OF_RULES
from lejar.projections.privileged import ruled
from lejar.projections.public import cohorts, obligations, reasons, rules
from lejar.projections.ruled_schema import milestones
from tests.projections.ruled import BASIS, YEAR, in_days, pack_from
from tests.projections.traffic import (
    AGENCY,
    BEGINS_AT,
    CENTRAL_BANK,
    DAY,
    OTHER_BANK,
    SECOND,
    THIRD,
    Market,
    Trade,
)

CHANGES_AT = in_days(BEGINS_AT, 10)
DIGEST = b"d" * 32


class Doing(Protocol):
    """Orders a command that must be accepted."""

    def __call__(self, command: Command, *signers: bytes) -> None:
        """Order it."""


@dataclass
class Ruled:
    """A market with packs, and what happened on it."""

    market: Market
    trade: Trade
    events: list[Event]
    token: bytes
    refused_at: int

    def id_of(self, kind: type[Event], name: str) -> list[bytes]:
        """Give the ids that events of a kind named."""
        return [getattr(event, name) for event in self.events if type(event) is kind]


def play() -> Ruled:
    """Adopt two versions of a pack, and let every rule have something to do."""
    market = Market(5)
    trade = Trade(market)
    events: list[Event] = []

    def do(command: Command, *signers: bytes) -> None:
        receipt = market.do(command, *signers)
        assert receipt.refusal is None, receipt.refusal
        events.extend(MACHINE.read_event(raw) for raw in receipt.events)

    do(on_policy.AdoptPack(pack_from(CHANGES_AT), BASIS), CENTRAL_BANK)
    do(on_policy.BindName("stamp_duty", trade.bank), CENTRAL_BANK)
    do(on_policy.SetSwitch("trading", on=True, basis=BASIS), CENTRAL_BANK)
    do(on_policy.RecordFigure(SECOND, "net_assets", 7_000_00, None, DIGEST), AGENCY)
    do(on_policy.RecordFigure(SECOND, "net_assets", 9_000_00, None, DIGEST), AGENCY)
    for version, added in ((1, (SECOND, THIRD)), (2, ())):
        listed = tuple(on_policy.ListedPerson(one, None) for one in added)
        gone = () if added else (THIRD,)
        do(on_policy.UpdateList("my.sanctions", version, listed, gone, DIGEST), AGENCY)
    do(on_policy.ClearPerson("my.sanctions", SECOND, None, DIGEST), AGENCY)
    do(
        on_instruments.CreateUnits(
            OTHER_BANK, AssetClass.DIGITAL_ASSET, "TOKEN", None, None, ("my",), (), None, None, ()
        ),
        OTHER_BANK,
        AGENCY,
    )
    token = next(one.asset for one in events if isinstance(one, UnitsCreated))
    do(on_instruments.IssueUnits(token, trade.other_bank, 10_000), OTHER_BANK)
    until = in_days(BEGINS_AT, 90)
    do(on_policy.ApproveMovement(SECOND, token, 50, until, DIGEST), AGENCY)
    do(on_policy.RecordMilestone(token, "completed", DIGEST), AGENCY)
    _deadlines(do, market)
    refused_at = _trade(do, market, trade, token)
    relaxed = on_policy.RelaxedRule("my.test.cap", InvestmentCap(Per.TOTAL, YEAR, 9_000_00))
    for title in ("A first cohort", "A second cohort"):
        do(
            on_policy.OpenCohort(
                title, (SECOND, OTHER_BANK), (relaxed,), 5_000_00, None, market.state.at,
                in_days(market.state.at, 5), BASIS,
            ),
            CENTRAL_BANK,
        )  # fmt: skip
        opened = next(reversed([e for e in events if isinstance(e, happened.CohortOpened)]))
        if title == "A first cohort":
            do(on_policy.EndCohort(opened.cohort, BASIS), CENTRAL_BANK)
    do(on_policy.AdoptPack(pack_from(CHANGES_AT, "2026.11.2", None), BASIS), CENTRAL_BANK)
    return Ruled(market, trade, _all_events(market), token, refused_at)


def _deadlines(do: Doing, market: Market) -> None:
    """One is met, one met late, one missed, one open, and one that is counted for nobody."""
    at = market.state.at
    for party in (SECOND, SECOND, THIRD):
        do(on_policy.OpenObligation("my.test.report", party, at, DIGEST), party)
    do(on_policy.OpenObligation("my.aml.report", OTHER_BANK, at, DIGEST), OTHER_BANK)
    first, second, *_ = [key for key, one in OBLIGATIONS.scan(market.state) if one.party == SECOND]
    do(on_policy.DischargeObligation(first, DIGEST), SECOND)
    do(on_calendar.AdvanceTime(at + 21 * DAY), CENTRAL_BANK)
    market.do(on_calendar.Tick(), CENTRAL_BANK)
    do(on_policy.DischargeObligation(second, DIGEST), SECOND)
    do(on_policy.OpenObligation("my.test.report", SECOND, market.state.at, DIGEST), SECOND)


def _trade(do: Doing, market: Market, trade: Trade, token: bytes) -> int:
    """Buy within the cap, which by now is the later one; then ask for too much."""

    def buying(units: int, sen: int) -> on_settlement.Instruct:
        legs = (
            InstructionLeg(token, trade.other_bank, trade.second, units),
            InstructionLeg(trade.myr, trade.second, trade.other_bank, sen),
        )
        return on_settlement.Instruct(legs, None)

    do(buying(10, 1_500_00), OTHER_BANK, SECOND)
    do(buying(1, 10_00), OTHER_BANK, SECOND)
    receipt = market.do(buying(100, 5_000_00), OTHER_BANK, SECOND)
    assert receipt.refusal is not None
    assert receipt.refusal.code == "investment_cap"
    return receipt.number


def _all_events(market: Market) -> list[Event]:
    entries = [entry for _, block in market.blocks for entry in block]
    return [
        MACHINE.read_event(raw) for entry in entries for raw in read_receipt(entry.receipt).events
    ]


@pytest.fixture(scope="module")
def world() -> Ruled:
    return play()


@pytest.fixture(scope="module")
def told(kept_url: str, world: Ruled) -> Iterator[Snapshot]:
    projector = Projector(kept_url, world.market.genesis)
    projector.rebuild()
    for _ in projector.catch_up(world.market.blocks, entries_max=3):
        pass
    projector.close()
    projections = Projections(kept_url)
    with projections.snapshot() as snapshot:
        yield snapshot
    projections.close()


def test_every_event_of_the_rules_was_met(world: Ruled) -> None:
    met = {type(event) for event in world.events}
    assert {kind for kind, _ in FOLDS_OF_RULES} <= met
    assert happened.PersonCleared in met & set(CHANGES_NOTHING)
    assert set(dict(FOLDS_OF_RULES)) <= set(FOLDS)


def test_rules_are_told_by_two_times(world: Ruled, told: Snapshot) -> None:
    state = world.market.state
    lines = rules.versions(told, "my")
    assert [one.version for one in lines] == ["2026.11.2", "2026.11.1"]
    moments = [BEGINS_AT, CHANGES_AT - 1, CHANGES_AT, state.at, state.at + DAY]
    recorded = [one.recorded_at for one in lines]
    for known in [*moments, *recorded, *(one - 1 for one in recorded)]:
        line = rules.known_at(lines, known)
        expected = known_at(state, "my", known)
        assert (line and line.digest) == (expected and expected.digest)
        for at in moments if line is not None else []:
            assert line is not None
            assert rules.rules_of(told, line, at) == rules_in_force(state, "my", at, known)
    assert rules.known_at(lines, None) == lines[0] == rules.newest_packs(told)[0]
    assert rules.pack(told, "my", "2026.11.1") == lines[1]
    assert rules.pack(told, "my", "2026.12.1") is None
    assert rules.versions(told, "sg") == ()
    assert [one.entry for one in rules.packs_page(told).rows] == [one.entry for one in lines]


def test_a_rule_is_told_in_every_version_that_has_it(told: Snapshot) -> None:
    history = rules.rule_history(told, "my.test.cap")
    assert [(one.version, one.rule.valid_from) for one in history] == [
        ("2026.11.2", None),
        ("2026.11.2", CHANGES_AT),
        ("2026.11.1", None),
        ("2026.11.1", CHANGES_AT),
    ]
    for at, limit in ((CHANGES_AT - 1, 2_000_00), (CHANGES_AT, 4_000_00)):
        found = rules.rule_of(told, "my 2026.11.1", "my.test.cap", at)
        assert found is not None
        assert isinstance(found.spec, InvestmentCap)
        assert found.spec.limit == limit
    assert rules.rule_of(told, "my 2026.11.9", "my.test.cap", CHANGES_AT) is None
    assert rules.rule_history(told, "my.test.nothing") == ()


def test_what_rules_ask_of_is_told_as_the_state_has_it(world: Ruled, told: Snapshot) -> None:
    state = world.market.state
    (bound,) = rules.names_bound(told)
    assert (bound.name, bound.target) == ("stamp_duty", target_of(state, "stamp_duty"))
    (switch,) = rules.switches(told)
    ((name, stands),) = SWITCHES.scan(state)
    assert (switch.name, switch.is_on, switch.set_by, switch.since) == (
        name.decode(), stands.on, stands.by, stands.since,
    )  # fmt: skip
    assert (switch.basis, switch.link) == (BASIS.cited(), BASIS.link)
    (line,) = ruled.lists_page(told).rows
    ((name, head),) = LISTS.scan(state)
    assert (line.name, line.keeper, line.version, line.members, line.updated_at) == (
        name.decode(), head.by, head.version, head.members, head.updated_at,
    )  # fmt: skip
    (figure,) = ruled.figures_of(told, SECOND)
    ((key, recorded),) = FIGURES.scan(state)
    assert (figure.subject + figure.name.encode(), figure.value) == (key, recorded.value)
    assert (figure.recorded_by, figure.recorded_at) == (recorded.by, recorded.recorded_at)
    assert ruled.figures_of(told, THIRD) == ()
    (approval,) = ruled.approvals_of(told, SECOND)
    assert approval.person + approval.asset == SECOND + world.token
    assert approval.units == 50 or APPROVALS.get(state, SECOND + world.token) is None
    ((key, said),) = MILESTONES.scan(state)
    found = told.connection.execute(milestones.select()).one()
    assert (found.asset + found.name.encode(), found.said_by, found.at) == (key, said.by, said.at)


def test_a_cohort_is_told_with_its_values_and_its_report(world: Ruled, told: Snapshot) -> None:
    state = world.market.state
    lines = cohorts.cohorts_page(told).rows
    assert [one.title for one in lines] == ["A second cohort", "A first cohort"]
    for one in lines:
        kept = COHORTS.require(state, one.id)
        assert (one.title, one.from_at, one.until_at) == (kept.title, kept.from_at, kept.until)
        assert (one.stage, one.participants) == (str(kept.stage), len(kept.participants))
        assert tuple(relaxed.rule for relaxed in one.relaxed) == kept.rules
        assert ruled.participants_of(told, one.id) == tuple(sorted(kept.participants))
        assert (one.money_each, one.money_all) == (5_000_00, None)
    ended = lines[1]
    assert (ended.ended_by, ended.movements, ended.money) == (CENTRAL_BANK, 0, 0)
    assert lines[0].movements is None
    assert cohorts.cohort(told, ended.id) == ended
    assert cohorts.cohort(told, bytes(16)) is None


def test_obligations_are_for_their_party_and_counted_for_all(world: Ruled, told: Snapshot) -> None:
    state = world.market.state
    every = ruled.obligations_page(told, None).rows
    standing = {one.id: one for one in every if one.stage in {"open", "missed"}}
    assert {key: (one.rule, one.party, one.due_at, one.stage) for key, one in standing.items()} == {
        key: (one.rule, one.party, one.due_at, str(one.stage))
        for key, one in OBLIGATIONS.scan(state)
    }
    own = ruled.obligations_page(told, SECOND).rows
    assert {one.id for one in own} == {one.id for one in every if one.party == SECOND}
    assert sorted(one.stage for one in own) == ["late", "met", "open"]
    (counts,) = obligations.obligation_counts(told)
    assert counts == obligations.ObligationCounts("my.test.report", 1, 1, 1, 1)
    assert any(one.rule == "my.aml.report" for one in every)
    assert obligations.is_silent("my.aml.report")
    assert not obligations.is_silent("my.test.aml")


def test_duties_are_added_up_over_blocks(world: Ruled, told: Snapshot) -> None:
    charged = [event for event in world.events if isinstance(event, happened.DutyCharged)]
    assert [(one.base, one.amount) for one in charged] == [(1_500_00, 2_00), (10_00, 1_00)]
    assert rules.duty_totals(told) == (
        rules.DutyLine("my.test.duty", world.trade.myr, 2, 1_510_00, 3_00),
    )


def test_a_refusal_is_told_with_the_rule_of_its_moment(world: Ruled, told: Snapshot) -> None:
    entry = next(
        entry
        for _, block in world.market.blocks
        for entry in block
        if entry.number == world.refused_at
    )
    receipt = read_receipt(entry.receipt)
    about = reasons.about(told, dict(receipt.refusal.facts), receipt.at)
    assert about.rule is not None
    assert about.rule.title.startswith("A person pays at most RM 4,000")
    assert (about.asset, about.asset_is_money, about.currency) == ("TOKEN", False, "MYR")
    unknown = reasons.about(told, {"asset": "no id", "rule": "my.test.cap"}, receipt.at)
    assert (unknown.rule, unknown.asset) == (None, None)


def test_a_pack_in_a_receipt_is_the_pack_that_was_sent(world: Ruled) -> None:
    adopted = [event for event in world.events if isinstance(event, happened.PackAdopted)]
    assert [event.pack for event in adopted] == [
        pack_from(CHANGES_AT),
        pack_from(CHANGES_AT, "2026.11.2", None),
    ]
    assert all(event.rules == len(event.pack.rules) for event in adopted)
    assert datetime.timedelta(microseconds=CHANGES_AT - BEGINS_AT).days == 10
