# SPDX-License-Identifier: Apache-2.0
"""What the writer and its clients say to each other over the Unix socket.

A message is a length of four bytes and MessagePack.  Only processes of the node's own user can open
the socket; the writer trusts them to have checked signatures.
"""

import enum
import struct

import msgspec

LENGTH = struct.Struct(">I")
MESSAGE_MAX = 64 << 20
SOCKET_NAME = "writer.sock"

encode = msgspec.msgpack.Encoder().encode


class Ask(enum.IntEnum):
    """The kinds of request."""

    SUBMIT = 1
    STATUS = 2
    DRY_RUN = 3
    CHECKPOINT = 4
    PROVE = 5
    EXPLAIN = 6


class Outcome(enum.IntEnum):
    """What became of an envelope that was handed in."""

    SEALED = 1
    """It was ordered now; the entry is its result, accepted or refused."""
    KNOWN = 2
    """It had been ordered before; the entry is the first result."""
    BUSY = 3
    """The inbox is full; try again with the same command id."""
    CLOSED = 4
    """The node takes no commands now; it still answers reads."""


class Status(msgspec.Struct, frozen=True):
    """Where the writer stands."""

    network: bytes
    name: str
    kind: str
    block: int
    entry: int
    at: int
    ordered_at: int
    log_root: bytes
    state_root: bytes
    accepting: bool
    reason: str
    waiting: int
    """Envelopes in the inbox."""
    next_due: int | None


class Request(msgspec.Struct, frozen=True, array_like=True):
    """One question, with a number that its answer repeats."""

    number: int
    ask: int
    payload: msgspec.Raw


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What became of one envelope; `record` is the entry's bytes where there is one."""

    outcome: Outcome
    record: bytes | None


class Reply(msgspec.Struct, frozen=True, array_like=True):
    """One answer; `error` is empty unless the request itself was wrong."""

    number: int
    error: str
    payload: msgspec.Raw


read_request = msgspec.msgpack.Decoder(Request).decode
read_reply = msgspec.msgpack.Decoder(Reply).decode
read_submission = msgspec.msgpack.Decoder(list[tuple[bytes, bytes]]).decode
read_answers = msgspec.msgpack.Decoder(list[Answer]).decode
read_status = msgspec.msgpack.Decoder(Status).decode
read_bytes = msgspec.msgpack.Decoder(bytes).decode
read_text = msgspec.msgpack.Decoder(str).decode


def framed(message: object) -> bytes:
    """Put a message in its frame."""
    data = encode(message)
    return LENGTH.pack(len(data)) + data


class Unframer:
    """Cuts a stream into messages."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes, give the whole messages; raises `ValueError` on an impossible length."""
        kept = self._kept
        kept += data
        found = []
        start = 0
        while len(kept) - start >= LENGTH.size:
            (length,) = LENGTH.unpack_from(kept, start)
            if length > MESSAGE_MAX:
                message = f"a message has at most {MESSAGE_MAX} bytes, was {length}"
                raise ValueError(message)
            end = start + LENGTH.size + length
            if len(kept) < end:
                break
            found.append(bytes(kept[start + LENGTH.size : end]))
            start = end
        del kept[:start]
        return found
