# SPDX-License-Identifier: Apache-2.0
"""The writer's process: it holds the data folder's lock, opens the hub, serves its socket.

On a stop it finishes the block under way, settles its files and takes a snapshot, so that the next
start replays nothing.
"""

import asyncio
import datetime
import os
import secrets

from lejar.assembly import RULEBOOK
from lejar.kernel.failure import Broken
from lejar.kernel.genesis import Genesis
from lejar.node import collector
from lejar.node.clock import system_clock
from lejar.node.config import Config
from lejar.node.disk import LocalDisk
from lejar.node.failures import DiskFull, Fenced
from lejar.node.founding import node_signer, publish_keys, read_genesis
from lejar.node.frame import SALT_BYTES
from lejar.node.hub import Hub
from lejar.node.inbox import Inbox
from lejar.node.lock import DataFolderLock
from lejar.node.outreader import OutputReader
from lejar.node.process import ProcessLog, on_stop, say_ready
from lejar.node.recovery import take_snapshot
from lejar.node.snapshot import newest_good
from lejar.node.writer import Writer


def serve_writer(config: Config, *, supervised: bool) -> int:
    """Serve until stopped; gives the process's exit code.

    Raises `DataFolderLocked`, `JournalCorrupt`, `Broken`, `KeyProblem` and `ConfigProblem` where
    the node must not start.
    """
    report = ProcessLog("writer")
    since = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    genesis = read_genesis(config.home)
    signer = node_signer(config.home, genesis)
    with DataFolderLock(config.home, since=since, program="lejar node writer"):
        publish_keys(config.home, signer.keys)
        disk = LocalDisk(config.home)
        hub = _hub(disk, genesis, report)
        collector.set_apart()
        report(f"The hub stands at block {hub.state.block}, entry {hub.state.entry}.")
        writer = Writer(
            hub,
            system_clock,
            signer,
            lambda: OutputReader(disk, genesis.network),
            Inbox(config.writer.inbox_envelopes),
        )
        try:
            asyncio.run(_serve(writer, config, supervised=supervised))
        except (Fenced, Broken) as error:
            report(f"The writer has stopped and seals nothing more: {error}")
            return 1
        _leave(hub, disk, report)
    return 0


def _hub(disk: LocalDisk, genesis: Genesis, report: ProcessLog) -> Hub:
    helper = (os.cpu_count() or 1) > 1

    def salt() -> bytes:
        return secrets.token_bytes(SALT_BYTES)

    return Hub(disk, genesis, RULEBOOK, salt, report, helper=helper)


async def _serve(writer: Writer, config: Config, *, supervised: bool) -> None:
    async def ready() -> None:
        on_stop(writer.stop, supervised=supervised)
        say_ready()

    await writer.serve(config.home, ready)


def _leave(hub: Hub, disk: LocalDisk, report: ProcessLog) -> None:
    try:
        hub.settle()
        newest = newest_good(disk, hub.network).snapshot
        if newest is None or newest.header.block < hub.state.block:
            taken = take_snapshot(disk, hub.network, hub.state, hub.sealer)
            report(f"Snapshot {taken.name} holds {taken.items} records.")
    except (DiskFull, OSError) as error:
        report(f"No snapshot was taken; the next start replays the journal: {error}")
    hub.close()
    report("The writer has stopped.")
