# SPDX-License-Identifier: Apache-2.0
"""A small market on the real hub, projected: what the pages are for.

Two banks, an issuer, a person; a sukuk in the middle of its life, a bond at its end; exchanges that
settled, wait, lapsed and were refused; a party and an amount frozen.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

import msgspec

from lejar.assembly import MACHINE, RULEBOOK
from lejar.domain.accounts import commands as on_accounts
from lejar.domain.calendar import Calendar
from lejar.domain.calendar import commands as on_time
from lejar.domain.consent import commands as on_consent
from lejar.domain.identity import FoundingParty, IdentitySection, Key, PartyKind, Power, Role
from lejar.domain.identity import commands as on_identity
from lejar.domain.identity.commands import GrantPower
from lejar.domain.instruments import (
    PAR,
    BusinessDay,
    DayCount,
    DebtTerms,
    FixedCouponBond,
    FixedProfitSukuk,
    Principle,
    Rounding,
    Source,
    SourceClass,
)
from lejar.domain.instruments import commands as on_instruments
from lejar.domain.money import commands as on_money
from lejar.domain.oversight import commands as on_oversight
from lejar.domain.policy import AssetClass
from lejar.domain.servicing import commands as on_servicing
from lejar.domain.settlement import InstructionLeg, Priority, Terms
from lejar.domain.settlement import commands as on_settlement
from lejar.domain.settlement.model import OffLedgerLeg
from lejar.kernel import identifiers
from lejar.kernel.codec import encode
from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.envelope import FORMAT, Body, Command, sealed
from lejar.kernel.genesis import Genesis, genesis
from lejar.kernel.module import Event
from lejar.kernel.moment import MICROS_PER_HOUR, start_of
from lejar.kernel.signature import public_key_of
from lejar.ledger.accounts import Purpose
from lejar.node import passes
from lejar.node.hub import Hub
from lejar.node.signing import NodeSigner
from lejar.node.simulation.disk import SimulatedDisk
from lejar.projections import Projections, Projector
from lejar.proofs.checkpoint import COSIGNATURE, Signer, VerifierKey
from lejar.proofs.log import Hashes, HashReader, leaf_hash
from lejar.web import views
from lejar.web.reading import SqlReads
from tests.directives import BASIS
from tests.web.real_rules import bring_rules, explainer

OFFSET = 480
BEGINS_AT = start_of(date(2026, 11, 24), OFFSET) + 9 * MICROS_PER_HOUR
"""A Tuesday, 09:00 in Malaysia."""
PARTIES: tuple[tuple[str, PartyKind, tuple[Power, ...], tuple[str, ...]], ...] = (
    ("central bank", PartyKind.AGENCY, (Power.ISSUE_MONEY, Power.DIRECT), ()),
    (
        "regulator",
        PartyKind.AGENCY,
        (
            Power.APPROVE_ISSUES,
            Power.DIRECT,
            Power.GOVERN,
            Power.ISSUE_CREDENTIALS,
            Power.SET_POLICY,
        ),
        (),
    ),
    ("registrar", PartyKind.AGENCY, (Power.REGISTER_PARTIES,), ()),
    ("node", PartyKind.SYSTEM, (Power.TICK,), ()),
    ("bank a", PartyKind.COMPANY, (), ("bank", "investor")),
    ("bank b", PartyKind.COMPANY, (), ("bank", "investor")),
    ("issuer", PartyKind.COMPANY, (), ("bank",)),
    ("person", PartyKind.PERSON, (), ("investor",)),
    ("stranger", PartyKind.PERSON, (), ()),
)
NAMES = {
    "central bank": "Central Bank (demonstration)",
    "regulator": "Securities Regulator (demonstration)",
    "bank a": "Bank Angsana",
    "bank b": "Bank Bakau",
    "issuer": "Cengal Capital (demonstration issuer)",
}
SOURCE = Source(
    reference="made up for tests",
    source_class=SourceClass.UNVERIFIED,
    collected="2026-11",
    verified=False,
)
GRANT = "identity.grant_power"
SITE = views.Site("Lejar", "net_test", "0.1.0", is_demonstration=True, live_source=None)


def party(name: str) -> bytes:
    """Give the id of a founding party."""
    return hashlib.sha256(f"party/{name}".encode()).digest()[:16]


def seed(name: str) -> bytes:
    """Give a party's seed, which is no secret."""
    return hashlib.sha256(f"seed/{name}".encode()).digest()


