# SPDX-License-Identifier: Apache-2.0
"""Receipts whole: what an entry moved, what it said, and what proves it."""

from dataclasses import dataclass

from sqlalchemy import exists, literal_column, select, union

from lejar.projections.paging import FIRST_PAGE, Page, Wanted
from lejar.projections.public.entries import LINE, EntryLine, entry_lines
from lejar.projections.schema import accounts, entries, entry_signers, postings
from lejar.projections.snapshot import Snapshot
from lejar.projections.standing import Standing


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One signed change of one balance, and whose account it was."""

    account: bytes
    owner: bytes
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
    postings: tuple[PostingLine, ...]


def receipt(snapshot: Snapshot, number: int) -> ReceiptFound | None:
    """Give the receipt of an entry."""
    c = entries.c
    query = select(c.number, c.receipt, c.salt, c.digest, c.facts).where(c.number == number)
    row = snapshot.connection.execute(query).one_or_none()
    return (
        None if row is None else ReceiptFound(snapshot.standing, *row, _postings(snapshot, number))
    )


def parties_concerned(snapshot: Snapshot, number: int) -> tuple[bytes, ...]:
    """Give the parties an entry is about: who signed it, and whose accounts it moved."""
    signed = select(entry_signers.c.party).where(entry_signers.c.entry == number)
    moved = (
        select(accounts.c.owner)
        .join(postings, postings.c.account == accounts.c.id)
        .where(postings.c.entry == number)
    )
    return tuple(sorted(snapshot.connection.execute(union(signed, moved)).scalars()))


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


def _postings(snapshot: Snapshot, number: int) -> tuple[PostingLine, ...]:
    query = (
        select(postings.c.account, accounts.c.owner, postings.c.asset, postings.c.amount)
        .join(accounts, accounts.c.id == postings.c.account)
        .where(postings.c.entry == number)
        .order_by(postings.c.ordinal)
    )
    return tuple(PostingLine(*row) for row in snapshot.connection.execute(query))
