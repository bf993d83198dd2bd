# SPDX-License-Identifier: Apache-2.0
"""An account's days as this room asks for them: raw ids, micros, smallest units."""

import msgspec


class StatementLineView(msgspec.Struct, frozen=True):
    """One movement on an account, positive for what came in."""

    entry: int
    ordinal: int
    """Its place among the postings of its entry."""
    at: int
    command: str
    command_id: bytes
    """The command that moved it, or the piece of due work."""
    amount: int
    counterparty: bytes
    """The account on the other side."""
    directive: bytes | None
    """The authority's directive that moved it; none where its parties did."""


class StatementView(msgspec.Struct, frozen=True):
    """One account, one asset, one local day, in the asset's smallest unit."""

    account: bytes
    asset: bytes
    code: str | None
    """The currency's code, or the paper's."""
    day: str
    final: bool
    """Whether the day has ended."""
    opening: int
    closing: int
    came_in: int
    went_out: int
    movements: int
    """How many there are on the day, on all pages."""
    lines: tuple[StatementLineView, ...]
    next: str | None
    """The cursor of the rest of the day; none at its end."""
    as_at: int
    """The entry up to which the read models had been told."""


class StatementDayView(msgspec.Struct, frozen=True):
    """A local day on which something of an asset moved on an account."""

    day: str
    movements: int
