# SPDX-License-Identifier: Apache-2.0
"""Lists of persons: sanctions, blacklists, whitelists, kept by whoever the pack names.

A decision that a person is not the one on a list rests on what was known of the person then; when
its credentials change, the decision ends by itself.
"""

from lejar.domain.policy import persons
from lejar.kernel.codec import Record, encode
from lejar.kernel.digest import sha256
from lejar.kernel.state import Reader, Table


class ListHead(Record, frozen=True):
    """A list: its name is the key; `digest` is of what it was made from."""

    by: bytes
    version: int
    updated_at: int
    digest: bytes
    members: int


class Listed(Record, frozen=True):
    """A person on a list; name and person are the key."""

    since: int
    expires_at: int | None


class Cleared(Record, frozen=True):
    """The decision that a person is not the one that is listed."""

    by: bytes
    at: int
    expires_at: int | None
    facts: bytes
    """Digest of the credentials that the person held."""
    evidence: bytes


LISTS: Table[ListHead] = Table(0x3C, "lists", ListHead)
LISTED: Table[Listed] = Table(0x3D, "listed", Listed)
CLEARED: Table[Cleared] = Table(0x60, "cleared", Cleared)


def entry_key(name: str, person: bytes) -> bytes:
    """Give the key of a person on a list."""
    return start_of(name) + person


def start_of(name: str) -> bytes:
    """Give what the keys of a list begin with."""
    return sha256(name.encode())[:8]


def is_listed(reader: Reader, name: str, person: bytes) -> bool:
    """Say whether a person stands on a list now."""
    found = LISTED.get(reader, entry_key(name, person))
    return found is not None and (found.expires_at is None or reader.at < found.expires_at)


def is_cleared(reader: Reader, name: str, person: bytes) -> bool:
    """Say whether somebody decided that it is another person, on facts that still stand."""
    found = CLEARED.get(reader, entry_key(name, person))
    if found is None or (found.expires_at is not None and found.expires_at <= reader.at):
        return False
    return found.facts == facts_of(reader, person)


def facts_of(reader: Reader, person: bytes) -> bytes:
    """Give the digest of the credentials that a person holds now, each as it was granted."""
    return sha256(b"lejar/facts/1\n" + encode(persons.standing(reader, person)))
