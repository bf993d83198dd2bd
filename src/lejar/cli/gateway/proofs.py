# SPDX-License-Identifier: Apache-2.0
"""Proofs from the tiles that the projector has written: a few reads, however long the log is."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from lejar.domain.policy.explain import Answered, Question
from lejar.gateways.rest.server.proving import Proving
from lejar.kernel.failure import Unavailable
from lejar.node.tiles import TileFolder
from lejar.proofs.checkpoint import VerifierKey, parse_checkpoint, parse_note
from lejar.proofs.evidence import encode, make_receipt_evidence
from lejar.proofs.log import HashReader
from lejar.proofs.tiles import Tile

T = TypeVar("T")

WAIT_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.02


class TileProving(Proving):
    """Answers REST as `Proving` does, and keeps no hash in memory."""

    def __init__(self, tiles: TileFolder, keys: tuple[VerifierKey, ...]) -> None:
        self._tiles = tiles
        self._keys = keys

    def evidence(self, number: int, receipt: bytes, salt: bytes, note: str) -> bytes:
        """Give a receipt's evidence file; waits a little for the tiles to reach the checkpoint.

        Raises `Unavailable` when they do not.
        """
        size = parse_checkpoint(parse_note(note).body).size
        wait_for_tiles(self._tiles, size)
        made = make_receipt_evidence(
            receipt=receipt,
            receipt_salt=salt,
            number=number,
            read=self._tiles.reader(size),
            note=note,
            keys=self._keys,
        )
        return encode(made).encode()

    def tile(self, tile: Tile) -> bytes | None:
        """Give a hash tile; none while the log is not that long."""
        try:
            return self._tiles.load(tile)
        except LookupError:
            return None


class PageProofs:
    """What pages show of proofs: the writer's signature, asked from their own threads."""

    def __init__(
        self,
        ask: Callable[[], Awaitable[str]],
        loop: asyncio.AbstractEventLoop,
        tiles: TileFolder,
    ) -> None:
        self._ask = ask
        self._loop = loop
        self._tiles = tiles
        self._kept: tuple[int, str] | None = None

    def checkpoint(self) -> str:
        """Give a signed checkpoint whose tiles are there; asked for once as the log stands."""
        size = self._tiles.size()
        kept = self._kept
        if kept is not None and kept[0] == size:
            return kept[1]
        note = self._asked()
        covered = parse_checkpoint(parse_note(note).body).size
        wait_for_tiles(self._tiles, covered)
        self._kept = (covered, note)
        return note

    def hashes(self, size: int) -> HashReader:
        """Give the hashes of the log as it stood at a size."""
        return self._tiles.reader(size)

    def _asked(self) -> str:
        return _answered(self._ask(), self._loop)


class PageQuestions:
    """What pages ask the writer about a purchase, from their own threads."""

    def __init__(
        self, ask: Callable[[Question], Awaitable[Answered]], loop: asyncio.AbstractEventLoop
    ) -> None:
        self._ask = ask
        self._loop = loop

    def __call__(self, question: Question) -> Answered:
        """Ask; raises `Unavailable` when the writer does not answer in time."""
        return _answered(self._ask(question), self._loop)


def _answered(answer: Awaitable[T], loop: asyncio.AbstractEventLoop) -> T:
    """Wait in a thread for what the event loop brings; raises `Unavailable`."""

    async def asked() -> T:
        return await answer

    future = asyncio.run_coroutine_threadsafe(asked(), loop)
    try:
        return future.result(WAIT_SECONDS)
    except TimeoutError:
        future.cancel()
        raise Unavailable("The writer did not answer in time.") from None


def wait_for_tiles(tiles: TileFolder, size: int) -> None:
    """Wait a little until the tiles reach a size; raises `Unavailable`."""
    deadline = time.monotonic() + WAIT_SECONDS
    while tiles.size() < size:
        if time.monotonic() > deadline:
            raise Unavailable("The log's tiles are behind the checkpoint; ask again.")
        time.sleep(LOOK_SECONDS)
