# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ASYNC220, ASYNC240 - one client waits for one process: nothing else is kept waiting
"""The real thing: a writer process over a real disk and a real socket, killed without warning.

`LEJAR_KILLS=50` makes it long.  The auditor is the simulation's; only the process, the disk and the
clock are real.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from lejar.kernel.codec import encode
from lejar.kernel.failure import Unavailable
from lejar.node.disk import LocalDisk
from lejar.node.doctor import examine
from lejar.node.link import Link
from lejar.node.outreader import OutputReader
from lejar.node.simulation.auditor import Auditor, Request
from lejar.node.simulation.market import BEGINS_AT, NODE, Wallet, found_market
from lejar.node.simulation.node import batches_of
from lejar.node.simulation.traffic import Traffic
from lejar.node.survey import survey_journal
from lejar.node.wire import SOCKET_NAME, Outcome, Status

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("LEJAR_KILLS", "6"))
WRITER = Path(__file__).with_name("writer_process.py")
PATIENCE_S = 60


class Market:
    """Clients and auditor of one real node."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = Random(seed)
        wallet = Wallet(seed)
        self.genesis = found_market(wallet)
        self.auditor = Auditor(self.genesis)
        self.auditor.ticker = NODE
        network = self.genesis.network
        self.traffic = Traffic(Random(seed + 1), self.auditor.books, wallet, network)
        self.waiting: dict[bytes, Request] = {}
        self.known = self.closed = 0
        self.origin = time.time_ns() // 1000
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(exist_ok=True)
        ticking = next(iter(self.auditor.books.parties[NODE].keys))
        (folder / "genesis").write_bytes(encode(self.genesis))
        (folder / "seed").write_bytes(wallet.secret(ticking))
        self.disk = LocalDisk(folder)
        self.reader: OutputReader | None = None

    def now(self) -> int:
        return BEGINS_AT + time.time_ns() // 1000 - self.origin

    async def start(self) -> Link:
        """Start the process, wait for it, and hold what it has kept against what was promised."""
        (self.folder / SOCKET_NAME).unlink(missing_ok=True)
        with (self.folder / "said").open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, str(WRITER), str(self.folder), str(self.origin)],
                stdout=said,
                stderr=said,
            )
        link = await self._connected()
        status = await link.status()
        self.reader = OutputReader(self.disk, self.genesis.network)
        self.auditor.restarted(batches_of(self.reader), status.block, status.entry)
        return link

    async def _connected(self) -> Link:
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE_S:
            assert self.process is not None
            assert self.process.poll() is None, (self.folder / "said").read_text()[-2000:]
            with contextlib.suppress(Unavailable):
                return await Link.open(self.folder)
            await asyncio.sleep(0.02)
        pytest.fail("the writer did not come up")

    async def trade(self, link: Link, batches: int) -> None:
        """Hand in so many batches, or fewer if the node dies: what is unanswered first."""
        with contextlib.suppress(Unavailable):
            for _ in range(batches):
                await self._submit(link, self._batch())

    async def finish(self, link: Link) -> None:
        """Send again what nobody has answered, until all is."""
        while self.waiting:
            await self._submit(link, list(self.waiting.values())[:40])
        self.follow()
        self.auditor.nothing_is_lost()

    def _batch(self) -> list[Request]:
        batch = list(self.waiting.values())[:20]
        for _ in range(self.random.randint(1, 20)):
            request = self.traffic.next(self.now())
            if request.is_sound:  # the door of a gateway stands before the writer
                self.auditor.handed_in(request)
                self.waiting[request.digest] = request
                batch.append(request)
        return batch

    async def _submit(self, link: Link, batch: list[Request]) -> None:
        answers = await link.submit([(one.command_id, one.data) for one in batch])
        for request, answer in zip(batch, answers, strict=True):
            self.closed += answer.outcome is Outcome.CLOSED
            if answer.record is not None:
                known = answer.outcome is Outcome.KNOWN
                self.known += known
                self.auditor.answered(request, answer.record, is_known=known)
                self.waiting.pop(request.digest, None)
        self.follow()

    def follow(self) -> None:
        """Read on in the output log, which the other process is writing."""
        assert self.reader is not None
        for batch in batches_of(self.reader):
            self.auditor.sealed(batch)

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(PATIENCE_S)


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    # A Unix socket's path is short: the folder's name must be, too.
    made = Market(tmp_path / "n", 11)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.kill()
        made.process.wait()


def test_nothing_acknowledged_is_lost_by_kill_9(market: Market) -> None:
    asyncio.run(killed_again_and_again(market))
    assert market.auditor.accepted > 0
    assert len(market.auditor.records) > 10 * KILLS


async def killed_again_and_again(market: Market) -> None:
    for _ in range(KILLS):
        link = await market.start()
        trading = asyncio.create_task(market.trade(link, 10_000))
        await asyncio.sleep(market.random.uniform(0.02, 0.5))
        market.kill()
        await trading
        await link.close()
    link = await market.start()
    await market.finish(link)
    await link.close()
    market.kill(signal.SIGTERM)
    assert market.process is not None
    assert market.process.returncode == 0
    assert examine(market.folder).can_start


def test_a_writer_that_is_stopped_and_goes_on_has_forgotten_nothing(market: Market) -> None:
    async def story() -> None:
        link = await market.start()
        await market.trade(link, 10)
        assert market.process is not None
        trading = asyncio.create_task(market.trade(link, 20))
        await asyncio.sleep(0.01)
        market.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(0.3)
        market.process.send_signal(signal.SIGCONT)
        await trading
        await market.finish(link)
        await link.close()

    asyncio.run(story())


@pytest.mark.parametrize("garbage", [0, 40, 700])
def test_a_journal_cut_behind_its_last_block_goes_on(market: Market, garbage: int) -> None:
    """The reserved space is lost, and a half-written frame may stand in its place."""

    async def story() -> None:
        link = await market.start()
        await market.trade(link, 8)
        market.kill()
        await link.close()
        survey = survey_journal(market.disk, market.genesis.network)
        segment = survey.segments[-1]
        with (market.folder / segment.name).open("r+b") as file:
            file.truncate(segment.end)
            file.seek(segment.end)
            file.write(b"LJBK" + market.random.randbytes(garbage) if garbage else b"")
        link = await market.start()
        await market.trade(link, 5)
        await market.finish(link)
        await link.close()

    asyncio.run(story())
    said = (market.folder / "said").read_text()
    assert ("torn tail" in said) is (garbage > 0)


def test_a_full_disk_closes_the_node_for_commands_and_loses_nothing(tmp_path: Path) -> None:
    small = tmp_path / "s"
    small.mkdir()
    mounted = _mounted(small, "3m")
    if not mounted:
        pytest.skip("this test needs the right to mount a small tmpfs")
    try:
        market = Market(small / "n", 12)
        asyncio.run(filled_up(market, small / "ballast"))
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


async def filled_up(market: Market, ballast: Path) -> None:
    ballast.write_bytes(bytes(1 << 20))
    link = await market.start()
    began = time.monotonic()
    while not market.closed and time.monotonic() - began < PATIENCE_S:
        await market.trade(link, 1)
    assert market.closed
    status = await link.status()
    assert not status.accepting
    assert status.reason
    await link.checkpoint()
    ballast.unlink()
    status = await _opened(link)
    assert status.accepting, "a node opens by itself when there is space"
    await market.finish(link)
    await link.close()
    market.kill()


async def _opened(link: Link) -> Status:
    for _ in range(100):
        status = await link.status()
        if status.accepting:
            break
        await asyncio.sleep(0.1)
    return status


def _mounted(folder: Path, size: str) -> bool:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
