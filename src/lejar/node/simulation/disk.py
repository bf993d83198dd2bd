# SPDX-License-Identifier: Apache-2.0
"""A disk in memory that fails as real disks do, decided by a seeded random source.

Writes go to the *view* (what the system shows) and wait as *pending* until a sync makes them
*durable*. A power loss keeps any part of what is pending: all, none, a beginning torn at any
byte, or any choice of sectors. A failed sync forgets what was pending: the view still shows it,
and no later sync will ever write it. A name (a created file) is durable only after its folder was
synced, which `rename` and `remove` do.
"""

import errno
import os
from collections.abc import Sequence
from random import Random

import msgspec

SECTOR_BYTES = 512


class PowerLost(Exception):
    """The scheduled crash happened in the middle of an operation: call `crash` and start again."""


class Faults(msgspec.Struct, frozen=True):
    """How likely each operation fails, from 0 to 1."""

    write_error: float = 0.0
    sync_error: float = 0.0
    no_space: float = 0.0
    """A write finds no space although it was reserved, as where a file system copies on write."""


class _Inode:
    """One file: what is shown, what is durable, and what is on its way."""

    def __init__(self) -> None:
        self.view = bytearray()
        self.durable = bytearray()
        self.pending: list[tuple[int, bytes] | int] = []
        """A write (offset, data) or a new size."""


