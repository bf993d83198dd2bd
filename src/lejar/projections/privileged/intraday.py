# SPDX-License-Identifier: Apache-2.0
"""Intraday credits: for their bank, the central bank and supervisors.

What collateral is worth is counted by the core's own rule, at the moment of the snapshot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, or_, select

from lejar.domain.money.intraday import COLLATERAL
from lejar.domain.money.intraday.model import Piece, Terms
from lejar.domain.money.intraday.rules import value_of
from lejar.kernel.moment import MICROS_PER_DAY
from lejar.kernel.state import State
from lejar.projections.money_schema import (
    ENDED,
    OVERDUE,
    intraday_collateral,
    intraday_credits,
)
from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.public.money import collateral
from lejar.projections.schema import assets
from lejar.projections.snapshot import Found, Snapshot


@dataclass(frozen=True, slots=True)
class PieceLine:
    """An amount of a security that is kept."""

    asset: bytes
    amount: int


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Central-bank money that is or was out against securities, in the smallest unit."""

    id: bytes
    form: str
    currency: bytes
    central_bank: bytes
    bank: bytes
    account: bytes
    promise: bytes | None
    drawn: int
    owed: int
    closes_at: int
    """The next close, or what was to be the next when it ended."""
    stage: str
    """`open`, `overdue` or `ended`."""
    overdue_since: int | None
    shortfall: int | None
    """What its account lacked at the last close."""
    cause: str | None
    """The refusal's code that was in the way there."""
    called_at: int | None
    ended_at: int | None
    opened: int
    entry: int
    collateral: tuple[PieceLine, ...] = ()
    value: int = 0
    """What is kept for it is worth now, after the haircut."""

    @property
    def is_overdue(self) -> bool:
        """Whether a close has passed without it being paid."""
        return self.stage == OVERDUE

    @property
    def margin_short(self) -> int:
        """How much less its collateral is worth than what it owes."""
        return max(self.owed - self.value, 0)


def credits_page(
    snapshot: Snapshot, party: bytes | None, wanted: Wanted = FIRST_PAGE
) -> Page[CreditLine]:
    """Give the credits of a bank or of a central bank, or all, ended ones too; newest first."""
    found = page(snapshot, _LISTING, _of(party), wanted)
    return replace(found, rows=_with_collateral(snapshot, found.rows))


def open_credits(snapshot: Snapshot, party: bytes | None) -> tuple[CreditLine, ...]:
    """Give what a bank owes or a central bank is owed now, or all; overdue first, then by close."""
    query = _of(party).where(intraday_credits.c.stage != ENDED)
    lines = [_line(row) for row in snapshot.connection.execute(query)]
    lines.sort(key=lambda one: (not one.is_overdue, one.closes_at, one.opened, one.id))
    return _with_collateral(snapshot, lines)


_CREDITS = intraday_credits.join(assets, assets.c.id == intraday_credits.c.currency)


def _of(party: bytes | None) -> Select[Any]:
    query = select(intraday_credits, assets.c.issuer).select_from(_CREDITS)
    if party is None:
        return query
    return query.where(or_(intraday_credits.c.bank == party, assets.c.issuer == party))


def _with_collateral(snapshot: Snapshot, lines: Sequence[CreditLine]) -> tuple[CreditLine, ...]:
    terms = _terms(snapshot)
    kept = _pieces(snapshot, [line.id for line in lines])
    found = []
    for line in lines:
        pieces = tuple(kept.get(line.id, ()))
        named = [Piece(one.asset, one.amount) for one in pieces]
        value = value_of(terms, line.currency, named)
        found.append(replace(line, collateral=pieces, value=value))
    return tuple(found)


def _pieces(snapshot: Snapshot, ids: Sequence[bytes]) -> dict[bytes, list[PieceLine]]:
    """Give what is kept for each credit, in the order of asset ids."""
    c = intraday_collateral.c
    query = select(c.credit, c.asset, c.amount).where(c.credit.in_(ids), c.amount > 0)
    kept: dict[bytes, list[PieceLine]] = {}
    for credit, asset, amount in snapshot.connection.execute(query.order_by(c.credit, c.asset)):
        kept.setdefault(bytes(credit), []).append(PieceLine(bytes(asset), amount))
    return kept


def _terms(snapshot: Snapshot) -> State:
    """Lay the terms of collateral out as the core reads them."""
    state = State()
    state.at = snapshot.standing.at
    state.load(
        (
            COLLATERAL.prefix + one.currency + one.asset,
            Terms(one.price, one.haircut, one.until, one.islamic),
        )
        for one in collateral(snapshot)
    )
    return state


def _line(row: Found) -> CreditLine:
    return CreditLine(
        row.id,
        row.form,
        row.currency,
        row.issuer,
        row.bank,
        row.account,
        row.promise,
        row.drawn,
        row.owed,
        _next_close(row.closes_at, row.tried_at),
        row.stage,
        row.overdue_since,
        row.shortfall,
        row.cause,
        row.called_at,
        row.ended_at,
        row.opened,
        row.entry,
    )


def _next_close(first: int, tried_at: int | None) -> int:
    """Give the close that follows the last one that failed, at the same minute of the day."""
    if tried_at is None:
        return first
    return first + ((tried_at - first) // MICROS_PER_DAY + 1) * MICROS_PER_DAY


_LISTING: Listing[CreditLine] = Listing(
    "intraday", (intraday_credits.c.opened, intraday_credits.c.id), _line
)
