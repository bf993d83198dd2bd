# SPDX-License-Identifier: Apache-2.0
"""A receipt's evidence, from the read models, the log's tiles and a checkpoint of the writer.

Nothing is replayed, and the writer is asked for one signature only.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from lejar.kernel.failure import Unavailable
from lejar.node.tiles import TileFolder
from lejar.proofs.checkpoint import VerifierKey, parse_checkpoint, parse_note
from lejar.proofs.evidence import encode, make_receipt_evidence

ANSWER_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.02


class Checkpoints:
    """The writer's checkpoints, for callers in other threads than the event loop's."""

    def __init__(
        self, ask: Callable[[], Awaitable[str]], loop: asyncio.AbstractEventLoop
    ) -> None:
        self._ask = ask
        self._loop = loop

    def newest(self) -> str:
        """Ask for a checkpoint of this moment; raises `Unavailable`."""

        async def asked() -> str:
            return await self._ask()

        future = asyncio.run_coroutine_threadsafe(asked(), self._loop)
        try:
            return future.result(ANSWER_SECONDS)
        except TimeoutError:
            future.cancel()
            raise Unavailable("The writer gave no checkpoint in time.") from None


def receipt_evidence(
    number: int,
    receipt: bytes,
    salt: bytes,
    *,
    note: str,
    tiles: TileFolder,
    keys: tuple[VerifierKey, ...],
) -> bytes:
    """Make the evidence file of an entry against a checkpoint that covers it.

    Raises `Unavailable` when the tiles do not reach the checkpoint in time.
    """
    size = parse_checkpoint(parse_note(note).body).size
    deadline = time.monotonic() + ANSWER_SECONDS
    while tiles.size() < size:
        if time.monotonic() > deadline:
            raise Unavailable("The log's tiles are behind the checkpoint; ask again.")
        time.sleep(LOOK_SECONDS)
    made = make_receipt_evidence(
        receipt=receipt,
        receipt_salt=salt,
        number=number,
        read=tiles.reader(size),
        note=note,
        keys=keys,
    )
    return encode(made).encode()
