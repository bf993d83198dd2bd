# SPDX-License-Identifier: Apache-2.0
"""Bring a journal that was found sound, or with a torn tail, into a state in which it may grow.

A process that died may have written frames whose sync failed or never came; the system may show
them from memory and yet never write them. So every kept frame that is not known to be synced is
written again, the same bytes in the same place, and synced, before it counts.
"""

import msgspec

from lejar.node.acknowledged import Acknowledged, create_acknowledged, open_acknowledged
from lejar.node.blocks import Blocks
from lejar.node.disk import NEW_SUFFIX, Disk, DiskFile, is_no_space
from lejar.node.frame import FRAME_OVERHEAD_BYTES
from lejar.node.slots import SlotFile
from lejar.node.survey import JOURNAL_FOLDER, Segment, Survey


class Mended(msgspec.Struct, frozen=True):
    """The last segment, open for writing, all of its frames durable."""

    file: DiskFile | None
    """None when the journal has no segment yet."""
    full: bool
    """Whether the space for the rest of the segment could not be reserved."""
    acknowledged: SlotFile
    """The note of the last block, which now is this journal's last, durably."""


def mend_journal(disk: Disk, network: bytes, survey: Survey, *, segment_bytes: int) -> Mended:
    """Remove unfinished files, cut off the torn tail, make what is kept durable.

    Raises `OSError`.
    """
    disk.make_folder(JOURNAL_FOLDER)
    # A process that was killed behind a rename left a segment whose name no disk holds yet.
    disk.sync_names(JOURNAL_FOLDER)
    for name in disk.files(JOURNAL_FOLDER):
        if name.endswith(NEW_SUFFIX):
            disk.remove(name)
    if survey.acknowledged is None:
        create_acknowledged(disk, network)
    file, full = None, False
    if survey.segments:
        file, full = _mend_segment(disk, survey, segment_bytes)
    acknowledged = open_acknowledged(disk)
    note = Acknowledged(network=network, number=survey.last, digest=survey.last_digest)
    acknowledged.write(note.encode())
    acknowledged.settle()
    return Mended(file=file, full=full, acknowledged=acknowledged)


def _mend_segment(disk: Disk, survey: Survey, segment_bytes: int) -> tuple[DiskFile, bool]:
    """Open and mend the last segment; tell also whether the disk is full."""
    segment = survey.segments[-1]
    file = disk.open(segment.name, write=True)
    if survey.torn is not None:
        file.truncate(segment.end)
        # Before anything is written over it: else a power loss could bring the cut-off bytes back
        # behind new ones.
        file.fsync()
    start = _first_unsynced_offset(disk, segment, survey.synced)
    if start < segment.end:
        file.write(start, (file.read(start, segment.end - start),))
    full = False
    try:
        file.preallocate(segment_bytes)
    except OSError as error:
        if not is_no_space(error):
            raise
        full = True
    file.fsync()
    segment.size = file.size()
    return file, full


def _first_unsynced_offset(disk: Disk, segment: Segment, synced: int) -> int:
    """Where the frames begin that are not known to be synced.

    The segments before are synced as a whole.
    """
    offset = segment.end
    for frame in Blocks(disk, [segment]).stream(
        max(synced + 1, segment.header.first), segment.last
    ):
        offset -= FRAME_OVERHEAD_BYTES + len(frame.payload)
    return offset