def digest(name: str) -> bytes:
    """Give the digest of a document that nobody wrote."""
    return hashlib.sha256(name.encode()).digest()


def shown(kind: str, raw: bytes) -> str:
    """Write an id as people see it."""
    return identifiers.show(kind, raw)


def founding() -> Genesis:
    """Give the genesis of a demonstration."""
    parties = tuple(
        FoundingParty(
            party(name),
            kind,
            (Key(public_key_of(seed(name)), (Role.OPERATE, Role.ADMINISTER)),),
            (),
            powers,
            credentials,
        )
        for name, kind, powers, credentials in PARTIES
    )
    days = Calendar(OFFSET, (5, 6), (), None)
    return genesis(
        "pages", "demonstration", BEGINS_AT, identity=IdentitySection(parties), calendar=days
    )


def terms(isin: str, name: str, maturity: date, **fields: object) -> DebtTerms:
    """Give plain terms of half-yearly payments."""
    plain = DebtTerms(
        isin=isin,
        stock_code=None,
        short_name=name,
        issuer_name=None,
        currency="MYR",
        unit_nominal=1_000_00,
        issue_amount=80_000_000_00,
        rate_millionths=40_500,
        accrual_start=date(2026, 9, 15),
        first_payment=date(2027, 3, 15),
        last_regular=None,
        maturity=maturity,
        payments_per_year=2,
        roll_day=15,
        day_count=DayCount.ACT_365,
        business_day=BusinessDay.FOLLOWING_UNADJUSTED,
        redemption_price=PAR,
        ex_days=0,
        rounding=Rounding.HALF_UP_SEN,
        source=SOURCE,
        assumed=("day_count", "unit_nominal"),
    )
    return msgspec.structs.replace(plain, **fields)


@dataclass
class TestProofs:
    """The log's hashes and the writer's signature, in this process."""

    __test__ = False
    hub: Hub
    signer: NodeSigner
    log: Hashes

    def checkpoint(self) -> str:
        """Sign the last block."""
        return self.signer.checkpoint(self.hub.last)

    def hashes(self, size: int) -> HashReader:
        """Give the hashes; the log does not shrink."""
        assert size <= self.log.size
        return self.log


