# SPDX-License-Identifier: Apache-2.0
"""Three banks and two clients use the queue in every way, and what must hold of it always does.

`Play.order` walks the ledger's invariants after every block and checks that a refusal changed
nothing.  This machine recounts the queue's own tables naively, and works out by brute force what
each pass should have settled.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lejar.domain.accounts import commands as accounts
from lejar.domain.basis import LegalBasis
from lejar.domain.calendar import is_past_cut_off, today
from lejar.domain.identity import commands as identity
from lejar.domain.money import commands as money
from lejar.domain.oversight import commands as oversight
from lejar.domain.settlement import commands as settlement
from lejar.domain.settlement.day import settlement_day
from lejar.domain.settlement.events import InstructionFailed, InstructionSettled
from lejar.domain.settlement.limits import LIMITS
from lejar.domain.settlement.model import (
    ALLEGED,
    INSTRUCTIONS,
    Instruction,
    InstructionLeg,
    OnShortfall,
    Pool,
    Priority,
    Stage,
    Terms,
)
from lejar.domain.settlement.pool import Lines, lines
from lejar.domain.settlement.queue import (
    AHEAD,
    EMPTY,
    ONLY,
    QUEUE,
    QUEUE_PASSES,
    RANKS,
    WAITING,
    instruction_at,
)
from lejar.kernel.entry import Receipt
from lejar.kernel.envelope import Command
from lejar.kernel.moment import MICROS_PER_HOUR, MICROS_PER_SECOND, start_of
from lejar.kernel.schedule import due_now
from lejar.ledger.accounts import Purpose
from tests.domain.auditor import Auditor
from tests.scenarios.network import MACHINE
from tests.scenarios.play import Play, Send
from tests.scenarios.runner import market, perform
from tests.scenarios.values import OFFSET_MINUTES, digest_of

BANKS = {"alpha": "alpha_bank", "beta": "beta_bank", "gamma": "custodian"}
PEOPLE = {"alice_acct": "alice", "bob_acct": "bob"}
EVERYBODY = (*BANKS.values(), *PEOPLE.values(), "bnm")
BRUTE_MAX = 10
"""More waiting items than this are not tried by brute force: there are 2**n sets."""

banks = st.sampled_from(tuple(BANKS))
amounts = st.integers(1, 120)
priorities = st.sampled_from((*Priority, Priority.NORMAL, Priority.NORMAL))
shortfalls = st.sampled_from((OnShortfall.QUEUE, OnShortfall.QUEUE, OnShortfall.REFUSE))
ahead = st.sampled_from((0, 0, 0, 1))


class TheQueue(RuleBasedStateMachine):
    """The usual market with a third bank, little money, and a queue."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play()
        self.rooms: dict[tuple[bytes, bytes], int] = {}
        self.auditor = Auditor()
        self.read = 0

    @initialize()
    def open_the_market(self) -> None:
        for step in market().steps:
            perform(self.play, step)
        self.play.scope = "queue"
        gamma = self.id("custodian")
        self.send(["digital"], identity.GrantCredential(gamma, "bank", None, None))
        opened = self.send(["custodian"], accounts.OpenAccount(gamma, Purpose.OWN, None))
        self.play.names["gamma"] = opened[-1].account
        for place, bank in enumerate(BANKS):
            used = digest_of(f"first {place}", 16)
            self.send(["bnm"], money.IssueMoney(self.id("MYR"), self.id(bank), 60, used))

    def id(self, name: str) -> bytes:
        return self.play.names[name]

    def send(self, who: Sequence[str], command: Command) -> list[Any]:
        """Order one command; gives its events."""
        signed = tuple((self.id(name), name) for name in who)
        receipts = self.ordered(self.play.seal(Send(command, signed)))
        return [MACHINE.read_event(raw) for raw in receipts[-1].events]

    def ordered(self, *envelopes: bytes) -> list[Receipt]:
        """Order a block; where a pass is the only due work, work out what it should settle."""
        state = self.play.state
        before, state.at = state.at, max(state.at, self.play.clock)
        alone = [due.kind for _, due in due_now(state)] == [QUEUE_PASSES]
        paused = settlement_day(state).paused_by is not None or is_past_cut_off(state)
        waiting = lines(state, {})
        state.at = before
        receipts = self.play.order(*envelopes)
        if alone and not paused and len(waiting.items) <= BRUTE_MAX:
            events = [MACHINE.read_event(raw) for raw in receipts[0].events]
            if not any(isinstance(event, InstructionFailed) for event in events):
                settled = [e.instruction for e in events if isinstance(e, InstructionSettled)]
                assert sorted(settled) == sorted(greatest(waiting))
        return receipts

    def named(self, parties: Sequence[bytes]) -> list[str]:
        """Give the names of parties."""
        return [name for name in EVERYBODY if self.id(name) in parties]

    def day(self, later: int) -> datetime.date:
        """Give a business day that is so far ahead."""
        found = today(self.play.state) + datetime.timedelta(days=later)
        while found.weekday() in (5, 6):
            found += datetime.timedelta(days=1)
        return found

    def chosen(self, place: int) -> tuple[bytes, Instruction] | None:
        """Choose an open instruction, if there is one."""
        standing = list(INSTRUCTIONS.scan(self.play.state))
        return standing[place % len(standing)] if standing else None

    @rule(
        pair=st.permutations(tuple(BANKS)),
        many=amounts,
        urgency=priorities,
        missing=shortfalls,
        later=ahead,
    )
    def a_bank_pays(
        self, pair: list[str], many: int, urgency: Priority, missing: OnShortfall, later: int
    ) -> None:
        payer, payee = pair[:2]
        legs = (self.id("MYR"), self.id(payer), self.id(payee), many)
        self.send(
            [BANKS[payer]],
            settlement.Pay(*legs, self.day(later) if later else None, urgency, missing),
        )

    @rule(
        some=st.lists(
            st.tuples(st.permutations(tuple(BANKS)), amounts, priorities), min_size=2, max_size=6
        )
    )
    def banks_pay_one_another(self, some: list[tuple[list[str], int, Priority]]) -> None:
        """Pay more than there is, so that payments wait for one another."""
        for pair, many, urgency in some:
            self.a_payment(pair[0], pair[1], many, urgency)

    def a_payment(self, payer: str, payee: str, many: int, urgency: Priority) -> None:
        legs = (self.id("MYR"), self.id(payer), self.id(payee), many)
        self.send([BANKS[payer]], settlement.Pay(*legs, None, urgency))

    @rule(
        sells=st.booleans(),
        many=st.integers(1, 300) | st.integers(900, 1_500),
        terms=st.builds(
            Terms,
            shortfalls,
            priorities,
            st.none() | st.integers(1, 3),
            on_hold=st.sampled_from((False, False, False, True)),
            by_hand=st.sampled_from((False, False, True)),
        ),
        follows=st.none() | st.integers(0, 9),
        together=st.sampled_from((0, 0, 1)),
        alone=st.sampled_from((False, False, True)),
        later=ahead,
    )
    def clients_trade(
        self,
        sells: bool,  # noqa: FBT001  # drawn
        many: int,
        terms: Terms,
        follows: int | None,
        together: int,
        alone: bool,  # noqa: FBT001  # drawn
        later: int,
    ) -> None:
        giver, taker = ("alice_acct", "bob_acct") if sells else ("bob_acct", "alice_acct")
        before = None if follows is None else self.chosen(follows)
        terms = Terms(
            terms.on_shortfall,
            terms.priority,
            terms.partial_from,
            () if before is None or self.id("alice") not in before[1].parties else (before[0],),
            Pool(digest_of("pool", 16), 2) if together else None,
            on_hold=terms.on_hold,
            by_hand=terms.by_hand,
        )
        legs = (
            InstructionLeg(self.id("BOND"), self.id(giver), self.id(taker), many),
            InstructionLeg(self.id("MYR"), self.id(taker), self.id(giver), 3 * many),
        )
        who = ["alice"] if alone else ["alice", "bob"]
        self.send(who, settlement.Instruct(legs, self.day(later), terms))

    @rule(many=st.integers(900, 2_000), at_once=st.booleans())
    def a_delivery_settles_in_parts(self, many: int, at_once: bool) -> None:  # noqa: FBT001
        """Deliver more than there is, in parts: now, or at the close."""
        legs = (
            InstructionLeg(self.id("BOND"), self.id("alice_acct"), self.id("bob_acct"), many),
            InstructionLeg(self.id("MYR"), self.id("bob_acct"), self.id("alice_acct"), 3 * many),
        )
        terms = Terms(OnShortfall.QUEUE, partial_from=1)
        events = self.send(["alice", "bob"], settlement.Instruct(legs, None, terms))
        if at_once and events:
            self.send(["alice"], settlement.Settle(events[-1].instruction))

    @rule(
        place=st.integers(0, 9),
        side=st.integers(0, 3),
        make=st.sampled_from(
            (
                settlement.Affirm,
                settlement.Cancel,
                settlement.Hold,
                settlement.Release,
                settlement.Release,
                settlement.Settle,
                settlement.Retry,
                lambda one: settlement.Prioritise(one, Priority.URGENT),
                lambda one: settlement.Prioritise(one, Priority.HIGH),
                lambda one: settlement.Reorder(one, settlement.End.FIRST),
                lambda one: settlement.Reorder(one, settlement.End.LAST),
            )
        ),
    )
    def parties_act(self, place: int, side: int, make: Callable[[bytes], Command]) -> None:
        """Let one side of an instruction say something, or all of them."""
        found = self.chosen(place)
        if found is not None:
            names = self.named(found[1].parties)
            self.send(names[side : side + 1] or names, make(found[0]))

    @rule(bank=banks, other=st.none() | banks, many=st.none() | st.integers(0, 150))
    def a_bank_limits(self, bank: str, other: str | None, many: int | None) -> None:
        to = None if other is None else self.id(BANKS[other])
        self.send(
            [BANKS[bank]],
            settlement.SetSenderLimit(self.id(BANKS[bank]), self.id("MYR"), to, many),
        )
        self.rooms.clear()  # a limit may be set below what was sent

    @rule(bank=banks, many=st.integers(0, 80))
    def a_bank_reserves(self, bank: str, many: int) -> None:
        self.send([BANKS[bank]], settlement.Reserve(self.id(bank), self.id("MYR"), many))

    @rule(bank=banks, many=amounts, reference=st.integers(0, 10**6))
    def money_comes(self, bank: str, many: int, reference: int) -> None:
        used = digest_of(f"later {reference}", 16)
        self.send(["bnm"], money.IssueMoney(self.id("MYR"), self.id(bank), many, used))

    @rule(pauses=st.sampled_from((False, False, False, True)))
    def settlement_is_paused(self, pauses: bool) -> None:  # noqa: FBT001  # drawn
        pause = settlement.PauseSettlement(digest_of("why", 32))
        self.send(["bnm"], pause if pauses else settlement.ResumeSettlement())

    @rule(some=st.lists(st.integers(0, 9), min_size=1, max_size=4, unique=True))
    def somebody_solves(self, some: list[int]) -> None:
        waiting = [instruction_at(place) for place, _ in WAITING.scan(self.play.state)]
        named = tuple(waiting[one] for one in some if one < len(waiting))
        if named:
            self.send(["bnm"], settlement.SettleSet(named, 10**6))

    @rule()
    def a_second_passes(self) -> None:
        self.play.clock += MICROS_PER_SECOND
        self.ordered()

    @rule(bank=banks)
    def a_bank_is_frozen_for_an_hour(self, bank: str) -> None:
        until = self.play.clock + MICROS_PER_HOUR
        basis = LegalBasis("An order of a test")
        self.send(["sc"], oversight.Freeze(self.id(bank), basis, until))

    @rule(hours=st.sampled_from((1, 1, 3, 8)))
    def hours_pass(self, hours: int) -> None:
        """Let hours pass; after the cut-off, the next business day begins."""
        self.play.clock += hours * MICROS_PER_HOUR
        self.ordered()
        if is_past_cut_off(self.play.state):
            opening = start_of(self.day(1), OFFSET_MINUTES) + 9 * MICROS_PER_HOUR
            self.play.clock = opening
            self.ordered()
        self.rooms.clear()  # another day may have begun

    @invariant()
    def an_auditor_can_follow(self) -> None:
        """Keep books from the receipts alone; each stage follows on one that it may follow on."""
        for receipt in self.play.receipts[self.read :]:
            self.auditor.read(receipt, [MACHINE.read_event(raw) for raw in receipt.events])
        self.read = len(self.play.receipts)
        open_ = {found: str(one.stage) for found, one in INSTRUCTIONS.scan(self.play.state)}
        assert {found: stage.lower() for found, stage in self.auditor.open.items()} == open_

    @invariant()
    def whoever_waits_has_a_place(self) -> None:
        state = self.play.state
        waiting = {place: instruction_at(place) for place, _ in WAITING.scan(state)}
        standing = {
            one.place: found for found, one in INSTRUCTIONS.scan(state) if one.stage is Stage.QUEUED
        }
        assert waiting == standing
        assert all(
            (one.place != b"") == (one.stage is Stage.QUEUED) for _, one in INSTRUCTIONS.scan(state)
        )

    @invariant()
    def what_is_sighted_is_alleged(self) -> None:
        state = self.play.state
        for _, one in ALLEGED.scan(state):
            assert INSTRUCTIONS.require(state, one.instruction).stage is Stage.ALLEGED

    @invariant()
    def those_ahead_are_counted(self) -> None:
        state = self.play.state
        counts: dict[bytes, list[int]] = {}
        for place, waiting in WAITING.scan(state):
            for resource, change in waiting.changes:
                if change < 0:
                    counts.setdefault(resource[1:], [0] * len(RANKS))[place[0]] += 1
        assert {key: list(one.counts) for key, one in AHEAD.scan(state)} == counts

    @invariant()
    def nothing_hangs(self) -> None:
        """What its day finds unsettled is looked at again: by a pass, and at the latest a close."""
        state = self.play.state
        day, queue = settlement_day(state), QUEUE.get(state, ONLY) or EMPTY
        for _, one in INSTRUCTIONS.scan(state):
            if one.stage is Stage.QUEUED:
                assert day.closes_at
                assert queue.passes_at or day.paused_by is not None
            if one.stage in (Stage.MATCHED, Stage.ALLEGED) and not one.due_at:
                assert day.closes_at

    @invariant()
    def no_limit_is_passed(self) -> None:
        state = self.play.state
        for key, limits in LIMITS.scan(state):
            for other in (None, *(party for party, _ in limits.to_one)):
                room = limits.room(today(state), other)
                if room is not None:
                    name = (key, other or b"")
                    assert room >= min(0, self.rooms.get(name, room))
                    self.rooms[name] = room

    @invariant()
    @precondition(lambda self: len(self.play.blocks) % 5 == 0)
    def derived_tables_can_be_rebuilt(self) -> None:
        assert self.play.rebuilt().records == self.play.state.records

    def teardown(self) -> None:
        assert self.play.replayed() == self.play.digests
        assert self.play.rebuilt().records == self.play.state.records


