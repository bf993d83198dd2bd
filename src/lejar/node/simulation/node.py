# SPDX-License-Identifier: Apache-2.0
"""The simulated node: the real hub and the real engine, over a disk that fails.

It is up or down.  What brings it down is named, so that the world can tell a power cut from a
process that stopped by itself.
"""

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from lejar.assembly import RULEBOOK
from lejar.kernel.failure import Broken
from lejar.kernel.genesis import Genesis
from lejar.kernel.rulebook import Rulebook
from lejar.kernel.state import State
from lejar.node.batch import Batch
from lejar.node.disk import Disk
from lejar.node.engine import Engine
from lejar.node.failures import DiskFull, Fenced, JournalCorrupt
from lejar.node.hub import Hub
from lejar.node.outreader import OutputReader
from lejar.node.recovery import take_snapshot
from lejar.node.sealed import Sealer
from lejar.node.signing import NodeSigner
from lejar.node.simulation.claim import ClaimBroken, claim
from lejar.node.simulation.disk import Faults, PowerLost, SimulatedDisk
from lejar.node.snapshot import SnapshotFile


def batches_of(reader: OutputReader) -> Iterator[Batch]:
    """Walk what a reader has not read yet."""
    while (batch := reader.next_batch()) is not None:
        yield batch


@dataclass(frozen=True)
class Parts:
    """What a node is made of; a test puts a broken part in place of a good one."""

    hub: Callable[..., Hub] = Hub
    engine: Callable[..., Engine] = Engine
    disk: Callable[..., SimulatedDisk] = SimulatedDisk
    snapshot: Callable[[Disk, bytes, State, Sealer], SnapshotFile] = take_snapshot
    rulebook: Rulebook = RULEBOOK


class Down(enum.Enum):
    """Why a node is not running."""

    POWER = "the power failed"
    KILLED = "the process was killed"
    FENCED = "a write or sync failed"


class SimulatedNode:
    """One data folder, and the process that works in it while there is one."""

    def __init__(
        self, parts: Parts, genesis: Genesis, random: Random, clock: Callable[[], int]
    ) -> None:
        self.genesis = genesis
        self.parts = parts
        self.disk = parts.disk(random)
        self.engine: Engine | None = None
        self.reports: list[str] = []
        self.signer: NodeSigner | None = None
        self.segment_bytes = 65536
        self._random = random
        self._clock = clock

    @property
    def hub(self) -> Hub:
        """The running hub."""
        assert self.engine is not None, "asked only while the node is up"  # noqa: S101 - ours
        return self.engine.hub

    def start(self) -> Down | None:
        """Open the data folder; gives why it could not be opened, or none."""
        assert self.signer is not None, "the world gives a signer first"  # noqa: S101 - ours
        signer = self.signer

        def opening() -> None:
            hub = self.parts.hub(
                self.disk,
                self.genesis,
                self.parts.rulebook,
                lambda: self._random.randbytes(16),
                self.reports.append,
                segment_bytes=self.segment_bytes,
            )
            self.engine = self.parts.engine(hub, self._clock, signer, self.reader)

        return self.attempt(opening)

    def attempt(self, act: Callable[[], object]) -> Down | None:
        """Let the process do something; gives what it died of, or none."""
        try:
            act()
        except PowerLost:
            # Between two operations either the machine dies, or only the process.
            return self.crash() if self._random.random() < 0.7 else self.kill()
        except (Fenced, OSError) as error:
            faulty = self.disk.faults != Faults()
            claim(faulty, "A node stops only when its disk has failed.", repr(error))
            self.kill()
            return Down.FENCED
        except DiskFull as full:
            raise ClaimBroken("A lack of space never ends a node.", repr(full)) from full
        except (Broken, JournalCorrupt, LookupError, ValueError, TypeError) as error:
            raise ClaimBroken("The node finds no fault with itself.", repr(error)) from error
        return None

    def crash(self) -> Down:
        """The power fails and comes back."""
        self.engine = None
        self.disk.crash()
        return Down.POWER

    def kill(self) -> Down:
        """The process dies at once; nothing is closed."""
        self.engine = None
        self.disk.kill()
        return Down.KILLED

    def reader(self) -> OutputReader:
        """Open the output log as any reader does."""
        return OutputReader(self.disk, self.genesis.network)

    def take_snapshot(self) -> None:
        """Write a snapshot; without space there is none, and nothing else happens."""
        hub = self.hub
        try:
            hub.settle()
            self.parts.snapshot(self.disk, self.genesis.network, hub.state, hub.sealer)
        except DiskFull:
            return
        except OSError as error:
            self.reports.append(f"A snapshot could not be written: {error}")
