# SPDX-License-Identifier: Apache-2.0
"""The output log: what was sealed, kept so that nobody has to execute again to read it.

It can always be computed again from the journal, so it is not synced for each block. After a
crash its end may be missing or full of holes: the writer keeps what checks, behind the last place
it knows to be durable (`settle`), and the node fills in the rest by replay. Because the state
machine is deterministic, a batch written again is the same bytes; if it is not, its link differs,
and a reader that stands behind it notices (`OutputRewound`).

Three files: `entries` holds the batches; `blocks` holds for each block its first entry and the
offset of its batch (two u64), so a block is found with one read and an entry by halving; `state`
(two slots) holds the generation, which changes whenever something is cut off, and the place up to
which everything is durable.
"""

import struct
from collections.abc import Sequence
from typing import NoReturn

import msgspec

from lejar.node.batch import (
    HEAD_BYTES,
    LINK_BYTES,
    NO_LINK,
    BadBatch,
    BatchHead,
    decode_batch_body,
    decode_batch_head,
    encode_batch,
)
from lejar.node.disk import Disk, DiskFile, is_no_space, replace_file
from lejar.node.failures import DiskFull, Fenced, OutputDamaged, SlotsDamaged
from lejar.node.frame import NETWORK_BYTES
from lejar.node.slots import SlotFile, create_slots, open_slots, read_slots

OUTPUT_FOLDER = "output"
ENTRIES_NAME = f"{OUTPUT_FOLDER}/entries"
BLOCKS_NAME = f"{OUTPUT_FOLDER}/blocks"
STATE_NAME = f"{OUTPUT_FOLDER}/state"

POINTER = struct.Struct(">QQ")
"""In `blocks`: the first entry and the offset of a block's batch."""

_STATE = struct.Struct(f">{NETWORK_BYTES}sQQQQQQ{LINK_BYTES}s")


class OutputState(msgspec.Struct, frozen=True):
    """What the state file says."""

    network: bytes
    generation: int
    first_block: int
    """The first block of this log: 1, or later in a node that began with a snapshot."""
    first_entry: int
    block: int
    """The last block that is durable; `first_block - 1` when there is none."""
    entry: int
    end: int
    """The offset behind that block's batch."""
    link: bytes

    def encode(self) -> bytes:
        """The record as it lies in a slot."""
        return _STATE.pack(
            self.network,
            self.generation,
            self.first_block,
            self.first_entry,
            self.block,
            self.entry,
            self.end,
            self.link,
        )


def read_output_state(disk: Disk, network: bytes) -> OutputState:
    """What the state file says now; raises `OutputDamaged` when there is nothing to rely on."""
    try:
        payload = read_slots(disk, STATE_NAME)
    except (SlotsDamaged, FileNotFoundError) as error:
        message = f"The output log has no state that can be read ({error})."
        raise OutputDamaged(message) from error
    state = OutputState(*_STATE.unpack(payload))
    if state.network != network:
        message = f"The output log belongs to network {state.network.hex()}, not {network.hex()}."
        raise OutputDamaged(message)
    return state


