# SPDX-License-Identifier: Apache-2.0
"""Snapshots of the state: a node starts from the newest good one and replays what follows.

A snapshot is written beside the writer under another name, synced, and then renamed, so a file
with its own name was once whole. It is nevertheless verified from its first to its last byte
before it is used, and if it does not verify, the one before and a longer replay take its place.
Items are opaque here: key, value and salt bytes, in key order.

File: `LJSNAP` version u16; then sections, each kind u8, zeros 3, items u32, length u32, SHA-256
32, bytes. Kind 1 (once, first) is the header, kind 2 a chunk of items, kind 3 (once, last) the
trailer: items u64, chunks u64, and the SHA-256 over the digests of all sections before. Header
and chunks are msgpack. Integers are big endian.
"""

import hashlib
import re
import struct
from collections.abc import Iterable, Iterator

import msgspec

from lejar.node.disk import NEW_SUFFIX, Disk, DiskFile
from lejar.node.failures import SnapshotDamaged

SNAPSHOT_FOLDER = "snapshots"
SNAPSHOT_SUFFIX = ".snapshot"
SNAPSHOTS_KEPT = 3
CHUNK_BYTES = 1 << 20

Item = tuple[bytes, bytes, bytes]
"""Key, value, salt."""

_NAME = re.compile(rf"{SNAPSHOT_FOLDER}/(\d{{20}}){re.escape(SNAPSHOT_SUFFIX)}")
_MAGIC = struct.pack(">6sH", b"LJSNAP", 1)
_SECTION = struct.Struct(">B3xII32s")
_TRAILER = struct.Struct(">QQ32s")
_HEADER_KIND, _CHUNK_KIND, _TRAILER_KIND = 1, 2, 3
_ITEM_OVERHEAD_BYTES = 16


