# SPDX-License-Identifier: Apache-2.0
"""Parties: what kind each is, with which keys and powers it acts, and what others vouch for."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import exists, literal_column, select

from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.schema import (
    credentials,
    directives,
    freezes,
    parties,
    party_keys,
    party_powers,
)
from lejar.projections.snapshot import Found, Snapshot
from lejar.projections.standing import Standing


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party; `entry` is the one that registered it, 0 for the genesis."""

    id: bytes
    kind: str
    status: str
    registered_at: int
    registrar: bytes
    is_frozen: bool
    entry: int


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A public key; `until_entry` none means that it still signs."""

    public: bytes
    roles: tuple[str, ...]
    version: int
    entry: int
    until_entry: int | None


@dataclass(frozen=True, slots=True)
class CredentialLine:
    """What an issuer vouches for; it stands until revoked, or expired at the hub's moment."""

    type: str
    issuer: bytes
    granted_at: int
    expires_at: int | None
    revoked_at: int | None
    entry: int


@dataclass(frozen=True, slots=True)
class FreezeLine:
    """A freeze in force, of a party or an account; `basis` is the directive's, on one line."""

    directive: bytes
    agency: bytes
    basis: str
    at: int
    expires_at: int | None
    entry: int


@dataclass(frozen=True, slots=True)
class PartyFound:
    """One party with its keys (the newest first), powers and credentials."""

    standing: Standing
    party: PartyLine
    thresholds: dict[str, int]
    """How many keys must sign together in a role; one where none is named."""
    keys: tuple[KeyLine, ...]
    powers: tuple[str, ...]
    credentials: tuple[CredentialLine, ...]
    freezes: tuple[FreezeLine, ...]
    """The earliest first."""


_LINE = (
    parties.c.id,
    parties.c.kind,
    parties.c.status,
    parties.c.registered_at,
    parties.c.registrar,
    exists(select(literal_column("1")).where(freezes.c.subject == parties.c.id)).label("is_frozen"),
    parties.c.entry,
)


def parties_page(
    snapshot: Snapshot, *, kind: str | None = None, wanted: Wanted = FIRST_PAGE
) -> Page[PartyLine]:
    """Give a page of parties in the order in which they came."""
    query = select(*_LINE).select_from(parties)
    if kind is not None:
        query = query.where(parties.c.kind == kind)
    return page(snapshot, _LISTING, query, wanted)


def party(snapshot: Snapshot, id_: bytes) -> PartyFound | None:
    """Give one party."""
    query = select(*_LINE, parties.c.thresholds).select_from(parties).where(parties.c.id == id_)
    row = snapshot.connection.execute(query).one_or_none()
    if row is None:
        return None
    return PartyFound(
        snapshot.standing,
        _line(row),
        msgspec.json.decode(row.thresholds, type=dict[str, int]),
        _keys(snapshot, id_),
        _powers(snapshot, id_),
        _credentials(snapshot, id_),
        _freezes(snapshot, id_),
    )


def _keys(snapshot: Snapshot, party_id: bytes) -> tuple[KeyLine, ...]:
    c = party_keys.c
    query = select(c.public, c.roles, c.version, c.entry, c.until_entry)
    query = query.where(c.party == party_id).order_by(c.version.desc(), c.ordinal)
    return tuple(
        KeyLine(public, tuple(roles.split()), version, entry, until)
        for public, roles, version, entry, until in snapshot.connection.execute(query)
    )


def _powers(snapshot: Snapshot, party_id: bytes) -> tuple[str, ...]:
    query = select(party_powers.c.power).where(party_powers.c.party == party_id)
    return tuple(snapshot.connection.execute(query.order_by(party_powers.c.power)).scalars())


def _credentials(snapshot: Snapshot, party_id: bytes) -> tuple[CredentialLine, ...]:
    c = credentials.c
    query = select(c.type, c.issuer, c.granted_at, c.expires_at, c.revoked_at, c.entry)
    found = snapshot.connection.execute(query.where(c.party == party_id).order_by(c.type))
    return tuple(CredentialLine(*row) for row in found)


def _freezes(snapshot: Snapshot, subject: bytes) -> tuple[FreezeLine, ...]:
    c, told = freezes.c, directives.c
    query = (
        select(c.directive, c.agency, told.cited, c.at, told.expires_at, c.entry)
        .join(directives, told.id == c.directive)
        .where(c.subject == subject)
        .order_by(c.entry, c.directive)
    )
    return tuple(FreezeLine(*row) for row in snapshot.connection.execute(query))


def _line(row: Found) -> PartyLine:
    return PartyLine(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6])


_LISTING: Listing[PartyLine] = Listing(
    "parties", (parties.c.entry, parties.c.id), _line, newest_first=False
)
