# SPDX-License-Identifier: Apache-2.0
"""A short settlement day as fixed blocks: everything in it that must move as a whole.

A security against two currencies; three payments that only settle together; a pool; an urgent
payment out of a reserve; a part at the close; what failed, settled on the next day.
"""

import hashlib
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from lejar.domain.accounts.commands import OpenAccount
from lejar.domain.calendar.commands import Tick
from lejar.domain.instruments.commands import CreateInstrument, IssueUnits
from lejar.domain.money.commands import CreateCurrency, IssueMoney
from lejar.domain.settlement.commands import Instruct, Pay, Reserve
from lejar.domain.settlement.model import InstructionLeg, OnShortfall, Pool, Priority, Terms
from lejar.kernel.codec import encode
from lejar.kernel.envelope import FORMAT, Body, Command, sealed
from lejar.kernel.genesis import Genesis
from lejar.kernel.identifiers import derive
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND
from lejar.ledger.accounts import Purpose
from lejar.node.simulation.books import Books
from lejar.node.simulation.market import (
    BANK,
    BEGINS_AT,
    CENTRAL_BANK,
    FIRST,
    ISSUER,
    NODE,
    OTHER_BANK,
    SECOND,
    THIRD,
    Wallet,
    bond,
    found_market,
)

HOLDERS: Final = (BANK, OTHER_BANK, ISSUER, FIRST, SECOND, THIRD)
CLOSES_AT: Final = BEGINS_AT + 9 * MICROS_PER_HOUR
QUEUE: Final = Terms(OnShortfall.QUEUE)
VALID: Final = 20 * MICROS_PER_HOUR


class Block(NamedTuple):
    """What is ordered together, and when."""

    at: int
    envelopes: tuple[bytes, ...]


