# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - JSON and what hypothesis makes of types have no narrower type
"""A hub behind the gateway's seams: the real application object, read straight from its state."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

import httpx
import msgspec

from lejar.assembly import MACHINE, RULEBOOK
from lejar.domain.calendar import Calendar
from lejar.domain.consent import PROPOSALS, REQUIREMENTS
from lejar.domain.consent.model import AGREEMENTS
from lejar.domain.identity import (
    CREDENTIALS,
    KEYRINGS,
    PARTIES,
    POWERS,
    FoundingParty,
    IdentitySection,
    Key,
    PartyKind,
    Power,
    Role,
)
from lejar.domain.oversight.events import AssetsSeized, TransferForced
from lejar.domain.policy import PROFILES
from lejar.domain.policy.explain import Answered, Question, explain
from lejar.domain.settlement.model import INSTRUCTIONS
from lejar.gateways.rest import pass_, views
from lejar.gateways.rest.seams import Reads as ReadModels
from lejar.gateways.rest.server import app
from lejar.gateways.rest.settings import Limits, Settings
from lejar.gateways.rest.settling_views import LegView
from lejar.kernel import identifiers
from lejar.kernel.codec import encode
from lejar.kernel.entry import Entry, Receipt, read_receipt
from lejar.kernel.envelope import PREFIX, opened
from lejar.kernel.genesis import Genesis, genesis
from lejar.kernel.refusal import Refused
from lejar.kernel.signature import public_key_of, sign
from lejar.ledger.accounts import ACCOUNTS
from lejar.ledger.balances import balance, holders, supply
from lejar.node.door import Door
from lejar.node.hub import Hub, OrderedBlock
from lejar.node.simulation.disk import SimulatedDisk
from lejar.node.wire import Answer, Outcome, Status
from lejar.proofs.checkpoint import Checkpoint, Note, Signer
from lejar.proofs.log import Hashes, leaf_hash
from lejar.proofs.tiles import Tile, tile_bytes
from lejar.reference.wording import About, Fact
from tests.gateways.rest.restated import Restated
from tests.gateways.rest.unruled import Unruled, part

NOW = 1_790_000_000_000_000
"""21 September 2026, 22:13 in Kuala Lumpur, in microseconds UTC."""
HOUR = 3_600_000_000
LOG = Signer("test.lejar.example", b"L" * 32)
HOST = "127.0.0.1:8750"


@dataclass(frozen=True)
class Actor:
    """A founding party with its one key."""

    party: bytes
    seed: bytes

    @property
    def text(self) -> str:
        return identifiers.show("party", self.party)


def actor(number: int) -> Actor:
    return Actor(bytes([number]) * 16, bytes([100 + number]) * 32)


CENTRE, BANK, OTHER, CITIZEN = (actor(number) for number in range(1, 5))


def founding() -> Genesis:
    """A central bank that may do everything, two banks and a citizen."""
    every = tuple(Power)

    def party(
        one: Actor, kind: PartyKind, powers: tuple[Power, ...], *credentials: str
    ) -> FoundingParty:
        key = Key(public_key_of(one.seed), (Role.OPERATE, Role.ADMINISTER))
        return FoundingParty(one.party, kind, (key,), (), powers, credentials)

    parties = (
        party(CENTRE, PartyKind.AGENCY, every),
        party(BANK, PartyKind.COMPANY, (), "bank"),
        party(OTHER, PartyKind.COMPANY, (), "bank"),
        party(CITIZEN, PartyKind.PERSON, ()),
    )
    days = Calendar(480, (5, 6), (), None)
    return genesis("test", "test", NOW - HOUR, identity=IdentitySection(parties), calendar=days)


@dataclass
class World:
    """The hub, its clock, and what is wrong with it today.

    `raced`: another envelope with the same id came in the same moment, and won.
    """

    hub: Hub
    now: int = NOW
    trouble: Literal["", "busy", "closed", "silent", "gone", "wrong", "raced"] = ""
    entries: list[Entry] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    log: Hashes = field(default_factory=Hashes)
    listeners: list[Callable[[OrderedBlock], object]] = field(default_factory=list)


class Link:
    """The writer, in the same process."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def submit(self, envelopes: Sequence[tuple[bytes, bytes]]) -> list[Answer]:
        await self._live()
        if self.world.trouble in {"busy", "closed"}:
            is_busy = self.world.trouble == "busy"
            return [Answer(Outcome.BUSY if is_busy else Outcome.CLOSED, None)] * len(envelopes)
        return [self._answer(*pair) for pair in envelopes]

    def _answer(self, command_id: bytes, data: bytes) -> Answer:
        world = self.world
        first = world.hub.remembered(command_id, data)
        if first is not None and (
            world.trouble == "raced"
            or world.receipts[first - 1].envelope == hashlib.sha256(data).digest()
        ):
            return Answer(Outcome.KNOWN, encode(world.entries[first - 1]))
        sealed = world.hub.order([data], world.now)
        for entry in sealed.entries:
            world.entries.append(entry)
            world.receipts.append(read_receipt(entry.receipt))
            world.log.append(leaf_hash(entry.digest))
        for told in world.listeners:
            told(sealed)
        return Answer(Outcome.SEALED, encode(sealed.entries[-1]))

    async def _live(self) -> None:
        if self.world.trouble == "silent":
            await asyncio.sleep(60)
        if self.world.trouble == "gone":
            raise ConnectionRefusedError("no socket")
        if self.world.trouble == "wrong":
            raise ZeroDivisionError("a secret of the program")

    async def status(self) -> Status:
        hub, state = self.world.hub, self.world.hub.state
        reason = "The disk is full." if self.world.trouble == "closed" else ""
        return Status(
            hub.network, "test", "test", state.block, state.entry, state.at, state.ordered_at,
            hub.last.log_root, hub.last.state_root, not reason, reason, 0, None,
        )  # fmt: skip

    async def dry_run(self, envelope: bytes) -> Receipt:
        return self.world.hub.dry_run(opened(envelope), self.world.now)

    async def explain(self, question: Question) -> Answered:
        state = self.world.hub.state
        try:
            return Answered(explain(state, state.entry, question), None)
        except Refused as refused:
            return Answered(None, refused.refusal.code)

    async def checkpoint(self) -> str:
        seal = self.world.hub.last
        body = Checkpoint(
            LOG.public.name, seal.last, seal.log_root, seal.block, seal.state_root, seal.at
        ).text
        return Note(body, (LOG.sign(body),)).text