@dataclass
class RealHub:
    """The hub, its projector, and what has been made on it."""

    hub: Hub
    projector: Projector
    projections: Projections
    now: int = BEGINS_AT
    counted: int = 0
    log: Hashes = field(default_factory=Hashes)
    receipts: list[Receipt] = field(default_factory=list)
    ids: dict[str, bytes] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    """Entries worth a page, by a name."""

    def send(self, command: Command, *signers: str) -> Receipt:
        """Sign, order, seal and project one command; gives the receipt of it."""
        self.counted += 1
        self.now += 1_000_000
        command_id = digest(f"command {self.counted}")[:16]
        until = self.now + MICROS_PER_HOUR
        raw = msgspec.Raw(encode(command))
        salt = digest(f"salt {self.counted}")
        body = Body(FORMAT, self.hub.network, command_id, until, salt, raw)
        envelope = sealed(body, [(party(name), seed(name)) for name in signers])
        ordered = self.hub.order([envelope], self.now)
        self.projector.fold(ordered.seal, ordered.entries)
        for entry in ordered.entries:
            self.log.append(leaf_hash(entry.digest))
            self.receipts.append(read_receipt(entry.receipt))
        found = [one for one in self.receipts if one.command_id == command_id]
        return found[-1]

    def do(self, command: Command, *signers: str) -> tuple[Event, ...]:
        """Send a command that must be accepted; gives its events."""
        receipt = self.send(command, *signers)
        assert receipt.refusal is None, receipt.refusal
        return tuple(MACHINE.read_event(raw) for raw in receipt.events)

    def made(self, name: str, field_name: str, command: Command, *signers: str) -> bytes:
        """Send a command and remember the id that one of its events names."""
        events = self.do(command, *signers)
        found = next(getattr(event, field_name) for event in events if hasattr(event, field_name))
        self.ids[name] = found
        self.numbers[name] = self.receipts[-1].number
        return bytes(found)

    def refused(self, name: str, command: Command, *signers: str) -> None:
        """Send a command that must be refused, and remember its entry."""
        receipt = self.send(command, *signers)
        assert receipt.refusal is not None
        self.numbers[name] = receipt.number

    def go_to(self, day: date, hour: int = 12) -> None:
        """Move the demonstration's time, and let due work run."""
        target = start_of(day, OFFSET) + hour * MICROS_PER_HOUR
        self.do(on_time.AdvanceTime(target), "node")
        for _ in range(2):
            self.do(on_time.Tick(), "node")

    def exchange(self, asset: bytes, units: int, price: int, seller: str, buyer: str) -> Command:
        """Give an instruction of units against money, today."""
        legs = (
            InstructionLeg(
                asset, self.ids[f"account {seller}"], self.ids[f"account {buyer}"], units
            ),
            InstructionLeg(
                self.ids["myr"], self.ids[f"account {buyer}"], self.ids[f"account {seller}"], price
            ),
        )
        return on_settlement.Instruct(legs, None)

    def reads(self, now: Callable[[], int] | None = None) -> SqlReads:
        """Give the pages' reads over it."""
        log, witness = Signer("pages.test/log", seed("log")), seed("witness")
        watching = Signer("pages.test/witness", witness, COSIGNATURE)
        signer = NodeSigner(party("node"), seed("node"), log, (watching,))
        keys: tuple[VerifierKey, ...] = signer.keys
        return SqlReads(
            self.projections,
            network=self.hub.network,
            now=now or (lambda: self.now),
            proofs=TestProofs(self.hub, signer, self.log),
            keys=keys,
            names={party(name): words for name, words in NAMES.items()},
            explainer=partial(explainer, self.hub),
        )

    def pass_of(self, name: str) -> str:
        """Give a party's pass for an hour."""
        return passes.make(self.hub.network, party(name), seed(name), self.now + MICROS_PER_HOUR)


def real_hub(folder: Path) -> RealHub:
    """Play the market and give the hub."""
    found = traded_hub(folder)
    _freeze(found)
    _pay(found)
    _go_on(found)
    _bring_shares(found)
    bring_rules(found)
    _agree(found)
    _seize(found)
    _wait(found)
    return found


def traded_hub(folder: Path) -> RealHub:
    """Play the market's first day, on which papers were sold, before any pack of rules."""
    hub = Hub(SimulatedDisk(Random(1)), founding(), RULEBOOK, lambda: bytes(16))
    url = f"sqlite:///{folder / 'pages.db'}"
    found = RealHub(hub, Projector(url, hub.genesis), Projections(url))
    _open_for_business(found)
    _bring_papers(found)
    _trade(found)
    return found


