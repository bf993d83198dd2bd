# SPDX-License-Identifier: Apache-2.0
"""The seam between the node and its disk.

Everything durable goes through `Disk`, so that the simulation can put a disk underneath that
crashes, tears writes, runs out of space and fails to sync. A name is relative to the data folder
and uses forward slashes. All failures are `OSError`; `is_no_space` tells the one that can be
survived.
"""

import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

NEW_SUFFIX = ".new"
"""A file that is still being made has this ending.

A crash may leave one behind and anyone may remove it.
"""

_ZEROS = bytes(1 << 20)


class DiskFile(Protocol):
    """An open file, read and written at explicit offsets (bytes)."""

    def size(self) -> int:
        """The length in bytes."""
        ...

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes; fewer only at the end of the file."""
        ...

    def write(self, offset: int, parts: Sequence[bytes]) -> None:
        """Write all parts, one after the other; an `OSError` may leave any part of them written."""
        ...

    def fdatasync(self) -> None:
        """Make the content durable.

        After an error nothing may be assumed about any write since the last sync.
        """
        ...

    def fsync(self) -> None:
        """Make content and metadata durable; the same warning holds."""
        ...

    def truncate(self, size: int) -> None:
        """Cut or extend (with zeros) to `size` bytes."""
        ...

    def preallocate(self, size: int) -> None:
        """Reserve space up to `size` bytes, reading as zeros; never shortens the file."""
        ...

    def close(self) -> None:
        """Release the file; nothing is synced."""
        ...


class Disk(Protocol):
    """A data folder."""

    def open(self, name: str, *, create: bool = False, write: bool = False) -> DiskFile:
        """Open an existing file, or an empty new one when `create` (which must not exist)."""
        ...

    def exists(self, name: str) -> bool:
        """Whether a file of that name exists."""
        ...

    def files(self, folder: str) -> tuple[str, ...]:
        """The names (with the folder) of the files in a folder, in order.

        Empty when there is no such folder.
        """
        ...

    def make_folder(self, folder: str) -> None:
        """Make a folder, durably, if it does not exist."""
        ...

    def sync_names(self, folder: str) -> None:
        """Make the names in a folder durable, and the folder's own.

        For a start: whoever died may have made or renamed a file and not come to this.
        """
        ...

    def rename(self, source: str, target: str) -> None:
        """Replace `target` by `source` at once, and make the names durable.

        Both are in the same folder.
        """
        ...

    def remove(self, name: str) -> None:
        """Remove a file, durably."""
        ...

    def free_bytes(self) -> int:
        """The space that is left for this process, in bytes."""
        ...


def is_no_space(error: OSError) -> bool:
    """Whether the failure is a lack of space (or quota), which may pass."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


def replace_file(disk: Disk, name: str, parts: Sequence[bytes]) -> None:
    """Write a whole small file; a crash leaves the old or the new one, never a mixture."""
    fresh = name + NEW_SUFFIX
    if disk.exists(fresh):
        disk.remove(fresh)
    file = disk.open(fresh, create=True, write=True)
    try:
        file.write(0, parts)
        file.fsync()
    finally:
        file.close()
    disk.rename(fresh, name)


class LocalFile:
    """A file of the operating system."""

    def __init__(self, descriptor: int) -> None:
        """Take over an open descriptor."""
        self._descriptor = descriptor

    def size(self) -> int:
        """The length in bytes."""
        return os.fstat(self._descriptor).st_size

    def read(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; short reads of the system are continued."""
        data = os.pread(self._descriptor, length, offset)
        while 0 < len(data) < length:
            more = os.pread(self._descriptor, length - len(data), offset + len(data))
            if not more:
                break
            data += more
        return data

    def write(self, offset: int, parts: Sequence[bytes]) -> None:
        """Write all parts in one system call; short writes of the system are continued."""
        written = os.pwritev(self._descriptor, parts, offset)
        if written == sum(map(len, parts)):
            return
        rest = memoryview(b"".join(parts))[written:]
        while rest:
            offset, written = offset + written, os.pwrite(self._descriptor, rest, offset + written)
            rest = rest[written:]

    def fdatasync(self) -> None:
        """Make the content durable."""
        if sys.platform == "linux":
            os.fdatasync(self._descriptor)
        else:
            self.fsync()

    def fsync(self) -> None:
        """Make content and metadata durable, on macOS down to the platter."""
        if sys.platform == "darwin":
            fcntl.fcntl(self._descriptor, fcntl.F_FULLFSYNC)
        else:
            os.fsync(self._descriptor)

    def truncate(self, size: int) -> None:
        """Cut or extend to `size` bytes."""
        os.ftruncate(self._descriptor, size)

    def preallocate(self, size: int) -> None:
        """Reserve space; where the system cannot, write the zeros."""
        present = self.size()
        if size <= present:
            return
        if sys.platform == "linux":
            os.posix_fallocate(self._descriptor, present, size - present)
            return
        for offset in range(present, size, len(_ZEROS)):
            self.write(offset, (_ZEROS[: size - offset],))

    def close(self) -> None:
        """Release the descriptor."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


class LocalDisk:
    """A folder of the operating system; files are readable by their owner only."""

    def __init__(self, root: Path) -> None:
        """Work below `root`, which need not exist yet."""
        self.root = root

    def open(self, name: str, *, create: bool = False, write: bool = False) -> LocalFile:
        """Open an existing file, or a new one when `create`."""
        flags = (os.O_RDWR if write else os.O_RDONLY) | os.O_CLOEXEC
        if create:
            flags |= os.O_CREAT | os.O_EXCL
        return LocalFile(os.open(self._path(name), flags, 0o600))

    def exists(self, name: str) -> bool:
        """Whether a file of that name exists."""
        return self._path(name).is_file()

    def files(self, folder: str) -> tuple[str, ...]:
        """The names (with the folder) of the files in a folder, in order."""
        path = self._path(folder)
        if not path.is_dir():
            return ()
        return tuple(
            sorted(f"{folder}/{entry.name}" for entry in path.iterdir() if entry.is_file())
        )

    def make_folder(self, folder: str) -> None:
        """Make a folder and what is missing above it, each synced into its parent."""
        path = self._path(folder)
        missing = [step for step in (path, *path.parents) if not step.exists()]
        for step in reversed(missing):
            step.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(step.parent)

    def sync_names(self, folder: str) -> None:
        """Sync a folder and those above it, up to the one that holds the data folder."""
        path = self._path(folder)
        depth = len(PurePosixPath(folder).parts) + 1
        for step in (path, *path.absolute().parents[:depth]):
            if os.access(step, os.R_OK):  # what is above the data folder may not be ours to open
                _sync_folder(step)

    def rename(self, source: str, target: str) -> None:
        """Replace `target` by `source` and sync their folder."""
        path = self._path(target)
        self._path(source).replace(path)
        _sync_folder(path.parent)

    def remove(self, name: str) -> None:
        """Remove a file and sync its folder."""
        path = self._path(name)
        path.unlink()
        _sync_folder(path.parent)

    def free_bytes(self) -> int:
        """The space left for this process."""
        present = next(
            step for step in (self.root.absolute(), *self.root.absolute().parents) if step.exists()
        )
        return shutil.disk_usage(present).free

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts:
            message = f"A name inside the data folder was expected, was {name!r}."
            raise ValueError(message)
        return self.root / parts


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder durable.

    Without it a new or renamed file may be gone after a power loss.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
