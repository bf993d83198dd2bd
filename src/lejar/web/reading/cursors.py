# SPDX-License-Identifier: Apache-2.0
"""Between the pages' cursors and those of the projections, which say their own direction."""

from collections.abc import Callable
from typing import TypeVar

from lejar.kernel.failure import Malformed
from lejar.projections import Page, Wanted
from lejar.web.cursor import Cursor
from lejar.web.views import Span

T = TypeVar("T")

ROWS = 50


def read_page(ask: Callable[[Wanted], Page[T]], cursor: Cursor, size: int = ROWS) -> Page[T]:
    """Ask for the page that a cursor names; a cursor that nobody gave out counts as none."""
    try:
        return ask(Wanted(cursor.after or cursor.before, size))
    except Malformed:
        return ask(Wanted(None, size))


def span_of(
    page: Page[T], *, newest_first: bool = True, ends: tuple[int, int] | None = None
) -> Span:
    """Say where a page's neighbours are; `ends` are the entry numbers of its last and first row."""
    newer, older = (page.before, page.after) if newest_first else (page.after, page.before)
    return Span(newer, older, *(ends or (None, None)))
