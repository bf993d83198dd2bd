# SPDX-License-Identifier: Apache-2.0
"""A draft: what one command wants to change, kept apart until it is accepted.

Reads fall through to the state and see the draft's own writes.  A refusal drops the draft, so no
rollback code exists anywhere.
"""

from collections.abc import Iterator
from heapq import merge
from typing import Any, Final

from lejar.kernel.identifiers import derive
from lejar.kernel.posting import Posting
from lejar.kernel.state import State

_UNTOUCHED: Final = object()


class Draft:
    """An overlay on the state, with the postings and events that explain it."""

    __slots__ = (
        "_made",
        "at",
        "command_id",
        "events",
        "ordered_at",
        "postings",
        "signers",
        "state",
        "until",
        "writes",
    )

    def __init__(self, state: State, command_id: bytes, until: int = 0) -> None:
        self.state = state
        self.command_id = command_id
        self.until = until
        self.at: int = state.at
        self.ordered_at: int = state.ordered_at
        self.writes: dict[bytes, Any] = {}
        self.postings: list[Posting] = []
        self.events: list[Any] = []
        self.signers: tuple[bytes, ...] = ()
        self._made = 0

    def get(self, key: bytes) -> Any | None:
        """Give the record under a full key as this draft would leave it."""
        found = self.writes.get(key, _UNTOUCHED)
        return self.state.records.get(key) if found is _UNTOUCHED else found

    def put(self, key: bytes, record: Any) -> None:
        """Write a record under a full key."""
        self.writes[key] = record

    def remove(self, key: bytes) -> None:
        """Remove what is under a full key."""
        self.writes[key] = None

    def emit(self, event: Any) -> None:
        """Say what happened, in the past tense."""
        self.events.append(event)

    def new_id(self, kind: str) -> bytes:
        """Name the next thing this command creates.

        A command id is forgotten when its validity has ended, and may come again; with the end of
        validity beside it, the id of an older thing never does.
        """
        self._made += 1
        return derive(self.command_id, self.until, self._made, kind)

    def scan(self, prefix: bytes, after: bytes = b"") -> Iterator[tuple[bytes, Any]]:
        """Walk the records under a prefix in key order, as this draft would leave them.

        The draft's own part is taken when the walk begins: write after it, not within.
        """
        writes = dict(self.writes)
        own = sorted(key for key in writes if key.startswith(prefix) and key > after)
        stored = ((k, r) for k, r in self.state.scan(prefix, after) if k not in writes)
        written = ((key, writes[key]) for key in own if writes[key] is not None)
        return merge(stored, written, key=lambda pair: pair[0])
