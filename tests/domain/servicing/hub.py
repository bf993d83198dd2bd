# SPDX-License-Identifier: Apache-2.0
"""A small hub for tests of servicing: real envelopes, any beginning, every block kept for replay.

Scenarios play on one market that begins on one day; a paper's whole life needs another.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from lejar.assembly import MACHINE, RULEBOOK
from lejar.domain.accounts.commands import GrantAuthority, OpenAccount
from lejar.domain.calendar import Calendar
from lejar.domain.calendar.commands import Tick
from lejar.domain.identity import FoundingParty, IdentitySection, Key, PartyKind, Power, Role
from lejar.domain.money.commands import CreateCurrency, IssueMoney
from lejar.domain.servicing.invariants import for_all as payments_hold
from lejar.kernel.apply import apply, found
from lejar.kernel.codec import encode
from lejar.kernel.entry import Block, Receipt, read_receipt
from lejar.kernel.envelope import Body, Command, sealed
from lejar.kernel.genesis import Genesis, genesis
from lejar.kernel.moment import MICROS_PER_HOUR, MICROS_PER_MINUTE, start_of
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.signature import public_key_of
from lejar.kernel.state import State
from lejar.ledger.accounts import Purpose
from lejar.ledger.balances import balance
from lejar.ledger.invariants import for_all as ledger_holds

OFFSET: Final = 480
FOUNDERS: Final[dict[str, tuple[PartyKind, tuple[Power, ...], tuple[str, ...]]]] = {
    "sc": (PartyKind.AGENCY, (Power.APPROVE_ISSUES, Power.DIRECT), ()),
    "bnm": (PartyKind.AGENCY, (Power.ISSUE_MONEY,), ()),
    "node": (PartyKind.SYSTEM, (Power.TICK,), ()),
    "bank": (PartyKind.COMPANY, (), ("bank",)),
    "other_bank": (PartyKind.COMPANY, (), ("bank",)),
    "issuer": (PartyKind.COMPANY, (), ()),
    "custodian": (PartyKind.COMPANY, (), ()),
}


def digest(words: str) -> bytes:
    """Give 32 bytes made from words."""
    return hashlib.sha256(words.encode()).digest()


@dataclass
class Hub:
    """A network from its genesis; the moment is set by whoever tests."""

    genesis: Genesis
    at: int
    state: State = field(default_factory=State)
    blocks: list[Block] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    sent: int = 0

    def send(self, command: Command, *signers: str) -> list[Any]:
        """Order one accepted command in a block of its own; gives its events."""
        receipt = self.ordered(command, *signers)
        assert receipt.refusal is None, receipt.refusal
        return [MACHINE.read_event(raw) for raw in receipt.events]

    def refused(self, command: Command, *signers: str) -> str:
        """Order one command that is refused; gives the code."""
        receipt = self.ordered(command, *signers)
        assert receipt.refusal is not None
        return receipt.refusal.code

    def ordered(self, command: Command, *signers: str) -> Receipt:
        """Order one command in a block of its own; gives its receipt."""
        return self.order([self.envelope(command, *signers)])[-1]

    def run_due(self) -> list[Any]:
        """Order the node's tick; gives the events of the due work before it."""
        receipts = self.order([self.envelope(Tick(), "node")])[:-1]
        assert all(receipt.refusal is None for receipt in receipts)
        return [MACHINE.read_event(raw) for receipt in receipts for raw in receipt.events]

    def envelope(self, command: Command, *signers: str) -> bytes:
        """Sign a command."""
        self.sent += 1
        word = digest(f"{self.sent}")
        body = Body(
            1,
            self.genesis.network,
            word[:16],
            self.at + MICROS_PER_HOUR,
            word,
            msgspec.Raw(encode(command)),
        )
        return sealed(body, [(digest(name)[:16], digest(name)) for name in signers])

    def order(self, envelopes: Iterable[bytes]) -> list[Receipt]:
        """Order a block and check what every block must keep."""
        block = Block(self.state.block + 1, self.at, tuple(envelopes))
        applied = apply(RULEBOOK, self.state, block, self.genesis.network)
        self.blocks.append(block)
        self.digests += [entry.digest for entry in applied.entries]
        ledger_holds(self.state)
        payments_hold(self.state)
        return [read_receipt(entry.receipt) for entry in applied.entries]

    def go_to(self, day: datetime.date, hour: int = 9, minute: int = 0) -> None:
        """Set the clock."""
        self.at = start_of(day, OFFSET) + hour * MICROS_PER_HOUR + minute * MICROS_PER_MINUTE

    def open_account(self, owner: str, purpose: Purpose, cash: bytes | None = None) -> bytes:
        """Open an account; gives its id."""
        (opened,) = self.send(OpenAccount(digest(owner)[:16], purpose, cash), owner)
        return bytes(opened.account)

    def has(self, asset: bytes, account: bytes) -> int:
        """Give what an account has."""
        return balance(self.state, asset, account).total

    def replayed(self) -> tuple[State, list[bytes]]:
        """Run every block again from the genesis; gives the state and the digests."""
        state = State()
        found(RULEBOOK, state, self.genesis)
        digests = [
            entry.digest
            for block in self.blocks
            for entry in apply(RULEBOOK, state, block, self.genesis.network).entries
        ]
        return state, digests


@dataclass(frozen=True)
class Market:
    """A hub with ringgit, two banks with clients, and an issuer that banks at the first."""

    hub: Hub
    myr: bytes
    payer: bytes
    """The first bank's client account, which pays for the issuer."""
    receiver: bytes
    """The second bank's client account."""
    issuers: bytes
    """The issuer's account."""


def begun(on: datetime.date, calendar: Calendar) -> Hub:
    """Found a hub at nine in the morning of a day."""
    parties = tuple(
        FoundingParty(
            digest(name)[:16],
            kind,
            (Key(public_key_of(digest(name)), (Role.OPERATE, Role.ADMINISTER)),),
            (),
            powers,
            credentials,
        )
        for name, (kind, powers, credentials) in FOUNDERS.items()
    )
    begins_at = start_of(on, OFFSET) + 9 * MICROS_PER_HOUR
    founding = genesis(
        "servicing", "test", begins_at, identity=IdentitySection(parties), calendar=calendar
    )
    hub = Hub(founding, begins_at)
    found(RULEBOOK, hub.state, founding)
    return hub


def market(on: datetime.date, calendar: Calendar, money: int) -> Market:
    """Found a hub whose first bank has so much client money."""
    hub = begun(on, calendar)
    *_, created = hub.send(CreateCurrency("MYR", ("bank",)), "bnm")
    payer = hub.open_account("bank", Purpose.CLIENT)
    receiver = hub.open_account("other_bank", Purpose.CLIENT)
    issuers = hub.open_account("issuer", Purpose.OWN, payer)
    hub.send(GrantAuthority(issuers, AMOUNT_MAX), "bank")
    hub.send(IssueMoney(created.asset, payer, money, digest("rtgs")[:16]), "bnm")
    return Market(hub, created.asset, payer, receiver, issuers)
