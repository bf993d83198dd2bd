# SPDX-License-Identifier: Apache-2.0
"""Which command ids have been ordered, until their validity ends.

Buckets by minute make forgetting cheap; a block forgets before it remembers, so every node holds
the same ids at the same entry.
"""

from lejar.kernel.entry import Remembered
from lejar.kernel.moment import MICROS_PER_MINUTE


class Memory:
    """Command id to entry number, with an end."""

    __slots__ = ("_buckets", "_forgotten", "entries")

    def __init__(self) -> None:
        self.entries: dict[bytes, int] = {}
        self._buckets: dict[int, list[bytes]] = {}
        self._forgotten = 0

    def remember(self, command_id: bytes, valid_until: int, entry: int) -> None:
        """Keep an id until its validity has ended; the first entry it had stays the answer."""
        if command_id in self.entries:
            return
        self.entries[command_id] = entry
        minute = valid_until // MICROS_PER_MINUTE
        bucket = self._buckets.get(minute)
        if bucket is None:
            self._buckets[minute] = [command_id]
        else:
            bucket.append(command_id)

    def forget(self, ordered_at: int) -> None:
        """Drop the ids whose whole minute of validity lies in the past."""
        minute = ordered_at // MICROS_PER_MINUTE
        if minute == self._forgotten:
            return
        self._forgotten = minute
        for old in sorted(self._buckets):
            if old >= minute:
                return
            for command_id in self._buckets.pop(old):
                del self.entries[command_id]

    def dump(self) -> tuple[Remembered, ...]:
        """Give all buckets in order, for a snapshot."""
        return tuple(
            Remembered(minute, tuple((one, self.entries[one]) for one in self._buckets[minute]))
            for minute in sorted(self._buckets)
        )

    def load(self, buckets: tuple[Remembered, ...]) -> None:
        """Fill an empty memory from a snapshot."""
        for bucket in buckets:
            for command_id, entry in bucket.commands:
                self.remember(command_id, bucket.minute * MICROS_PER_MINUTE, entry)