class SnapshotHeader(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What the snapshot is of."""

    network: bytes
    block: int
    entry: int
    """The last entry whose effects are in the state."""
    seal: bytes
    """The block's seal with its digests, as the kernel encodes it."""
    extras: tuple[tuple[str, bytes], ...] = ()
    """What else the node needs to go on, by name (the right edge of the log, for one)."""


class SnapshotFile(msgspec.Struct, frozen=True):
    """A verified (or just written) snapshot."""

    name: str
    header: SnapshotHeader
    items: int
    size_bytes: int
    digest: bytes
    """Covers the whole file."""


class Rejected(msgspec.Struct, frozen=True):
    """A snapshot that was passed over, and why."""

    name: str
    reason: str


class Choice(msgspec.Struct, frozen=True):
    """The newest good snapshot, if any, and the newer ones that were passed over."""

    snapshot: SnapshotFile | None
    rejected: tuple[Rejected, ...]


def snapshot_name(entry: int) -> str:
    """The file name of the snapshot behind `entry`."""
    return f"{SNAPSHOT_FOLDER}/{entry:020d}{SNAPSHOT_SUFFIX}"


def snapshot_names(disk: Disk) -> list[str]:
    """The snapshots in the data folder, newest first."""
    return [name for name in reversed(disk.files(SNAPSHOT_FOLDER)) if _NAME.fullmatch(name)]


def write_snapshot(disk: Disk, header: SnapshotHeader, items: Iterable[Item]) -> SnapshotFile:
    """Write a snapshot durably and remove all but the newest three.

    `items` come in strictly ascending order of their keys (`ValueError` otherwise). An `OSError`
    leaves no snapshot behind.
    """
    disk.make_folder(SNAPSHOT_FOLDER)
    name = snapshot_name(header.entry)
    fresh = name + NEW_SUFFIX
    if disk.exists(fresh):
        disk.remove(fresh)
    file = disk.open(fresh, create=True, write=True)
    try:
        written = _Writing(file).run(name, header, items)
        file.fsync()
    except BaseException:
        file.close()
        disk.remove(fresh)
        raise
    file.close()
    disk.rename(fresh, name)
    for old in snapshot_names(disk)[SNAPSHOTS_KEPT:]:
        disk.remove(old)
    return written


def read_items(disk: Disk, snapshot: SnapshotFile) -> Iterator[Item]:
    """The items of a verified snapshot, in key order; each chunk is checked again as it is read."""
    file = disk.open(snapshot.name)
    try:
        for kind, _, data in _sections(file):
            if kind == _CHUNK_KIND:
                yield from _decode_items(data)
    finally:
        file.close()


def verify_snapshot(disk: Disk, name: str, network: bytes | None = None) -> SnapshotFile:
    """Read a snapshot from its first to its last byte; raises `SnapshotDamaged` with the reason."""
    file = disk.open(name)
    try:
        return _verify(file, name, network)
    finally:
        file.close()


def newest_good(disk: Disk, network: bytes, *, block_max: int | None = None) -> Choice:
    """The newest snapshot that verifies; not above block `block_max` (the journal's last)."""
    rejected = []
    for name in snapshot_names(disk):
        try:
            snapshot = verify_snapshot(disk, name, network)
        except (SnapshotDamaged, OSError) as error:
            rejected.append(Rejected(name=name, reason=str(error)))
            continue
        if block_max is None or snapshot.header.block <= block_max:
            return Choice(snapshot=snapshot, rejected=tuple(rejected))
        reason = f"It is of block {snapshot.header.block}, the journal ends with block {block_max}."
        rejected.append(Rejected(name=name, reason=reason))
    return Choice(snapshot=None, rejected=tuple(rejected))


class _Writing:
    """The state of writing one file."""

    def __init__(self, file: DiskFile) -> None:
        self._file = file
        self._offset = 0
        self._digests = hashlib.sha256()

    def run(self, name: str, header: SnapshotHeader, items: Iterable[Item]) -> SnapshotFile:
        self._put(_MAGIC)
        self._section(_HEADER_KIND, 0, msgspec.msgpack.encode(header))
        item_count = chunk_count = 0
        for chunk in _chunks(items):
            self._section(_CHUNK_KIND, len(chunk), msgspec.msgpack.encode(chunk))
            item_count, chunk_count = item_count + len(chunk), chunk_count + 1
        digest = self._digests.digest()
        self._section(_TRAILER_KIND, 0, _TRAILER.pack(item_count, chunk_count, digest))
        return SnapshotFile(
            name=name, header=header, items=item_count, size_bytes=self._offset, digest=digest
        )

    def _section(self, kind: int, items: int, data: bytes) -> None:
        digest = _section_digest(kind, items, data)
        self._digests.update(digest)
        self._put(_SECTION.pack(kind, items, len(data), digest), data)

    def _put(self, *parts: bytes) -> None:
        self._file.write(self._offset, parts)
        self._offset += sum(map(len, parts))


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Group items into chunks of about a mebibyte, seeing that their keys ascend."""
    chunk: list[Item] = []
    size, before = 0, None
    for item in items:
        key = item[0]
        if before is not None and key <= before:
            message = (
                f"Keys in ascending order were expected, was {key.hex()} after {before.hex()}."
            )
            raise ValueError(message)
        chunk.append(item)
        size += len(key) + len(item[1]) + len(item[2]) + _ITEM_OVERHEAD_BYTES
        before = key
        if size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _section_digest(kind: int, items: int, data: bytes) -> bytes:
    return hashlib.sha256(struct.pack(">BI", kind, items) + data).digest()


def _sections(file: DiskFile) -> Iterator[tuple[int, int, bytes]]:
    """Kind, items and bytes of each section up to the end of the file; raises `SnapshotDamaged`."""
    offset, size = len(_MAGIC), file.size()
    if file.read(0, offset) != _MAGIC:
        message = "The file does not begin as a snapshot of this format."
        raise SnapshotDamaged(message)
    while offset < size:
        head = file.read(offset, _SECTION.size)
        if len(head) < _SECTION.size:
            message = f"The file is cut off at offset {offset}."
            raise SnapshotDamaged(message)
        kind, items, length, digest = _SECTION.unpack(head)
        data = b"" if length > size - offset else file.read(offset + _SECTION.size, length)
        # The three zero bytes are the only ones that no digest covers.
        if (
            len(data) != length
            or head[1:4] != b"\0\0\0"
            or _section_digest(kind, items, data) != digest
        ):
            message = f"The section at offset {offset} does not match its digest."
            raise SnapshotDamaged(message)
        yield kind, items, data
        offset += _SECTION.size + length


def _verify(file: DiskFile, name: str, network: bytes | None) -> SnapshotFile:
    """Check order, counts and keys of the sections; each was checked by itself before."""
    header: SnapshotHeader | None = None
    totals: tuple[int, int, bytes] | None = None
    total, before = hashlib.sha256(), None
    item_count = chunk_count = 0
    for kind, items, data in _sections(file):
        if totals is not None or (kind == _HEADER_KIND) != (header is None):
            message = "The sections are not in their order."
            raise SnapshotDamaged(message)
        if kind == _TRAILER_KIND:
            totals = _TRAILER.unpack(data) if len(data) == _TRAILER.size else (0, 0, b"")
            continue
        if kind == _HEADER_KIND:
            header = _decode_header(data, name, network)
        else:
            before = _check_keys(_decode_items(data), items, before)
            item_count, chunk_count = item_count + items, chunk_count + 1
        total.update(_section_digest(kind, items, data))
    if header is None or totals != (item_count, chunk_count, total.digest()):
        message = "The file is cut off or its parts are not those that were written."
        raise SnapshotDamaged(message)
    return SnapshotFile(
        name=name, header=header, items=item_count, size_bytes=file.size(), digest=total.digest()
    )


def _decode_header(data: bytes, name: str, network: bytes | None) -> SnapshotHeader:
    try:
        header = msgspec.msgpack.decode(data, type=SnapshotHeader)
    except msgspec.DecodeError as error:
        message = f"The header cannot be read ({error})."
        raise SnapshotDamaged(message) from error
    if network is not None and header.network != network:
        message = f"It belongs to network {header.network.hex()}, not {network.hex()}."
        raise SnapshotDamaged(message)
    if snapshot_name(header.entry) != name:
        message = f"It is of entry {header.entry}, which its name does not say."
        raise SnapshotDamaged(message)
    return header


def _decode_items(data: bytes) -> list[Item]:
    try:
        return msgspec.msgpack.decode(data, type=list[Item])
    except msgspec.DecodeError as error:
        message = f"A chunk cannot be read ({error})."
        raise SnapshotDamaged(message) from error


def _check_keys(chunk: list[Item], items: int, before: bytes | None) -> bytes:
    """See that a chunk continues in key order; return its last key."""
    for key, _, _ in chunk:
        if before is not None and key <= before:
            message = f"Key {key.hex()} is out of order."
            raise SnapshotDamaged(message)
        before = key
    if len(chunk) != items or before is None:
        message = "A chunk does not hold as many items as it says."
        raise SnapshotDamaged(message)
    return before