class Reads(Unruled, Restated):
    """The read models, straight from the state; in this market there are no packs."""

    def __init__(self, world: World) -> None:
        self.world = world

    def about(self, _facts: Mapping[str, Fact], _at: int) -> About:
        return About(currency="MYR", asset="MYR", asset_is_money=True)

    @property
    def state(self) -> Any:
        return self.world.hub.state

    def stands_at(self) -> int:
        return len(self.world.entries)

    def genesis(self) -> Genesis:
        return self.world.hub.genesis

    def entries(self, after: int, limit: int) -> list[views.Sealed]:
        last = min(after + limit, len(self.world.entries))
        return [self._sealed(number) for number in range(after + 1, last + 1)]

    def _sealed(self, number: int) -> views.Sealed:
        receipt = self.world.receipts[number - 1]
        owners = [ACCOUNTS.require(self.state, one.account).owner for one in receipt.postings]
        involved = tuple(dict.fromkeys([*receipt.signers, *owners]))
        events = [MACHINE.read_event(raw) for raw in receipt.events]
        moved = [one.directive for one in events if isinstance(one, AssetsSeized | TransferForced)]
        digest = self.world.entries[number - 1].digest
        return views.Sealed(receipt, digest, involved, moved[0] if moved else None)

    def entry(self, number: int) -> views.Sealed | None:
        return self._sealed(number) if 1 <= number <= len(self.world.entries) else None

    def receipt(self, command_id: bytes) -> views.Sealed | None:
        for receipt in self.world.receipts:
            if receipt.command_id == command_id:
                return self._sealed(receipt.number)
        return None

    def evidence(self, number: int, checkpoint: str) -> bytes | None:
        return json.dumps({"of": number, "note": checkpoint}).encode()

    def party(self, party: bytes) -> views.PartyView | None:
        found, ring = PARTIES.get(self.state, party), KEYRINGS.get(self.state, party)
        if found is None or ring is None:
            return None
        powers = tuple(Power(key[16:].decode()) for key, _ in POWERS.scan(self.state, party))
        credentials = tuple(
            views.CredentialView(key[16:].decode(), one.issuer, one.granted_at, one.expires_at)
            for key, one in CREDENTIALS.scan(self.state, party)
        )
        accounts = tuple(k for k, one in ACCOUNTS.scan(self.state) if one.owner == party)
        return views.PartyView(
            party, found.kind, found.status, found.registered_at, found.registrar,
            ring.keys, ring.thresholds, powers, frozen=False, credentials=credentials,
            accounts=accounts,
        )  # fmt: skip

    def parties(
        self, kind: PartyKind | None, cursor: str | None, limit: int
    ) -> views.Part[views.PartyRow]:
        rows = [
            views.PartyRow(key, p.kind, p.status, p.registered_at, p.registrar, frozen=False)
            for key, p in PARTIES.scan(self.state)
            if kind in {None, p.kind}
        ]
        return part(rows, cursor, limit)

    def account(self, account: bytes) -> views.AccountView | None:
        found = ACCOUNTS.get(self.state, account)
        if found is None:
            return None
        positions = tuple(self._position(account, asset) for asset, _ in PROFILES.scan(self.state))
        return views.AccountView(
            account, found.owner, found.purpose, found.opened_at, found.cash_account,
            found.beneficiary, frozen=False, positions=positions,
        )  # fmt: skip

    def _position(self, account: bytes, asset: bytes) -> views.PositionView:
        found = balance(self.state, asset, account)
        return views.PositionView(asset, found.total, found.free, found.held)

    def instruments(self, cursor: str | None, limit: int) -> views.Part[views.InstrumentRow]:
        found = [self.instrument(key) for key, _ in PROFILES.scan(self.state)]
        rows = [
            views.InstrumentRow(v.asset, v.kind, v.code, v.issuer, v.issued_at, v.supply)
            for v in found
            if v is not None
        ]
        return part(rows, cursor, limit)

    def instrument(self, asset: bytes) -> views.InstrumentView | None:
        profile = PROFILES.get(self.state, asset)
        if profile is None:
            return None
        issued = supply(self.state, asset, profile.issuance_account)
        null = msgspec.Raw(b"null")
        return views.InstrumentView(asset, "money", "MYR", profile.issuer, NOW, issued, null)

    def holders(self, asset: bytes, cursor: str | None, limit: int) -> views.Part[views.HolderView]:
        rows = [
            views.HolderView(page.owner, page.beneficiary, account, found.total, found.held)
            for account, found in holders(self.state, asset)
            for page in (ACCOUNTS.require(self.state, account),)
            if found.total > 0
        ]
        return part(rows, cursor, limit)

    def entitlements(
        self, account: bytes, cursor: str | None, limit: int
    ) -> views.Part[views.EntitlementView]:
        assert ACCOUNTS.get(self.state, account) is not None
        return part([], cursor, limit)  # nothing pays in this market

    def movements(
        self, account: bytes, cursor: str | None, limit: int
    ) -> views.Part[views.MovementView]:
        rows = [
            views.MovementView(sealed.receipt.number, at, one.asset, one.amount, sealed.directive)
            for sealed in self.entries(0, len(self.world.entries))
            for at, one in enumerate(sealed.receipt.postings)
            if one.account == account
        ]
        return part(rows[::-1], cursor, limit)

    def instruction(self, instruction: bytes) -> views.InstructionView | None:
        one = INSTRUCTIONS.get(self.state, instruction)
        if one is None:
            return None
        legs = tuple(LegView(x.asset, x.source, x.target, x.amount, 0) for x in one.legs)
        return views.InstructionView(
            instruction, str(one.stage), legs, one.value_date.isoformat(), one.parties,
            one.affirmed, None, 1, 1,
        )  # fmt: skip

    def proposals(self, cursor: str | None, limit: int) -> views.Part[views.ProposalRow]:
        rows = [self._proposal(key) for key, _ in PROPOSALS.scan(self.state)]
        return part(rows, cursor, limit)

    def _proposal(self, proposal: bytes) -> views.ProposalRow:
        one = PROPOSALS.require(self.state, proposal)
        owner = REQUIREMENTS.require(self.state, one.verb.encode()).owner
        made = [r.number for r in self.world.receipts if r.command == "consent.propose"]
        return views.ProposalRow(
            proposal, one.proposer, one.verb, one.matter, owner, one.basis.cited(),
            one.effective_at, one.expires_at, str(one.stage), None, one.due_at, made[-1], made[-1],
        )  # fmt: skip

    def proposal(self, proposal: bytes) -> views.ProposalView | None:
        one = PROPOSALS.get(self.state, proposal)
        if one is None:
            return None
        row = self._proposal(proposal)
        needed = REQUIREMENTS.require(self.state, one.verb.encode()).concerned
        agreed = tuple(dict.fromkeys(k[16:32] for k, _ in AGREEMENTS.scan(self.state, proposal)))
        return views.ProposalView(
            **msgspec.structs.asdict(row), link=one.basis.link, grounds=one.grounds,
            parties=tuple(sorted(needed)), agreed=agreed, officers=0, officers_needed=0,
            carried=one.command,
        )  # fmt: skip

    def requirements(self, cursor: str | None, limit: int) -> views.Part[views.RequirementView]:
        rows = [
            views.RequirementView(
                key.decode(), one.owner, one.concurring, one.officers, one.notice_micros, 0
            )
            for key, one in REQUIREMENTS.scan(self.state)
        ]
        return part(rows, cursor, limit)

    def directives(self, cursor: str | None, limit: int) -> views.Part[views.DirectiveRow]:
        return part([], cursor, limit)  # nobody orders anything here; see test_directives.py

    def directive(self, directive: bytes) -> views.DirectiveView | None:
        assert len(directive) == 16
        return None

    def bound_money(self, envelope: bytes) -> views.BoundMoneyView | None:
        assert len(envelope) == 16
        return None  # see test_bound_money.py

    def tile(self, tile: Tile) -> bytes | None:
        end = (tile.index * 256 + tile.width) << (8 * (tile.level or 0))
        return tile_bytes(self.world.log, tile) if end <= self.world.log.size else None