def greatest(waiting: Lines) -> list[bytes]:
    """Give the instructions of the greatest set in order that nobody falls short for."""
    items = waiting.items
    sets = [
        frozenset(some)
        for size in range(len(items) + 1)
        for some in combinations(range(len(items)), size)
        if _can_settle(waiting, some)
    ]
    largest = frozenset[int]().union(*sets)
    assert largest in sets, "the sets that can settle have no greatest"
    return [one for place in largest for one in waiting.members[items[place].id]]


def _can_settle(waiting: Lines, some: Sequence[int]) -> bool:
    ends: dict[bytes, int] = dict(waiting.available)
    passed_over: dict[bytes, bool] = {}
    taken: dict[bytes, bool] = {}
    for place, item in enumerate(waiting.items):
        for resource, change in item.changes:
            if place in some:
                ends[resource] += change
            if change < 0 and place in some:
                if resource in passed_over:
                    return False
                taken[resource] = True
            elif change < 0:
                passed_over[resource] = True
    return _nobody_is_short(ends, taken)


def _nobody_is_short(ends: Mapping[bytes, int], taken: Mapping[bytes, bool]) -> bool:
    return all(ends[resource] >= 0 for resource in taken)


TestTheQueue = TheQueue.TestCase
TestTheQueue.settings = settings(max_examples=15, stateful_step_count=40, deadline=None)
