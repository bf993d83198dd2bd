# SPDX-License-Identifier: Apache-2.0
"""Read the output log from another process: follow its end, or look up one block or entry.

A reader keeps a `Cursor`, the block it has read and that batch's link. Each batch names the link
of the one before, so the reader is never fooled by a log that was cut and written differently: it
is told (`OutputRewound`) and starts again. A log that was cut and written again with the same
content, as replay does, goes unnoticed, rightly.
"""

import msgspec

from lejar.node.batch import (
    HEAD_BYTES,
    NO_LINK,
    BadBatch,
    Batch,
    BatchHead,
    decode_batch_body,
    decode_batch_head,
)
from lejar.node.disk import Disk, DiskFile
from lejar.node.failures import OutputDamaged, OutputRewound
from lejar.node.outlog import BLOCKS_NAME, ENTRIES_NAME, POINTER, OutputState, read_output_state


class Cursor(msgspec.Struct, frozen=True):
    """How far a reader has come."""

    block: int
    link: bytes


BEGINNING = Cursor(0, NO_LINK)
"""Before block 1."""


class OutputReader:
    """An output log opened for reading only."""

    def __init__(self, disk: Disk, network: bytes, cursor: Cursor = BEGINNING) -> None:
        """Stand behind `cursor`.

        Raises `OutputDamaged` when there is no log, `OutputRewound` as `next_batch`.
        """
        self.cursor = cursor
        self._disk = disk
        self._network = network
        self._open()

    def next_batch(self) -> Batch | None:
        """Give the batch behind the cursor and move on; nothing when it is not wholly written yet.

        Raises `OutputRewound` when the block at the cursor was written again with another content.
        """
        if self._offset is None or self._generation_changed():
            self._reopen()
        found = None if self._offset is None else self._batch_at(self._offset)
        if found is None or self._offset is None:
            return None
        if found.previous != self.cursor.link:
            raise OutputRewound(_rewound_sentence(self.cursor))
        self.cursor = Cursor(found.content.block, found.content.link)
        self._offset += found.size_bytes
        return found.content

    def read_block(self, block: int) -> Batch:
        """One block's batch.

        Raises `LookupError` when it is not in the log, `OutputDamaged` when it does not check.
        """
        pointer = self._pointer(block)
        if pointer is None:
            message = f"The output log has no block {block}."
            raise LookupError(message)
        batch = self._batch_at(pointer[1])
        if batch is None or batch.content.block != block:
            message = (
                f"Block {block} in the output log is not whole: it is being written, or "
                "must be computed again."
            )
            raise OutputDamaged(message)
        return batch.content

    def read_entry(self, number: int) -> bytes:
        """One entry's record; failures as `read_block`."""
        block = self._block_of(number)
        batch = self.read_block(block)
        if not 0 <= number - batch.first_entry < len(batch.records):
            message = f"The output log has no entry {number}."
            raise LookupError(message)
        return batch.records[number - batch.first_entry]

    @property
    def beginning(self) -> Cursor:
        """The place before the first block of this log."""
        return Cursor(self._state.first_block - 1, NO_LINK)

    def last_block(self) -> int:
        """The last block that has a pointer; its batch may still be on its way."""
        return self._state.first_block - 1 + self._blocks.size() // POINTER.size

    def close(self) -> None:
        """Release the files."""
        self._entries.close()
        self._blocks.close()

    def _open(self) -> None:
        self._state: OutputState = read_output_state(self._disk, self._network)
        try:
            self._entries: DiskFile = self._disk.open(ENTRIES_NAME)
            self._blocks: DiskFile = self._disk.open(BLOCKS_NAME)
        except FileNotFoundError as error:
            message = f"A file of the output log is missing ({error})."
            raise OutputDamaged(message) from error
        self._offset: int | None = self._offset_behind_cursor()

    def _reopen(self) -> None:
        self.close()
        self._open()

    def _generation_changed(self) -> bool:
        return read_output_state(self._disk, self._network).generation != self._state.generation

    def _offset_behind_cursor(self) -> int | None:
        """Where the next batch begins.

        Nothing while the cursor's own block is still to be written again.
        """
        if self.cursor == self.beginning:
            return 0
        if self.cursor.block < self._state.first_block:
            raise OutputRewound(_rewound_sentence(self.cursor))
        pointer = self._pointer(self.cursor.block)
        found = None if pointer is None else self._batch_at(pointer[1])
        if pointer is None or found is None or found.content.block != self.cursor.block:
            return None
        if found.content.link != self.cursor.link:
            raise OutputRewound(_rewound_sentence(self.cursor))
        return pointer[1] + found.size_bytes

    def _pointer(self, block: int) -> tuple[int, int] | None:
        """The first entry and the offset of a block's batch."""
        position = block - self._state.first_block
        if position < 0:
            return None
        data = self._blocks.read(position * POINTER.size, POINTER.size)
        if len(data) < POINTER.size:
            return None
        first_entry, offset = POINTER.unpack(data)
        return first_entry, offset

    def _block_of(self, number: int) -> int:
        """The last block whose first entry is not above `number`."""
        low, high = self._state.first_block, self.last_block()
        if number < self._state.first_entry:
            message = f"The output log has no entry {number}."
            raise LookupError(message)
        while low < high:
            middle = (low + high + 1) // 2
            pointer = self._pointer(middle)
            if pointer is not None and pointer[0] <= number:
                low = middle
            else:
                high = middle - 1
        return low

    def _head_at(self, offset: int) -> BatchHead | None:
        try:
            return decode_batch_head(self._entries.read(offset, HEAD_BYTES))
        except BadBatch:
            return None

    def _batch_at(self, offset: int) -> "_Found | None":
        """The whole batch at an offset, if one is there."""
        head = self._head_at(offset)
        if head is None:
            return None
        try:
            content = decode_batch_body(
                head, self._entries.read(offset + HEAD_BYTES, head.body_bytes)
            )
        except BadBatch:
            return None
        return _Found(content, head.previous, head.batch_bytes)


class _Found(msgspec.Struct, frozen=True):
    content: Batch
    previous: bytes
    size_bytes: int


def _rewound_sentence(cursor: Cursor) -> str:
    return (
        f"The output log no longer continues block {cursor.block} as it was read; read it "
        "again from the beginning."
    )
