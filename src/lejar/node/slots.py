# SPDX-License-Identifier: Apache-2.0
"""A small record that is changed in place and always has one good copy.

Two slots lie in different sectors. Writes go to one slot, as often as one likes and without a
sync, while the other one stays untouched; only after a successful sync do they change roles. So
whatever a crash does to the slot being written, the durable one is whole. A slot that claims too
little is normal; two bad slots are damage.

Slot: `LJSL`, sequence u64, payload length u16, payload, SHA-256 of all that comes before (big
endian).
"""

import hashlib
import struct

from lejar.node.disk import Disk, DiskFile, replace_file
from lejar.node.failures import SlotsDamaged

SLOT_OFFSETS = (0, 4096)
"""Far enough apart for the sector (and page) sizes in use."""

SLOT_PAYLOAD_BYTES_MAX = 512 - 4 - 8 - 2 - 32
"""A slot stays within one sector of 512 bytes."""

_HEAD = struct.Struct(">4sQH")
_MAGIC = b"LJSL"
_DIGEST_BYTES = 32
_SLOT_BYTES = 512


class SlotFile:
    """The open file; `payload` is the newest record that could be read or was written."""

    def __init__(self, file: DiskFile, *, sequence: int, payload: bytes, slot: int) -> None:
        """Hold what `open_slots` found in `slot`."""
        self.payload = payload
        self._file = file
        self._sequence = sequence
        self._free_slot = 1 - slot
        self._dirty = False

    def write(self, payload: bytes) -> None:
        """Put a new record in the free slot.

        It is durable only after `settle`, or when the system gets to it.
        """
        self._sequence += 1
        self._file.write(SLOT_OFFSETS[self._free_slot], (_encode(self._sequence, payload),))
        self.payload = payload
        self._dirty = True

    def settle(self) -> None:
        """Make the newest record durable and let the next writes go to the other slot."""
        if self._dirty:
            self._file.fdatasync()
            self._free_slot = 1 - self._free_slot
            self._dirty = False

    def close(self) -> None:
        """Release the file."""
        self._file.close()


def create_slots(disk: Disk, name: str, payload: bytes) -> None:
    """Make the file, durably, with its first record in both slots."""
    slot = _encode(1, payload)
    replace_file(disk, name, (slot.ljust(SLOT_OFFSETS[1], b"\0"), slot.ljust(_SLOT_BYTES, b"\0")))


def open_slots(disk: Disk, name: str, *, write: bool = False) -> SlotFile:
    """Open the file at its newest good record.

    Raises `SlotsDamaged` when neither slot checks, `OSError` when the file cannot be read. When
    opened for writing, what was found is made durable first: the next write goes to the other
    slot.
    """
    file = disk.open(name, write=write)
    found = []
    for slot, offset in enumerate(SLOT_OFFSETS):
        record = _decode(file.read(offset, _SLOT_BYTES))
        if record is not None:
            found.append((*record, slot))
    if not found:
        file.close()
        message = f"Neither copy in {name} can be read."
        raise SlotsDamaged(message)
    sequence, payload, slot = max(found)
    if write:
        # Written again, not only synced: after a failed sync the system may show what it will
        # never write.
        file.write(SLOT_OFFSETS[slot], (_encode(sequence, payload),))
        file.fdatasync()
    return SlotFile(file, sequence=sequence, payload=payload, slot=slot)


def read_slots(disk: Disk, name: str) -> bytes:
    """The newest good record of a file that another process may be writing.

    Failures as `open_slots`.
    """
    slots = open_slots(disk, name)
    slots.close()
    return slots.payload


def _encode(sequence: int, payload: bytes) -> bytes:
    if len(payload) > SLOT_PAYLOAD_BYTES_MAX:
        message = f"A slot holds {SLOT_PAYLOAD_BYTES_MAX} bytes at most, was {len(payload)}."
        raise ValueError(message)
    covered = _HEAD.pack(_MAGIC, sequence, len(payload)) + payload
    return covered + hashlib.sha256(covered).digest()


def _decode(data: bytes) -> tuple[int, bytes] | None:
    """Return the sequence and payload, or nothing when the slot does not check."""
    if len(data) < _HEAD.size:
        return None
    magic, sequence, length = _HEAD.unpack_from(data)
    end = _HEAD.size + length
    check = data[end : end + _DIGEST_BYTES]
    if (
        magic != _MAGIC
        or length > SLOT_PAYLOAD_BYTES_MAX
        or check != hashlib.sha256(data[:end]).digest()
    ):
        return None
    return sequence, data[_HEAD.size : end]
