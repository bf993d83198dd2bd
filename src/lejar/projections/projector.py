# SPDX-License-Identifier: Apache-2.0
"""The projector: folds sealed blocks into the tables, in order, each exactly once.

A block, or a run of blocks when catching up, is one transaction that also moves the standing.  So
a reader never sees half a block, and a crash leaves nothing half done.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from sqlalchemy import Connection, MetaData, update

from lejar.kernel.entry import Entry, Seal
from lejar.kernel.genesis import Genesis
from lejar.projections.batch import Batch
from lejar.projections.database import open_for_writing
from lejar.projections.failures import OutOfOrder, WrongNetwork
from lejar.projections.folds.founding import founded
from lejar.projections.folds.receipts import block_sealed, entry_sealed
from lejar.projections.known import Known, read_known
from lejar.projections.schema import METADATA, standing, version
from lejar.projections.standing import (
    Standing,
    read_standing,
    written_network,
    written_version,
)
from lejar.projections.statements import Statements

Sealed: TypeAlias = tuple[Seal, Sequence[Entry]]

ENTRIES_PER_TRANSACTION = 4096


class Projector:
    """The one writer of a projections database."""

    def __init__(self, url: str, genesis: Genesis) -> None:
        """Open the database, and build it anew if it has other tables than these.

        Raises `WrongNetwork` and changes nothing when it holds another network's projections.
        """
        self._engine = open_for_writing(url)
        self._statements = Statements(self._engine.dialect)
        self._genesis = genesis
        self._known: Known | None = None
        self.rebuilt_because: str | None = None
        """Why the tables were built anew at opening; none when they were in order."""
        try:
            self._standing = self._prepare()
        except BaseException:
            self._engine.dispose()
            raise

    @property
    def standing(self) -> Standing:
        """The last block folded."""
        return self._standing

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def rebuild(self) -> None:
        """Drop everything and stand at the genesis again; the caller folds from block 1."""
        with self._engine.begin() as connection:
            self._build(connection)
            self._standing = read_standing(connection)

    def fold(self, seal: Seal, entries: Sequence[Entry]) -> Standing:
        """Fold the next block.  Raises `OutOfOrder` for any other, and writes nothing."""
        return self.fold_all([(seal, entries)])

    def fold_all(self, blocks: Sequence[Sealed]) -> Standing:
        """Fold a run of blocks in one transaction: all or none."""
        known, self._known = self._known, None
        with self._engine.begin() as connection:
            before = read_standing(connection)
            batch = Batch(connection, self._statements, known or read_known(connection))
            after = before
            for seal, entries in blocks:
                _follows(after, seal, entries)
                block_sealed(batch, seal)
                for entry in entries:
                    entry_sealed(batch, entry)
                after = _moved(after, seal)
            batch.flush()
            _stand(connection, after)
        batch.known.stay_small()
        self._known, self._standing = batch.known, after
        return after

    def catch_up(
        self, blocks: Iterable[Sealed], *, entries_max: int = ENTRIES_PER_TRANSACTION
    ) -> Iterator[Standing]:
        """Fold many blocks in transactions of about so many entries; tells where it stands."""
        run: list[Sealed] = []
        waiting = 0
        for block in blocks:
            run.append(block)
            waiting += len(block[1])
            if waiting >= entries_max:
                yield self.fold_all(run)
                run, waiting = [], 0
        if run:
            yield self.fold_all(run)

    def _prepare(self) -> Standing:
        with self._engine.begin() as connection:
            self.rebuilt_because = self._unfit(connection)
            if self.rebuilt_because is not None:
                self._build(connection)
            return read_standing(connection)

    def _unfit(self, connection: Connection) -> str | None:
        """Say why the tables that are there cannot be folded into, or none."""
        there = written_version(connection)
        if there is None:
            return "there were no projections yet"
        if written_network(connection) not in (None, self._genesis.network):
            raise WrongNetwork(
                "This database holds the projections of another network; name another database."
            )
        if there != version():
            return f"the tables were of version {there or 'unknown'}; this is {version()}"
        return None

    def _build(self, connection: Connection) -> None:
        self._known = None
        there = MetaData()
        there.reflect(connection, only=lambda name, _: name in METADATA.tables)
        there.drop_all(connection)
        METADATA.create_all(connection)
        batch = Batch(connection, self._statements, Known(0))
        founded(batch, self._genesis)
        batch.flush()


def _follows(standing_now: Standing, seal: Seal, entries: Sequence[Entry]) -> None:
    """Refuse a block that is not the next one, or that does not hold the next entries."""
    if seal.block != standing_now.block + 1:
        raise OutOfOrder(
            f"The next block is {standing_now.block + 1}; this was block {seal.block}."
        )
    if standing_now.seal is not None and seal.parent != standing_now.seal:
        raise OutOfOrder(f"Block {seal.block} does not name the block before it as its parent.")
    expected = list(range(standing_now.entry + 1, standing_now.entry + 1 + len(entries)))
    if [entry.number for entry in entries] != expected or (
        (seal.first, seal.last) != (standing_now.entry + 1, standing_now.entry + len(entries))
    ):
        raise OutOfOrder(
            f"Block {seal.block} should begin with entry {standing_now.entry + 1} and hold each "
            f"to {seal.last}; it held {len(entries)} from {seal.first}."
        )


def _moved(before: Standing, seal: Seal) -> Standing:
    return Standing(
        network=before.network,
        name=before.name,
        kind=before.kind,
        entry=seal.last,
        block=seal.block,
        at=seal.at,
        log_root=seal.log_root,
        state_root=seal.state_root,
        seal=seal.digest,
    )


def _stand(connection: Connection, now: Standing) -> None:
    connection.execute(
        update(standing).values(
            entry=now.entry,
            block=now.block,
            at=now.at,
            log_root=now.log_root,
            state_root=now.state_root,
            seal=now.seal,
        )
    )
