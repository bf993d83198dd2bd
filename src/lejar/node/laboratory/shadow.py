# SPDX-License-Identifier: Apache-2.0
"""A shadow of the state: what happened, but with the draft pack's own counters beside it.

Everything is read from the real state except what rules count for themselves: those tables begin
empty with the journal and are filled as if the draft pack had been there from the first entry.
"""

from collections.abc import Iterator
from typing import Any

from lejar.domain.policy.approvals import APPROVALS
from lejar.domain.policy.cohorts import USES
from lejar.domain.policy.flows import EXPECTED, FLOWS
from lejar.domain.policy.tallies import HOLDER_NOTES, TALLIES
from lejar.kernel.state import Reader, SortedKeys

_COUNTED = (FLOWS, EXPECTED, TALLIES, HOLDER_NOTES, USES)
COUNTERS = {table.prefix[0]: table.name for table in _COUNTED}
_USED_UP = APPROVALS.prefix[0]
"""Approvals are real, but what the draft pack would have used up of them is its own."""


class Shadow:
    """Reads through to the state, or to a draft on it; keeps the counters apart."""

    __slots__ = ("_keys", "counters", "under")

    def __init__(self, under: Reader) -> None:
        self.under = under
        self.counters: dict[bytes, Any] = {}
        self._keys = SortedKeys()

    @property
    def at(self) -> int:
        """The moment of the block."""
        return self.under.at

    def get(self, key: bytes) -> Any | None:  # noqa: ANN401 - a state carries any record
        """Give a counter of the draft's own, or a record as it really stands."""
        if key[0] in COUNTERS:
            return self.counters.get(key)
        if key[0] == _USED_UP and key in self.counters:
            return self.counters[key]
        return self.under.get(key)

    def put(self, key: bytes, record: Any) -> None:  # noqa: ANN401 - the same
        """Write a counter."""
        if key not in self.counters:
            self._keys.add(key)
        self.counters[key] = record

    def remove(self, key: bytes) -> None:
        """Remove a counter."""
        if key[0] == _USED_UP:
            self.counters[key] = None
        elif self.counters.pop(key, None) is not None:
            self._keys.drop(key)

    def scan(self, prefix: bytes, after: bytes = b"") -> Iterator[tuple[bytes, Any]]:
        """Walk records in key order."""
        if prefix[0] not in COUNTERS:
            yield from self.under.scan(prefix, after)
            return
        for key in self._keys.from_(max(prefix, after + b"\0") if after else prefix):
            if not key.startswith(prefix):
                return
            yield key, self.counters[key]
