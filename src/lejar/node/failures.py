# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with the durable files of a node.

Each failure names one fate, so that the writer can choose it without reading text: refuse to
start (`JournalCorrupt`, `DataFolderLocked`), stop at once (`Fenced`), refuse new commands and go
on reading (`DiskFull`), or compute again what can be computed again (`SnapshotDamaged`,
`OutputDamaged`, `OutputRewound`). The text is one sentence for people.
"""


class JournalCorrupt(Exception):
    """The journal lost or changed something that was acknowledged.

    The node must not start, and changes nothing.
    """


class DiskFull(Exception):
    """There is no space for the next block.

    Nothing was lost, nothing was appended, it may be tried again.
    """


class Fenced(Exception):
    """A write or a sync failed, so it is unknown what the disk holds.

    Only a restart from the disk may go on.
    """


class DataFolderLocked(Exception):
    """Another process works in this data folder."""


class SlotsDamaged(Exception):
    """Neither copy of a small record can be read."""


class SnapshotDamaged(Exception):
    """A snapshot does not verify: an older one and a longer replay take its place."""


class OutputDamaged(Exception):
    """The output log cannot answer: it is cut and computed again from the journal."""


class OutputRewound(Exception):
    """What a reader of the output log has already read is no longer there.

    The reader must start again.
    """
