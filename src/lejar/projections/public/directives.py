# SPDX-License-Identifier: Apache-2.0
"""Directives as everybody sees them: who ordered what kind of thing, on which basis, how it stands.

On what it bears is told only where the market must know: for a halt.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, select

from lejar.domain.oversight import Kind
from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.schema import directed_entries, directive_history, directives
from lejar.projections.snapshot import Found, Snapshot
from lejar.projections.standing import Standing


@dataclass(frozen=True, slots=True)
class DirectiveLine:
    """One directive; `opened` is the entry that recorded it, `entry` the last of its life."""

    id: bytes
    kind: str
    agency: bytes
    cited: str
    """The basis on one line."""
    halted_asset: bytes | None
    scope: str | None
    asset_class: str | None
    issued_at: int
    expires_at: int | None
    stage: str
    appeal: str
    opened: int
    entry: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something that became of a directive: `issued`, `appealed`, how that ended, its end."""

    entry: int
    what: str


@dataclass(frozen=True, slots=True)
class DirectiveFound:
    """One directive with its life so far, as at a standing."""

    standing: Standing
    directive: DirectiveLine
    basis: str
    """The basis as a JSON object."""
    steps: tuple[StepLine, ...]


_C = directives.c
LISTED = (
    _C.id,
    _C.kind,
    _C.agency,
    _C.cited,
    case((_C.kind == str(Kind.HALT), _C.subject)).label("halted_asset"),
    _C.scope,
    _C.asset_class,
    _C.issued_at,
    _C.expires_at,
    _C.stage,
    _C.appeal,
    _C.opened,
    _C.entry,
)


def directives_page(snapshot: Snapshot, wanted: Wanted = FIRST_PAGE) -> Page[DirectiveLine]:
    """Give a page of directives, the newest first."""
    return page(snapshot, LISTING, select(*LISTED), wanted)


def directive(snapshot: Snapshot, id_: bytes) -> DirectiveFound | None:
    """Give one directive."""
    query = select(*LISTED, _C.basis).where(_C.id == id_)
    row = snapshot.connection.execute(query).one_or_none()
    if row is None:
        return None
    c = directive_history.c
    steps = select(c.entry, c.what).where(c.directive == id_).order_by(c.entry, c.what)
    found = snapshot.connection.execute(steps)
    return DirectiveFound(
        snapshot.standing, _line(row), row.basis, tuple(StepLine(*step) for step in found)
    )


def directives_behind(snapshot: Snapshot, numbers: Sequence[int]) -> dict[int, bytes]:
    """Give the directives that moved something in these entries, by the entry's number."""
    c = directed_entries.c
    query = select(c.entry, c.directive).where(c.entry.in_(numbers)).order_by(c.entry)
    found = snapshot.connection.execute(query)
    return {int(row.entry): bytes(row.directive) for row in found}


def _line(row: Found) -> DirectiveLine:
    return DirectiveLine(*(getattr(row, name) for name in DirectiveLine.__dataclass_fields__))


LISTING: Listing[DirectiveLine] = Listing("directives", (_C.opened, _C.id), _line)
