# SPDX-License-Identifier: Apache-2.0
"""Directives: anybody sees that one was given and on which basis; those concerned see the rest."""

from typing import Final

import msgspec

from lejar.kernel import identifiers
from lejar.projections.privileged.directives import DirectiveWhole, ToldLine, directive_whole
from lejar.projections.public.directives import DirectiveLine, directives_page
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import reader_is_concerned
from lejar.web.reading.asked import Asked
from lejar.web.reading.cursors import read_page, span_of
from lejar.web.reading.facts import named_facts

ISSUED: Final = "issued"
STATES: Final = {"appealed": views.State.LODGED}
"""Steps whose name is no state; an issued directive is in force, or was executed."""
EXECUTED: Final = ("seize", "forced_transfer", "cancel_instruction")


class _Basis(msgspec.Struct):
    link: str | None = None


def directives_view(asked: Asked, cursor: Cursor) -> views.DirectivesView:
    """Give the page of directives, the newest first."""
    found = read_page(lambda page: directives_page(asked.snapshot, page), cursor)
    rows = tuple(_row(asked, line) for line in found.rows)
    return views.DirectivesView(asked.as_at, rows, span_of(found))


def directive_view(asked: Asked, id_: bytes) -> views.DirectiveView | None:
    """Give the page of a directive."""
    whole = directive_whole(asked.snapshot, id_)
    if whole is None:
        return None
    line = whole.found.directive
    sees = reader_is_concerned(asked.reader, (*whole.concerned, line.agency))
    return views.DirectiveView(
        as_at=asked.as_at,
        row=_row(asked, line),
        link=msgspec.json.decode(whole.found.basis, type=_Basis).link,
        bearing=_bearing(asked, whole) if sees else _halt(asked, line),
        steps=tuple(_step(line, step) for step in whole.told),
    )


def _row(asked: Asked, line: DirectiveLine) -> views.DirectiveRow:
    return views.DirectiveRow(
        directive_id=identifiers.show("directive", line.id),
        kind=line.kind,
        agency=asked.party(line.agency),
        basis=line.cited,
        issued_at=line.issued_at,
        expires_at=line.expires_at,
        state=views.State(line.stage),
        appeal=line.appeal,
        entry=line.opened,
    )


def _bearing(asked: Asked, whole: DirectiveWhole) -> tuple[views.Fact, ...]:
    line = whole.found.directive
    values: dict[str, object] = {
        "subject": whole.subject,
        "asset": whole.asset,
        "amount": whole.amount,
        "target": whole.target,
        "scope": line.scope,
        "asset_class": line.asset_class,
        "concerned": whole.concerned or None,
    }
    return named_facts(asked, {name: one for name, one in values.items() if one is not None})


def _halt(asked: Asked, line: DirectiveLine) -> tuple[views.Fact, ...] | None:
    """Give what everybody must know of a halt; none for any other directive."""
    values = {"scope": line.scope, "asset": line.halted_asset, "asset_class": line.asset_class}
    told = {name: one for name, one in values.items() if one is not None}
    return named_facts(asked, told) if told else None


def _step(line: DirectiveLine, step: ToldLine) -> views.StageRow:
    if step.what == ISSUED:
        state = views.State.EXECUTED if line.kind in EXECUTED else views.State.IN_FORCE
    else:
        state = STATES.get(step.what) or views.State(step.what)
    return views.StageRow(state, views.LifeStage.DONE, step.at, step.entry, str(step.entry))