def _open_for_business(hub: RealHub) -> None:
    hub.made("myr", "asset", on_money.CreateCurrency("MYR", ("bank",)), "central bank")
    for name in ("bank a", "bank b", "issuer"):
        opening = on_accounts.OpenAccount(party(name), Purpose.OWN, None)
        hub.made(f"account {name}", "account", opening, name)
        issue = on_money.IssueMoney(
            hub.ids["myr"], hub.ids[f"account {name}"], 50_000_000_00, digest(name)[:16]
        )
        hub.do(issue, "central bank")
    hub.made(
        "client bank a",
        "account",
        on_accounts.OpenAccount(party("bank a"), Purpose.CLIENT, None),
        "bank a",
    )
    opening = on_accounts.OpenAccount(party("person"), Purpose.OWN, hub.ids["client bank a"])
    hub.made("account person", "account", opening, "person")
    hub.do(on_accounts.GrantAuthority(hub.ids["account person"], 1_000_000_00), "bank a")


def _bring_papers(hub: RealHub) -> None:
    sukuk = terms("MYBVO2103476", "CENGAL 4.050% 15.09.2031", date(2031, 9, 15))
    bond = terms(
        "MYBUG2102401", "CENGAL MTN 15.03.2027", date(2027, 3, 15), issue_amount=5_000_000_00
    )
    papers = (
        ("sukuk", FixedProfitSukuk(debt=sukuk, principle=Principle.WAKALAH), 60_000),
        ("bond", FixedCouponBond(debt=bond), 5_000),
    )
    for name, paper, units in papers:
        creation = on_instruments.CreateInstrument(
            party("issuer"), paper, ("investor",), None, None, (digest(f"prospectus {name}"),)
        )
        hub.made(name, "asset", creation, "issuer", "regulator")
        issue = on_instruments.IssueUnits(hub.ids[name], hub.ids["account issuer"], units)
        hub.made(f"issue {name}", "asset", issue, "issuer")


def _bring_shares(hub: RealHub) -> None:
    creation = on_instruments.CreateUnits(
        party("issuer"),
        AssetClass.SHARE,
        "CENGAL BHD",
        None,
        1_000_000,
        ("my", "sg"),
        ("investor",),
        None,
        None,
        (digest("constitution"),),
    )
    hub.made("share", "asset", creation, "issuer", "regulator")
    issue = on_instruments.IssueUnits(hub.ids["share"], hub.ids["account issuer"], 250_000)
    hub.made("issue share", "asset", issue, "issuer")


def _seize(hub: RealHub) -> None:
    """Let an authority move units without their holder."""
    accounts = hub.ids["account bank a"], hub.ids["account bank b"]
    forced = on_oversight.ForceTransfer(hub.ids["sukuk"], *accounts, 7, BASIS)
    hub.made("seizure", "directive", forced, "regulator")


def _wait(hub: RealHub) -> None:
    """Let payments wait for one another's money, and instructions for somebody's word."""
    myr = hub.ids["myr"]
    bank_a, bank_b = hub.ids["account bank a"], hub.ids["account bank b"]

    def pay(name: str, giver: str, source: bytes, target: bytes, sen: int, rank: Priority) -> None:
        payment = on_settlement.Pay(myr, source, target, sen, None, rank)
        hub.made(name, "instruction", payment, giver)

    pay("paid", "bank a", bank_a, bank_b, 12_345_67, Priority.NORMAL)
    pay("short", "bank a", bank_a, bank_b, 300_000_000_00, Priority.HIGH)
    pay("behind", "bank a", bank_a, bank_b, 5_000_00, Priority.NORMAL)
    for name, terms in (
        ("on hold", Terms(on_hold=True)),
        ("by hand", Terms(by_hand=True)),
        ("linked", Terms(after=(hub.ids["behind"],), partial_from=5)),
    ):
        legs = (
            InstructionLeg(hub.ids["sukuk"], bank_b, bank_a, 10),
            InstructionLeg(myr, bank_a, bank_b, 10_000_00),
        )
        promises: tuple[OffLedgerLeg, ...] = ()
        if name == "by hand":
            promises = (
                OffLedgerLeg(party("issuer"), party("bank a"), party("bank b"), digest("promise")),
            )
        command = on_settlement.Instruct(legs, None, terms, promises)
        hub.made(name, "instruction", command, "bank a", "bank b")


