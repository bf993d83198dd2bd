# SPDX-License-Identifier: Apache-2.0
"""Read blocks from a journal: one by number, or a stream, each checked again as it is read.

The writer reads through its own open journal. Another process (the snapshot builder, an observer,
an auditor) uses `open_blocks`, which never goes beyond what was acknowledged and therefore never
meets a frame that is being written.
"""

from bisect import bisect_right
from collections.abc import Iterator

from lejar.node.acknowledged import read_acknowledged
from lejar.node.disk import Disk, DiskFile
from lejar.node.failures import JournalCorrupt, SlotsDamaged
from lejar.node.frame import (
    HEAD_BYTES,
    SEGMENT_HEADER_BYTES,
    TRAILER_BYTES,
    BadFrame,
    Frame,
    FrameHead,
    check_payload,
    check_trailer,
    decode_head,
    decode_segment_header,
)
from lejar.node.survey import Place, Segment, segment_names


class Blocks:
    """Random access and streams over some segments, in order and without a gap."""

    def __init__(self, disk: Disk, segments: list[Segment]) -> None:
        """Read the given segments; the list may grow while this lives."""
        self._disk = disk
        self._segments = segments

    def read(self, number: int) -> Frame:
        """The frame of one block.

        Raises `LookupError` when it is not there, `JournalCorrupt` when it does not check.
        """
        for frame in self.stream(number, number):
            return frame
        message = f"The journal has no block {number}."
        raise LookupError(message)

    def stream(self, first: int, last: int) -> Iterator[Frame]:
        """The frames of the blocks from `first` to `last`, both included.

        Fewer when the journal is shorter.
        """
        if first < 1:
            message = f"Blocks are numbered from 1, was {first}."
            raise ValueError(message)
        position = bisect_right(self._segments, first, key=lambda segment: segment.header.first) - 1
        while 0 <= position < len(self._segments) and first <= last:
            segment = self._segments[position]
            if segment.last < first:
                return
            file = self._disk.open(segment.name)
            try:
                yield from _segment_stream(file, segment, first, last)
            finally:
                file.close()
            first = segment.last + 1
            position += 1


def open_blocks(disk: Disk, network: bytes) -> tuple[Blocks, int]:
    """The acknowledged blocks of a journal that another process may be writing, and the last.

    Raises `JournalCorrupt` when the segment headers or the acknowledged file do not check.
    """
    try:
        acknowledged = read_acknowledged(disk).number
    except SlotsDamaged as damaged:
        raise JournalCorrupt(str(damaged)) from damaged
    names = segment_names(disk)
    segments = []
    for position, (first, name) in enumerate(names):
        file = disk.open(name)
        try:
            header = decode_segment_header(file.read(0, SEGMENT_HEADER_BYTES))
            _must_match((header.network, header.first), (network, first))
        except BadFrame as bad:
            raise JournalCorrupt(
                Place(file=name, offset=0, block=first, reason=str(bad)).sentence()
            ) from bad
        finally:
            file.close()
        last = (
            names[position + 1][0] - 1
            if position + 1 < len(names)
            else max(acknowledged, first - 1)
        )
        marks = {first: SEGMENT_HEADER_BYTES}
        segments.append(Segment(name=name, header=header, end=0, size=0, last=last, marks=marks))
    return Blocks(disk, segments), acknowledged


def _segment_stream(file: DiskFile, segment: Segment, first: int, last: int) -> Iterator[Frame]:
    """The frames of one segment from `first` (which it holds) on."""
    number = max(mark for mark in segment.marks if mark <= first)
    offset = segment.marks[number]
    last = min(last, segment.last)
    while number <= last:
        try:
            head = decode_head(file.read(offset, HEAD_BYTES), segment=segment.header.digest)
            _must_match(head.number, number)
            segment.mark(number, offset)
            frame = _read_frame(file, head, offset) if number >= first else None
        except BadFrame as bad:
            place = Place(file=segment.name, offset=offset, block=number, reason=str(bad))
            raise JournalCorrupt(place.sentence()) from bad
        if frame is not None:
            yield frame
        number, offset = number + 1, offset + head.frame_bytes


def _read_frame(file: DiskFile, head: FrameHead, offset: int) -> Frame:
    data = file.read(offset + HEAD_BYTES, head.payload_bytes + TRAILER_BYTES)
    payload = data[: head.payload_bytes]
    check_payload(head, payload)
    check_trailer(head, data[head.payload_bytes :])
    return Frame(number=head.number, parent=head.parent, digest=head.digest, payload=payload)


def _must_match(was: object, expected: object) -> None:
    if was != expected:
        message = f"{expected!r} was expected here, was {was!r}"
        raise BadFrame(message)
