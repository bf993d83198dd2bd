# SPDX-License-Identifier: Apache-2.0
"""The entry log's hashes in this process: what tiles and receipts' evidence are cut from.

Read from the projections' leaf digests and grown when asked; two hashes an entry, in memory.  A log
of many millions wants its tiles written to files once: that is open.
"""

import threading
from typing import Final

from sqlalchemy import select

from lejar.kernel.failure import Unavailable
from lejar.projections import Projections
from lejar.projections.schema import entries
from lejar.proofs.checkpoint import VerifierKey, parse_checkpoint, parse_note
from lejar.proofs.evidence import encode, make_receipt_evidence
from lejar.proofs.log import Hashes, leaf_hash
from lejar.proofs.tiles import TILE_HEIGHT, TILE_WIDTH, Tile, tile_bytes

ROWS_AT_ONCE: Final = 10_000


class Proving:
    """Grows with the projections; safe to ask from several threads."""

    def __init__(self, projections: Projections, keys: tuple[VerifierKey, ...]) -> None:
        self._projections = projections
        self._keys = keys
        self._hashes = Hashes()
        self._growing = threading.Lock()

    def evidence(self, number: int, receipt: bytes, salt: bytes, note: str) -> bytes:
        """Give a receipt's evidence file; `Unavailable` while the checkpoint is ahead of us."""
        size = parse_checkpoint(parse_note(note).body).size
        self._grow(size)
        made = make_receipt_evidence(
            receipt=receipt,
            receipt_salt=salt,
            number=number,
            read=self._hashes,
            note=note,
            keys=self._keys,
        )
        return encode(made).encode()

    def tile(self, tile: Tile) -> bytes | None:
        """Give a hash tile; none while the log is not that long."""
        end = (tile.index * TILE_WIDTH + tile.width) << (TILE_HEIGHT * (tile.level or 0))
        try:
            self._grow(end)
        except Unavailable:
            return None
        return tile_bytes(self._hashes, tile)

    def _grow(self, size: int) -> None:
        """Take in leaves until the log has `size` of them."""
        with self._growing:
            while self._hashes.size < size:
                number = entries.c.number
                query = select(entries.c.digest).where(number > self._hashes.size)
                with self._projections.snapshot() as snapshot:
                    wanted = query.order_by(number).limit(ROWS_AT_ONCE)
                    found = snapshot.connection.execute(wanted).scalars().all()
                if not found:
                    raise Unavailable("The read models have not been told as much yet.")
                for digest in found:
                    self._hashes.append(leaf_hash(bytes(digest)))
