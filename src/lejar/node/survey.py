# SPDX-License-Identifier: Apache-2.0
"""Look at a journal from its first byte to its last and say what is there; nothing is changed.

The journal does this before it opens and the doctor does it for people, so both see the same. The
one hard question is what a frame that does not check means. It is a **torn tail**, to be cut off,
only if nothing speaks for its having been synced; it is **damage**, and the node must not start,
if anything does:

1. the acknowledged file, or the caller (a snapshot, a signed checkpoint), names this block or a
later one; 2. a valid frame behind it says that this block had been synced when that frame was
written; 3. a later segment exists, for a segment is begun only after a sync of the one before.
"""

import re
from contextlib import suppress

import msgspec

from lejar.node.acknowledged import ACKNOWLEDGED_NAME, Acknowledged, read_acknowledged
from lejar.node.disk import Disk, DiskFile
from lejar.node.failures import SlotsDamaged
from lejar.node.frame import (
    FRAME_MAGIC,
    HEAD_BYTES,
    NO_DIGEST,
    SEGMENT_HEADER_BYTES,
    TRAILER_BYTES,
    BadFrame,
    FrameHead,
    SegmentHeader,
    check_payload,
    check_trailer,
    decode_head,
    decode_segment_header,
)

JOURNAL_FOLDER = "journal"
SEGMENT_SUFFIX = ".segment"
MARK_EVERY_BLOCKS = 64
"""The in-memory index knows the place of each 64th block.

The rest is found by hopping over heads.
"""

_SEGMENT_NAME = re.compile(rf"{JOURNAL_FOLDER}/(\d{{20}}){re.escape(SEGMENT_SUFFIX)}")
_CHUNK_BYTES = 1 << 20


class Segment(msgspec.Struct):
    """One segment file as it was found (and, in an open journal, as it grows)."""

    name: str
    header: SegmentHeader
    end: int
    """The offset behind the last good frame."""
    size: int
    """The length of the file, including what is only preallocated."""
    last: int
    """The number of the last good block, `header.first - 1` when there is none."""
    marks: dict[int, int]
    """Offsets of some blocks."""

    def mark(self, number: int, offset: int) -> None:
        """Remember the place of a block if it is the turn of its number."""
        if number == self.header.first or number % MARK_EVERY_BLOCKS == 0:
            self.marks[number] = offset


class Place(msgspec.Struct, frozen=True):
    """Where something does not check, and why."""

    file: str
    offset: int
    block: int
    reason: str
    """Completes 'because ...'."""
    size_bytes: int = 0
    """For a torn tail: how many bytes behind `offset` are not zero, counted to the last of them."""

    def sentence(self) -> str:
        """The place in words."""
        return f"{self.file}, offset {self.offset}, block {self.block}: {self.reason}"


class Survey(msgspec.Struct):
    """What was found. With `damage` the rest describes only what lies before it."""

    acknowledged: Acknowledged | None = None
    segments: list[Segment] = []
    last: int = 0
    last_digest: bytes = NO_DIGEST
    synced: int = 0
    """The highest block that is known to have been synced, from any source."""
    torn: Place | None = None
    damage: Place | None = None
    evidence: str = ""
    """With damage: why it is not a torn tail, one sentence."""


def segment_name(first: int) -> str:
    """The file name of the segment whose first block is `first`."""
    return f"{JOURNAL_FOLDER}/{first:020d}{SEGMENT_SUFFIX}"


def segment_names(disk: Disk) -> list[tuple[int, str]]:
    """The first block and name of each segment file, in order."""
    matches = (_SEGMENT_NAME.fullmatch(name) for name in disk.files(JOURNAL_FOLDER))
    return sorted((int(match[1]), match[0]) for match in matches if match)


