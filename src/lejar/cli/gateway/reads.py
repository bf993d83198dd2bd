# SPDX-License-Identifier: Apache-2.0
"""What REST asks of the read models, answered in SQL; each question in one transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import SQLAlchemyError

from lejar.cli.gateway.evidence import Checkpoints, receipt_evidence
from lejar.cli.gateway.involved import involved
from lejar.cli.gateway.rows import (
    account_view,
    instruction_view,
    instrument_view,
    party_view,
)
from lejar.gateways.rest.views import (
    AccountView,
    HolderView,
    InstructionView,
    InstrumentView,
    PartyView,
    Sealed,
)
from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.failure import Unavailable
from lejar.kernel.genesis import Genesis
from lejar.node.tiles import TileFolder
from lejar.projections import schema as t
from lejar.projections.standing import read_standing
from lejar.proofs.checkpoint import VerifierKey
from lejar.proofs.tiles import Tile



class SqlReads:
    """The read models of one node."""

    def __init__(
        self,
        engine: Engine,
        genesis: Genesis,
        tiles: TileFolder,
        checkpoints: Checkpoints,
        keys: tuple[VerifierKey, ...],
    ) -> None:
        self._engine = engine
        self._genesis = genesis
        self._tiles = tiles
        self._checkpoints = checkpoints
        self._keys = keys

    def stands_at(self) -> int:
        """Give the entry up to which everything below is told."""
        with self._asked() as connection:
            return read_standing(connection).entry

    def genesis(self) -> Genesis:
        """Give the network's first state."""
        return self._genesis

    def entries(self, after: int, limit: int) -> Sequence[Sealed]:
        """Give entries with a number above `after`, the lowest first."""
        query = select(t.entries.c.receipt, t.entries.c.digest)
        query = query.where(t.entries.c.number > after).order_by(t.entries.c.number).limit(limit)
        with self._asked() as connection:
            return [_sealed(connection, *row) for row in connection.execute(query).all()]

    def entry(self, number: int) -> Sealed | None:
        """Give one entry."""
        query = select(t.entries.c.receipt, t.entries.c.digest).where(t.entries.c.number == number)
        with self._asked() as connection:
            row = connection.execute(query).one_or_none()
            return None if row is None else _sealed(connection, *row)

    def receipt(self, command_id: bytes) -> Sealed | None:
        """Give the first entry of a command."""
        query = select(t.entries.c.receipt, t.entries.c.digest)
        query = query.where(t.entries.c.command_id == command_id)
        with self._asked() as connection:
            row = connection.execute(query.order_by(t.entries.c.number).limit(1)).one_or_none()
            return None if row is None else _sealed(connection, *row)

    def evidence(self, command_id: bytes) -> bytes | None:
        """Give the evidence file of a command's first entry."""
        query = select(t.entries.c.number, t.entries.c.receipt, t.entries.c.salt)
        query = query.where(t.entries.c.command_id == command_id)
        with self._asked() as connection:
            row = connection.execute(query.order_by(t.entries.c.number).limit(1)).one_or_none()
        if row is None:
            return None
        return receipt_evidence(
            row.number,
            bytes(row.receipt),
            bytes(row.salt),
            note=self._checkpoints.newest(),
            tiles=self._tiles,
            keys=self._keys,
        )

    def party(self, party: bytes) -> PartyView | None:
        """Give one party."""
        with self._asked() as connection:
            row = connection.execute(select(t.parties).where(t.parties.c.id == party)).one_or_none()
            return None if row is None else party_view(connection, row)

    def parties(self, after: bytes, limit: int) -> Sequence[PartyView]:
        """Give parties with an id above `after`."""
        query = select(t.parties).where(t.parties.c.id > after).order_by(t.parties.c.id)
        with self._asked() as connection:
            rows = connection.execute(query.limit(limit)).all()
            return [party_view(connection, row) for row in rows]

    def account(self, account: bytes) -> AccountView | None:
        """Give one account."""
        query = select(t.accounts).where(t.accounts.c.id == account)
        with self._asked() as connection:
            row = connection.execute(query).one_or_none()
            return None if row is None else account_view(connection, row)

    def instruments(self, after: bytes, limit: int) -> Sequence[InstrumentView]:
        """Give instruments and money with an id above `after`."""
        query = select(t.assets).where(t.assets.c.id > after).order_by(t.assets.c.id).limit(limit)
        with self._asked() as connection:
            rows = connection.execute(query).all()
            return [instrument_view(connection, row) for row in rows]

    def instrument(self, asset: bytes) -> InstrumentView | None:
        """Give one instrument."""
        with self._asked() as connection:
            row = connection.execute(select(t.assets).where(t.assets.c.id == asset)).one_or_none()
            return None if row is None else instrument_view(connection, row)

    def holders(self, asset: bytes, after: bytes, limit: int) -> Sequence[HolderView]:
        """Give the register of holders, by account, above `after`."""
        b, a = t.balances.c, t.accounts.c
        query = select(a.owner, b.account, b.total, b.held).join_from(
            t.balances, t.accounts, b.account == a.id
        )
        query = query.where(b.asset == asset, b.account > after, b.total > 0)
        with self._asked() as connection:
            rows = connection.execute(query.order_by(b.account).limit(limit)).all()
        return [HolderView(bytes(o), bytes(acc), total, held) for o, acc, total, held in rows]

    def instruction(self, instruction: bytes) -> InstructionView | None:
        """Give one instruction, open or finished."""
        query = select(t.instructions).where(t.instructions.c.id == instruction)
        with self._asked() as connection:
            row = connection.execute(query).one_or_none()
            return None if row is None else instruction_view(connection, row)

    def checkpoint(self) -> bytes | None:
        """Give a signed checkpoint of this moment."""
        return self._checkpoints.newest().encode()

    def tile(self, tile: Tile) -> bytes | None:
        """Give a hash tile."""
        try:
            return self._tiles.load(tile)
        except LookupError:
            return None

    @contextmanager
    def _asked(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise Unavailable(f"The read models cannot answer: {type(error).__name__}.") from error


def _sealed(connection: Connection, receipt: bytes, digest: bytes) -> Sealed:
    read: Receipt = read_receipt(bytes(receipt))
    return Sealed(read, bytes(digest), involved(connection, read))
