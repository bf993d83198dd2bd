# SPDX-License-Identifier: Apache-2.0
"""Instruments and currencies: what each is, how much of it exists, and how many hold it."""

from dataclasses import dataclass

from sqlalchemy import and_, case, func, select

from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.schema import assets, balances
from lejar.projections.snapshot import Found, Snapshot
from lejar.projections.standing import Standing


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """One asset.  `supply` is what its issuance account owes, in smallest units."""

    id: bytes
    kind: str
    code: str
    isin: str | None
    name: str | None
    issuer: bytes
    issuance_account: bytes
    stage: str
    """`live`, `closed` (its redemption is under way) or `redeemed`."""
    issued: int | None
    """Units ever issued; none for a currency, which counts no such thing."""
    decimals: int | None
    """The digits after a currency's point; none for what is no money."""
    created_at: int
    entry: int
    supply: int


@dataclass(frozen=True, slots=True)
class InstrumentFound:
    """One asset with its terms and conditions as JSON, and the totals of its register."""

    standing: Standing
    instrument: InstrumentLine
    terms: str | None
    conditions: str | None
    """What a holder must satisfy, and the digests of the offering documents."""
    approver: bytes | None
    agent: bytes | None
    """Who acts for the issuer beside it."""
    holders: int
    """Accounts that have some of it."""
    held: int
    """Units that are set aside, over all accounts."""


_issuance = balances.alias("issuance")
_LINE = (
    assets.c.id,
    assets.c.kind,
    assets.c.code,
    assets.c.isin,
    assets.c.name,
    assets.c.issuer,
    assets.c.issuance_account,
    assets.c.stage,
    assets.c.issued,
    assets.c.decimals,
    assets.c.created_at,
    assets.c.entry,
    func.coalesce(-_issuance.c.total, 0).label("supply"),
)
_FROM = assets.outerjoin(
    _issuance,
    and_(_issuance.c.asset == assets.c.id, _issuance.c.account == assets.c.issuance_account),
)


def instruments_page(
    snapshot: Snapshot, *, kind: str | None = None, wanted: Wanted = FIRST_PAGE
) -> Page[InstrumentLine]:
    """Give a page of assets in the order in which they came."""
    query = select(*_LINE).select_from(_FROM)
    if kind is not None:
        query = query.where(assets.c.kind == kind)
    return page(snapshot, _LISTING, query, wanted)


def instrument(snapshot: Snapshot, asset: bytes) -> InstrumentFound | None:
    """Give one asset."""
    query = (
        select(*_LINE, assets.c.terms, assets.c.conditions, assets.c.approver, assets.c.agent)
        .select_from(_FROM)
        .where(assets.c.id == asset)
    )
    row = snapshot.connection.execute(query).one_or_none()
    if row is None:
        return None
    register = select(
        func.coalesce(func.sum(case((balances.c.total > 0, 1), else_=0)), 0),
        func.coalesce(func.sum(balances.c.held), 0),
    ).where(balances.c.asset == asset)
    holders, held = snapshot.connection.execute(register).one()
    return InstrumentFound(
        snapshot.standing,
        _line(row),
        row.terms,
        row.conditions,
        row.approver,
        row.agent,
        int(holders),
        int(held),
    )


def _line(row: Found) -> InstrumentLine:
    return InstrumentLine(*row[: len(_LINE)])


_LISTING: Listing[InstrumentLine] = Listing(
    "instruments", (assets.c.entry, assets.c.id), _line, newest_first=False
)
