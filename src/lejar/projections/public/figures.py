# SPDX-License-Identifier: Apache-2.0
"""The hub in numbers."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, and_, func, select

from lejar.projections.folds.receipts import REFUSED
from lejar.projections.folds.settlement import SETTLED
from lejar.projections.known import CURRENCY, MONEY
from lejar.projections.schema import assets, balances, entries, instructions, parties
from lejar.projections.snapshot import Snapshot
from lejar.projections.standing import Standing


@dataclass(frozen=True, slots=True)
class CurrencyFigure:
    """How much of a currency exists, in its smallest unit."""

    asset: bytes
    code: str
    supply: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts, and the money that exists; the number of entries is the standing's."""

    standing: Standing
    refused: int
    parties: int
    instruments: int
    """Assets that are not currencies."""
    settled: int
    currencies: tuple[CurrencyFigure, ...]


def figures(snapshot: Snapshot) -> Figures:
    """Count."""
    return Figures(
        snapshot.standing,
        _count(snapshot, entries, entries.c.outcome == REFUSED),
        _count(snapshot, parties),
        _count(snapshot, assets, assets.c.kind.not_in(MONEY)),
        _count(snapshot, instructions, instructions.c.stage == SETTLED),
        currencies(snapshot),
    )


def _count(snapshot: Snapshot, table: Table, *which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(*which)
    return int(snapshot.connection.execute(query).scalar_one())


def currencies(snapshot: Snapshot) -> tuple[CurrencyFigure, ...]:
    """Give how much of each currency exists, by code."""
    issued = and_(balances.c.asset == assets.c.id, balances.c.account == assets.c.issuance_account)
    query = (
        select(assets.c.id, assets.c.code, func.coalesce(-balances.c.total, 0))
        .select_from(assets.outerjoin(balances, issued))
        .where(assets.c.kind == CURRENCY)
        .order_by(assets.c.code)
    )
    return tuple(CurrencyFigure(*row) for row in snapshot.connection.execute(query))
