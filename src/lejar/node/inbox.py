# SPDX-License-Identifier: Apache-2.0
"""The writer's inbox: bounded, idempotent, answered after the sync.

Blocks form by natural batching: whatever waits when the writer is free, up to a bound, is the next
block.  A slot stands for one envelope; the same bytes handed in twice share a slot.
"""

from collections import deque
from collections.abc import Callable

from lejar.node.wire import Answer, Outcome

ENVELOPES_MAX = 16_384
BLOCK_ENVELOPES_MAX = 512
BLOCK_BYTES_MAX = 4 << 20

_BUSY = Answer(Outcome.BUSY, None)


class Submission:
    """Envelopes that came in one request; answered together, in their order."""

    __slots__ = ("_left", "_reply", "answers")

    def __init__(self, size: int, reply: Callable[[list[Answer]], None]) -> None:
        self.answers: list[Answer] = [_BUSY] * size
        self._left = size
        self._reply = reply
        if not size:
            reply([])

    def settle(self, place: int, answer: Answer) -> None:
        """Answer one envelope; the last answer sends the reply."""
        self.answers[place] = answer
        self._left -= 1
        if not self._left:
            self._reply(self.answers)


class Slot:
    """One envelope on its way, and everybody who waits for it."""

    __slots__ = ("command_id", "data", "waiting")

    def __init__(self, command_id: bytes, data: bytes) -> None:
        self.command_id = command_id
        self.data = data
        self.waiting: list[tuple[Submission, int]] = []

    def settle(self, answer: Answer) -> None:
        """Answer everybody; those after the first learn that it was known."""
        for number, (submission, place) in enumerate(self.waiting):
            known = number > 0 and answer.outcome is Outcome.SEALED
            submission.settle(place, Answer(Outcome.KNOWN, answer.record) if known else answer)


class Inbox:
    """Slots in the order of their coming."""

    def __init__(self, envelopes_max: int = ENVELOPES_MAX) -> None:
        self._queue: deque[Slot] = deque()
        self._by_data: dict[bytes, Slot] = {}
        self._max = envelopes_max

    def __len__(self) -> int:
        """Give how many envelopes wait."""
        return len(self._queue)

    def put(self, submission: Submission, place: int, command_id: bytes, data: bytes) -> None:
        """Let an envelope wait, or answer that the inbox is full."""
        slot = self._by_data.get(data)
        if slot is None:
            if len(self._queue) >= self._max:
                submission.settle(place, _BUSY)
                return
            slot = self._by_data[data] = Slot(command_id, data)
            self._queue.append(slot)
        slot.waiting.append((submission, place))

    def take(self) -> list[Slot]:
        """Take the next block's envelopes."""
        taken: list[Slot] = []
        size = 0
        queue = self._queue
        while queue and len(taken) < BLOCK_ENVELOPES_MAX and size < BLOCK_BYTES_MAX:
            slot = queue.popleft()
            del self._by_data[slot.data]
            size += len(slot.data)
            taken.append(slot)
        return taken
