# SPDX-License-Identifier: Apache-2.0
"""What rules have counted equals a naive recount from the list of what was admitted.

The recount knows dates only, and walks everything that ever happened.
"""

import calendar
import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Final

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lejar.domain.policy import MovePurpose
from lejar.domain.policy.counting import expect_movements
from lejar.domain.policy.flows import (
    EXPECTED,
    FLOWS,
    Reach,
    Window,
    expect_no_more,
    first_day,
    flowed,
    key_for,
    local_day,
)
from lejar.domain.policy.kinds.form import Side
from lejar.domain.policy.kinds.holdings import HolderCap
from lejar.domain.policy.kinds.windows import InvestmentCap, Per, Velocity
from lejar.domain.policy.tallies import EVERYWHERE, HOLDER_NOTES, TALLIES, tally
from lejar.kernel.moment import MICROS_PER_HOUR, local_date
from lejar.ledger.balances import owned
from tests.domain.policy.ground import OFFSET, TODAY, id_of, rule_of, stocked

PEOPLE: Final = ("issuer", "alice", "bob", "carol", "custodian")
ACCOUNTS: Final = (
    "issuer/own",
    "alice/own",
    "alice/other",
    "bob/own",
    "carol/own",
    "custodian/alice",
)
WINDOWS: Final = (
    Window(Reach.CALENDAR_DAY),
    Window(Reach.DAYS, 7),
    Window(Reach.MONTHS, 1),
    Window(Reach.MONTHS, 12),
    Window(Reach.CALENDAR_YEAR),
    Window(Reach.EVER),
)
ENOUGH: Final = 10**12


@dataclass(frozen=True)
class Done:
    """What was admitted: when, by whom, to whom, how much, at what price."""

    day: datetime.date
    giver: str
    receiver: str
    units: int
    paid: int


def counts(window: Window, day: datetime.date, today: datetime.date) -> bool:
    """Say whether a day lies within a window that ends today."""
    if window.reach is Reach.EVER:
        return True
    if window.reach is Reach.CALENDAR_DAY:
        return day == today
    if window.reach is Reach.CALENDAR_YEAR:
        return day.year == today.year
    if window.reach is Reach.DAYS:
        return (today - day).days < window.number
    year, month = today.year, today.month - window.number
    while month < 1:
        year, month = year - 1, month + 12
    last = calendar.monthrange(year, month)[1]
    return day > datetime.date(year, month, min(today.day, last))


def person_of(account: str) -> str:
    """Give the person who counts."""
    return "alice" if account == "custodian/alice" else account.partition("/")[0]


class Counted(RuleBasedStateMachine):
    """Movements over years, some agreed first; the rules' limits are far away."""

    @initialize()
    def begin(self) -> None:
        self.ground = stocked()
        self.done: list[Done] = []
        self.agreed: dict[bytes, Done] = {}
        rules = []
        for n, window in enumerate(WINDOWS):
            rules.append(rule_of(InvestmentCap(Per.TOTAL, window, ENOUGH), f"my.paid_{n}"))
            rules.append(rule_of(Velocity(Side.GIVER, window, ENOUGH), f"my.given_{n}"))
        rules.append(rule_of(HolderCap(9), "my.holders"))
        self.ground.adopt(*rules)

    @property
    def today(self) -> datetime.date:
        return local_date(self.ground.state.at, OFFSET)

    @rule(hours=st.sampled_from((1, 7, 24, 24 * 6, 24 * 30, 24 * 200)))
    def time_passes(self, hours: int) -> None:
        self.ground.go_to(self.ground.state.at + hours * MICROS_PER_HOUR)

    @rule(
        pair=st.permutations(ACCOUNTS),
        units=st.integers(1, 40),
        price=st.integers(0, 3),
        purpose=st.sampled_from((MovePurpose.SETTLEMENT, MovePurpose.SERVICING)),
    )
    def something_moves(
        self, pair: list[str], units: int, price: int, purpose: MovePurpose
    ) -> None:
        source, target = pair[:2]
        leg = self.ground.leg(source, target, units, units * price)
        if self.ground.moved(leg, purpose=purpose) is None and purpose is MovePurpose.SETTLEMENT:
            self._note(source, target, units, price)

    def _note(self, source: str, target: str, units: int, price: int) -> Done | None:
        giver, receiver = person_of(source), person_of(target)
        one = Done(self.today, giver, receiver, units, units * price)
        if giver == receiver:
            return None
        self.done.append(one)
        return one

    @rule(
        pair=st.permutations(("alice", "bob", "carol")),
        units=st.integers(1, 9),
        signed=st.sampled_from(("receiver", "both")),
    )
    def something_is_agreed(self, pair: list[str], units: int, signed: str) -> None:
        giver, receiver = pair[:2]
        both = signed == "both"
        draft = self.ground.draft()
        work = draft.new_id("work")
        affirmed = (id_of(receiver), *((id_of(giver),) if both else ()))
        leg = self.ground.leg(giver, receiver, units, units)
        expect_movements(draft, work, (leg,), affirmed)
        self.ground.keep(draft)
        self.agreed[work] = Done(self.today, giver if both else "", receiver, units, units)

    @rule()
    def what_was_agreed_first_is_over(self) -> None:
        if self.agreed:
            work = next(iter(self.agreed))
            del self.agreed[work]
            draft = self.ground.draft()
            expect_no_more(draft, work)
            self.ground.keep(draft)

    @invariant()
    def sums_equal_the_recount(self) -> None:
        state, today = self.ground.state, self.today
        for n, window in enumerate(WINDOWS):
            since = first_day(window, local_day(state.at, OFFSET))
            within = [one for one in self.done if counts(window, one.day, today)]
            for person in PEOPLE:
                all_ = (*within, *self.agreed.values())
                paid = [one.paid for one in all_ if one.receiver == person]
                given = [one.units for one in all_ if one.giver == person]
                key = key_for(f"my.paid_{n}", id_of(person))
                assert flowed(state, key, since) == (sum(paid), len(paid))
                key = key_for(f"my.given_{n}", id_of(person), id_of("PAPER"))
                assert flowed(state, key, since) == (sum(given), len(given))

    @invariant()
    def holders_equal_the_register(self) -> None:
        state, paper = self.ground.state, id_of("PAPER")
        units = {one: owned(state, paper, id_of(one)).total for one in PEOPLE if one != "issuer"}
        counted = tally(state, paper, EVERYWHERE)
        assert counted.units == sum(units.values())
        assert counted.holders == sum(1 for one in units.values() if one)
        by_country: Counter[str] = Counter()
        for _, note in HOLDER_NOTES.scan(state, paper):
            by_country[note.country] += note.units
        for key, found in TALLIES.scan(state, paper):
            country = key[len(paper) :].decode()
            assert found.units == (counted.units if country == EVERYWHERE else by_country[country])

    @invariant()
    def nothing_is_kept_for_what_is_over(self) -> None:
        assert len(list(EXPECTED.scan(self.ground.state))) == len(self.agreed)
        assert all(flow.pending >= 0 for _, flow in FLOWS.scan(self.ground.state))
        assert self.ground.state.at >= TODAY


TestCounted = Counted.TestCase
TestCounted.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
