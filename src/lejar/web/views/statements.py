# SPDX-License-Identifier: Apache-2.0
"""An account's day: opening, what moved, closing."""

from dataclasses import dataclass
from datetime import date

from lejar.web.views.parts import Amount, AsAt, PartyRef, Reference


@dataclass(frozen=True, slots=True)
class StatementWanted:
    """Which day of which asset: today's, and the account's first, where nothing is named."""

    asset_id: str | None = None
    day: date | None = None
    after: str | None = None
    """The cursor of the rest of a day."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One movement, positive for what came in."""

    entry: int
    at: int
    """Microseconds UTC."""
    command: str
    amount: Amount
    counterparty: str
    """The account on the other side, as people see its id."""
    directive_id: str | None


@dataclass(frozen=True, slots=True)
class StatementView:
    """One account, one asset, one local day."""

    as_at: AsAt
    account_id: str
    owner: PartyRef
    asset: str
    asset_id: str
    others: tuple[Reference, ...]
    """The account's other assets, each with its statement of the same day."""
    day: date
    is_final: bool
    """Whether the day has ended."""
    opening: Amount
    closing: Amount
    came_in: Amount
    went_out: Amount
    movements: int
    rows: tuple[StatementRow, ...]
    earlier: str | None
    """The address of the last day before, on which something moved."""
    later: str | None
    more: str | None
    """The address of the rest of the day."""
