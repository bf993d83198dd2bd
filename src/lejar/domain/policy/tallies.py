# SPDX-License-Identifier: Apache-2.0
"""Who holds an asset, counted by country: how many persons, how many units.

Kept by increments, for assets on which some rule asks; the census is taken when a pack first does.
A holder is counted in the country that somebody vouched for when its holding last changed.
"""

from lejar.domain.policy import persons
from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table, Writer
from lejar.ledger.model import OWNED

EVERYWHERE = "*"
NOWHERE = "-"
"""Where a person is counted whose country nobody vouched for."""


class Tally(Record, frozen=True):
    """Persons and units in one country, or everywhere."""

    holders: int
    units: int


class HolderNote(Record, frozen=True):
    """How a holder is counted: asset and person are the key."""

    country: str
    units: int


TALLIES: Table[Tally] = Table(0x39, "tallies", Tally)
HOLDER_NOTES: Table[HolderNote] = Table(0x3A, "holder_notes", HolderNote)
NONE_COUNTED = Tally(0, 0)


def tally(reader: Reader, asset: bytes, country: str) -> Tally:
    """Give the count for a country, or for everywhere; the issuer itself is no holder."""
    return TALLIES.get(reader, asset + country.encode()) or NONE_COUNTED


def recount(draft: Writer, asset: bytes, issuer: bytes, person: bytes) -> None:
    """Count a person anew, after its holding changed."""
    if person == issuer:
        return
    before = HOLDER_NOTES.get(draft, asset + person)
    found = OWNED.get(draft, asset + person)
    units = 0 if found is None else found.total
    where = persons.country(draft, person) or NOWHERE
    after = HolderNote(where, units) if units else None
    if before == after:
        return
    for note, sign in ((before, -1), (after, 1)):
        if note is not None:
            _count(draft, asset, note.country, sign, note.units)
            _count(draft, asset, EVERYWHERE, sign, note.units)
    if after is None:
        HOLDER_NOTES.remove(draft, asset + person)
    else:
        HOLDER_NOTES.put(draft, asset + person, after)


def take_census(draft: Writer, asset: bytes, issuer: bytes) -> None:
    """Count every holder of an asset, because a rule begins to ask.

    Who was counted when a rule last asked may have left since.
    """
    counted = [key for key, _ in HOLDER_NOTES.scan(draft, asset)]
    for key in dict.fromkeys([*counted, *(key for key, _ in OWNED.scan(draft, asset))]):
        recount(draft, asset, issuer, key[len(asset) :])


def _count(draft: Writer, asset: bytes, country: str, sign: int, units: int) -> None:
    key = asset + country.encode()
    now = TALLIES.get(draft, key) or NONE_COUNTED
    after = Tally(now.holders + sign, now.units + sign * units)
    if after == NONE_COUNTED:
        TALLIES.remove(draft, key)
    else:
        TALLIES.put(draft, key, after)
