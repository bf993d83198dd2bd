# SPDX-License-Identifier: Apache-2.0
"""The projector's process: tails the output log into SQL tables and the log's tiles.

It goes on from where its tables stand.  When the output log was cut and written differently, the
tables are built anew: they are only a reading of what was sealed.
"""

import asyncio
import os
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, Engine, select

from lejar.kernel.entry import Entry, Seal, read_entry, read_seal
from lejar.node.batch import Batch
from lejar.node.config import Config
from lejar.node.disk import LocalDisk
from lejar.node.failures import OutputDamaged, OutputRewound
from lejar.node.founding import read_genesis
from lejar.node.outreader import BEGINNING, Cursor, OutputReader
from lejar.node.process import ProcessLog, on_stop, say_ready
from lejar.node.tiles import TileWriter
from lejar.projections.database import open_for_reading
from lejar.projections.failures import OutOfOrder
from lejar.projections.projector import ENTRIES_PER_TRANSACTION, Projector
from lejar.projections.schema import blocks, entries

POLL_SECONDS: Final = 0.02
DAMAGED_SECONDS: Final = 0.5


POLITENESS = 10
"""The projector's niceness: when the machine is short of time, pages lag before settlement does."""


class Tail:
    """The output log's end, folded as it grows."""

    def __init__(self, config: Config, report: ProcessLog) -> None:
        self._report = report
        self._disk = LocalDisk(config.home)
        self._genesis = read_genesis(config.home)
        self._projector = Projector(config.database, self._genesis)
        if self._projector.rebuilt_because is not None:
            report(f"The read models are built anew: {self._projector.rebuilt_because}.")
        self._reading: Engine = open_for_reading(config.database)
        self._tiles = TileWriter(config.home)
        self._reader: OutputReader | None = None
        self._open_tiles()

    def step(self) -> bool:
        """Fold what waits, at most one transaction; says whether there was anything.

        Raises `OutputDamaged` while the output log cannot be read.
        """
        try:
            if self._reader is None:
                self._reader = self._open_reader()
            run = list(self._waiting(self._reader))
            if not run:
                return False
            self._projector.fold_all(run)
        except (OutputRewound, OutOfOrder) as error:
            self._report(f"The read models are built anew: {error}")
            self._rebuild()
            return True
        self._tiles.extend(entry.digest for _, found in run for entry in found)
        return True

    def close(self) -> None:
        """Let files and database go."""
        if self._reader is not None:
            self._reader.close()
        self._reading.dispose()
        self._projector.close()

    def _waiting(self, reader: OutputReader) -> Iterator[tuple[Seal, tuple[Entry, ...]]]:
        taken = 0
        while taken < ENTRIES_PER_TRANSACTION:
            batch = reader.next_batch()
            if batch is None:
                return
            taken += len(batch.records)
            yield _read(batch)

    def _open_reader(self) -> OutputReader:
        """Stand behind the block that was folded last, if the log still has that very block."""
        network = self._genesis.network
        standing = self._projector.standing
        reader = OutputReader(self._disk, network)
        if not standing.block:
            return reader
        try:
            batch = reader.read_block(standing.block)
        except LookupError:
            reader.close()
            raise OutputDamaged(
                f"The output log does not reach block {standing.block} yet."
            ) from None
        reader.close()
        seal: Seal = read_seal(batch.seal)
        if seal.digest != standing.seal:
            raise OutputRewound(f"Block {standing.block} was folded with another result.")
        return OutputReader(self._disk, network, Cursor(batch.block, batch.link))

    def _rebuild(self) -> None:
        if self._reader is not None:
            self._reader.close()
        self._projector.rebuild()
        self._reader = OutputReader(self._disk, self._genesis.network, BEGINNING)
        self._open_tiles()

    def _open_tiles(self) -> None:
        """Bring the tiles to where the tables stand, from the digests that the tables hold."""
        with self._reading.connect() as connection:
            size = self._tiles.open(lambda wanted: _root_at(connection, wanted))
            query = select(entries.c.digest).where(entries.c.number > size)
            rows = connection.execute(query.order_by(entries.c.number))
            for part in rows.partitions(ENTRIES_PER_TRANSACTION):
                self._tiles.extend(bytes(row[0]) for row in part)


def serve_projector(config: Config, *, supervised: bool) -> int:
    """Fold until stopped; gives the process's exit code."""
    os.nice(POLITENESS)
    report = ProcessLog("projector")
    tail = Tail(config, report)
    try:
        asyncio.run(_serve(tail, report, supervised=supervised))
    finally:
        tail.close()
    report("The projector has stopped.")
    return 0


async def _serve(tail: Tail, report: ProcessLog, *, supervised: bool) -> None:
    stopping = asyncio.Event()
    on_stop(stopping.set, supervised=supervised)
    say_ready()
    damaged = ""
    while not stopping.is_set():
        pause = POLL_SECONDS
        try:
            if tail.step():
                damaged, pause = "", 0.0
        except OutputDamaged as error:
            if str(error) != damaged:
                report(f"The output log cannot be read now: {error}")
            damaged, pause = str(error), DAMAGED_SECONDS
        if pause:
            try:
                await asyncio.wait_for(stopping.wait(), pause)
            except TimeoutError:
                continue
        else:
            await asyncio.sleep(0)


def _read(batch: Batch) -> tuple[Seal, tuple[Entry, ...]]:
    seal: Seal = read_seal(batch.seal)
    return seal, tuple([read_entry(record) for record in batch.records])


def _root_at(connection: Connection, size: int) -> bytes | None:
    query = select(blocks.c.log_root).where(blocks.c.last == size).limit(1)
    found = connection.execute(query).scalar_one_or_none()
    return None if found is None else bytes(found)
