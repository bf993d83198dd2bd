# SPDX-License-Identifier: Apache-2.0
"""Sandbox cohorts: what was relaxed for whom, for how long, and what came of it.

That there is a cohort, what it relaxes and its exit report are public; who takes part is not.
"""

from dataclasses import dataclass

from sqlalchemy import select

from lejar.domain.policy.commands import RelaxedRule
from lejar.kernel.codec import decoder
from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.ruled_schema import cohorts
from lejar.projections.snapshot import Found, Snapshot

read_relaxed = decoder(tuple[RelaxedRule, ...])


@dataclass(frozen=True, slots=True)
class CohortLine:
    """One cohort; `movements` and `money` are told at its end."""

    id: bytes
    title: str
    opened_by: bytes
    basis: str
    link: str | None
    relaxed: tuple[RelaxedRule, ...]
    participants: int
    money_each: int | None
    money_all: int | None
    from_at: int
    until_at: int
    stage: str
    ended_at: int | None
    ended_by: bytes | None
    """None while it is open, and where its time had come."""
    movements: int | None
    money: int | None
    opened: int
    entry: int


_FIELDS = tuple(CohortLine.__dataclass_fields__)
_PLACE = _FIELDS.index("relaxed")
_LINE = tuple(cohorts.c[name] for name in _FIELDS)


def cohorts_page(snapshot: Snapshot, wanted: Wanted = FIRST_PAGE) -> Page[CohortLine]:
    """Give a page of cohorts, the newest first."""
    return page(snapshot, _LISTING, select(*_LINE), wanted)


def cohort(snapshot: Snapshot, id_: bytes) -> CohortLine | None:
    """Give one cohort."""
    query = select(*_LINE).where(cohorts.c.id == id_)
    row = snapshot.connection.execute(query).one_or_none()
    return None if row is None else _line(row)


def _line(row: Found) -> CohortLine:
    values = list(row)
    values[_PLACE] = read_relaxed(values[_PLACE])
    return CohortLine(*values)


_LISTING: Listing[CohortLine] = Listing("cohorts", (cohorts.c.opened, cohorts.c.id), _line)
