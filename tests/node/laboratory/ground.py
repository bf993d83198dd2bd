# SPDX-License-Identifier: Apache-2.0
"""A journal on a real disk to try drafts on: three persons trade a digital asset under a pack."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from lejar.assembly import RULEBOOK
from lejar.domain.accounts.commands import OpenAccount
from lejar.domain.basis import LegalBasis
from lejar.domain.calendar import Calendar
from lejar.domain.identity import FoundingParty, IdentitySection, Key, PartyKind, Power, Role
from lejar.domain.instruments.commands import CreateUnits, IssueUnits
from lejar.domain.money.commands import CreateCurrency, IssueMoney
from lejar.domain.policy import AssetClass
from lejar.domain.policy.commands import AdoptPack
from lejar.domain.policy.flows import Reach, Window
from lejar.domain.policy.kinds.holdings import HoldingCap
from lejar.domain.policy.kinds.windows import InvestmentCap, Per
from lejar.domain.policy.pack import (
    AnySpec,
    Effect,
    Grade,
    Pack,
    Rule,
    Scope,
    SourceNote,
)
from lejar.domain.settlement.commands import Instruct
from lejar.domain.settlement.model import InstructionLeg
from lejar.kernel.codec import encode
from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.envelope import FORMAT, Body, Command, sealed
from lejar.kernel.genesis import Genesis, genesis
from lejar.kernel.identifiers import derive
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_HOUR
from lejar.kernel.signature import public_key_of
from lejar.ledger.accounts import Purpose
from lejar.node.disk import LocalDisk
from lejar.node.hub import Hub

BEGINS = 1_795_500_000_000_000
PEOPLE = ("amir", "bala", "chen")
SC, BNM, ISSUER = "sc", "bnm", "issuer"
BASIS = LegalBasis("made up for a test")


def party(name: str) -> bytes:
    """Give a party's id."""
    return hashlib.sha256(f"party {name}".encode()).digest()[:16]


def seed(name: str) -> bytes:
    """Give a party's secret key."""
    return hashlib.sha256(f"key {name}".encode()).digest()


def rule(rule_id: str, spec: AnySpec) -> Rule:
    """A rule about digital assets, with a basis of no importance."""
    return Rule(
        id=rule_id,
        title="A sentence that must hold.",
        title_ms="Ayat yang mesti benar.",
        spec=spec,
        scope=Scope(classes=(AssetClass.DIGITAL_ASSET,)),
        effect=Effect.BIND,
        owner="sc",
        consult=(),
        agree=(),
        basis=BASIS,
        source=SourceNote(Grade.PRIMARY, "a test", "2026-11", verified=True),
    )


def capped(units: int | None = None, money: int | None = None, version: str = "2026.1.1") -> Pack:
    """A pack that caps what one person owns, and pays for all assets within twelve months."""
    rules = []
    if units is not None:
        rules.append(rule("my.holding", HoldingCap(units)))
    if money is not None:
        window = Window(Reach.MONTHS, 12)
        rules.append(rule("my.invested", InvestmentCap(Per.TOTAL, window, money)))
    return Pack("my", version, 480, tuple(rules))


def founding() -> Genesis:
    """Write the first state: agencies, an issuer and three persons of two classes."""
    powers = {
        SC: (Power.SET_POLICY, Power.APPROVE_ISSUES),
        BNM: (Power.ISSUE_MONEY, Power.TICK),
    }
    held = {"amir": ("investor.retail",), "bala": ("investor.angel",)}
    parties = tuple(
        FoundingParty(
            party(name),
            PartyKind.AGENCY if name in powers else PartyKind.PERSON,
            (Key(public_key_of(seed(name)), (Role.OPERATE, Role.ADMINISTER)),),
            (),
            powers.get(name, ()),
            held.get(name, ()),
        )
        for name in (SC, BNM, ISSUER, *PEOPLE)
    )
    every_day = Calendar(480, (), (), None)
    return genesis("lab", "test", BEGINS, identity=IdentitySection(parties), calendar=every_day)


@dataclass(slots=True)
class Ground:
    """A hub on a disk, its clock, and how to name what it made."""

    folder: Path
    genesis: Genesis
    hub: Hub
    now: int = BEGINS
    made: int = 0

    @classmethod
    def open(cls, folder: Path) -> "Ground":
        """Found a hub and its market: money, a token, accounts with some of each."""
        first = founding()
        hub = Hub(LocalDisk(folder), first, RULEBOOK, lambda: bytes(16))
        ground = cls(folder, first, hub)
        ground.send(CreateCurrency("MYR", ()), BNM)
        ground.send(_token(), ISSUER, SC)
        for name in (ISSUER, *PEOPLE):
            ground.send(OpenAccount(party(name), Purpose.OWN, None), name)
        for number, name in enumerate((ISSUER, *PEOPLE)):
            reference = number.to_bytes(16, "big")
            ground.send(IssueMoney(ground.money, ground.account(name), 10_000_00, reference), BNM)
        ground.send(IssueUnits(ground.token, ground.account(ISSUER), 10_000), ISSUER)
        return ground

    @property
    def money(self) -> bytes:
        """The ringgit."""
        return self._id(1, "asset")

    @property
    def token(self) -> bytes:
        """The digital asset."""
        return self._id(2, "asset")

    def account(self, name: str) -> bytes:
        """The account of the issuer or of a person."""
        return self._id(3 + (ISSUER, *PEOPLE).index(name), "account")

    def adopt(self, pack: Pack) -> Receipt:
        """Let a pack count."""
        return self.send(AdoptPack(pack, BASIS), SC)

    def sell(self, seller: str, buyer: str, units: int, money: int) -> Receipt:
        """Let one sell to another, both signing; may be refused."""
        legs = (
            InstructionLeg(self.token, self.account(seller), self.account(buyer), units),
            InstructionLeg(self.money, self.account(buyer), self.account(seller), money),
        )
        return self.send(Instruct(legs, None), seller, buyer, may_fail=True)

    def next_day(self) -> None:
        """Move the clock by a day."""
        self.now += MICROS_PER_DAY

    def send(self, command: Command, *signers: str, may_fail: bool = False) -> Receipt:
        """Order one command in a block of its own."""
        self.made += 1
        command_id = self.made.to_bytes(16, "big")
        raw = msgspec.Raw(encode(command))
        until = BEGINS + 20 * MICROS_PER_HOUR if self.now == BEGINS else self.now + MICROS_PER_HOUR
        body = Body(FORMAT, self.genesis.network, command_id, until, bytes(32), raw)
        data = sealed(body, [(party(name), seed(name)) for name in signers])
        ordered = self.hub.order([data], self.now)
        receipt: Receipt = read_receipt(ordered.entries[-1].receipt)
        assert may_fail or receipt.refusal is None, receipt.refusal
        return receipt

    def close(self) -> None:
        """Leave the journal to be read."""
        self.hub.settle()
        self.hub.close()

    def _id(self, ordinal: int, kind: str) -> bytes:
        until = BEGINS + 20 * MICROS_PER_HOUR
        return derive(ordinal.to_bytes(16, "big"), until, 1, kind)


def _token() -> CreateUnits:
    return CreateUnits(
        party(ISSUER),
        AssetClass.DIGITAL_ASSET,
        "LAB TOKEN",
        None,
        None,
        ("my",),
        (),
        None,
        None,
        (),
    )