class ShortDay:
    """The network, the blocks that set it up, and the blocks of the day."""

    def __init__(self) -> None:
        self._wallet = Wallet(0)
        self.genesis: Genesis = found_market(self._wallet)
        self._keys = {
            one: next(iter(page.keys)) for one, page in Books(self.genesis).parties.items()
        }
        self._made = 0
        self._now = BEGINS_AT
        self.ringgit, ringgit = self._making("asset", CreateCurrency("MYR", ()), CENTRAL_BANK)
        self.dollar, dollar = self._making("asset", CreateCurrency("USD", ()), CENTRAL_BANK)
        paper = CreateInstrument(ISSUER, bond("MYBUG2102401"), (), None, None, ())
        self.paper, created = self._making("asset", paper, ISSUER, CENTRAL_BANK)
        self.accounts: dict[bytes, bytes] = {}
        opened = []
        for one in HOLDERS:
            account, data = self._making("account", OpenAccount(one, Purpose.OWN, None), one)
            self.accounts[one] = account
            opened.append(data)
        self.setting_up = [self._block(ringgit, dollar, created), self._block(*opened)]
        self.setting_up.append(self._block(*self._endowments()))
        self.blocks = self._blocks()

    def _endowments(self) -> list[bytes]:
        """Give everybody a thousand of each currency, and the first some of the paper."""
        given = [
            self._said(
                IssueMoney(asset, account, 1_000, hashlib.sha256(asset + account).digest()[:16]),
                CENTRAL_BANK,
            )
            for account in self.accounts.values()
            for asset in (self.ringgit, self.dollar)
        ]
        return [*given, self._said(IssueUnits(self.paper, self.accounts[FIRST], 500), ISSUER)]

    def _blocks(self) -> list[Block]:
        against_two = Instruct(
            (
                self._leg(self.paper, FIRST, SECOND, 100),
                self._leg(self.ringgit, SECOND, FIRST, 300),
                self._leg(self.dollar, SECOND, FIRST, 70),
            ),
            None,
        )
        made = [self._block(self._said(against_two, FIRST, SECOND))]
        made += self._gridlock()
        made += self._pool()
        made += self._urgent()
        return made + self._close()

    def _gridlock(self) -> list[Block]:
        """Three banks, each to pay the next more than it has."""
        ring = ((BANK, OTHER_BANK), (OTHER_BANK, THIRD), (THIRD, BANK))
        paid = [self._block(self._pay(one, other, 1_500)) for one, other in ring]
        return [*paid, self._tick(), self._tick()]

    def _pool(self) -> list[Block]:
        """Two exchanges that settle together or not at all, the second with what the first gave."""
        terms = msgspec.structs.replace(QUEUE, pool=Pool(b"a pool of two   ", 2))
        first = (
            self._leg(self.dollar, BANK, THIRD, 900),
            self._leg(self.ringgit, THIRD, BANK, 800),
        )
        second = (
            self._leg(self.dollar, THIRD, OTHER_BANK, 1_800),
            self._leg(self.ringgit, OTHER_BANK, THIRD, 900),
        )
        return [
            self._block(self._said(Instruct(first, None, terms), BANK, THIRD)),
            self._tick(),
            self._block(self._said(Instruct(second, None, terms), THIRD, OTHER_BANK)),
            self._tick(),
            self._tick(),
        ]

    def _urgent(self) -> list[Block]:
        """What is reserved pays what is urgent; what is not waits."""
        kept = Reserve(self.accounts[BANK], self.ringgit, 1_200)
        return [
            self._block(self._said(kept, BANK)),
            self._block(self._pay(BANK, FIRST, 1_000)),
            self._block(self._pay(BANK, SECOND, 1_100, Priority.URGENT)),
            self._tick(),
        ]

    def _close(self) -> list[Block]:
        """A delivery of which a part is there; the cut-off; the next day, with what was lacking."""
        parts = (
            self._leg(self.paper, SECOND, ISSUER, 160),
            self._leg(self.dollar, ISSUER, SECOND, 320),
        )
        terms = msgspec.structs.replace(QUEUE, partial_from=10)
        made = [self._block(self._said(Instruct(parts, None, terms), SECOND, ISSUER)), self._tick()]
        self._now = CLOSES_AT
        made += [self._tick(), self._tick()]
        self._now = BEGINS_AT + MICROS_PER_DAY
        back = (self._leg(self.paper, FIRST, SECOND, 60), self._leg(self.dollar, SECOND, FIRST, 9))
        made += [self._tick(), self._block(self._said(Instruct(back, None), FIRST, SECOND))]
        return [*made, self._tick(), self._tick()]

    # Envelopes.

    def _leg(self, asset: bytes, giver: bytes, receiver: bytes, amount: int) -> InstructionLeg:
        return InstructionLeg(asset, self.accounts[giver], self.accounts[receiver], amount)

    def _pay(
        self, payer: bytes, payee: bytes, amount: int, priority: Priority = Priority.NORMAL
    ) -> bytes:
        source, target = self.accounts[payer], self.accounts[payee]
        return self._said(Pay(self.ringgit, source, target, amount, priority=priority), payer)

    def _block(self, *envelopes: bytes) -> Block:
        self._now += 2 * MICROS_PER_SECOND
        return Block(self._now, envelopes)

    def _tick(self) -> Block:
        return self._block(self._said(Tick(), NODE))

    def _said(self, command: Command, *signers: bytes) -> bytes:
        return self._enveloped(command, signers)[1]

    def _making(self, kind: str, command: Command, *signers: bytes) -> tuple[bytes, bytes]:
        """Give the id of what a command makes, and its envelope."""
        until = self._now + VALID
        command_id, data = self._enveloped(command, signers)
        return derive(command_id, until, 1, kind), data

    def _enveloped(self, command: Command, signers: Sequence[bytes]) -> tuple[bytes, bytes]:
        self._made += 1
        command_id = hashlib.sha256(f"short day {self._made}".encode()).digest()[:16]
        salt = hashlib.sha256(command_id).digest()
        raw = msgspec.Raw(encode(command))
        body = Body(FORMAT, self.genesis.network, command_id, self._now + VALID, salt, raw)
        keys = [(one, self._wallet.secret(self._keys[one])) for one in signers]
        return command_id, sealed(body, keys)
