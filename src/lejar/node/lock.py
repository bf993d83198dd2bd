# SPDX-License-Identifier: Apache-2.0
"""One node for one data folder: a lock that the system releases when its holder dies.

The note in the file is for people; only the lock itself decides. The lock belongs to the open
file: a child made by a bare fork would hold it on after its parent's death, so the node's helpers
are started as programs of their own.
"""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from lejar.node.failures import DataFolderLocked

LOCK_NAME = "node.lock"

_ATTEMPTS = 5
_PAUSE_S = 0.05
"""`lock_holder` takes the lock for a moment to see whether it is free.

That must not stop a node from starting.
"""

_NOTE_BYTES_MAX = 4096


class Holder(msgspec.Struct, frozen=True):
    """Who holds the lock, as its note says."""

    pid: int
    since: str
    """A moment in UTC, ISO 8601."""
    program: str


class DataFolderLock:
    """The held lock: release it with `release`, a `with` block, or by dying."""

    def __init__(self, folder: Path, *, since: str, program: str = "lejar") -> None:
        """Take the lock of `folder` or raise `DataFolderLocked`.

        `since` is the moment for the note.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        for attempt in range(_ATTEMPTS):
            if _try_lock(self._descriptor, fcntl.LOCK_EX):
                break
            if attempt + 1 < _ATTEMPTS:
                time.sleep(_PAUSE_S)
        else:
            holder = _read_note(self._descriptor)
            os.close(self._descriptor)
            raise DataFolderLocked(_held_sentence(folder, holder))
        note = msgspec.json.encode(Holder(pid=os.getpid(), since=since, program=program))
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, note, 0)

    def release(self) -> None:
        """Let the next one in."""
        if self._descriptor >= 0:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        """Hold the lock within a `with` block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Release the lock."""
        self.release()


def lock_holder(folder: Path) -> Holder | None:
    """Who works in the folder now; nobody if the lock is free, whatever an old note says."""
    try:
        descriptor = os.open(folder / LOCK_NAME, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        if _try_lock(descriptor, fcntl.LOCK_SH):
            return None
        return _read_note(descriptor) or Holder(pid=0, since="", program="")
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_note(descriptor: int) -> Holder | None:
    try:
        return msgspec.json.decode(os.pread(descriptor, _NOTE_BYTES_MAX, 0), type=Holder)
    except msgspec.DecodeError:
        return None


def _held_sentence(folder: Path, holder: Holder | None) -> str:
    who = (
        f"{holder.program}, process {holder.pid}, since {holder.since}"
        if holder
        else "another process"
    )
    return (
        f"The data folder {folder} is in use by {who}. Stop that node first, or name "
        "another data folder."
    )
