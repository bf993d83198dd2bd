# SPDX-License-Identifier: Apache-2.0
"""Proofs from the tiles that the projector has written: a few reads, however long the log is."""

import time
from typing import Final

from lejar.gateways.rest.server.proving import Proving
from lejar.kernel.failure import Unavailable
from lejar.node.tiles import TileFolder
from lejar.proofs.checkpoint import VerifierKey, parse_checkpoint, parse_note
from lejar.proofs.evidence import encode, make_receipt_evidence
from lejar.proofs.tiles import Tile

WAIT_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 0.02


class TileProving(Proving):
    """Answers as `Proving` does, and keeps no hash in memory."""

    def __init__(self, tiles: TileFolder, keys: tuple[VerifierKey, ...]) -> None:
        self._tiles = tiles
        self._keys = keys

    def evidence(self, number: int, receipt: bytes, salt: bytes, note: str) -> bytes:
        """Give a receipt's evidence file; waits a little for the tiles to reach the checkpoint.

        Raises `Unavailable` when they do not.
        """
        size = parse_checkpoint(parse_note(note).body).size
        deadline = time.monotonic() + WAIT_SECONDS
        while self._tiles.size() < size:
            if time.monotonic() > deadline:
                raise Unavailable("The log's tiles are behind the checkpoint; ask again.")
            time.sleep(LOOK_SECONDS)
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
