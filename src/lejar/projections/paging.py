# SPDX-License-Identifier: Apache-2.0
"""Pages of a list, by key: a cursor names a row and a direction, and nothing is ever counted.

A cursor stays right while the list grows, and costs the same on the last page as on the first.  It
is opaque: readers hand it back as it was.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeAlias, TypeVar

from msgspec import Meta
from sqlalchemy import ColumnElement, Select, tuple_

from lejar.kernel.codec import Record, decode, encode
from lejar.kernel.failure import Malformed
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.projections.snapshot import Found, Snapshot
from lejar.projections.standing import Standing

T = TypeVar("T")
Columns: TypeAlias = Sequence[ColumnElement[Any]]

SIZE_MAX = 500
SIZE_USUAL = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page: at most so many rows behind a cursor, the first page without one."""

    cursor: str | None = None
    size: int = SIZE_USUAL


FIRST_PAGE = Wanted()


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, and the cursors of its neighbours; none where there is no neighbour."""

    standing: Standing
    rows: tuple[T, ...]
    before: str | None
    after: str | None


class Cursor(Record, frozen=True):
    """What a cursor says: of which list, whether backwards, from which row."""

    list_name: str
    backwards: bool
    key: tuple[Annotated[int, Meta(ge=0, le=AMOUNT_MAX)] | bytes, ...]
    """The row's place in the order; a word stands as its bytes."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A list that can be paged: its name, its order, and how a row is read."""

    name: str
    order: Columns
    """The columns of the order; together they are unique.  They must be selected, too."""
    read: Callable[[Found], T]
    newest_first: bool = True


def page(snapshot: Snapshot, listing: Listing[T], query: Select[Any], wanted: Wanted) -> Page[T]:
    """Read one page of a list.  Raises `Malformed` for a cursor that is not of this list."""
    size = max(1, min(wanted.size, SIZE_MAX))
    cursor = None if wanted.cursor is None else _read(wanted.cursor, listing)
    backwards = cursor is not None and cursor.backwards
    falling = listing.newest_first is not backwards
    if cursor is not None:
        here, there = tuple_(*listing.order), tuple_(*_place(cursor, listing))
        query = query.where(here < there if falling else here > there)
    order = [column.desc() if falling else column.asc() for column in listing.order]
    found = snapshot.connection.execute(query.order_by(*order).limit(size + 1)).all()
    more, rows = len(found) > size, list(found[:size])
    if backwards:
        rows.reverse()
    has_before = more if backwards else cursor is not None
    has_after = bool(rows) if backwards else more
    return Page(
        snapshot.standing,
        tuple(listing.read(row) for row in rows),
        _write(listing, rows[0], backwards=True) if rows and has_before else None,
        _write(listing, rows[-1], backwards=False) if rows and has_after else None,
    )


def _write(listing: Listing[T], row: Found, *, backwards: bool) -> str:
    place = [getattr(row, str(column.key)) for column in listing.order]
    key = tuple([one.encode() if isinstance(one, str) else one for one in place])
    data = encode(Cursor(listing.name, backwards, key))
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _read(text: str, listing: Listing[T]) -> Cursor:
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("A cursor is handed back as it was; this one was changed.") from None
    cursor = decode(data, Cursor)
    kinds = [int if column.type.python_type is int else bytes for column in listing.order]
    if cursor.list_name != listing.name or [type(one) for one in cursor.key] != kinds:
        raise Malformed("This cursor belongs to another list.")
    return cursor


def _place(cursor: Cursor, listing: Listing[T]) -> list[int | bytes | str]:
    """Give a cursor's key in the columns' own types."""
    place: list[int | bytes | str] = []
    for column, one in zip(listing.order, cursor.key, strict=True):
        is_word = column.type.python_type is str
        try:
            place.append(one.decode() if is_word and isinstance(one, bytes) else one)
        except UnicodeDecodeError:
            raise Malformed("A cursor is handed back as it was; this one was changed.") from None
    return place
