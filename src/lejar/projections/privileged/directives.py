# SPDX-License-Identifier: Apache-2.0
"""Directives whole: on what each bears, whom it concerns, and the words of its life."""

from dataclasses import dataclass

from sqlalchemy import select

from lejar.projections.public.directives import (
    DirectiveFound,
    directive,
)
from lejar.projections.schema import directive_history, directive_parties, directives, entries
from lejar.projections.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A step with who took it and why: a basis on one line, or a digest in hexadecimal."""

    entry: int
    at: int
    what: str
    party: bytes | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class DirectiveWhole:
    """What is public of a directive, with the rest of it."""

    found: DirectiveFound
    subject: bytes | None
    """A party, an account, an asset or an instruction, as its kind says."""
    asset: bytes | None
    amount: int | None
    target: bytes | None
    concerned: tuple[bytes, ...]
    told: tuple[ToldLine, ...]


def directive_whole(snapshot: Snapshot, id_: bytes) -> DirectiveWhole | None:
    """Give one directive; it is for its agency, for those concerned and for supervisors."""
    found = directive(snapshot, id_)
    if found is None:
        return None
    c = directives.c
    query = select(c.subject, c.asset, c.amount, c.target).where(c.id == id_)
    row = snapshot.connection.execute(query).one()
    return DirectiveWhole(
        found,
        row.subject,
        row.asset,
        row.amount,
        row.target,
        _concerned(snapshot, id_),
        _told(snapshot, id_),
    )


def _concerned(snapshot: Snapshot, id_: bytes) -> tuple[bytes, ...]:
    c = directive_parties.c
    query = select(c.party).where(c.directive == id_).order_by(c.party)
    return tuple(snapshot.connection.execute(query).scalars())


def _told(snapshot: Snapshot, id_: bytes) -> tuple[ToldLine, ...]:
    c = directive_history.c
    query = (
        select(c.entry, entries.c.at, c.what, c.party, c.reason)
        .join(entries, entries.c.number == c.entry)
        .where(c.directive == id_)
    )
    found = snapshot.connection.execute(query.order_by(c.entry, c.what))
    return tuple(ToldLine(*row) for row in found)