def survey_journal(
    disk: Disk, network: bytes | None = None, *, synced_at_least: int = 0, payloads_from: int = 1
) -> Survey:
    """Read the whole journal.

    `network` is what the segments must name (none: whatever the first one names).
    `synced_at_least` is what the caller knows to have been synced. Payloads below block
    `payloads_from` are not read, only their heads and trailers are.
    """
    survey = Survey(synced=synced_at_least)
    names = segment_names(disk)
    if not _take_acknowledged(disk, survey, journal_exists=bool(names)):
        return survey
    if network is None and survey.acknowledged is not None:
        network = survey.acknowledged.network
    for position, (first, name) in enumerate(names):
        following = names[position + 1][0] if position + 1 < len(names) else None
        file = disk.open(name)
        try:
            scan = _SegmentScan(file, name, survey, payloads_from)
            scan.run(network, first=first, following=following)
        finally:
            file.close()
        if survey.damage or survey.torn:
            break
    if survey.damage is None:
        _check_end(survey, names)
    return survey


def _take_acknowledged(disk: Disk, survey: Survey, *, journal_exists: bool) -> bool:
    """Read the acknowledged file into the survey; tell whether to go on."""
    try:
        survey.acknowledged = read_acknowledged(disk)
    except SlotsDamaged as damaged:
        survey.damage = Place(file=ACKNOWLEDGED_NAME, offset=0, block=0, reason=str(damaged))
        survey.evidence = "Without it nobody can say which blocks were acknowledged."
        return False
    except FileNotFoundError:
        if journal_exists:
            survey.damage = Place(
                file=ACKNOWLEDGED_NAME, offset=0, block=0, reason="the file is missing"
            )
            survey.evidence = "It is made before the first segment, so somebody has removed it."
        return not journal_exists
    survey.synced = max(survey.synced, survey.acknowledged.number)
    return True


def _check_end(survey: Survey, names: list[tuple[int, str]]) -> None:
    """Compare where the journal ends with what was acknowledged."""
    if survey.last >= survey.synced:
        return
    name = (
        survey.segments[-1].name if survey.segments else (names[0][1] if names else JOURNAL_FOLDER)
    )
    end = survey.segments[-1].end if survey.segments else 0
    reason = (
        f"the journal ends with block {survey.last}" if survey.last else "the journal has no block"
    )
    survey.damage = Place(file=name, offset=end, block=survey.last + 1, reason=reason)
    survey.evidence = f"Block {survey.synced} was acknowledged."
    survey.torn = None


