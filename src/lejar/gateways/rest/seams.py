# SPDX-License-Identifier: Apache-2.0
"""What this room needs of others: the writer's link, the door, the read models.

Protocols, so that the node and the projections need not know this room, and a test can stand an
in-process hub behind them.
"""

from collections.abc import Sequence
from typing import Protocol

from lejar.gateways.rest.views import (
    AccountView,
    HolderView,
    InstructionView,
    InstrumentView,
    PartyView,
    Sealed,
)
from lejar.kernel.entry import Entry, Receipt
from lejar.kernel.envelope import Opened
from lejar.kernel.genesis import Genesis
from lejar.proofs.tiles import Tile


class Answer(Protocol):
    """What the writer says of one envelope: `sealed`, `known`, `busy` or `closed`."""

    @property
    def outcome(self) -> str:
        """The word."""

    @property
    def entry(self) -> Entry | None:
        """The new entry, or the first one of a resend; none when busy or closed."""


class Status(Protocol):
    """How the hub stands."""

    @property
    def network(self) -> bytes:
        """The network id."""

    @property
    def name(self) -> str:
        """The network's name."""

    @property
    def kind(self) -> str:
        """Production, test or demonstration."""

    @property
    def block(self) -> int:
        """The last block."""

    @property
    def entry(self) -> int:
        """The last entry."""

    @property
    def at(self) -> int:
        """The hub's moment."""

    @property
    def ordered_at(self) -> int:
        """The engine's moment, against which validity is judged."""

    @property
    def log_root(self) -> bytes:
        """The root of the entry log."""

    @property
    def state_root(self) -> bytes:
        """The root of the state tree."""

    @property
    def accepting(self) -> bool:
        """Whether new commands are ordered."""

    @property
    def reason(self) -> str | None:
        """Why not, when not."""


class Link(Protocol):
    """The client of the writer; `Unavailable`, `OSError` or `EOFError` when it does not answer."""

    async def submit(self, envelopes: Sequence[bytes], /) -> Sequence[Answer]:
        """Order envelopes; one answer each, in the same order, after the journal's fsync."""

    async def status(self) -> Status:
        """Ask how the hub stands."""

    async def dry_run(self, envelope: bytes, /) -> Receipt:
        """Run an envelope on a draft and keep nothing."""


class Door(Protocol):
    """Stateless admission: decoding, network and signature arithmetic."""

    def admit(self, data: bytes, /) -> Opened:
        """Give the opened envelope or raise `Malformed`."""


class Reads(Protocol):
    """The read models; plain blocking calls, run in a thread.  Lists are in order of their key."""

    def stands_at(self) -> int:
        """The entry up to which everything below is told."""

    def genesis(self) -> Genesis:
        """The network's first state."""

    def entries(self, after: int, limit: int) -> Sequence[Sealed]:
        """Entries with a number above `after`, the lowest first."""

    def entry(self, number: int) -> Sealed | None:
        """One entry."""

    def receipt(self, command_id: bytes) -> Sealed | None:
        """The first entry of a command."""

    def evidence(self, command_id: bytes) -> bytes | None:
        """A receipt's evidence file (JSON), once a checkpoint covers it."""

    def party(self, party: bytes) -> PartyView | None:
        """One party."""

    def parties(self, after: bytes, limit: int) -> Sequence[PartyView]:
        """Parties with an id above `after`."""

    def account(self, account: bytes) -> AccountView | None:
        """One account."""

    def instruments(self, after: bytes, limit: int) -> Sequence[InstrumentView]:
        """Instruments with an id above `after`."""

    def instrument(self, asset: bytes) -> InstrumentView | None:
        """One instrument."""

    def holders(self, asset: bytes, after: bytes, limit: int) -> Sequence[HolderView]:
        """The register of holders, by account, above `after`."""

    def instruction(self, instruction: bytes) -> InstructionView | None:
        """One instruction, open or finished."""

    def checkpoint(self) -> bytes | None:
        """The newest signed checkpoint (a C2SP signed note)."""

    def tile(self, tile: Tile) -> bytes | None:
        """A hash tile; bundles of entries are never asked for."""
