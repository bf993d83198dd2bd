# SPDX-License-Identifier: Apache-2.0
"""One run: a seed makes a market, a network, a disk, their troubles, and a node that must bear them.

Everything happens in one thread under a clock that the world moves, so that the same seed gives the
same run to the last byte.
"""

import hashlib
from collections.abc import Callable
from random import Random
from typing import Final

import msgspec

from lejar.domain.calendar.commands import Tick
from lejar.kernel.envelope import opened
from lejar.kernel.failure import Malformed
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND
from lejar.node.door import Door
from lejar.node.engine import Engine
from lejar.node.outreader import OutputReader
from lejar.node.signing import NodeSigner
from lejar.node.simulation import aftermath
from lejar.node.simulation.auditor import Auditor, Request
from lejar.node.simulation.claim import ClaimBroken, claim
from lejar.node.simulation.disk import Faults
from lejar.node.simulation.market import BEGINS_AT, NODE, Wallet, found_market
from lejar.node.simulation.node import Parts, SimulatedNode
from lejar.node.simulation.post import Post
from lejar.node.simulation.statement import agrees
from lejar.node.simulation.temper import temper
from lejar.node.simulation.traffic import Traffic
from lejar.node.wire import Answer, Outcome
from lejar.proofs.checkpoint import Signer

STEPS_MAX: Final = 3_000
"""A run has far fewer; one that has more waits for something that never comes."""
RESEND_AFTER: Final = 6
CALM: Final = Faults()


class Told(msgspec.Struct, frozen=True):
    """How one run went; the same seed gives the same one, to the digest of all that happened."""

    seed: int
    broken: str
    """The claim that did not hold and what was seen; empty when all held."""
    digest: str
    steps: int
    commands: int
    entries: int
    accepted: int
    blocks: int
    restarts: int
    resends: int
    known: int
    snapshots: int
    closed: int
    refusals: dict[str, int]


class HeardSigner(NodeSigner):
    """A node's signer whose ticks the auditor hears of, as of any other request."""

    hears: Callable[[Request], None]

    def tick(self, network: bytes, now: int) -> tuple[bytes, bytes]:
        """Sign a tick, and say so."""
        command_id, data = super().tick(network, now)
        envelope = opened(data)
        pairs = tuple((one.party, one.key) for one in envelope.signatures)
        until = envelope.body.valid_until
        self.hears(Request(data, command_id, network, until, Tick(), pairs, is_sound=True))
        return command_id, data


def run(seed: int, parts: Parts | None = None) -> Told:
    """Simulate one seed."""
    world = World(seed, parts or Parts())
    broken = ""
    try:
        world.live()
    except ClaimBroken as claimed:
        broken = str(claimed)
        world.note("broken", broken.encode())
    return world.told(broken)


