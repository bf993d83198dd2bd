# SPDX-License-Identifier: Apache-2.0
"""Lists of entries, and which entry an address names."""

from collections.abc import Sequence

from lejar.kernel import identifiers
from lejar.kernel.failure import Malformed
from lejar.projections.public.directives import directives_behind
from lejar.projections.public.entries import (
    EntryFilter,
    EntryLine,
    entries_page,
    entry,
    entry_of_command,
)
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.reading.asked import Asked
from lejar.web.reading.cursors import ROWS, read_page, span_of

NUMBER_DIGITS_MAX = 18


def entries_view(asked: Asked, wanted: views.EntryFilter, cursor: Cursor) -> views.EntriesView:
    """Give the page of entries."""
    signer = None if wanted.party_id is None else id_of("party", wanted.party_id)
    if wanted.party_id is not None and signer is None:
        return views.EntriesView(asked.as_at, (), wanted, views.Span(None, None))
    only = EntryFilter(
        outcome=None if wanted.outcome is None else str(wanted.outcome), signer=signer
    )
    found = read_page(lambda page: entries_page(asked.snapshot, only, page), cursor, ROWS)
    ends = (found.rows[-1].number, found.rows[0].number) if found.rows else None
    rows = _rows(asked, found.rows)
    return views.EntriesView(asked.as_at, rows, wanted, span_of(found, ends=ends))


def latest(asked: Asked, size: int, signer: bytes | None = None) -> tuple[views.EntryRow, ...]:
    """Give the newest entries, of one signer or of all."""
    only = EntryFilter(signer=signer)
    found = read_page(lambda page: entries_page(asked.snapshot, only, page), Cursor(), size)
    return _rows(asked, found.rows)


def _rows(asked: Asked, lines: Sequence[EntryLine]) -> tuple[views.EntryRow, ...]:
    directed = directives_behind(asked.snapshot, [line.number for line in lines])
    return tuple(_row(asked, line, directed.get(line.number)) for line in lines)


def _row(asked: Asked, line: EntryLine, directive: bytes | None) -> views.EntryRow:
    return views.EntryRow(
        number=line.number,
        at=line.at,
        command=line.command,
        outcome=views.Outcome.ACCEPTED if line.refusal is None else views.Outcome.REFUSED,
        refusal_code=line.refusal,
        signers=asked.parties(line.signers),
        receipt_id=str(line.number),
        by_itself=line.envelope is None,
        directive_id=None if directive is None else identifiers.show("directive", directive),
    )


def line_named(asked: Asked, text: str) -> EntryLine | None:
    """Find the entry that an address names: by its number, or by its command's id."""
    if text.isascii() and text.isdecimal() and len(text) <= NUMBER_DIGITS_MAX:
        found = entry(asked.snapshot, int(text))
    else:
        command_id = id_of("command", text)
        found = None if command_id is None else entry_of_command(asked.snapshot, command_id)
    return None if found is None else found.entry


def id_of(kind: str, text: str) -> bytes | None:
    """Read an id that people wrote, or none."""
    try:
        return identifiers.read(kind, text)
    except Malformed:
        return None
