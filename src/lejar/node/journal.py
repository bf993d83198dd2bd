# SPDX-License-Identifier: Apache-2.0
"""The write-ahead journal: what is synced here happened, and is never lost or skipped.

One block is one frame; frames lie in segment files, each reserved in advance so that a lack of
space shows before a block is taken. The caller appends one or more blocks, syncs once, and then
acknowledges (group commit is the caller's).

**What is known to be durable.** A block may be acknowledged after `sync`. To make a second record
of that durable before each acknowledgement would double the syncs. It is not needed, because
three records together leave no gap that a crash alone can fall into:

- Each frame carries the highest block synced when it was written. So the sync of block N also
  makes durable that N - 1 was, at no cost, and only the blocks of the *last* sync depend on
  anything else.
- The acknowledged file is written after each sync without syncing it. When the process dies (and
  the machine does not) it is exact.
- It is synced by `settle`, which the caller calls when it has nothing to do, and at least each 64
  blocks.

What is left: a power loss within one sync of the last acknowledgement **and**, in the same
moment, decay of exactly that already durable frame. A power loss alone cannot damage what was
synced. That case is reported as a torn tail, with its place; a snapshot or signed checkpoint of
that block, given as `synced_at_least`, closes it too.

**Failures.** A failed sync is never tried again on the same descriptor: the system may have
dropped the pages and will call them clean (`Fenced`). For the same reason frames that are not
known to be synced are written and synced again when the journal is opened. No space at a write is
survivable (`DiskFull`): the file is cut back to the last good frame.
"""

from collections.abc import Callable, Iterator
from typing import NoReturn

from lejar.node.acknowledged import Acknowledged
from lejar.node.blocks import Blocks
from lejar.node.disk import NEW_SUFFIX, Disk, DiskFile, is_no_space
from lejar.node.failures import DiskFull, Fenced, JournalCorrupt
from lejar.node.frame import (
    DIGEST_BYTES,
    FRAME_OVERHEAD_BYTES,
    NETWORK_BYTES,
    PAYLOAD_BYTES_MAX,
    SEGMENT_HEADER_BYTES,
    Frame,
    decode_segment_header,
    encode_frame,
    encode_segment_header,
)
from lejar.node.mending import Mended, mend_journal
from lejar.node.survey import Place, Segment, Survey, segment_name, survey_journal

SEGMENT_BYTES = 64 << 20
SETTLE_EVERY_BLOCKS = 64
"""The acknowledged file is synced at least this often.

At one sync in 64 it does not show in the throughput.
"""


class JournalOptions:
    """How a journal is written.

    `salt` gives 16 secret random bytes for each segment.
    """

    def __init__(
        self, network: bytes, salt: Callable[[], bytes], segment_bytes: int = SEGMENT_BYTES
    ) -> None:
        """Check and keep the options."""
        if len(network) != NETWORK_BYTES or segment_bytes <= SEGMENT_HEADER_BYTES:
            message = (
                f"A network id of {NETWORK_BYTES} bytes and a segment size above its "
                "header's were expected."
            )
            raise ValueError(message)
        self.network = network
        self.salt = salt
        self.segment_bytes = segment_bytes