class World:
    """All of one run."""

    def __init__(self, seed: int, parts: Parts) -> None:
        self.seed = seed
        self.now = BEGINS_AT
        chance = {name: Random(f"{seed}/{name}") for name in ("temper", "step", "disk", "post")}
        self.random = chance["step"]
        self.temper = temper(chance["temper"])
        wallet = Wallet(seed)
        self.genesis = found_market(wallet)
        self.auditor = Auditor(self.genesis)
        self.door = Door(self.genesis.network)
        books = self.auditor.books
        self.traffic = Traffic(
            Random(f"{seed}/traffic"), books, wallet, self.genesis.network
        )
        self.node = SimulatedNode(parts, self.genesis, chance["disk"], lambda: self.now)
        self.node.segment_bytes = self.temper.segment_bytes
        ticking = wallet.secret(next(iter(books.parties[NODE].keys)))
        log = Signer("simulation.example/log", wallet.secret(wallet.new()))
        entropy = Random(f"{seed}/tick").randbytes
        self.node.signer = HeardSigner(NODE, ticking, log, entropy=entropy)
        self.node.signer.hears = self.auditor.handed_in
        shape = (chance["post"], self.temper.drop, self.temper.duplicate)
        self.to_hub: Post[Request] = Post(*shape)
        self.to_clients: Post[tuple[Request, Answer]] = Post(*shape)
        self.waiting: dict[bytes, tuple[Request, int]] = {}
        """What clients still wait for: digest to (request, step of the last sending)."""
        self.reader: OutputReader | None = None
        self.steps = self.made = self.restarts = self.resends = self.known = 0
        self.snapshots = self.closed = 0
        self._trouble_ends = 0
        self._trace = hashlib.sha256()
        self._steps: tuple[Callable[[], None], ...] = (
            self._move_clock,
            self._send,
            self._resend,
            self._trouble,
            self._deliver,
            self._work,
            self._hear,
        )

    def live(self) -> None:
        """Let the market live until every client has its answer, then look back on it."""
        while self.made < self.temper.commands or self.waiting:
            self.steps += 1
            claim(self.steps < STEPS_MAX, "Every client is answered in the end.", self._open())
            for step in self._steps:
                step()
            if self.made >= self.temper.commands and self.steps > self._trouble_ends:
                self._heal()
        self._heal()
        while self.node.engine is None:
            self._start()
        self._work()
        self._catch_up()
        self.auditor.nothing_is_lost()
        agrees(self.node.hub.state.records, self.auditor.books)
        aftermath.replay_agrees(self.node, self.auditor)
        self.note("end", self.node.hub.last.digest)

    def told(self, broken: str) -> Told:
        """Sum up."""
        auditor = self.auditor
        return Told(
            seed=self.seed,
            broken=broken,
            digest=self._trace.hexdigest(),
            steps=self.steps,
            commands=self.made,
            entries=len(auditor.records),
            accepted=auditor.accepted,
            blocks=len(auditor.seals),
            restarts=self.restarts,
            resends=self.resends,
            known=self.known,
            snapshots=self.snapshots,
            closed=self.closed,
            refusals=dict(sorted(auditor.refusals.items())),
        )

    def note(self, what: str, data: bytes = b"") -> None:
        """Add to the trace, whose digest shows whether two runs are one."""
        self._trace.update(f"{self.steps}:{self.now}:{what}:{len(data)}\n".encode() + data)

    # Clock and clients.

    def _move_clock(self) -> None:
        random = self.random
        self.now += random.randrange(MICROS_PER_SECOND)
        if random.random() < self.temper.leap:
            far = random.choice((MICROS_PER_HOUR, 5 * MICROS_PER_HOUR, MICROS_PER_DAY))
            self.now += random.randrange(far)
        elif random.random() < self.temper.back:
            self.now -= random.randrange(20 * MICROS_PER_SECOND)

    def _send(self) -> None:
        most = self.temper.burst if self.traffic.is_founded else 2
        left = self.temper.commands - self.made
        for _ in range(min(left, self.random.randint(0, most))):
            request = self.traffic.next(self.now)
            self.made += 1
            self.auditor.handed_in(request)
            self.note("request", request.digest)
            self.waiting[request.digest] = (request, self.steps)
            self.to_hub.send(request)

    def _resend(self) -> None:
        for digest, (request, sent) in list(self.waiting.items()):
            if self.steps - sent > RESEND_AFTER and self.random.random() < 0.5:  # noqa: PLR2004 - an even chance
                self.waiting[digest] = (request, self.steps)
                self.resends += 1
                self.to_hub.send(request)

    def _hear(self) -> None:
        for request, answer in self.to_clients.arrive(self.random.randint(1, 40)):
            if answer.record is None:
                continue
            known = answer.outcome is Outcome.KNOWN
            self.known += known
            self.auditor.answered(request, answer.record, is_known=known)
            self.waiting.pop(request.digest, None)

    # The node.

    def _deliver(self) -> None:
        engine = self.node.engine
        arrived = self.to_hub.arrive(self.random.randint(1, 40))
        if engine is None:
            return
        admitted = [request for request in arrived if self._passes_the_door(request)]
        while admitted:
            size = self.random.randint(1, len(admitted))
            self._submit(engine, admitted[:size])
            admitted = admitted[size:]

    def _passes_the_door(self, request: Request) -> bool:
        try:
            self.door.admit(request.data)
        except Malformed:
            self.waiting.pop(request.digest, None)
            return False
        return True

    def _submit(self, engine: Engine, requests: list[Request]) -> None:
        def reply(answers: list[Answer]) -> None:
            claim(
                len(answers) == len(requests),
                "Each envelope of a submission is answered.",
                f"{len(answers)} of {len(requests)}",
            )
            for request, answer in zip(requests, answers, strict=True):
                self.note(f"answer {answer.outcome}", answer.record or b"")
                self.closed += answer.outcome is Outcome.CLOSED
                self.to_clients.send((request, answer))

        engine.submit([(one.command_id, one.data) for one in requests], reply)

    def _work(self) -> None:
        if self.node.engine is None:
            self._start()
        if self.node.engine is None:
            return
        engine = self.node.engine
        down = self.node.attempt(lambda: self._working(engine))
        if down is not None:
            self._went_down(str(down.value))
        elif self.node.engine is not None:
            self._catch_up()

    def _working(self, engine: Engine) -> None:
        """Do what the writer's loop does, some turns of it."""
        if engine.closed:
            self._closed_node_answers_reads(engine)
            engine.try_again()
            return
        while len(engine.inbox) and not engine.closed:
            engine.order()
        if engine.closed:
            return
        engine.rest()
        engine.tick_if_due()
        if self.random.random() < self.temper.snapshot:
            self.snapshots += 1
            self.note("snapshot")
            self.node.take_snapshot()

    def _closed_node_answers_reads(self, engine: Engine) -> None:
        status = engine.status()
        claim(
            not status.accepting and status.reason and status.entry >= len(self.auditor.records),
            "A closed node says so and why, and still knows its entries.",
            f"{status}",
        )
        if self.waiting:
            request, _ = next(iter(self.waiting.values()))
            if request.is_sound:
                engine.dry_run(request.data)

    def _start(self) -> None:
        if self.random.random() < self.temper.crash_in_start:
            self.node.disk.crash_at = self.node.disk.operations + self.random.randint(1, 25)
        down = self.node.start()
        self.restarts += 1
        if down is not None:
            self._went_down(f"{down.value} while it started")
            return
        self.note("started", self.node.hub.last.digest)
        self.node.disk.crash_at = None
        self.reader = None
        self._look_back()

    def _look_back(self) -> None:
        """Read everything again after a restart, as a new reader would."""
        if self.node.hub.output.block < self.node.hub.state.block:
            return  # the disk is full: the output log follows when there is space
        reader = self.node.reader()
        batches = iter(reader.next_batch, None)
        self.auditor.restarted((batch for batch in batches if batch), self.node.hub.last)
        self.reader = reader

    def _catch_up(self) -> None:
        """Follow the output log."""
        if self.reader is None:
            self._look_back()
        if self.reader is None:
            return
        while (batch := self.reader.next_batch()) is not None:
            self.auditor.sealed(batch)

    def _went_down(self, why: str) -> None:
        self.note(why)
        self.reader = None
        if self.random.random() < 0.3:  # noqa: PLR2004 - the power may fail behind a dead process
            self.node.crash()

    # Troubles.

    def _trouble(self) -> None:
        random, temper_, disk = self.random, self.temper, self.node.disk
        if self.steps == self._trouble_ends:
            self._heal()
        if self.steps <= self._trouble_ends:
            return
        chance = random.random()
        if chance < temper_.full:
            disk.capacity_bytes = disk.used_bytes() + random.randrange(8_000)
            self._trouble_ends = self.steps + random.randint(1, 12)
            self.note("full")
        elif chance < temper_.full + temper_.faulty:
            disk.faults = temper_.faults
            self._trouble_ends = self.steps + random.randint(1, 12)
            self.note("faulty")
        if self.node.engine is not None and random.random() < temper_.crash:
            disk.crash_at = disk.operations + random.randint(1, temper_.crash_operations)
        if self.node.engine is not None and random.random() < temper_.kill:
            self.node.kill()
            self._went_down("killed")

    def _heal(self) -> None:
        self.node.disk.capacity_bytes = None
        self.node.disk.faults = CALM
        self.node.disk.crash_at = None

    def _open(self) -> str:
        engine = self.node.engine
        state = "down" if engine is None else engine.closed or "open"
        return f"{len(self.waiting)} clients wait; the node is {state}"
