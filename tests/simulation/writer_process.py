# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: T201 - what it says goes to a file that the test reads
"""A real writer process for the tests that kill it.

Arguments: the data folder, and the real moment (microseconds) at which the network begins.  The
folder holds `genesis` and `seed`, the secret key of the party that ticks.
"""

import asyncio
import secrets
import signal
import sys
import time
from pathlib import Path

from lejar.assembly import RULEBOOK
from lejar.kernel.codec import decode
from lejar.kernel.genesis import Genesis
from lejar.node.disk import LocalDisk
from lejar.node.hub import Hub
from lejar.node.lock import DataFolderLock
from lejar.node.outreader import OutputReader
from lejar.node.signing import NodeSigner
from lejar.node.simulation.market import NODE
from lejar.node.writer import Writer
from lejar.proofs.checkpoint import Signer

SEGMENT_BYTES = 256 << 10


async def serve(folder: Path, origin: int) -> None:
    genesis = decode((folder / "genesis").read_bytes(), Genesis)
    seed = (folder / "seed").read_bytes()
    disk = LocalDisk(folder)

    def clock() -> int:
        return genesis.begins_at + time.time_ns() // 1000 - origin

    hub = Hub(
        disk,
        genesis,
        RULEBOOK,
        lambda: secrets.token_bytes(16),
        lambda sentence: print(sentence, flush=True),
        segment_bytes=SEGMENT_BYTES,
    )
    signer = NodeSigner(NODE, seed, Signer("simulation.example/log", seed))
    writer = Writer(hub, clock, signer, lambda: OutputReader(disk, hub.network))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, writer.stop)

    async def ready() -> None:
        print("ready", flush=True)

    await writer.serve(folder, ready)
    hub.close()


def main() -> None:
    folder = Path(sys.argv[1])
    with DataFolderLock(folder, since="now"):
        asyncio.run(serve(folder, int(sys.argv[2])))


if __name__ == "__main__":
    main()
