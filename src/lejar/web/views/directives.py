# SPDX-License-Identifier: Apache-2.0
"""Directives of authorities: that one was given is public, on whom it bears is not."""

from dataclasses import dataclass

from lejar.web.views.parts import AsAt, Fact, PartyRef, Span, State
from lejar.web.views.settlement import StageRow


@dataclass(frozen=True, slots=True)
class DirectiveRow:
    """One directive in a list."""

    directive_id: str
    kind: str
    agency: PartyRef
    basis: str
    """The legal basis on one line."""
    issued_at: int
    expires_at: int | None
    state: State
    appeal: str
    """`none`, `lodged`, `upheld` or `allowed`."""
    entry: int
    """The entry that recorded it."""


@dataclass(frozen=True, slots=True)
class DirectivesView:
    """The page of directives."""

    as_at: AsAt
    rows: tuple[DirectiveRow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class DirectiveView:
    """One directive with its life."""

    as_at: AsAt
    row: DirectiveRow
    link: str | None
    """Where its basis can be read."""
    bearing: tuple[Fact, ...] | None
    """On what it bears; None: this reader may not see it."""
    steps: tuple[StageRow, ...]
