# SPDX-License-Identifier: Apache-2.0
"""Traffic of settlement: payments that queue, rings, several legs, pools, and what is done to them.

Amounts are large against what there is, so that much waits, and rings of payments free each other.
"""

import datetime
from collections.abc import Callable
from random import Random
from typing import Final

from lejar.domain.settlement.commands import (
    ChargePenalty,
    End,
    Hold,
    Instruct,
    PauseSettlement,
    Pay,
    Prioritise,
    Release,
    Reorder,
    Reserve,
    ResumeSettlement,
    SetFailRules,
    SetSenderLimit,
    Settle,
    SettleSet,
)
from lejar.domain.settlement.model import InstructionLeg, OnShortfall, Pool, Priority, Terms
from lejar.node.simulation.books import Books
from lejar.node.simulation.directives import Said
from lejar.node.simulation.market import CENTRAL_BANK, TRADERS
from lejar.node.simulation.passing import Line, Resource, available, greatest, lines

REST: Final = (Priority.NORMAL, Priority.NORMAL, Priority.HIGH, Priority.URGENT)
QUEUE: Final = OnShortfall.QUEUE


class Payments:
    """Makes one command after the other."""

    def __init__(self, random: Random, books: Books) -> None:
        self._random = random
        self._books = books
        self._ring: list[tuple[bytes, bytes]] = []
        """Who still pays whom of a ring that was begun."""
        self._ring_amount = 0
        self._pool: list[bytes] = []
        """The pool that is being filled: its reference, once for each member that is missing."""
        self._pool_number = 0
        self._pool_party = b""
        """An account of the party that is a side of all its members."""
        self._steps: tuple[Callable[[int], Said | None], ...] = (
            *(self._pay,) * 8,
            *(self._pay_round,) * 6,
            *(self._pay_in_parts,) * 3,
            *(self._exchange,) * 6,
            *(self._fill_pool,) * 3,
            *(self._touch,) * 6,
            *(self._limit,) * 2,
            *(self._reserve,) * 2,
            *(self._run,) * 2,
            *(self._set,) * 3,
            self._charge,
        )

    def next(self, now: int) -> Said | None:
        """Make a command of settlement."""
        if "USD" not in self._books.currencies or len(self._accounts()) < 2:
            return None
        if self._books.is_paused and self._random.random() < 0.5:
            return ResumeSettlement(), (CENTRAL_BANK,)
        return self._random.choice(self._steps)(now)

    # Payments.

    def _pay(self, now: int) -> Said | None:
        source, target = self._two()
        asset = self._currency()
        free = max(1, self._books.free(asset, source))
        amount = self._random.randint(1, 2 * free if self._random.random() < 0.5 else free)
        on_shortfall = self._random.choice((QUEUE, QUEUE, OnShortfall.REFUSE))
        pay = Pay(
            asset,
            source,
            target,
            min(amount, 10**9),
            self._day(now),
            self._priority(),
            on_shortfall,
        )
        signer = self._owner(source if self._random.random() > 0.03 else target)
        return pay, (signer,)

    def _pay_round(self, now: int) -> Said | None:
        """Go on with a ring in which each pays the next more than it has, or begin one."""
        if not self._ring:
            accounts = [a for a in self._accounts() if self._books.accounts[a].cash is None]
            if len(accounts) < 3:
                return None
            one = self._random.sample(accounts, self._random.randint(2, min(4, len(accounts))))
            self._ring = list(zip(one, (*one[1:], one[0]), strict=True))
            money = self._books.currencies["MYR"]
            self._ring_amount = 1 + max(self._books.free(money, account) for account in one)
        source, target = self._ring.pop()
        pay = Pay(
            self._books.currencies["MYR"],
            source,
            target,
            min(self._ring_amount + self._random.choice((0, 0, 0, -1)), 10**12),
            priority=self._priority(),
        )
        return pay, (self._owner(source),)

    def _pay_in_parts(self, now: int) -> Said | None:
        """Promise more than there is, of which a part may settle."""
        source, target = self._two()
        asset = self._currency()
        free = max(1, self._books.free(asset, source))
        leg = InstructionLeg(
            asset, source, target, min(10**9, free + self._random.randint(1, free))
        )
        terms = Terms(QUEUE, self._priority(), partial_from=self._random.randint(1, free))
        return self._instruct(now, (leg,), terms)

    # Exchanges with several legs.

    def _exchange(self, now: int) -> Said | None:
        legs = self._random.choice((self._two_currencies, self._for_both, self._triangle))()
        if legs is None:
            return None
        return self._instruct(now, legs, self._terms(legs))

    def _two_currencies(self) -> tuple[InstructionLeg, ...]:
        """One currency against the other."""
        one, other = self._two()
        first, second = self._books.currencies["MYR"], self._books.currencies["USD"]
        return (
            InstructionLeg(first, one, other, self._amount(first, one)),
            InstructionLeg(second, other, one, self._amount(second, other)),
        )

    def _for_both(self) -> tuple[InstructionLeg, ...] | None:
        """A security against two currencies; sometimes against nothing."""
        papers = list(self._books.isins.values())
        if not papers:
            return None
        paper, (seller, buyer) = self._random.choice(papers), self._two()
        security = InstructionLeg(paper, seller, buyer, self._amount(paper, seller))
        if self._random.random() < 0.1:
            return (security,)
        return (
            security,
            *(
                InstructionLeg(asset, buyer, seller, self._amount(asset, buyer))
                for asset in (self._books.currencies["MYR"], self._books.currencies["USD"])
            ),
        )

    def _triangle(self) -> tuple[InstructionLeg, ...] | None:
        """Three accounts, each giving to the next, in one instruction."""
        accounts = self._accounts()
        if len(accounts) < 3:
            return None
        ring = self._random.sample(accounts, 3)
        assets = [*self._books.currencies.values(), *self._books.isins.values()]
        given = [self._random.choice(assets) for _ in ring]
        return tuple(
            InstructionLeg(asset, source, target, self._amount(asset, source))
            for asset, source, target in zip(given, ring, (*ring[1:], ring[0]), strict=True)
        )

    def _terms(self, legs: tuple[InstructionLeg, ...]) -> Terms:
        random = self._random

        def some(chance: float) -> bool:
            return random.random() < chance

        opened = list(self._books.instructions)
        return Terms(
            random.choice((QUEUE, QUEUE, OnShortfall.REFUSE)),
            self._priority(),
            partial_from=random.randint(1, legs[0].amount) if some(0.15) else None,
            after=(random.choice(opened),) if opened and some(0.1) else (),
            on_hold=some(0.08),
            by_hand=some(0.08),
            from_block=self._books.block + random.randint(1, 12) if some(0.08) else None,
        )

    def _fill_pool(self, now: int) -> Said | None:
        """Add a member to the pool that is being filled, or begin one."""
        if not self._pool:
            self._pool_number = self._random.randint(2, 3)
            self._pool = [self._random.randbytes(16)] * self._pool_number
            self._pool_party = self._two()[0]
        pool = Pool(self._pool.pop(), self._pool_number)
        terms = Terms(QUEUE, self._priority(), pool=pool)
        legs = self._two_currencies()
        if self._pool_party not in [leg.source for leg in legs] and self._random.random() < 0.9:
            other = legs[0].target if legs[0].target != self._pool_party else legs[0].source
            leg = InstructionLeg(legs[0].asset, self._pool_party, other, legs[0].amount)
            return self._instruct(now, (leg,), terms)
        return self._instruct(now, legs if self._random.random() < 0.5 else legs[:1], terms)

    def _instruct(self, now: int, legs: tuple[InstructionLeg, ...], terms: Terms) -> Said:
        owners = tuple(
            dict.fromkeys(self._owner(one) for leg in legs for one in (leg.source, leg.target))
        )
        signers = owners if self._random.random() < 0.7 else (self._random.choice(owners),)
        return Instruct(legs, self._day(now), terms), signers

    # What is done to them, and to the queue.

    def _touch(self, now: int) -> Said | None:
        """Hold, release, let settle, move: mostly something that can be."""
        if not self._books.instructions:
            return None
        waiting = [n for n, page in self._books.instructions.items() if page.stage != "alleged"]
        name = self._random.choice(waiting or list(self._books.instructions))
        page = self._books.instructions[name]
        made: tuple[Hold | Release | Settle | Prioritise | Reorder, ...] = (
            Release(name) if page.held_by else Hold(name),
            Prioritise(name, self._priority()),
            Reorder(name, self._random.choice(list(End))),
            Settle(name),
        )
        if page.by_hand or page.terms.partial_from is not None:
            made = (*made, Settle(name), Settle(name))
        signer = self._random.choice(page.held_by or page.parties)
        if self._random.random() < 0.03:
            signer = self._random.choice(TRADERS)
        return self._random.choice(made), (signer,)

    def _limit(self, now: int) -> Said | None:
        whose, other = self._random.sample(TRADERS, 2)
        amount = self._random.choice((None, None, 0, self._random.randint(1, 2_000_000)))
        asset = self._currency()
        command = SetSenderLimit(whose, asset, self._random.choice((None, other)), amount)
        return command, (whose if self._random.random() > 0.05 else other,)

    def _reserve(self, now: int) -> Said | None:
        account, asset = self._random.choice(self._accounts()), self._currency()
        free = max(0, self._books.free(asset, account))
        amount = self._random.choice((0, free // 3, free // 2, free + 1))
        return Reserve(account, asset, amount), (self._owner(account),)

    def _run(self, now: int) -> Said | None:
        """Pause, resume soon, and say what failing costs."""
        by = CENTRAL_BANK if self._random.random() > 0.1 else TRADERS[0]
        if self._books.is_paused:
            return ResumeSettlement(), (by,)
        if self._random.random() < 0.15:
            return PauseSettlement(self._random.randbytes(32)), (by,)
        assets = list(self._books.assets)
        rate = self._random.choice((None, 100, 20_000))
        return SetFailRules(self._random.choice(assets), rate, 0, None, None), (by,)

    def _set(self, now: int) -> Said | None:
        """Hand in a set: the queue's own, all that waits, or any part of it."""
        waiting = lines(self._books)
        if not waiting or self._books.is_paused:
            return None
        chance = self._random.random()
        if chance < 0.6:
            chosen = self._in_free_order(waiting, now) or waiting[:1]
        elif chance < 0.8:
            chosen = greatest(self._books, waiting, now) or waiting
        else:
            chosen = self._random.sample(waiting, self._random.randint(1, len(waiting)))
        value = sum(line.value for line in chosen)
        bound = max(0, value + self._random.choice((0, 0, 1_000_000, -1)))
        names = tuple(one for line in chosen for one in line.members)
        return SettleSet(names, bound), (CENTRAL_BANK,)

    def _in_free_order(self, waiting: list[Line], now: int) -> list[Line]:
        """Take what fits, one after the other, whoever stands before it."""
        there: dict[Resource, int] = {}
        chosen = []
        for line in self._random.sample(waiting, len(waiting)):
            for one in line.takes:
                there.setdefault(one, available(self._books, one, now))
            if all(there[one] + line.changes[one] >= 0 for one in line.takes):
                chosen.append(line)
                for one in line.takes:
                    there[one] += line.changes[one]
        return chosen

    def _charge(self, now: int) -> Said | None:
        if not self._books.penalties:
            return None
        name = self._random.choice(list(self._books.penalties))
        page = self._books.penalties[name]
        return ChargePenalty(name), (self._owner(page.payee),)

    # Reading the books.

    def _accounts(self) -> list[bytes]:
        return [
            account
            for account, page in self._books.accounts.items()
            if page.purpose in ("own", "custody")
        ]

    def _two(self) -> tuple[bytes, bytes]:
        """Choose two accounts, mostly those on which money stands."""
        money = self._books.currencies["MYR"]
        accounts = self._accounts()
        rich = [one for one in accounts if self._books.balances.get((money, one), 0) > 0]
        pool = rich if len(rich) > 1 and self._random.random() < 0.8 else accounts
        one, other = self._random.sample(pool, 2)
        return one, other

    def _currency(self) -> bytes:
        return self._books.currencies[self._random.choice(("MYR", "MYR", "USD"))]

    def _amount(self, asset: bytes, account: bytes) -> int:
        """Choose an amount: often more than there is."""
        free = max(1, self._books.free(asset, account))
        return min(10**9, self._random.randint(1, max(1, free * self._random.choice((1, 1, 2)))))

    def _priority(self) -> Priority:
        return self._random.choice(REST)

    def _owner(self, account: bytes) -> bytes:
        return self._books.accounts[account].owner

    def _day(self, now: int) -> datetime.date | None:
        if self._random.random() < 0.85:
            return None
        return self._books.today(now) + datetime.timedelta(self._random.choice((0, 1, 2)))