class SimulatedDisk:
    """A data folder in memory, with the operations of `Disk`, faults, and a power switch."""

    def __init__(
        self, random: Random, *, capacity_bytes: int | None = None, faults: Faults | None = None
    ) -> None:
        """Start empty. All chance comes from `random`."""
        self.capacity_bytes = capacity_bytes
        self.faults = faults or Faults()
        self.operations = 0
        """How many operations that change something have begun.

        Each of them is a point to crash at.
        """
        self.crash_at: int | None = None
        """The number of the operation in which the power fails; none: it stays on."""
        self.syncs = 0
        self._random = random
        self._shown: dict[str, _Inode] = {}
        self._durable: dict[str, _Inode] = {}
        self._epoch = 0

    # The operations of `Disk`.

    def open(self, name: str, *, create: bool = False, write: bool = False) -> "SimulatedFile":
        """Open an existing file, or a new one when `create`."""
        if create:
            if name in self._shown:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name)
            self._shown[name] = _Inode()
            self.step()
        if name not in self._shown:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        return SimulatedFile(self, self._shown[name], name, self._epoch, writable=write)

    def exists(self, name: str) -> bool:
        """Whether a file of that name is shown."""
        return name in self._shown

    def files(self, folder: str) -> tuple[str, ...]:
        """The names in a folder, in order."""
        return tuple(sorted(name for name in self._shown if name.rpartition("/")[0] == folder))

    def make_folder(self, folder: str) -> None:
        """Folders exist by the names in them."""

    def rename(self, source: str, target: str) -> None:
        """Replace `target`; a crash leaves the old or the new names."""
        self._shown[target] = self._shown.pop(source)
        self.step()
        self._sync_names(target)

    def remove(self, name: str) -> None:
        """Remove a file; a crash may leave it."""
        del self._shown[name]
        self.step()
        self._sync_names(name)

    def free_bytes(self) -> int:
        """The space that is left."""
        if self.capacity_bytes is None:
            return 1 << 40
        return max(0, self.capacity_bytes - self.used_bytes())

    def used_bytes(self) -> int:
        """The space that the files take."""
        return sum(len(inode.view) for inode in self._shown.values())

    # The switches of the simulation.

    def kill(self) -> None:
        """The process dies; the machine does not: what was written stays shown and pending."""
        self._epoch += 1
        self.crash_at = None

    def crash(self) -> None:
        """The power fails and comes back.

        Only what is durable, and any part of what was pending, is left.
        """
        self.kill()
        folders = {name.rpartition("/")[0] for name in (*self._shown, *self._durable)}
        for folder in sorted(folders):
            if self._random.random() < 0.5:  # noqa: PLR2004 - an even chance
                self._sync_names(f"{folder}/")
        self._shown = dict(self._durable)
        for inode in sorted_inodes(self._shown):
            inode.durable = self._survivor(inode)
            inode.view = bytearray(inode.durable)
            inode.pending.clear()

    def flip(self, name: str, offset: int, mask: int = 1) -> None:
        """Decay: change bits of one durable byte, as seen after the next read."""
        inode = self._shown[name]
        inode.view[offset] ^= mask
        if offset < len(inode.durable):
            inode.durable[offset] ^= mask

    def content(self, name: str) -> bytes:
        """What is shown in a file."""
        return bytes(self._shown[name].view)

    def put(self, name: str, data: bytes) -> None:
        """Replace a file's content by hand, durably."""
        inode = self._shown.setdefault(name, _Inode())
        inode.view, inode.durable = bytearray(data), bytearray(data)
        inode.pending.clear()
        self._durable[name] = inode

    # What the files need.

    def step(self) -> None:
        """Count an operation and fail here if the power was to fail here."""
        self.operations += 1
        if self.crash_at is not None and self.operations >= self.crash_at:
            raise PowerLost

    def check_epoch(self, epoch: int) -> None:
        """A file opened before a crash is of no use after it."""
        if epoch != self._epoch:
            raise OSError(errno.EBADF, "the process that opened this file is dead")

    def write(self, inode: _Inode, offset: int, data: bytes) -> None:
        """Write as far as faults and space allow."""
        chance = self._random.random()
        fault = 0
        if chance < self.faults.write_error:
            fault = errno.EIO
        elif chance < self.faults.write_error + self.faults.no_space:
            fault = errno.ENOSPC
        kept = self._random.randrange(len(data) + 1) if fault and data else len(data)
        room = len(inode.view) + self.free_bytes() - offset
        if kept > room:
            fault, kept = errno.ENOSPC, max(0, room)
        if kept:
            end = offset + kept
            inode.view.extend(bytes(max(0, end - len(inode.view))))
            inode.view[offset:end] = data[:kept]
            inode.pending.append((offset, data[:kept]))
        self.step()
        if fault:
            raise OSError(fault, os.strerror(fault))

    def resize(self, inode: _Inode, size: int) -> None:
        """Cut or extend a file."""
        if size - len(inode.view) > self.free_bytes():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        _apply_size(inode.view, size)
        inode.pending.append(size)
        self.step()

    def sync(self, inode: _Inode) -> None:
        """Make a file durable, or forget what was on its way."""
        self.step()
        self.syncs += 1
        failed = self._random.random() < self.faults.sync_error
        if failed:
            inode.durable = self._survivor(inode)
        else:
            for change in inode.pending:
                _apply(inode.durable, change)
        inode.pending.clear()
        if failed:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    def _sync_names(self, name: str) -> None:
        """Make the names in the folder of `name` durable."""
        folder = name.rpartition("/")[0]
        others = {
            key: inode for key, inode in self._durable.items() if key.rpartition("/")[0] != folder
        }
        shown = {
            key: inode for key, inode in self._shown.items() if key.rpartition("/")[0] == folder
        }
        self._durable = {**others, **shown}

    def _survivor(self, inode: _Inode) -> bytearray:
        """A content that may be left when the power fails now."""
        data = bytearray(inode.durable)
        fate = self._random.randrange(4)
        count = len(inode.pending) if fate == 0 else self._random.randrange(len(inode.pending) + 1)
        if fate == 1:
            return data
        for position, change in enumerate(inode.pending[:count]):
            if isinstance(change, int) or fate == 0:
                _apply(data, change)
            elif fate == 3:  # noqa: PLR2004 - the fourth fate: each sector for itself
                self._apply_sectors(data, *change)
            else:
                torn = fate == 2 and position == count - 1  # noqa: PLR2004 - the third fate: a torn end
                length = self._random.randrange(len(change[1]) + 1) if torn else len(change[1])
                _apply_write(data, change[0], change[1][:length])
        return data

    def _apply_sectors(self, data: bytearray, offset: int, written: bytes) -> None:
        """Keep each sector of a write with an even chance."""
        end = offset + len(written)
        start = offset
        while start < end:
            stop = min(end, (start // SECTOR_BYTES + 1) * SECTOR_BYTES)
            if self._random.getrandbits(1):
                _apply_write(data, start, written[start - offset : stop - offset])
            start = stop


class SimulatedFile:
    """An open file of a `SimulatedDisk`."""

    def __init__(
        self, disk: SimulatedDisk, inode: _Inode, name: str, epoch: int, *, writable: bool
    ) -> None:
        """Use `SimulatedDisk.open`."""
        self._disk = disk
        self._inode = inode
        self._name = name
        self._epoch = epoch
        self._writable = writable

    def size(self) -> int:
        """The shown length in bytes."""
        self._disk.check_epoch(self._epoch)
        return len(self._inode.view)

    def read(self, offset: int, length: int) -> bytes:
        """What is shown."""
        self._disk.check_epoch(self._epoch)
        return bytes(self._inode.view[offset : offset + length])

    def write(self, offset: int, parts: Sequence[bytes]) -> None:
        """Write to the view; durable only after a sync."""
        self._check_writable()
        self._disk.write(self._inode, offset, b"".join(parts))

    def fdatasync(self) -> None:
        """Make the content durable."""
        self.fsync()

    def fsync(self) -> None:
        """Make the content durable."""
        self._disk.check_epoch(self._epoch)
        self._disk.sync(self._inode)

    def truncate(self, size: int) -> None:
        """Cut or extend."""
        self._check_writable()
        self._disk.resize(self._inode, size)

    def preallocate(self, size: int) -> None:
        """Extend with zeros, never shorten."""
        self._check_writable()
        if size > len(self._inode.view):
            self._disk.resize(self._inode, size)

    def close(self) -> None:
        """Nothing is held."""

    def _check_writable(self) -> None:
        self._disk.check_epoch(self._epoch)
        if not self._writable:
            raise OSError(errno.EBADF, f"{self._name} is open for reading only")


def sorted_inodes(names: dict[str, _Inode]) -> list[_Inode]:
    """The files in the order of their names, so that the same seed gives the same fates."""
    return [names[name] for name in sorted(names)]


def _apply(data: bytearray, change: tuple[int, bytes] | int) -> None:
    if isinstance(change, int):
        _apply_size(data, change)
    else:
        _apply_write(data, *change)


def _apply_size(data: bytearray, size: int) -> None:
    if size < len(data):
        del data[size:]
    else:
        data.extend(bytes(size - len(data)))


def _apply_write(data: bytearray, offset: int, written: bytes) -> None:
    """Write, filling a hole with zeros."""
    if not written:
        return
    end = offset + len(written)
    if len(data) < end:
        data.extend(bytes(end - len(data)))
    data[offset:end] = written