class OutputLog:
    """The log opened by its only writer; use `open_output_log`."""

    def __init__(self, disk: Disk, state: OutputState) -> None:
        """Open the files behind the durable place; `open_output_log` walks on from there."""
        self.block = state.block
        """The last block in the log."""
        self.entry = state.entry
        """The last entry in the log."""
        self.link = state.link
        """The link of the last batch."""
        self.cut_bytes = 0
        """How much was cut off when the log was opened, to be reported."""
        self.generation = state.generation
        self._state = state
        self._slots: SlotFile = open_slots(disk, STATE_NAME, write=True)
        self._entries: DiskFile = disk.open(ENTRIES_NAME, write=True)
        self._blocks: DiskFile = disk.open(BLOCKS_NAME, write=True)
        self._end = state.end
        self._fenced = ""

    def append(self, block: int, records: Sequence[bytes], seal: bytes) -> bytes:
        """Write the entries of the next block, numbered on, and return the batch's link.

        Raises `DiskFull` (nothing was appended; it may be called again) and `Fenced`.
        """
        self._must_not_be_fenced()
        if block != self.block + 1:
            message = f"Block {self.block + 1} was expected, was {block}."
            raise ValueError(message)
        first_entry = self.entry + 1
        head, body, link = encode_batch(block, first_entry, records, seal, previous=self.link)
        try:
            # The pointer first: a reader finds no batch behind it, which it must be able to bear
            # anyway.
            self._write_pointer(block, first_entry)
            self._entries.write(self._end, (head, body))
        except OSError as error:
            self._write_failed(error)
        self._end += len(head) + len(body)
        self.block, self.entry, self.link = block, self.entry + len(records), link
        return link

    def settle(self) -> None:
        """Make everything so far durable, as at each snapshot: the next start relies on it."""
        self._must_not_be_fenced()
        try:
            self._entries.fdatasync()
            self._blocks.fdatasync()
            self._note(self.generation)
        except OSError as error:
            self._fence(f"The output log could not be synced ({error}).", error)

    def close(self) -> None:
        """Make everything durable and release the files."""
        try:
            if not self._fenced:
                self.settle()
        finally:
            for file in (self._entries, self._blocks, self._slots):
                file.close()

    def recover(self) -> None:
        """Take in whole batches behind the durable place, and cut off what follows them."""
        size = self._entries.size()
        while (head := self._next_batch(size)) is not None:
            try:
                self._write_pointer(head.block, head.first_entry)
                # The same bytes again: after a failed sync the system may show what it will never
                # write, and they are about to count as durable.
                self._entries.write(self._end, (self._entries.read(self._end, head.batch_bytes),))
            except OSError as error:
                if is_no_space(error):
                    break  # it is cut off, and written again when there is space
                raise
            self._end += head.batch_bytes
            self.block, self.entry = head.block, head.first_entry + head.entry_count - 1
            self.link = head.link
        self.cut_bytes = size - self._end
        if self.cut_bytes:
            # First the generation: a reader that sees the old one has seen nothing of what comes
            # after.
            self.generation += 1
            self._slots.write(
                msgspec.structs.replace(self._state, generation=self.generation).encode()
            )
            self._slots.settle()
            self._entries.truncate(self._end)
        self._blocks.truncate(self._pointer_offset(self.block + 1))
        self.settle()

    def _next_batch(self, size: int) -> BatchHead | None:
        """The head of the whole batch at the end of what is known, if there is one."""
        try:
            head = decode_batch_head(self._entries.read(self._end, HEAD_BYTES))
            if (
                self._end + head.batch_bytes > size
                or head.previous != self.link
                or head.block != self.block + 1
            ):
                return None
            decode_batch_body(head, self._entries.read(self._end + HEAD_BYTES, head.body_bytes))
        except BadBatch:
            return None
        return head

    def _pointer_offset(self, block: int) -> int:
        return (block - self._state.first_block) * POINTER.size

    def _write_pointer(self, block: int, first_entry: int) -> None:
        self._blocks.write(self._pointer_offset(block), (POINTER.pack(first_entry, self._end),))

    def _note(self, generation: int) -> None:
        """Write down, durably, that all is durable up to here."""
        self._state = msgspec.structs.replace(
            self._state,
            generation=generation,
            block=self.block,
            entry=self.entry,
            end=self._end,
            link=self.link,
        )
        self._slots.write(self._state.encode())
        self._slots.settle()

    def _write_failed(self, error: OSError) -> NoReturn:
        if not is_no_space(error):
            self._fence(f"The output log could not be written ({error}).", error)
        try:
            self._entries.truncate(self._end)
            self._blocks.truncate(self._pointer_offset(self.block + 1))
        except OSError as second:
            self._fence(f"A half-written batch could not be cut off ({second}).", second)
        message = (
            f"The disk has no space for the entries of block {self.block + 1}; nothing was lost."
        )
        raise DiskFull(message) from error

    def _must_not_be_fenced(self) -> None:
        if self._fenced:
            raise Fenced(self._fenced)

    def _fence(self, reason: str, error: OSError) -> NoReturn:
        self._fenced = f"{reason} Nothing more is written; restart the node."
        raise Fenced(self._fenced) from error


def open_output_log(disk: Disk, network: bytes) -> OutputLog:
    """Open the log behind its last whole batch; make an empty one if there is none.

    Raises `OutputDamaged` when its state or its durable part cannot be relied on (then
    `begin_output_log` and compute it again), `Fenced` when the disk fails.
    """
    if not disk.exists(STATE_NAME) and not disk.exists(ENTRIES_NAME):
        begin_output_log(disk, network)
    state = read_output_state(disk, network)
    try:
        if disk_size(disk, ENTRIES_NAME) < state.end:
            message = f"{ENTRIES_NAME} ends before block {state.block}, which was durable."
            raise OutputDamaged(message)
        disk.sync_names(OUTPUT_FOLDER)
        log = OutputLog(disk, state)
        log.recover()
    except FileNotFoundError as error:
        message = f"A file of the output log is missing ({error})."
        raise OutputDamaged(message) from error
    except OSError as error:
        message = f"The output log could not be opened for writing ({error})."
        raise Fenced(message) from error
    return log


def begin_output_log(
    disk: Disk, network: bytes, *, first_block: int = 1, first_entry: int = 1
) -> None:
    """Throw away what is there and begin an empty log.

    The generation goes on, so that readers notice.
    """
    disk.make_folder(OUTPUT_FOLDER)
    try:
        generation = read_output_state(disk, network).generation + 1
    except OutputDamaged:
        generation = 1
    for name in (ENTRIES_NAME, BLOCKS_NAME):
        replace_file(disk, name, ())
    state = OutputState(
        network=network,
        generation=generation,
        first_block=first_block,
        first_entry=first_entry,
        block=first_block - 1,
        entry=first_entry - 1,
        end=0,
        link=NO_LINK,
    )
    create_slots(disk, STATE_NAME, state.encode())


def disk_size(disk: Disk, name: str) -> int:
    """The length of a file in bytes."""
    file = disk.open(name)
    try:
        return file.size()
    finally:
        file.close()
