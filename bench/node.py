# SPDX-License-Identifier: Apache-2.0
"""A real writer in a process of its own, and doors in theirs, as `lejar up` runs them."""

import asyncio
import multiprocessing as mp
import os
import secrets
import signal
import time
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

from bench.market import CENTRAL_BANK, seed_of
from lejar.assembly import RULEBOOK
from lejar.kernel.codec import decode
from lejar.kernel.envelope import Opened
from lejar.kernel.genesis import Genesis
from lejar.node import collector
from lejar.node.clock import system_clock
from lejar.node.disk import LocalDisk
from lejar.node.door import Door
from lejar.node.hub import Hub
from lejar.node.link import Link
from lejar.node.outreader import OutputReader
from lejar.node.signing import NodeSigner
from lejar.node.wire import Outcome
from lejar.node.writer import Writer
from lejar.proofs.checkpoint import Signer

BATCH = 64
UNDER_WAY = 12
"""Batches that a door keeps under way: it reads ahead, so that the writer never waits."""


def _serve(folder: str, genesis: bytes, ready: Event) -> None:
    disk = LocalDisk(Path(folder))
    first: Genesis = decode(genesis, Genesis)
    hub = Hub(disk, first, RULEBOOK, lambda: secrets.token_bytes(16))
    signer = NodeSigner(CENTRAL_BANK, seed_of(CENTRAL_BANK), Signer("bench", bytes(32)))
    writer = Writer(hub, system_clock, signer, lambda: OutputReader(disk, hub.network))

    async def run() -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, writer.stop)

        async def up() -> None:
            ready.set()

        collector.set_apart()
        await writer.serve(Path(folder), up)

    asyncio.run(run())
    hub.settle()
    hub.close()


class Running:
    """A writer process; a context manager."""

    def __init__(self, folder: Path, genesis: bytes) -> None:
        ready = mp.Event()
        self._process = mp.Process(target=_serve, args=(str(folder), genesis, ready))
        self._process.start()
        if not ready.wait(120):
            message = "the writer did not come up"
            raise RuntimeError(message)

    def stop(self) -> None:
        """End it in good order."""
        os.kill(self._process.pid or 0, signal.SIGTERM)
        self._process.join(60)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a door saw: when the first went in and the last came out, and each batch's latency."""

    began: float
    ended: float
    accepted: int
    refused: int
    latencies: list[float]


def _door(
    folder: str,
    network: bytes,
    pairs: list[tuple[bytes, bytes]],
    rate: float,
    go: float,
    results: "mp.Queue[Sent]",
) -> None:
    results.put(asyncio.run(_send(Path(folder), network, pairs, rate, go)))


async def _send(
    folder: Path, network: bytes, pairs: list[tuple[bytes, bytes]], rate: float, go: float
) -> Sent:
    door, link = Door(network), await Link.open(folder)
    batch = BATCH if not rate else max(1, min(BATCH, int(rate / 100)))
    slots = asyncio.Semaphore(UNDER_WAY if not rate else 10_000)
    outcomes = {True: 0, False: 0}
    latencies: list[float] = []
    tasks = []
    await asyncio.sleep(max(0.0, go - time.time()))
    began = time.time()

    async def one(part: list[tuple[bytes, bytes]], came: float) -> None:
        try:
            answers = await link.submit(part)
        finally:
            slots.release()
        latencies.append(time.time() - came)
        for answer in answers:
            outcomes[answer.outcome is Outcome.SEALED] += 1

    for start in range(0, len(pairs), batch):
        part = pairs[start : start + batch]
        came = began + start / rate if rate else time.time()
        if rate and (early := came - time.time()) > 0:
            await asyncio.sleep(early)
        await slots.acquire()
        checked = door.admit_all([data for _, data in part])
        ready = [(one_.body.command_id, one_.data) for one_ in checked if isinstance(one_, Opened)]
        tasks.append(asyncio.create_task(one(ready, came)))
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    ended = time.time()
    await link.close()
    return Sent(began, ended, outcomes[True], outcomes[False], latencies)


def send(
    folder: Path,
    network: bytes,
    pairs: list[tuple[bytes, bytes]],
    doors: int = 2,
    rate: float = 0.0,
) -> Sent:
    """Send checked envelopes through doors; `rate` a second, or as fast as it goes."""
    results: mp.Queue[Sent] = mp.Queue()
    go = time.time() + 1.0
    processes = [
        mp.Process(
            target=_door,
            args=(str(folder), network, pairs[number::doors], rate / doors, go, results),
        )
        for number in range(doors)
    ]
    for process in processes:
        process.start()
    found = [results.get(timeout=600) for _ in processes]
    for process in processes:
        process.join()
    return Sent(
        min(one.began for one in found),
        max(one.ended for one in found),
        sum(one.accepted for one in found),
        sum(one.refused for one in found),
        [latency for one in found for latency in one.latencies],
    )