class _SegmentScan:
    """One pass over one segment; it writes what it finds into the survey."""

    def __init__(self, file: DiskFile, name: str, survey: Survey, payloads_from: int) -> None:
        self._file = file
        self._name = name
        self._size = file.size()
        self._survey = survey
        self._payloads_from = payloads_from

    def run(self, network: bytes | None, *, first: int, following: int | None) -> None:
        """Check the header and the frames.

        `following` is the first block of the next segment, if there is one.
        """
        survey = self._survey
        try:
            header = decode_segment_header(self._file.read(0, SEGMENT_HEADER_BYTES))
            self._check_header(header, network, first)
        except BadFrame as bad:
            survey.damage = Place(file=self._name, offset=0, block=first, reason=str(bad))
            survey.evidence = "A segment gets its name only after its header was synced."
            return
        segment = Segment(
            name=self._name,
            header=header,
            end=SEGMENT_HEADER_BYTES,
            size=self._size,
            last=first - 1,
            marks={},
        )
        survey.segments.append(segment)
        self._frames(segment, following)

    def _check_header(self, header: SegmentHeader, network: bytes | None, first: int) -> None:
        if network is not None and header.network != network:
            message = f"network {network.hex()} was expected, was {header.network.hex()}"
            raise BadFrame(message)
        if header.first != first or first != self._survey.last + 1:
            message = (
                f"block {self._survey.last + 1} was expected to come first, was {header.first}"
            )
            raise BadFrame(message)
        if header.previous != self._survey.last_digest:
            message = "the segment does not continue the one before"
            raise BadFrame(message)

    def _frames(self, segment: Segment, following: int | None) -> None:
        """Read frame after frame up to the first place that is not one."""
        survey = self._survey
        while True:
            try:
                head = self._frame(segment, survey.last_digest)
            except BadFrame as bad:
                self._judge(segment, str(bad), following)
                return
            segment.mark(head.number, segment.end)
            segment.end += head.frame_bytes
            segment.last = survey.last = head.number
            survey.last_digest = head.digest
            survey.synced = max(survey.synced, head.synced)
            acknowledged = survey.acknowledged
            if (
                acknowledged
                and acknowledged.number == head.number
                and acknowledged.digest != head.digest
            ):
                reason = "the frame is not the one that was acknowledged"
                start = segment.end - head.frame_bytes
                survey.damage = Place(
                    file=self._name, offset=start, block=head.number, reason=reason
                )
                survey.evidence = f"{ACKNOWLEDGED_NAME} holds another digest for this block."
                return

    def _frame(self, segment: Segment, previous: bytes) -> FrameHead:
        """Check the frame at the segment's end."""
        offset = segment.end
        head = decode_head(self._file.read(offset, HEAD_BYTES), segment=segment.header.digest)
        if head.number != segment.last + 1 or head.previous != previous:
            message = (
                f"block {segment.last + 1} was expected to follow, was {head.number} with "
                "another history"
            )
            raise BadFrame(message)
        if head.synced >= head.number:
            message = "the frame claims to have been synced before it was written"
            raise BadFrame(message)
        offset += HEAD_BYTES
        if head.number >= self._payloads_from:
            data = self._file.read(offset, head.payload_bytes + TRAILER_BYTES)
            check_payload(head, data[: head.payload_bytes])
            check_trailer(head, data[head.payload_bytes :])
        else:
            check_trailer(head, self._file.read(offset + head.payload_bytes, TRAILER_BYTES))
        return head

    def _judge(self, segment: Segment, reason: str, following: int | None) -> None:
        """Decide what the first place without a frame is: the end, a torn tail, or damage."""
        survey, block = self._survey, segment.last + 1
        if following == block:
            # Reserved space of a finished segment may have stayed, but nothing else.
            if self._used_behind(segment.end) == 0:
                return
            survey.evidence = f"The next segment begins with block {following}."
        elif following is not None:
            survey.evidence = f"A later segment begins with block {following}."
        elif (used := self._used_behind(segment.end)) == 0:
            return
        elif block <= survey.synced:
            survey.evidence = f"Block {survey.synced} was acknowledged, so this is not a torn tail."
        elif (later := self._synced_behind(segment)) >= block:
            survey.evidence = (
                f"A later frame says that block {later} had been synced, so this is not a "
                "torn tail."
            )
        else:
            survey.torn = Place(
                file=self._name, offset=segment.end, block=block, reason=reason, size_bytes=used
            )
            return
        survey.damage = Place(file=self._name, offset=segment.end, block=block, reason=reason)

    def _used_behind(self, offset: int) -> int:
        """How many bytes lie between `offset` and the last byte that is not zero."""
        used = 0
        for start in range(offset, self._size, _CHUNK_BYTES):
            chunk = self._file.read(start, _CHUNK_BYTES).rstrip(b"\0")
            if chunk:
                used = start - offset + len(chunk)
        return used

    def _synced_behind(self, segment: Segment) -> int:
        """The highest block that a whole frame head behind the segment's end calls synced."""
        rest = self._file.read(segment.end, self._size - segment.end)
        highest, at = 0, rest.find(FRAME_MAGIC)
        while at >= 0:
            with suppress(BadFrame):
                head = decode_head(rest[at : at + HEAD_BYTES], segment=segment.header.digest)
                highest = max(highest, head.synced)
            at = rest.find(FRAME_MAGIC, at + 1)
        return highest