class Market:
    """The gateway over a world, and a caller of it."""

    def __init__(
        self, reads_of: Callable[[World], ReadModels] | None = None, **limits: Any
    ) -> None:
        self.world = World(Hub(SimulatedDisk(Random(1)), founding(), RULEBOOK, lambda: b"s" * 16))
        self.link = Link(self.world)
        self.reads = Reads(self.world) if reads_of is None else reads_of(self.world)
        self.network = self.world.hub.network
        self.settings = Settings(self.network, limits=Limits(**limits), now=lambda: self.world.now)
        self.app = app(self.link, Door(self.network), self.reads, self.settings)

    def call(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Send one request and give the answer."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                return await client.request(method, path, **given)

        return asyncio.run(send())

    def get(self, path: str, reader: Actor | None = None, **given: Any) -> httpx.Response:
        headers = dict(given.pop("headers", {}))
        if reader is not None:
            headers["Authorization"] = f"Bearer {self.pass_of(reader)}"
        return self.call("GET", path, headers=headers, **given)

    def pass_of(self, reader: Actor) -> str:
        return pass_.make(self.network, reader.party, reader.seed, self.world.now + HOUR)

    def prepare(self, command: str, **arguments: Any) -> dict[str, Any]:
        """Ask for the bytes of a command."""
        answer = self.call(
            "POST", "/v1/commands/prepare", json={"command": command, "arguments": arguments}
        )
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def message(self, prepared: dict[str, Any], *signers: Actor) -> dict[str, Any]:
        """Sign what was prepared; gives the envelope's JSON message."""
        body = msgspec.convert(prepared["body"], bytes, builtin_types=())
        signatures = [
            {
                "party": one.text,
                "key": public_key_of(one.seed).hex(),
                "signature": sign(PREFIX + body, one.seed).hex(),
            }
            for one in signers
        ]
        return {"body": prepared["body"], "signatures": signatures}

    def send(
        self, *signers: Actor, command: str, headers: Any = None, **arguments: Any
    ) -> httpx.Response:
        """Prepare, sign and submit."""
        message = self.message(self.prepare(command, **arguments), *signers)
        return self.call("POST", "/v1/envelopes", json=message, headers=headers)

    def made(self, answer: httpx.Response, name: str) -> str:
        """Give a fact of the last event of an accepted command."""
        assert answer.status_code == 201, answer.text
        value: str = answer.json()["events"][-1][name]
        return value


def reference(number: int) -> str:
    return hashlib.sha256(encode(number)).digest()[:16].hex()


@dataclass(frozen=True)
class Founded:
    """What the opened market consists of, as text ids."""

    myr: str
    account: str
    other: str


def open_for_business(market: Market) -> Founded:
    """Create ringgit, open an account for two banks, and issue a thousand ringgit to one."""
    currency = market.send(CENTRE, command="money.create_currency", code="MYR", required=["bank"])
    myr = market.made(currency, "asset")
    terms = {"purpose": "own", "cash_account": None}
    accounts = [
        market.made(
            market.send(one, command="accounts.open_account", owner=one.text, **terms), "account"
        )
        for one in (BANK, OTHER)
    ]
    issued = issue(market, myr, accounts[0], 1)
    assert issued.status_code == 201, issued.text
    return Founded(myr, *accounts)


def issue(
    market: Market, myr: str, account: str, number: int, amount: int = 100_000
) -> httpx.Response:
    """Put ringgit (in sen) on an account."""
    return market.send(
        CENTRE, command="money.issue_money", asset=myr, account=account, amount=str(amount),
        reference=reference(number),
    )  # fmt: skip
