# SPDX-License-Identifier: Apache-2.0
"""Due work: what will happen by itself, ordered by (due, id), when a block comes.

Nothing in the core waits or wakes; a block's moment makes work due.
"""

from collections.abc import Iterator

from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table, Writer

DUE_PER_BLOCK_MAX = 256
"""A block never runs more due work than this; the rest comes with the next block."""


class Due(Record, frozen=True):
    """One piece of work: its kind names the handler, its payload is the handler's own."""

    kind: str
    payload: bytes


DUE: Table[Due] = Table(0x01, "due", Due)
MOMENT_BYTES = 8


def key_of(moment: int, work_id: bytes) -> bytes:
    """Give the key under which work stands: earlier first, then by id."""
    return max(moment, 0).to_bytes(MOMENT_BYTES, "big") + work_id


def schedule(draft: Writer, moment: int, work_id: bytes, due: Due) -> None:
    """Let work come due at a moment; an id has one piece of work at one moment."""
    DUE.put(draft, key_of(moment, work_id), due)


def unschedule(draft: Writer, moment: int, work_id: bytes) -> None:
    """Take work back."""
    DUE.remove(draft, key_of(moment, work_id))


def due_now(reader: Reader) -> Iterator[tuple[bytes, Due]]:
    """Walk the work whose moment has come, in order, up to the block's bound."""
    for count, (key, due) in enumerate(DUE.scan(reader)):
        if count >= DUE_PER_BLOCK_MAX or int.from_bytes(key[:MOMENT_BYTES], "big") > reader.at:
            return
        yield key, due


def next_due(reader: Reader) -> int | None:
    """Give the moment of the earliest work, or none."""
    for key, _ in DUE.scan(reader):
        return int.from_bytes(key[:MOMENT_BYTES], "big")
    return None
