# SPDX-License-Identifier: Apache-2.0
"""The bytes of the journal: segment headers and frames, without any I/O.

Every byte is covered by a digest, and a frame is tied to its segment and to the frame before it.
So a changed byte, a frame from elsewhere, a frame in the wrong place and a missing frame are all
seen. The segment's salt is secret random: nobody who sends a payload can put bytes in it that
look like a frame of this segment.

    segment header (128)  "LJSEG" zero, version u16 | network 16 | first block u64 | salt 16
                          | previous frame digest 32 | zeros 16 | SHA-256 of what comes before 32
    frame head (160)      "LJBK" version u16 zero u16 | payload length u32 | zero u32 | block u64
                          | synced u64 | previous frame digest 32 | parent digest 32
                          | payload digest 32 | frame digest 32
    payload
    trailer (16)          block u64 | first 8 bytes of the frame digest

Integers are big endian. The frame digest is the SHA-256 of `lejar/frame/1` and a line feed, the
segment header's digest and the first 128 bytes of the head. `parent` is the caller's (the digest of
the parent's seal); `previous` is the journal's own chain; `synced` is the highest block that had
been synced when this frame was written.
"""

import hashlib
import struct

import msgspec

FORMAT_VERSION = 1
DIGEST_BYTES = 32
NETWORK_BYTES = 16
SALT_BYTES = 16
NO_DIGEST = bytes(DIGEST_BYTES)
"""What comes before the first frame."""

FRAME_MAGIC = b"LJBK"
SEGMENT_MAGIC = b"LJSEG\0"

SEGMENT_HEADER_BYTES = 128
HEAD_BYTES = 160
TRAILER_BYTES = 16
FRAME_OVERHEAD_BYTES = HEAD_BYTES + TRAILER_BYTES
PAYLOAD_BYTES_MAX = (1 << 32) - 1

_SEGMENT = struct.Struct(">6sH16sQ16s32s16x")
_HEAD = struct.Struct(">4sHHIIQQ32s32s32s")
_TRAILER = struct.Struct(">Q8s")
_DOMAIN = b"lejar/frame/1\n"


class BadFrame(Exception):
    """These bytes are not the frame or segment header that was expected.

    The text completes 'because ...'.
    """


class SegmentHeader(msgspec.Struct, frozen=True):
    """The beginning of a segment file."""

    network: bytes
    first: int
    """The number of the segment's first block."""
    salt: bytes
    previous: bytes
    """The digest of the last frame of the segment before."""
    digest: bytes


class FrameHead(msgspec.Struct, frozen=True):
    """What a frame says about itself before its payload."""

    number: int
    synced: int
    previous: bytes
    parent: bytes
    payload_bytes: int
    payload_digest: bytes
    digest: bytes

    @property
    def frame_bytes(self) -> int:
        """The length of head, payload and trailer."""
        return FRAME_OVERHEAD_BYTES + self.payload_bytes


class Frame(msgspec.Struct, frozen=True):
    """One block as the journal keeps it."""

    number: int
    parent: bytes
    digest: bytes
    payload: bytes


def encode_segment_header(network: bytes, *, first: int, salt: bytes, previous: bytes) -> bytes:
    """The 128 bytes at the beginning of a segment.

    Its last 32 are the digest that `encode_frame` wants.
    """
    covered = _SEGMENT.pack(SEGMENT_MAGIC, FORMAT_VERSION, network, first, salt, previous)
    return covered + hashlib.sha256(covered).digest()


def decode_segment_header(data: bytes) -> SegmentHeader:
    """Read and check a segment header; raises `BadFrame`."""
    if len(data) < SEGMENT_HEADER_BYTES:
        message = f"the segment header is cut off after {len(data)} bytes"
        raise BadFrame(message)
    covered, digest = data[: _SEGMENT.size], data[_SEGMENT.size : SEGMENT_HEADER_BYTES]
    magic, version, network, first, salt, previous = _SEGMENT.unpack(covered)
    if hashlib.sha256(covered).digest() != digest:
        message = "the segment header does not match its digest"
        raise BadFrame(message)
    if magic != SEGMENT_MAGIC or version != FORMAT_VERSION:
        message = f"segment format {FORMAT_VERSION} was expected, was {magic!r} {version}"
        raise BadFrame(message)
    return SegmentHeader(network=network, first=first, salt=salt, previous=previous, digest=digest)


def encode_frame(
    payload: bytes, *, segment: bytes, number: int, synced: int, previous: bytes, parent: bytes
) -> tuple[bytes, bytes, bytes]:
    """The head and the trailer that go around `payload`, and the frame digest.

    `segment` is the digest of the segment's header.
    """
    payload_digest = hashlib.sha256(payload).digest()
    covered = _HEAD.pack(
        FRAME_MAGIC,
        FORMAT_VERSION,
        0,
        len(payload),
        0,
        number,
        synced,
        previous,
        parent,
        payload_digest,
    )
    digest = hashlib.sha256(_DOMAIN + segment + covered).digest()
    return covered + digest, _TRAILER.pack(number, digest[:8]), digest


def decode_head(data: bytes, *, segment: bytes) -> FrameHead:
    """Read and check a frame head; raises `BadFrame`."""
    if len(data) < HEAD_BYTES:
        message = f"the frame's head is cut off after {len(data)} bytes"
        raise BadFrame(message)
    if not data.startswith(FRAME_MAGIC):
        message = "no frame begins here"
        raise BadFrame(message)
    covered, digest = data[: _HEAD.size], data[_HEAD.size : HEAD_BYTES]
    if hashlib.sha256(_DOMAIN + segment + covered).digest() != digest:
        message = "the frame's head does not match its digest"
        raise BadFrame(message)
    _, version, _, length, _, number, synced, previous, parent, payload_digest = _HEAD.unpack(
        covered
    )
    if version != FORMAT_VERSION:
        message = f"frame format {FORMAT_VERSION} was expected, was {version}"
        raise BadFrame(message)
    return FrameHead(
        number=number,
        synced=synced,
        previous=previous,
        parent=parent,
        payload_bytes=length,
        payload_digest=payload_digest,
        digest=digest,
    )


def check_payload(head: FrameHead, payload: bytes) -> None:
    """Raise `BadFrame` when the payload is not the one the head speaks of."""
    if len(payload) != head.payload_bytes:
        message = f"the payload is cut off after {len(payload)} of {head.payload_bytes} bytes"
        raise BadFrame(message)
    if hashlib.sha256(payload).digest() != head.payload_digest:
        message = "the payload does not match its digest"
        raise BadFrame(message)


def check_trailer(head: FrameHead, trailer: bytes) -> None:
    """Raise `BadFrame` when the frame does not end as its head says."""
    if trailer != _TRAILER.pack(head.number, head.digest[:8]):
        message = "the frame's trailer does not match its head"
        raise BadFrame(message)