def _agree(hub: RealHub) -> None:
    """Let two agencies have to agree to powers: one proposal is carried out, one waits."""
    ring = public_key_of(seed("regulator"))
    hub.do(on_consent.AppointOfficer(party("regulator"), ring, digest("officer")[:16]), "regulator")
    needed = on_consent.SetRequirement(GRANT, party("regulator"), (party("central bank"),), 1, 0)
    hub.do(needed, "regulator")
    hub.refused("consent missing", GrantPower(party("bank a"), Power.TICK), "regulator")
    for name, power in (("enacted", Power.TICK), ("waiting", Power.ISSUE_CREDENTIALS)):
        carried = encode(GrantPower(party("bank a"), power))
        until = hub.hub.state.at + 30 * 24 * MICROS_PER_HOUR
        proposal = on_consent.Propose(carried, BASIS, None, until, digest("grounds"))
        hub.made(f"proposal {name}", "proposal", proposal, "regulator")
    hub.do(on_consent.Agree(hub.ids["proposal enacted"]), "central bank")
    hub.do(on_time.Tick(), "node")


def _trade(hub: RealHub) -> None:
    sukuk, bond = hub.ids["sukuk"], hub.ids["bond"]
    first = hub.exchange(sukuk, 20_000, 20_000_000_00, "issuer", "bank a")
    hub.made("settled", "instruction", first, "issuer", "bank a")
    hub.do(hub.exchange(sukuk, 5_000, 5_012_500_00, "bank a", "bank b"), "bank a", "bank b")
    hub.do(hub.exchange(bond, 5_000, 5_000_000_00, "issuer", "bank b"), "issuer", "bank b")
    waits = hub.exchange(sukuk, 100, 100_250_00, "bank a", "bank b")
    hub.made("alleged", "instruction", waits, "bank a")
    later = on_settlement.Instruct(
        (
            InstructionLeg(sukuk, hub.ids["account bank b"], hub.ids["account bank a"], 10),
            InstructionLeg(
                hub.ids["myr"], hub.ids["account bank a"], hub.ids["account bank b"], 10_000_00
            ),
        ),
        date(2027, 3, 22),
    )
    hub.made("matched", "instruction", later, "bank a", "bank b")
    poor = hub.exchange(sukuk, 100, 90_000_000_00, "bank b", "bank a")
    hub.refused("refused", poor, "bank a", "bank b")


def _freeze(hub: RealHub) -> None:
    freeze = on_oversight.FreezeAmount(
        hub.ids["account bank b"], hub.ids["sukuk"], 300, BASIS, None
    )
    hub.made("freeze", "directive", freeze, "regulator")
    hub.do(on_oversight.Freeze(party("stranger"), BASIS, None), "regulator")
    hub.do(on_identity.GrantCredential(party("stranger"), "resident", None, None), "regulator")


def _pay(hub: RealHub) -> None:
    hub.go_to(date(2027, 3, 1))
    for name in ("sukuk", "bond"):
        announced = on_servicing.AnnouncePayment(
            hub.ids[name], 1, hub.ids["account issuer"], None, None
        )
        hub.made(f"payment {name}", "payment", announced, "issuer")
    hub.go_to(date(2027, 3, 15))


def _go_on(hub: RealHub) -> None:
    """Buy units back and retire them, and trade on another day."""
    sukuk = hub.ids["sukuk"]
    back = hub.exchange(sukuk, 1_000, 1_001_000_00, "bank a", "issuer")
    hub.do(back, "bank a", "issuer")
    retire = on_instruments.RetireUnits(sukuk, hub.ids["account issuer"], 5_000)
    hub.made("retired", "asset", retire, "issuer")
    hub.do(hub.exchange(sukuk, 50, 50_500_00, "bank a", "bank b"), "bank a", "bank b")
