# SPDX-License-Identifier: Apache-2.0
"""A batch of envelopes: what the door says of each, then what the writer says of the rest.

The path that must be fast.  An item costs the door's arithmetic, one partial decode of its receipt
and a row of three; no message is built for it.
"""

import hashlib
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from lejar.gateways.rest.mapping import malformation
from lejar.gateways.rest.seams import Answer, Door
from lejar.kernel.entry import Entry
from lejar.kernel.failure import Malformed

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


class Admitted(msgspec.Struct, frozen=True):
    """What passed the door, and rows for what did not; `rows` has none where one is awaited."""

    envelopes: list[bytes]
    rows: list[Row | None]


def admitted(door: Door, network: bytes, items: Sequence[bytes | Malformed]) -> Admitted:
    """Ask the door about every item; blocking, so run it beside the event loop."""
    envelopes: list[bytes] = []
    rows: list[Row | None] = []
    for item in items:
        if isinstance(item, Malformed):
            rows.append(("malformed", None, "malformed"))
            continue
        try:
            door.admit(item)
        except Malformed as malformed:
            rows.append(("malformed", None, malformation(item, network, malformed).code))
        else:
            envelopes.append(item)
            rows.append(None)
    return Admitted(envelopes, rows)


def answered(batch: Admitted, answers: Sequence[Answer]) -> list[Row]:
    """Put the writer's answers where they are awaited."""
    waiting = zip(batch.envelopes, answers, strict=True)
    return [_row(*next(waiting)) if row is None else row for row in batch.rows]


def _row(envelope: bytes, answer: Answer) -> Row:
    entry = answer.entry
    if entry is None:
        word: Word = "busy" if answer.outcome == "busy" else "closed"
        return (word, None, word)
    if answer.outcome == "known" and is_another(entry, envelope):
        return ("refused", None, "command_id_taken")
    told = _told(entry.receipt)
    if told.refusal is None:
        return ("accepted", told.number, None)
    return ("refused", told.number, told.refusal[0])


def is_another(entry: Entry, envelope: bytes) -> bool:
    """Say whether the entry of a command id was made by another envelope than this."""
    return _told(entry.receipt).envelope != hashlib.sha256(envelope).digest()
