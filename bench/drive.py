# SPDX-License-Identifier: Apache-2.0
"""Drive a day through the real engine, journal and door, under the driver's clock."""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.banks import BEGINS_AT, CLOSES_AT, OPENS_AT, SECOND, Day
from bench.market import CENTRAL_BANK, Order, bank_set_up, payment, seed_of, signed
from lejar.assembly import RULEBOOK
from lejar.kernel.entry import read_entry, read_receipt
from lejar.kernel.envelope import Opened
from lejar.node.disk import LocalDisk
from lejar.node.door import Door
from lejar.node.engine import Engine
from lejar.node.hub import Hub
from lejar.node.outreader import OutputReader
from lejar.node.signing import NodeSigner
from lejar.node.wire import Answer
from lejar.proofs.checkpoint import Signer


@dataclass(frozen=True, slots=True)
class Driven:
    """What driving it took."""

    seconds: float


class _Driver:
    """An engine whose clock is moved by hand."""

    def __init__(self, day: Day, folder: Path) -> None:
        self.now = BEGINS_AT
        self.day = day
        disk = LocalDisk(folder)
        self.hub = Hub(disk, day.genesis, RULEBOOK, lambda: secrets.token_bytes(16))
        signer = NodeSigner(CENTRAL_BANK, seed_of(CENTRAL_BANK), Signer("bench", bytes(32)))
        self.engine = Engine(
            self.hub, lambda: self.now, signer, lambda: OutputReader(disk, self.hub.network)
        )
        self._door = Door(day.genesis.network)

    def submit(self, pairs: list[tuple[bytes, bytes]]) -> None:
        """Check signatures and hand in; everything must be sealed and nothing refused."""
        checked = self._door.admit_all([data for _, data in pairs])
        ready = [(one.body.command_id, one.data) for one in checked if isinstance(one, Opened)]
        if len(ready) != len(pairs):
            message = "an envelope did not pass the door"
            raise RuntimeError(message)
        self.engine.submit(ready, _none_refused)

    def work(self) -> None:
        """Make blocks of what waits; let due work run once."""
        self.engine.tick_if_due()
        while len(self.engine.inbox):
            self.engine.order()
        self.engine.rest()


def drive(day: Day, folder: Path, step: int) -> Driven:
    """Set up the banks, let the day's payments arrive, and close the day.

    What arrives within a step is ordered together; then the queue is gone through.
    """
    driver = _Driver(day, folder)
    for order in bank_set_up(day.market, day.opening):
        driver.submit(_sign(day, [order]))
        driver.work()
    pairs = _sign(day, _payments(day))
    began = time.perf_counter()
    place = 0
    for moment in range(OPENS_AT, CLOSES_AT, step):
        driver.now = moment + step - 1
        first = place
        while place < len(pairs) and day.payments[place].at < moment + step:
            place += 1
        if place > first:
            driver.submit(pairs[first:place])
        driver.work()
    _close(driver)
    taken = time.perf_counter() - began
    driver.hub.settle()
    driver.hub.close()
    return Driven(taken)


def _close(driver: _Driver) -> None:
    """Let the cut-off come and whatever is due with it, all of it."""
    for number in range(1_000):
        driver.now = CLOSES_AT + number * SECOND
        before = driver.hub.state.entry
        driver.work()
        if number and driver.hub.state.entry == before:
            return


def _payments(day: Day) -> Iterable[Order]:
    for number, one in enumerate(day.payments):
        yield payment(day.market, number, one.payer, one.payee, one.amount)


def _sign(day: Day, orders: Iterable[Order]) -> list[tuple[bytes, bytes]]:
    return signed(day.genesis.network, day.market.until, orders)


def _none_refused(answers: list[Answer]) -> None:
    for answer in answers:
        refusal = None if answer.record is None else _refusal(answer.record)
        if answer.record is None or refusal is not None:
            message = f"a payment was not taken: {answer.outcome} {refusal}"
            raise RuntimeError(message)


def _refusal(record: bytes) -> str | None:
    refusal = read_receipt(read_entry(record).receipt).refusal
    return None if refusal is None else str(refusal.code)