class Journal:
    """A journal opened for writing by its only writer."""

    def __init__(self, disk: Disk, options: JournalOptions, survey: Survey, mended: Mended) -> None:
        """Use `open_journal`, which surveys and mends first."""
        self.last = survey.last
        """The number of the last appended block, 0 when there is none."""
        self.last_digest = survey.last_digest
        """The digest of that block's frame."""
        self.synced = survey.last
        """The highest block that may be acknowledged."""
        self.torn: Place | None = survey.torn
        """The torn tail that was cut off when the journal was opened, to be reported."""
        self.full = mended.full
        """Whether blocks are refused for lack of space; `try_again` ends it."""
        self.fenced = ""
        """Why nothing can be appended any more; empty while all is well."""
        self._disk = disk
        self._options = options
        self._segments = survey.segments
        self._blocks = Blocks(disk, survey.segments)
        self._acknowledged = mended.acknowledged
        self._settled = survey.last
        self._file = mended.file
        self._wanted_bytes = 0
        """The size of the last frame that was to be written, to know what has to fit."""

    def append(self, number: int, payload: bytes, parent: bytes) -> bytes:
        """Write one block behind the last, not yet durably, and return its frame digest.

        `number` must be `last + 1`, `parent` a digest of 32 bytes. Raises `DiskFull` (nothing was
        appended) and `Fenced`.
        """
        self._must_be_usable()
        if (
            number != self.last + 1
            or len(parent) != DIGEST_BYTES
            or len(payload) > PAYLOAD_BYTES_MAX
        ):
            message = (
                f"Block {self.last + 1} with a parent of {DIGEST_BYTES} bytes was "
                f"expected, was block {number}."
            )
            raise ValueError(message)
        frame_bytes = FRAME_OVERHEAD_BYTES + len(payload)
        self._wanted_bytes = frame_bytes
        file, segment = self._segment_with_space(frame_bytes)
        head, trailer, digest = encode_frame(
            payload,
            segment=segment.header.digest,
            number=number,
            synced=self.synced,
            previous=self.last_digest,
            parent=parent,
        )
        try:
            file.write(segment.end, (head, payload, trailer))
        except OSError as error:
            self._write_failed(error)
        segment.mark(number, segment.end)
        segment.end += frame_bytes
        segment.size = max(segment.size, segment.end)
        segment.last = self.last = number
        self.last_digest = digest
        return digest

    def sync(self) -> int:
        """Make all appended blocks durable and return the number of the last.

        They may be acknowledged then.
        """
        self._must_not_be_fenced()
        reached, digest = self.last, self.last_digest
        if self._file is None or reached == self.synced:
            return self.synced
        try:
            self._file.fdatasync()
        except OSError as error:
            self._fence(f"The journal could not be synced ({error}).", error)
        self.synced = reached
        note = Acknowledged(network=self._options.network, number=reached, digest=digest)
        try:
            self._acknowledged.write(note.encode())
        except OSError as error:
            self._fence(f"The acknowledged block could not be noted ({error}).", error)
        if reached - self._settled >= SETTLE_EVERY_BLOCKS:
            self.settle()
        return reached

    def settle(self) -> None:
        """Make the note of the last acknowledged block durable.

        Call it when there is nothing else to do.
        """
        self._must_not_be_fenced()
        try:
            self._acknowledged.settle()
        except OSError as error:
            self._fence(f"The acknowledged block could not be synced ({error}).", error)
        self._settled = self.synced

    def try_again(self) -> None:
        """Find out whether there is space again; raises `DiskFull` when there is not."""
        self._must_not_be_fenced()
        self.full = False
        if self._file is not None:
            self._reserve_again(self._file)
        if self._wanted_bytes:
            # What was refused may need a new segment: only when that is there, there is space.
            self._segment_with_space(self._wanted_bytes)

    def _reserve_again(self, file: DiskFile) -> None:
        try:
            file.preallocate(max(self._options.segment_bytes, self._segments[-1].end))
            file.fsync()
        except OSError as error:
            if not is_no_space(error):
                self._fence(f"The segment could not be reserved again ({error}).", error)
            self.full = True
            raise DiskFull(_no_space_sentence(self.last + 1)) from error

    def read(self, number: int) -> Frame:
        """One block.

        Raises `LookupError` when it is not there, `JournalCorrupt` when it no longer checks.
        """
        return self._blocks.read(number)

    def stream(self, first: int = 1, last: int | None = None) -> Iterator[Frame]:
        """The blocks from `first` to `last` (none.

        The last appended), one after the other, each checked.
        """
        return self._blocks.stream(first, self.last if last is None else last)

    def close(self) -> None:
        """Sync what was appended and release the files; a fenced journal only releases them."""
        try:
            if not self.fenced:
                self.sync()
                self.settle()
        finally:
            self._acknowledged.close()
            if self._file is not None:
                self._file.close()
                self._file = None

    def _segment_with_space(self, frame_bytes: int) -> tuple[DiskFile, Segment]:
        """The open segment if the frame fits in, else a new one."""
        if self._file is not None:
            segment = self._segments[-1]
            if segment.end + frame_bytes <= max(segment.size, self._options.segment_bytes):
                return self._file, segment
            self.sync()
        return self._begin_segment(frame_bytes)

    def _begin_segment(self, frame_bytes: int) -> tuple[DiskFile, Segment]:
        """Make the next segment; it gets its name only when it is whole and durable."""
        first = self.last + 1
        size = max(self._options.segment_bytes, SEGMENT_HEADER_BYTES + frame_bytes)
        data = encode_segment_header(
            self._options.network, first=first, salt=self._options.salt(), previous=self.last_digest
        )
        name = segment_name(first)
        file: DiskFile | None = None
        try:
            file = self._disk.open(name + NEW_SUFFIX, create=True, write=True)
            file.preallocate(size)
            file.write(0, (data,))
            file.fsync()
            self._disk.rename(name + NEW_SUFFIX, name)
        except OSError as error:
            if file is not None:
                file.close()
            self._begin_failed(error, name + NEW_SUFFIX)
        if self._file is not None:
            self._finish_segment(self._file)
        self._file = file
        segment = Segment(
            name=name,
            header=decode_segment_header(data),
            end=SEGMENT_HEADER_BYTES,
            size=size,
            last=self.last,
            marks={},
        )
        self._segments.append(segment)
        return file, segment

    def _begin_failed(self, error: OSError, name: str) -> NoReturn:
        if not is_no_space(error):
            self._fence(f"A new segment could not be made ({error}).", error)
        try:
            if self._disk.exists(name):
                self._disk.remove(name)
        except OSError as second:
            self._fence(f"An unfinished segment could not be removed ({second}).", second)
        self.full = True
        raise DiskFull(_no_space_sentence(self.last + 1)) from error

    def _finish_segment(self, file: DiskFile) -> None:
        """Give back what was reserved in a segment that takes no more blocks.

        It has been synced.
        """
        segment = self._segments[-1]
        try:
            file.truncate(segment.end)
        except OSError as error:
            self._fence(f"A finished segment could not be closed ({error}).", error)
        file.close()
        segment.size = segment.end

    def _write_failed(self, error: OSError) -> NoReturn:
        """After no space cut back to the last good frame; after anything else stop."""
        if not is_no_space(error) or self._file is None:
            self._fence(f"Block {self.last + 1} could not be written ({error}).", error)
        segment = self._segments[-1]
        try:
            self._file.truncate(segment.end)
            self._file.fsync()
        except OSError as second:
            self._fence(f"A half-written block could not be cut off ({second}).", second)
        segment.size = segment.end
        self.full = True
        raise DiskFull(_no_space_sentence(self.last + 1)) from error

    def _must_be_usable(self) -> None:
        self._must_not_be_fenced()
        if self.full:
            raise DiskFull(_no_space_sentence(self.last + 1))

    def _must_not_be_fenced(self) -> None:
        if self.fenced:
            raise Fenced(self.fenced)

    def _fence(self, reason: str, error: OSError) -> NoReturn:
        self.fenced = (
            f"{reason} Nothing more is written; restart the node, it goes on from what the "
            "disk holds."
        )
        raise Fenced(self.fenced) from error


