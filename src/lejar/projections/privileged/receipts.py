# SPDX-License-Identifier: Apache-2.0
"""Receipts whole: what an entry moved, what it said, and what proves it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, literal_column, select

from lejar.projections.paging import FIRST_PAGE, SIZE_MAX, Page, Wanted
from lejar.projections.public.entries import LINE, EntryLine, entry_lines
from lejar.projections.schema import accounts, entries, entry_parties, postings
from lejar.projections.snapshot import Snapshot
from lejar.projections.standing import Standing


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One signed change of one balance, and whose account it was."""

    account: bytes
    owner: bytes
    beneficiary: bytes | None
    asset: bytes
    amount: int


@dataclass(frozen=True, slots=True)
class ReceiptFound:
    """A receipt in its bytes with its salt; `facts` are the refusal's, as JSON."""

    standing: Standing
    number: int
    receipt: bytes
    salt: bytes
    digest: bytes
    facts: str | None
    concerned: tuple[bytes, ...]
    """The parties that it is about, in the order of their ids: they may see it."""


def receipt(snapshot: Snapshot, number: int) -> ReceiptFound | None:
    """Give the receipt of an entry."""
    found = _receipts(snapshot, select(*_RECEIPT).where(entries.c.number == number))
    return found[0] if found else None


def receipts_after(snapshot: Snapshot, number: int, size: int) -> tuple[ReceiptFound, ...]:
    """Give receipts in the order of their numbers, from behind one on; for followers and tiles."""
    query = select(*_RECEIPT).where(entries.c.number > number).order_by(entries.c.number)
    return _receipts(snapshot, query.limit(max(1, min(size, SIZE_MAX))))


def postings_of(snapshot: Snapshot, number: int) -> tuple[PostingLine, ...]:
    """Give the postings of an entry, in their order."""
    query = (
        select(
            postings.c.account,
            accounts.c.owner,
            accounts.c.beneficiary,
            postings.c.asset,
            postings.c.amount,
        )
        .join(accounts, accounts.c.id == postings.c.account)
        .where(postings.c.entry == number)
        .order_by(postings.c.ordinal)
    )
    return tuple(PostingLine(*row) for row in snapshot.connection.execute(query))


def entries_of_party(
    snapshot: Snapshot, party: bytes, wanted: Wanted = FIRST_PAGE
) -> Page[EntryLine]:
    """Give a page of the entries that concern a party, whoever signed them, the newest first."""
    query = (
        select(*LINE, entry_parties.c.entry)
        .join(entry_parties, entry_parties.c.entry == entries.c.number)
        .where(entry_parties.c.party == party)
    )
    return entry_lines(snapshot, query, entry_parties.c.entry, wanted)


def entries_of_account(
    snapshot: Snapshot, account: bytes, wanted: Wanted = FIRST_PAGE
) -> Page[EntryLine]:
    """Give a page of the entries that moved something on an account, the newest first."""
    first = postings.alias("first")
    same = (first.c.entry == postings.c.entry) & (first.c.account == account)
    again = exists(select(literal_column("1")).where(same, first.c.ordinal < postings.c.ordinal))
    query = (
        select(*LINE, postings.c.entry)
        .join(postings, postings.c.entry == entries.c.number)
        .where(postings.c.account == account, ~again)
    )
    return entry_lines(snapshot, query, postings.c.entry, wanted)


def _receipts(snapshot: Snapshot, query: Select[Any]) -> tuple[ReceiptFound, ...]:
    rows = snapshot.connection.execute(query).all()
    concerned: dict[int, list[bytes]] = {row.number: [] for row in rows}
    c = entry_parties.c
    whom = select(c.entry, c.party).where(c.entry.in_(list(concerned)))
    for number, party in snapshot.connection.execute(whom.order_by(c.entry, c.party)):
        concerned[number].append(party)
    return tuple(
        ReceiptFound(
            snapshot.standing,
            row.number,
            row.receipt,
            row.salt,
            row.digest,
            row.facts,
            tuple(concerned[row.number]),
        )
        for row in rows
    )


_RECEIPT = (
    entries.c.number,
    entries.c.receipt,
    entries.c.salt,
    entries.c.digest,
    entries.c.facts,
)
