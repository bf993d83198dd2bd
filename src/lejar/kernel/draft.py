# SPDX-License-Identifier: Apache-2.0
"""A draft: what one command wants to change, kept apart until it is accepted.

Reads fall through to the state and see the draft's own writes.  A refusal drops the draft, so no
rollback code exists anywhere.
"""

from collections.abc import Iterator
from heapq import merge
from typing import Any, Final

from lejar.kernel.envelope import Signed
from lejar.kernel.identifiers import derive
from lejar.kernel.mandate import Carried
from lejar.kernel.posting import Posting
from lejar.kernel.state import State

_UNTOUCHED: Final = object()


class Draft:
    """An overlay on the state, with the postings and events that explain it."""

    __slots__ = (
        "at",
        "authority",
        "carried",
        "command_id",
        "events",
        "made",
        "ordered_at",
        "postings",
        "signatures",
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
        self.signatures: tuple[Signed, ...] = ()
        """Who signed with which key; empty for what runs by itself."""
        self.authority: bytes | None = None
        """Under whose mandate this runs; none for what somebody signed."""
        self.carried: Carried | None = None
        """The command that this command carries; none if it carries none, or one nobody knows."""
        self.made = 0
        """How many things this command has created."""

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

    def take(self, upper: "Draft") -> None:
        """Take over what a draft on top of this one wants to change."""
        self.writes.update(upper.writes)
        self.postings.extend(upper.postings)
        self.events.extend(upper.events)
        self.made = max(self.made, upper.made)

    def new_id(self, kind: str) -> bytes:
        """Name the next thing this command creates.

        A command id is forgotten when its validity has ended, and may come again; with the end of
        validity beside it, the id of an older thing never does.
        """
        self.made += 1
        return derive(self.command_id, self.until, self.made, kind)

    def scan(self, prefix: bytes, after: bytes = b"") -> Iterator[tuple[bytes, Any]]:
        """Walk the records under a prefix in key order, as this draft would leave them.

        The draft's own part is taken when the walk begins: write after it, not within.
        """
        return self._over(self.state.scan(prefix, after), prefix, after)

    def _over(
        self, below: Iterator[tuple[bytes, Any]], prefix: bytes, after: bytes
    ) -> Iterator[tuple[bytes, Any]]:
        writes = dict(self.writes)
        own = sorted(key for key in writes if key.startswith(prefix) and key > after)
        stored = ((k, r) for k, r in below if k not in writes)
        written = ((key, writes[key]) for key in own if writes[key] is not None)
        return merge(stored, written, key=lambda pair: pair[0])


class UpperDraft(Draft):
    """A draft on top of another one: a mandated command is dropped alone, and its entry stays.

    A class of its own, because reading a record is the hottest thing that a draft does.
    """

    __slots__ = ("_lower",)

    def __init__(self, lower: Draft) -> None:
        super().__init__(lower.state, lower.command_id, lower.until)
        self._lower = lower

    def get(self, key: bytes) -> Any | None:
        """Give the record under a full key as this draft would leave it."""
        found = self.writes.get(key, _UNTOUCHED)
        return self._lower.get(key) if found is _UNTOUCHED else found

    def scan(self, prefix: bytes, after: bytes = b"") -> Iterator[tuple[bytes, Any]]:
        """Walk the records under a prefix in key order, as this draft would leave them."""
        return self._over(self._lower.scan(prefix, after), prefix, after)
