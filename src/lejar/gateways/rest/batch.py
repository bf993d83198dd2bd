# SPDX-License-Identifier: Apache-2.0
"""A batch of envelopes: what the door says of each, then what the writer says of the rest.

The path that must be fast.  An item costs the door's arithmetic, one partial decode of its receipt
and a row of three; no message is built for it.
"""

import hashlib
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from lejar.kernel.entry import Entry
from lejar.node.door import Door, Turned
from lejar.node.wire import Answer, Outcome

Word: TypeAlias = Literal["accepted", "refused", "malformed", "busy", "closed"]
Row: TypeAlias = tuple[Word, int | None, str | None]
"""`[outcome, entry number, code]`, as the answer carries it."""


class Told(msgspec.Struct, array_like=True, gc=False):
    """The beginning of a receipt: as much as an outcome needs, the rest left undecoded."""

    number: int
    block: msgspec.Raw
    at: msgspec.Raw
    command_id: msgspec.Raw
    command: msgspec.Raw
    envelope: bytes
    signers: msgspec.Raw
    refusal: tuple[str, msgspec.Raw] | None


_told: Final = msgspec.msgpack.Decoder(Told).decode
_entry: Final = msgspec.msgpack.Decoder(Entry).decode


class Admitted(msgspec.Struct, frozen=True):
    """What passed the door, and rows for what did not; `rows` has none where one is awaited."""

    envelopes: list[tuple[bytes, bytes]]
    """(command id, envelope) pairs."""
    rows: list[Row | None]


def admitted(door: Door, items: Sequence[bytes]) -> Admitted:
    """Ask the door about every item; blocking, so run it beside the event loop."""
    envelopes: list[tuple[bytes, bytes]] = []
    rows: list[Row | None] = []
    for found in door.admit_all(items):
        if isinstance(found, Turned):
            rows.append(("malformed", None, found.code))
        else:
            envelopes.append((found.body.command_id, found.data))
            rows.append(None)
    return Admitted(envelopes, rows)


def answered(batch: Admitted, answers: Sequence[Answer]) -> list[Row]:
    """Put the writer's answers where they are awaited."""
    waiting = zip(batch.envelopes, answers, strict=True)
    return [_row(*next(waiting)) if row is None else row for row in batch.rows]


def _row(sent: tuple[bytes, bytes], answer: Answer) -> Row:
    if answer.record is None:
        word = unanswered(answer.outcome)
        return (word, None, word)
    told = _told(_entry(answer.record).receipt)
    if answer.outcome is Outcome.KNOWN and told.envelope != hashlib.sha256(sent[1]).digest():
        return ("refused", None, "command_id_taken")
    if told.refusal is None:
        return ("accepted", told.number, None)
    return ("refused", told.number, told.refusal[0])


def unanswered(outcome: Outcome) -> Literal["busy", "closed"]:
    """Give the word for an envelope that was not ordered."""
    return "busy" if outcome is Outcome.BUSY else "closed"
