# SPDX-License-Identifier: Apache-2.0
"""Random traffic of settlement: payments, terms of every kind, and what is done while they wait."""

import datetime
import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from lejar.domain import calendar
from lejar.domain.calendar import commands as on_calendar
from lejar.domain.settlement import (
    INSTRUCTIONS,
    Instruction,
    OnShortfall,
    Priority,
    Stage,
    Terms,
)
from lejar.domain.settlement import commands as on_settlement
from lejar.domain.settlement.day import settlement_day
from lejar.domain.settlement.fails import PENALTIES
from lejar.domain.settlement.limits import LIMITS
from lejar.domain.settlement.model import OffLedgerLeg, Pool
from lejar.kernel.envelope import Command
from lejar.kernel.moment import MICROS_PER_HOUR, start_of
from lejar.ledger.accounts import ACCOUNTS

if TYPE_CHECKING:
    from tests.projections.traffic import Market, Trade

PRIORITIES = tuple(Priority)


class Settling:
    """The part of the traffic that waits, is held, and settles together."""

    market: "Market"
    rng: random.Random
    trade: "Trade"

    def _send(self, command: Command, *signers: bytes) -> bytes:
        return self.market.envelope(command, *signers)

    def _accounts(self) -> list[bytes]:
        raise NotImplementedError

    def settling_steps(self) -> tuple[Callable[[], bytes], ...]:
        """Give the steps, often enough to meet every event."""
        return (
            *(self._pay,) * 12,
            *(self._agree_terms,) * 6,
            *(self._while_waiting,) * 10,
            self._limit,
            self._reserve,
            *(self._pause_or_resume,) * 2,
            self._price_fails,
            *(self._answer_fail,) * 6,
            self._limit_venue,
            self._attest,
        )

    @property
    def _operator(self) -> bytes:
        return (2).to_bytes(16, "big")

    def _owner_of(self, account: bytes) -> bytes:
        return ACCOUNTS.require(self.market.state, account).owner

    def _pay(self) -> bytes:
        source, target = self.rng.sample(self._accounts(), 2)
        amount = self.rng.choice(
            (self.rng.randint(1, 90_000), self.rng.randint(500_000, 3_000_000))
        )
        today = calendar.today(self.market.state)
        later = today + datetime.timedelta(days=1)
        command = on_settlement.Pay(
            self.trade.myr, source, target, amount,
            self.rng.choice((None, None, None, later)),
            self.rng.choice(PRIORITIES),
            self.rng.choice((OnShortfall.QUEUE, OnShortfall.QUEUE, OnShortfall.REFUSE)),
            self.rng.choice((None, self.rng.randbytes(16))),
        )  # fmt: skip
        return self._send(command, self._owner_of(source))

    def _agree_terms(self) -> bytes:
        seller, buyer = self.rng.sample(self._accounts(), 2)
        units = 20 * self.rng.randint(1, 2_000)
        legs = self.trade.exchange(seller, buyer, units, units * self.rng.choice((2, 90)))
        rng, state = self.rng, self.market.state
        known = [key for key, _ in INSTRUCTIONS.scan(state)]
        sides = [self._owner_of(seller), self._owner_of(buyer)]
        promised = rng.random() < 0.2 and sides[0] != sides[1]
        promises = (
            (OffLedgerLeg(self._operator, sides[0], sides[1], rng.randbytes(32)),)
            if promised
            else ()
        )
        least = rng.choice((None, 1))
        terms = Terms(
            OnShortfall.QUEUE if least else rng.choice(tuple(OnShortfall)),
            rng.choice(PRIORITIES),
            least,
            (rng.choice(known),) if known and rng.random() < 0.15 else (),
            Pool(bytes([rng.randint(1, 2)]) * 16, 2) if not least and rng.random() < 0.4 else None,
            rng.random() < 0.1,
            rng.random() < 0.15,
            state.block + rng.randint(1, 6) if rng.random() < 0.1 else None,
            rng.choice((None, None, None, self._operator)),
            rng.choice((None, None, None, self._operator)),
        )
        others = [] if terms.mediator is None else [self._operator]
        signers = rng.choice((sides + others, sides + others, sides[:1], sides))
        return self._send(on_settlement.Instruct(legs, None, terms, promises), *signers)

    def _one(self, *stages: Stage) -> tuple[bytes, Instruction] | None:
        found = [
            (key, one) for key, one in INSTRUCTIONS.scan(self.market.state) if one.stage in stages
        ]
        return self.rng.choice(found) if found else None

    def _while_waiting(self) -> bytes:
        found = self._one(Stage.QUEUED, Stage.QUEUED, Stage.MATCHED, Stage.FAILED)
        if found is None:
            return self._pay()
        key, one = found
        if one.terms.partial_from and one.place and self.rng.random() < 0.5:
            return self._send(on_settlement.Settle(key), *one.parties)
        if one.held_by and self.rng.random() < 0.6:
            return self._send(on_settlement.Release(key), one.held_by[0])
        commands: tuple[Command, ...] = (
            on_settlement.Hold(key),
            on_settlement.Settle(key),
            on_settlement.Prioritise(key, self.rng.choice(PRIORITIES)),
            on_settlement.Reorder(key, self.rng.choice(tuple(on_settlement.End))),
            on_settlement.Cancel(key),
            on_settlement.Link(key, (self._one(Stage.QUEUED, Stage.MATCHED) or found)[0]),
        )
        signers = self.rng.choice((one.parties, one.parties[:1]))
        return self._send(self.rng.choice(commands), *signers)

    def _limit(self) -> bytes:
        party, other = self.rng.sample([self._owner_of(one) for one in self._accounts()], 2)
        kept = [(key[:16], one) for key, one in LIMITS.scan(self.market.state)]
        if kept and self.rng.random() < 0.5:
            party, one = self.rng.choice(kept)
            counterparty = one.to_one[0][0] if one.to_one else None
            amount = None
        else:
            counterparty = self.rng.choice((None, other))
            amount = self.rng.randint(0, 900_000)
        command = on_settlement.SetSenderLimit(party, self.trade.myr, counterparty, amount)
        return self._send(command, party)

    def _reserve(self) -> bytes:
        account = self.rng.choice(self._accounts())
        amount = self.rng.choice((0, self.rng.randint(1, 200_000)))
        command = on_settlement.Reserve(account, self.trade.myr, amount)
        return self._send(command, self._owner_of(account))

    def _pause_or_resume(self) -> bytes:
        if settlement_day(self.market.state).paused_by is not None:
            return self._send(on_settlement.ResumeSettlement(), self._operator)
        if self.rng.random() < 0.7:
            return self._while_waiting()
        return self._send(on_settlement.PauseSettlement(self.rng.randbytes(32)), self._operator)

    def _price_fails(self) -> bytes:
        asset = self.rng.choice((self.trade.myr, self.trade.bond))
        rate = self.rng.choice((100, 10_000))
        rules = on_settlement.SetFailRules(asset, rate, 0, 1, 1)
        return self._send(rules, self._operator)

    def _answer_fail(self) -> bytes:
        owed = list(PENALTIES.scan(self.market.state))
        if owed and self.rng.random() < 0.2:
            key, penalty = self.rng.choice(owed)
            if calendar.today(self.market.state) <= penalty.shown_on:
                return self._send(on_calendar.AdvanceTime(self._next_morning()), self._operator)
            charged = on_settlement.ChargePenalty(key)
            return self._send(charged, self._owner_of(penalty.payee))
        found = self._one(Stage.FAILED)
        if found is None:
            return self._agree_terms()
        return self._send(on_settlement.NotifyBuyIn(found[0]), *found[1].parties)

    def _next_morning(self) -> int:
        """Nine o'clock on the next business day: a penalty moves before the cut-off."""
        days = calendar.calendar(self.market.state)
        later = calendar.today(self.market.state) + datetime.timedelta(days=1)
        nine: int = start_of(calendar.following(days, later), days.offset_minutes)
        return nine + 9 * MICROS_PER_HOUR

    def _limit_venue(self) -> bytes:
        assets = self.rng.choice(((self.trade.myr, self.trade.bond), (self.trade.myr,)))
        return self._send(on_settlement.LimitVenue(self._operator, assets), self._operator)

    def _attest(self) -> bytes:
        for key, one in INSTRUCTIONS.scan(self.market.state):
            if len(one.attested) < len(one.promises):
                attested = on_settlement.Attest(key, len(one.attested) + 1, self.rng.randbytes(32))
                return self._send(attested, self._operator)
        return self._agree_terms()
