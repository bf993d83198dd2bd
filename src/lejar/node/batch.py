# SPDX-License-Identifier: Apache-2.0
"""The bytes of the output log: one batch of sealed entries for each block, without any I/O.

    head (120)   "LJOB" version u16 zero u16 | block u64 | first entry u64 | entries u32
                 | seal length u32 | body length u64 | link of the batch before 32
                 | SHA-256 of the body 32 | zeros 8 | CRC-32 u32 | zero u32
    body         end of each record within the records u32 ... | records | seal

Integers are big endian. A batch's link is the SHA-256 of its head's first 112 bytes, and so names
all that came before.
"""

import hashlib
import struct
import zlib
from collections.abc import Sequence

import msgspec

FORMAT_VERSION = 1
HEAD_BYTES = 120
LINK_BYTES = 32
NO_LINK = bytes(LINK_BYTES)
"""What comes before the first batch."""

_MAGIC = b"LJOB"
_HEAD = struct.Struct(">4sHHQQIIQ32s32s8x")
_CHECK = struct.Struct(">II")


class BadBatch(Exception):
    """No whole batch lies here (yet); the text completes 'because ...'."""


class BatchHead(msgspec.Struct, frozen=True):
    """What a batch says about itself before its records."""

    block: int
    first_entry: int
    entry_count: int
    seal_bytes: int
    body_bytes: int
    previous: bytes
    body_digest: bytes
    link: bytes

    @property
    def batch_bytes(self) -> int:
        """The length of head and body."""
        return HEAD_BYTES + self.body_bytes


class Batch(msgspec.Struct, frozen=True):
    """One block's sealed entries."""

    block: int
    first_entry: int
    records: tuple[bytes, ...]
    seal: bytes
    link: bytes
    """Names this batch and all before it: keep it to recognise the place again."""


def encode_batch(
    block: int, first_entry: int, records: Sequence[bytes], seal: bytes, *, previous: bytes
) -> tuple[bytes, bytes, bytes]:
    """The head, the body and the link of a batch."""
    ends, end = [], 0
    for record in records:
        end += len(record)
        ends.append(end)
    body = b"".join((struct.pack(f">{len(ends)}I", *ends), *records, seal))
    covered = _HEAD.pack(
        _MAGIC,
        FORMAT_VERSION,
        0,
        block,
        first_entry,
        len(records),
        len(seal),
        len(body),
        previous,
        hashlib.sha256(body).digest(),
    )
    return covered + _CHECK.pack(zlib.crc32(covered), 0), body, hashlib.sha256(covered).digest()


def decode_batch_head(data: bytes) -> BatchHead:
    """Read and check a head; raises `BadBatch`."""
    if len(data) < HEAD_BYTES or not data.startswith(_MAGIC):
        message = "no batch begins here"
        raise BadBatch(message)
    covered = data[: _HEAD.size]
    if data[_HEAD.size : HEAD_BYTES] != _CHECK.pack(zlib.crc32(covered), 0):
        message = "the batch's head does not match its check"
        raise BadBatch(message)
    _, version, _, block, entry, count, seal_bytes, body_bytes, previous, digest = _HEAD.unpack(
        covered
    )
    if version != FORMAT_VERSION:
        message = f"batch format {FORMAT_VERSION} was expected, was {version}"
        raise BadBatch(message)
    return BatchHead(
        block=block,
        first_entry=entry,
        entry_count=count,
        seal_bytes=seal_bytes,
        body_bytes=body_bytes,
        previous=previous,
        body_digest=digest,
        link=hashlib.sha256(covered).digest(),
    )


def decode_batch_body(head: BatchHead, body: bytes) -> Batch:
    """Take the records out of a body; raises `BadBatch`."""
    if len(body) != head.body_bytes or hashlib.sha256(body).digest() != head.body_digest:
        message = "the batch's body is not whole"
        raise BadBatch(message)
    ends = struct.unpack_from(f">{head.entry_count}I", body)
    start = 4 * head.entry_count
    records, begin = [], 0
    for end in ends:
        records.append(body[start + begin : start + end])
        begin = end
    return Batch(
        block=head.block,
        first_entry=head.first_entry,
        records=tuple(records),
        seal=body[start + begin :],
        link=head.link,
    )
