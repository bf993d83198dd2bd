# SPDX-License-Identifier: Apache-2.0
"""Finding a thing by the beginning of its id, by its code or ISIN, or by an entry's number.

An id is searched as people see it (`party_k5qw…`).  A few letters are enough, but not so few that
ids could be listed.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Column, or_, select

from lejar.kernel.identifiers import ID_BYTES, PREFIXES
from lejar.projections.schema import (
    accounts,
    assets,
    directives,
    entries,
    instructions,
    parties,
    payments,
    proposals,
)
from lejar.projections.snapshot import Snapshot
from lejar.projections.standing import Standing

LETTERS_MIN: Final = 6
"""30 bits of an id: whoever knows these was shown the id; guessing them finds nothing."""
FOUND_MAX: Final = 20
_LETTER_BITS: Final = 5
_LETTERS_WHOLE: Final = 26
"""Letters of a whole id: 128 bits in groups of 5."""
_ENTRY_DIGITS_MAX: Final = 18

_PLACES: Final[dict[str, Column[bytes]]] = {
    "party": parties.c.id,
    "account": accounts.c.id,
    "asset": assets.c.id,
    "instruction": instructions.c.id,
    "payment": payments.c.id,
    "directive": directives.c.id,
    "proposal": proposals.c.id,
    "command": entries.c.command_id,
}


@dataclass(frozen=True, slots=True)
class Match:
    """Something found: its kind as `kernel.identifiers` names it, its id, and an entry's number."""

    kind: str
    id: bytes
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found, at most twenty."""

    standing: Standing
    found: tuple[Match, ...]


def search(snapshot: Snapshot, text: str) -> Matches:
    """Find by what somebody typed; finds nothing rather than complain."""
    asked = text.strip()
    if asked.isdecimal() and asked.isascii() and len(asked) <= _ENTRY_DIGITS_MAX:
        found = _entry(snapshot, int(asked))
    elif "_" in asked:
        found = _by_id(snapshot, asked.lower())
    else:
        found = _by_code(snapshot, asked.upper())
    return Matches(snapshot.standing, found)


def id_range(letters: str) -> tuple[bytes, bytes] | None:
    """Give the least and the greatest id that begin with these base32 letters, or none."""
    if not LETTERS_MIN <= len(letters) <= _LETTERS_WHOLE:
        return None
    blank = _LETTERS_WHOLE - len(letters)
    try:
        ends = [
            base64.b32decode((letters.upper() + filler * blank) + "=" * 6) for filler in ("A", "7")
        ]
    except (binascii.Error, ValueError):
        return None
    return ends[0][:ID_BYTES], ends[1][:ID_BYTES]


def _entry(snapshot: Snapshot, number: int) -> tuple[Match, ...]:
    query = select(entries.c.command_id).where(entries.c.number == number)
    found = snapshot.connection.execute(query).scalar_one_or_none()
    return () if found is None else (Match("command", found, number),)


def _by_id(snapshot: Snapshot, asked: str) -> tuple[Match, ...]:
    prefix, _, letters = asked.partition("_")
    kind = next((k for k in _PLACES if PREFIXES[k] == prefix), None)
    between = id_range(letters)
    if kind is None or between is None:
        return ()
    column = _PLACES[kind]
    query = select(column).where(column.between(*between)).distinct().order_by(column)
    found = snapshot.connection.execute(query.limit(FOUND_MAX)).scalars()
    return tuple(Match(kind, one) for one in found)


def _by_code(snapshot: Snapshot, asked: str) -> tuple[Match, ...]:
    query = select(assets.c.id).where(or_(assets.c.code == asked, assets.c.isin == asked))
    found = snapshot.connection.execute(query.order_by(assets.c.id).limit(FOUND_MAX)).scalars()
    return tuple(Match("asset", one) for one in found)
