# SPDX-License-Identifier: Apache-2.0
"""Entries and blocks, without what an entry moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.schema import blocks, entries, entry_parties
from lejar.projections.snapshot import Found, Snapshot
from lejar.projections.standing import Standing

DUPLICATE = "command_duplicate"


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry.  `refusal` is the code of the refusal, none when it was accepted."""

    number: int
    block: int
    at: int
    command_id: bytes
    command: str
    refusal: str | None
    envelope: bytes | None
    """The digest of the envelope; none for due work, which nobody sent."""
    digest: bytes
    """The receipt's salted digest: the log's leaf data."""
    signers: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class EntryFound:
    """One entry, as at a standing."""

    standing: Standing
    entry: EntryLine


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries: none means all."""

    command: str | None = None
    outcome: str | None = None
    """`accepted` or `refused`."""
    signer: bytes | None = None


@dataclass(frozen=True, slots=True)
class BlockLine:
    """One block: its moments, its entries' numbers, its roots and its seal's digest."""

    number: int
    at: int
    ordered_at: int
    first: int
    last: int
    log_root: bytes
    state_root: bytes
    parent: bytes
    seal: bytes


LINE = (
    entries.c.number,
    entries.c.block,
    entries.c.at,
    entries.c.command_id,
    entries.c.command,
    entries.c.refusal,
    entries.c.envelope,
    entries.c.digest,
)

EVERYTHING = EntryFilter()


def entries_page(
    snapshot: Snapshot, only: EntryFilter = EVERYTHING, wanted: Wanted = FIRST_PAGE
) -> Page[EntryLine]:
    """Give a page of entries, the newest first."""
    query: Select[Any] = select(*LINE)
    order: ColumnElement[int] = entries.c.number
    if only.command is not None:
        query = query.where(entries.c.command == only.command)
    if only.outcome is not None:
        query = query.where(entries.c.outcome == only.outcome)
    if only.signer is not None:
        order = entry_parties.c.entry
        query = query.add_columns(order).join(entry_parties, order == entries.c.number)
        query = query.where(entry_parties.c.party == only.signer, entry_parties.c.signed)
    return entry_lines(snapshot, query, order, wanted)


def entry(snapshot: Snapshot, number: int) -> EntryFound | None:
    """Give an entry by its number."""
    return _one(snapshot, select(*LINE).where(entries.c.number == number))


def entry_of_command(snapshot: Snapshot, command_id: bytes) -> EntryFound | None:
    """Give the entry of a command: the accepted one, or else the first of its refusals.

    A repetition is an entry too, and carries the id of the command that it repeats.
    """
    query = select(*LINE).where(entries.c.command_id == command_id)
    order = (entries.c.refusal.is_not(None), entries.c.number)
    return _one(snapshot, query.order_by(*order).limit(1))


def blocks_page(snapshot: Snapshot, wanted: Wanted = FIRST_PAGE) -> Page[BlockLine]:
    """Give a page of blocks, the newest first."""
    return page(snapshot, _BLOCKS, select(blocks), wanted)


def entry_lines(
    snapshot: Snapshot, query: Select[Any], order: ColumnElement[int], wanted: Wanted
) -> Page[EntryLine]:
    """Page a query that selects entries' lines, and add who signed each.

    `order` is the selected column that holds an entry's number in whichever table leads the query:
    then no page has to sort.
    """
    found = page(snapshot, Listing("entries", (order,), _as_it_is), query, wanted)
    lines = _signed(snapshot, found.rows)
    return Page(found.standing, lines, found.before, found.after)


def _one(snapshot: Snapshot, query: Select[Any]) -> EntryFound | None:
    row = snapshot.connection.execute(query).one_or_none()
    return None if row is None else EntryFound(snapshot.standing, _signed(snapshot, (row,))[0])


def _signed(snapshot: Snapshot, rows: Sequence[Found]) -> tuple[EntryLine, ...]:
    signers: dict[int, list[bytes]] = {row.number: [] for row in rows}
    c = entry_parties.c
    query = select(c.entry, c.party).where(c.entry.in_(list(signers)), c.signed)
    query = query.order_by(c.entry, c.party)
    for number, party in snapshot.connection.execute(query):
        signers[number].append(party)
    return tuple(_line(row, tuple(signers[row.number])) for row in rows)


def _line(row: Found, signers: tuple[bytes, ...]) -> EntryLine:
    return EntryLine(
        row.number,
        row.block,
        row.at,
        row.command_id,
        row.command,
        row.refusal,
        row.envelope,
        row.digest,
        signers,
    )


def _as_it_is(row: Found) -> Found:
    return row


def _block(row: Found) -> BlockLine:
    return BlockLine(*row)


_BLOCKS: Listing[BlockLine] = Listing("blocks", (blocks.c.number,), _block)
