# SPDX-License-Identifier: Apache-2.0
"""State: named tables of frozen records, read in key order.

There is one mapping from key bytes to record; the first byte of a key is the table's tag.  One
mapping makes a draft an overlay, a snapshot a walk and a commitment a list of touched keys.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from lejar.kernel.codec import Record, decoder
from lejar.kernel.failure import must
from lejar.kernel.memory import Memory

R = TypeVar("R")

INSORT_MAX = 64
"""More new keys than this since the last scan are sorted together instead of one by one."""


class Reader(Protocol):
    """What may be read: the state as sealed, or a draft on top of it."""

    @property
    def at(self) -> int:
        """The moment of the block, in microseconds."""

    def get(self, key: bytes) -> Any | None:
        """Give the record under a full key, or none."""

    def scan(self, prefix: bytes, after: bytes = b"") -> Iterator[tuple[bytes, Any]]:
        """Walk the records whose key starts with a prefix, in key order."""


class Writer(Reader, Protocol):
    """A draft: what can be written to."""

    def put(self, key: bytes, record: Any) -> None:
        """Write a record under a full key."""

    def remove(self, key: bytes) -> None:
        """Remove what is under a full key."""


class Table(Generic[R]):
    """A typed view on the keys that begin with one tag."""

    __slots__ = ("derived", "name", "prefix", "read", "record")

    def __init__(self, tag: int, name: str, record: type[R], *, derived: bool = False) -> None:
        self.prefix = bytes([tag])
        self.name = name
        self.record = record
        self.derived = derived
        self.read = decoder(record)

    def get(self, reader: Reader, key: bytes) -> R | None:
        """Give the record, or none."""
        found: R | None = reader.get(self.prefix + key)
        return found

    def require(self, reader: Reader, key: bytes) -> R:
        """Give a record that must be there; its absence is our own mistake."""
        found: R | None = reader.get(self.prefix + key)
        must(found is not None, f"the table {self.name} lacks a record that it must have")
        return found  # type: ignore[return-value]  # must() has said that it is not None

    def put(self, draft: Writer, key: bytes, record: R) -> None:
        """Write the record."""
        draft.put(self.prefix + key, record)

    def remove(self, draft: Writer, key: bytes) -> None:
        """Remove the record."""
        draft.remove(self.prefix + key)

    def scan(
        self, reader: Reader, prefix: bytes = b"", after: bytes = b""
    ) -> Iterator[tuple[bytes, R]]:
        """Walk (key, record) in key order, without the tag; `after` starts behind a key."""
        start = self.prefix + after if after else b""
        for key, record in reader.scan(self.prefix + prefix, start):
            yield key[1:], record


class SortedKeys:
    """The keys of one table in order; sorted when somebody scans, not when somebody writes."""

    __slots__ = ("_dropped", "_fresh", "_keys")

    def __init__(self) -> None:
        self._keys: list[bytes] = []
        self._fresh: list[bytes] = []
        self._dropped: dict[bytes, None] = {}

    def add(self, key: bytes) -> None:
        """Note a new key."""
        if key in self._dropped:
            del self._dropped[key]
        else:
            self._fresh.append(key)

    def drop(self, key: bytes) -> None:
        """Note a key that is gone."""
        self._dropped[key] = None

    def from_(self, start: bytes) -> Iterator[bytes]:
        """Walk the keys from `start` on; the walk ends cleanly if keys are added meanwhile."""
        keys = self._settled()
        for place in range(bisect_left(keys, start), len(keys)):
            yield keys[place]

    def _settled(self) -> list[bytes]:
        if self._fresh or self._dropped:
            self._settle()
        return self._keys

    def _settle(self) -> None:
        keys, dropped = list(self._keys), self._dropped
        if len(self._fresh) > INSORT_MAX:
            keys.extend(self._fresh)
            keys.sort()
        else:
            for key in self._fresh:
                insort(keys, key)
        if dropped:
            keys = [key for key in keys if key not in dropped]
        self._keys, self._fresh, self._dropped = keys, [], {}


class Observer(Protocol):
    """Somebody who watches how movements are judged, and can change nothing: the laboratory."""

    def judged(self, draft: Any, legs: Sequence[Any], purpose: Any, refused: Any) -> None:
        """See legs that were judged, before they are posted, and the refusal if there was one."""

    def sealed(self, receipt: Any) -> None:
        """See what became of the entry in which they were judged."""


class State:
    """Everything the hub knows, as at the last entry."""

    __slots__ = ("_keys", "at", "block", "entry", "memory", "observer", "ordered_at", "records")

    def __init__(self) -> None:
        self.records: dict[bytes, Any] = {}
        self._keys: dict[int, SortedKeys] = {}
        self.memory = Memory()
        self.observer: Observer | None = None
        self.block = 0
        self.entry = 0
        self.at = 0
        self.ordered_at = 0

    def get(self, key: bytes) -> Any | None:
        """Give the record under a full key, or none."""
        return self.records.get(key)

    def scan(self, prefix: bytes, after: bytes = b"") -> Iterator[tuple[bytes, Any]]:
        """Walk the records whose key starts with a prefix, in key order."""
        keys = self._keys.get(prefix[0])
        if keys is None:
            return
        for key in keys.from_(max(prefix, after + b"\0") if after else prefix):
            if not key.startswith(prefix):
                return
            yield key, self.records[key]

    def absorb(self, writes: dict[bytes, Any]) -> None:
        """Take over a draft's writes; none stands for a removal."""
        records = self.records
        for key, record in writes.items():
            if record is None:
                if records.pop(key, None) is not None:
                    self._table(key[0]).drop(key)
            else:
                if key not in records:
                    self._table(key[0]).add(key)
                records[key] = record

    def load(self, items: Iterable[tuple[bytes, Record]]) -> None:
        """Fill an empty state from a snapshot."""
        self.absorb(dict(items))

    def _table(self, tag: int) -> SortedKeys:
        keys = self._keys.get(tag)
        if keys is None:
            keys = self._keys[tag] = SortedKeys()
        return keys