def open_journal(
    disk: Disk, options: JournalOptions, *, synced_at_least: int = 0, payloads_from: int = 1
) -> Journal:
    """Check the whole journal, cut off a torn tail, open it behind its last block, or make it.

    `synced_at_least` is the highest block that the caller has other proof of (a snapshot, a signed
    checkpoint). Payloads below `payloads_from` are not read (a snapshot stands for them); their
    heads and chain are checked always. Raises `JournalCorrupt` (nothing was changed) and `Fenced`
    (the disk failed while opening).
    """
    survey = survey_journal(
        disk, options.network, synced_at_least=synced_at_least, payloads_from=payloads_from
    )
    if survey.damage is not None:
        raise JournalCorrupt(corrupt_sentence(survey.damage, survey.evidence))
    if survey.acknowledged is not None and survey.acknowledged.network != options.network:
        message = (
            f"The journal belongs to network {survey.acknowledged.network.hex()}, not "
            f"{options.network.hex()}."
        )
        raise JournalCorrupt(message)
    try:
        mended = mend_journal(disk, options.network, survey, segment_bytes=options.segment_bytes)
    except OSError as error:
        message = f"The journal could not be opened for writing ({error})."
        raise Fenced(message) from error
    return Journal(disk, options, survey, mended)


def corrupt_sentence(damage: Place, evidence: str) -> str:
    """What is told to people when a journal is damaged."""
    return f"The journal is damaged at {damage.sentence()}. {evidence} Nothing was changed."


def _no_space_sentence(number: int) -> str:
    return (
        f"The disk has no space for block {number}; nothing was lost. It goes on when "
        "there is space again."
    )
