# SPDX-License-Identifier: Apache-2.0
"""How far the journal has been acknowledged, kept apart from the journal.

After a crash somebody must say which frames may have been promised to a client. The journal says
it itself for all but its last sync (each frame carries the highest synced block), but a journal
that has lost its end cannot know that. So the number is also kept here, in a file of two slots.
It is written after the journal's sync, so it never claims more than is durable; why it need not
be synced for each block is told in the module `journal`.
"""

import struct

import msgspec

from lejar.node.disk import Disk
from lejar.node.failures import SlotsDamaged
from lejar.node.frame import DIGEST_BYTES, NETWORK_BYTES, NO_DIGEST
from lejar.node.slots import SlotFile, create_slots, open_slots, read_slots

ACKNOWLEDGED_NAME = "journal/acknowledged"

_RECORD = struct.Struct(f">{NETWORK_BYTES}sQ{DIGEST_BYTES}s")


class Acknowledged(msgspec.Struct, frozen=True):
    """A block that may have been promised to a client, and the digest of its frame."""

    network: bytes
    number: int
    digest: bytes

    def encode(self) -> bytes:
        """The record as it lies in a slot: network, block u64, frame digest."""
        return _RECORD.pack(self.network, self.number, self.digest)


def create_acknowledged(disk: Disk, network: bytes) -> None:
    """Make the file of a journal that has no block yet."""
    nothing = Acknowledged(network=network, number=0, digest=NO_DIGEST)
    create_slots(disk, ACKNOWLEDGED_NAME, nothing.encode())


def open_acknowledged(disk: Disk) -> SlotFile:
    """Open the file for writing; raises `SlotsDamaged` and `OSError`."""
    return open_slots(disk, ACKNOWLEDGED_NAME, write=True)


def read_acknowledged(disk: Disk) -> Acknowledged:
    """What the file says now; raises `SlotsDamaged` and `OSError`."""
    payload = read_slots(disk, ACKNOWLEDGED_NAME)
    if len(payload) != _RECORD.size:
        message = (
            f"{ACKNOWLEDGED_NAME} holds a record of {len(payload)} bytes, {_RECORD.size} "
            "were expected."
        )
        raise SlotsDamaged(message)
    network, number, digest = _RECORD.unpack(payload)
    return Acknowledged(network=network, number=number, digest=digest)
