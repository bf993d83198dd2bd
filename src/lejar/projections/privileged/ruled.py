# SPDX-License-Identifier: Apache-2.0
"""What rules know of single parties: obligations, figures, approvals, lists, who is in a cohort."""

from dataclasses import dataclass

from sqlalchemy import select

from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.ruled_schema import (
    cohort_participants,
    movement_approvals,
    obligations,
    person_lists,
    recorded_figures,
)
from lejar.projections.schema import (
    assets,
)
from lejar.projections.snapshot import Found, Snapshot


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """A party's deadline; `stage` is `open`, `missed`, `met` or `late`."""

    id: bytes
    rule: str
    pack: str
    party: bytes
    happened_at: int
    due_at: int
    stage: str
    opened: int
    entry: int


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A number about a party or an asset, and whose word it is."""

    subject: bytes
    name: str
    value: int
    recorded_by: bytes
    recorded_at: int
    expires_at: int | None
    entry: int


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list of persons; how many stand on it is for its keeper and supervisors."""

    name: str
    keeper: bytes
    version: int
    digest: bytes
    members: int
    updated_at: int
    entry: int


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """What an officer has let a person receive, as it was approved."""

    person: bytes
    asset: bytes
    units: int
    approved_by: bytes
    expires_at: int
    entry: int


_OBLIGATION = tuple(obligations.c[name] for name in ObligationLine.__dataclass_fields__)
_FIGURE = tuple(recorded_figures.c[name] for name in FigureLine.__dataclass_fields__)
_LIST = tuple(person_lists.c[name] for name in ListLine.__dataclass_fields__)
_APPROVAL = tuple(movement_approvals.c[name] for name in ApprovalLine.__dataclass_fields__)


def obligations_page(
    snapshot: Snapshot, party: bytes | None, wanted: Wanted = FIRST_PAGE
) -> Page[ObligationLine]:
    """Give a page of a party's obligations, or of all; the newest first."""
    query = select(*_OBLIGATION)
    if party is not None:
        query = query.where(obligations.c.party == party)
    return page(snapshot, _OBLIGATIONS, query, wanted)


def lists_page(snapshot: Snapshot, wanted: Wanted = FIRST_PAGE) -> Page[ListLine]:
    """Give a page of lists, the one that was brought up to date last first."""
    return page(snapshot, _LISTS, select(*_LIST), wanted)


def figures_of(snapshot: Snapshot, subject: bytes) -> tuple[FigureLine, ...]:
    """Give what is recorded of a party or an asset, in the order of the names."""
    c = recorded_figures.c
    query = select(*_FIGURE).where(c.subject == subject).order_by(c.name)
    return tuple(FigureLine(*row) for row in snapshot.connection.execute(query))


def issuer_of(snapshot: Snapshot, asset: bytes) -> bytes | None:
    """Give an asset's issuer; none for what is no asset."""
    found = snapshot.connection.execute(select(assets.c.issuer).where(assets.c.id == asset))
    issuer: bytes | None = found.scalar_one_or_none()
    return issuer


def approvals_of(snapshot: Snapshot, person: bytes) -> tuple[ApprovalLine, ...]:
    """Give what a person was let receive."""
    c = movement_approvals.c
    query = select(*_APPROVAL).where(c.person == person).order_by(c.asset)
    return tuple(ApprovalLine(*row) for row in snapshot.connection.execute(query))


def participants_of(snapshot: Snapshot, cohort: bytes) -> tuple[bytes, ...]:
    """Give who takes part in a cohort, in the order of their ids."""
    c = cohort_participants.c
    query = select(c.party).where(c.cohort == cohort).order_by(c.party)
    return tuple(snapshot.connection.execute(query).scalars())


def _obligation(row: Found) -> ObligationLine:
    return ObligationLine(*row)


def _list(row: Found) -> ListLine:
    return ListLine(*row)


_OBLIGATIONS: Listing[ObligationLine] = Listing(
    "obligations", (obligations.c.opened, obligations.c.id), _obligation
)
_LISTS: Listing[ListLine] = Listing("person_lists", (person_lists.c.entry,), _list)
