# SPDX-License-Identifier: Apache-2.0
"""Instruments: terms as they were signed, totals, and the register for those who may see it."""

from typing import Final

from sqlalchemy import select

from lejar.domain.instruments import DebtTerms, FixedProfitSukuk
from lejar.domain.instruments.events import InstrumentCreated, UnitsCreated
from lejar.kernel import identifiers
from lejar.projections.privileged.holdings import HolderLine, concerns, holder_columns, holders_page
from lejar.projections.public.instruments import instruments_page
from lejar.projections.schema import accounts, balances
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.formats import SEN_CURRENCY
from lejar.web.readers import reader_may_see_register
from lejar.web.reading.asked import Asked, Asset
from lejar.web.reading.cursors import read_page, span_of
from lejar.web.reading.life import chart, life
from lejar.web.reading.payments import payment_rows, payments_of

HOLDERS_SIZE: Final = 25
STATES: Final = {
    "live": views.State.LIVE,
    "closed": views.State.MATURED,
    "redeemed": views.State.REDEEMED,
}
NAMES_OF_TERMS: Final = {
    "accrual_start": "accrues_from",
    "business_day": "convention",
    "first_payment": "first_payment_on",
    "issue_amount": "issue_sen",
    "maturity": "matures_on",
    "payments_per_year": "payments_a_year",
    "rate_millionths": "rate",
    "unit_nominal": "unit_nominal_sen",
}
"""Fields of the terms that the page calls otherwise."""


def instruments_view(asked: Asked, cursor: Cursor) -> views.InstrumentsView:
    """Give the page of instruments, in the order in which they came."""
    found = read_page(lambda page: instruments_page(asked.snapshot, wanted=page), cursor)
    assets = [asked.asset(line.id) for line in found.rows]
    rows = tuple(instrument_row(asked, asset) for asset in assets if asset is not None)
    return views.InstrumentsView(asked.as_at, rows, span_of(found, newest_first=False))


def instrument_view(asked: Asked, id_: bytes, cursor: Cursor) -> views.InstrumentView | None:
    """Give the page of an instrument."""
    asset = asked.asset(id_)
    if asset is None:
        return None
    payments = payments_of(asked, id_)
    return views.InstrumentView(
        as_at=asked.as_at,
        row=instrument_row(asked, asset),
        terms=_terms(asset.created) if isinstance(asset.created, InstrumentCreated) else None,
        life=life(asked, asset, payments),
        holders=_holders(asked, asset, cursor),
        payments=payment_rows(asked, asset, payments),
        chart=chart(asked, asset, payments),
        units=_units(asset.created) if isinstance(asset.created, UnitsCreated) else None,
    )


def instrument_row(asked: Asked, asset: Asset) -> views.InstrumentRow:
    """Give one line of a list of instruments."""
    line, debt = asset.line, asset.debt
    return views.InstrumentRow(
        instrument_id=identifiers.show("asset", line.id),
        name=asset.name,
        kind=line.kind,
        isin=line.isin,
        issuer=asked.party(line.issuer),
        rate=None if debt is None else debt.rate_millionths,
        matures_on=None if debt is None else debt.maturity,
        outstanding=line.supply,
        outstanding_sen=line.supply if line.code == SEN_CURRENCY else asset.nominal(line.supply),
        state=STATES.get(line.stage or "live", views.State.LIVE),
        decimals=line.decimals,
    )


def _terms(created: InstrumentCreated) -> views.Terms:
    debt: DebtTerms = created.terms.debt
    terms = created.terms
    principle = None
    if isinstance(terms, FixedProfitSukuk):
        principle = "islamic" if terms.principle is None else str(terms.principle)
    else:
        principle = "conventional"
    return views.Terms(
        currency=debt.currency,
        stock_code=debt.stock_code,
        issuer_name=debt.issuer_name,
        principle=principle,
        rate=debt.rate_millionths,
        accrues_from=debt.accrual_start,
        first_payment_on=debt.first_payment,
        matures_on=debt.maturity,
        payments_a_year=debt.payments_per_year,
        day_count=str(debt.day_count),
        convention=str(debt.business_day),
        ex_days=debt.ex_days,
        redemption_price=debt.redemption_price,
        issue_sen=debt.issue_amount,
        unit_nominal_sen=debt.unit_nominal,
        rounding=str(debt.rounding),
        assumed=tuple(NAMES_OF_TERMS.get(name, name) for name in debt.assumed),
        source=_source(debt),
    )


def _units(created: UnitsCreated) -> views.UnitTerms:
    return views.UnitTerms(
        created.units_max,
        tuple(code.upper() for code in created.jurisdictions),
        created.holding_max,
        tuple(digest.hex() for digest in created.documents),
    )


def _source(debt: DebtTerms) -> views.Source:
    source = debt.source
    is_address = source.reference.startswith("https://") and " " not in source.reference
    return views.Source(
        name=source.reference,
        href=source.reference if is_address else None,
        source_class=str(source.source_class),
        collected=source.collected,
        verified=source.verified,
    )


def _holders(asked: Asked, asset: Asset, cursor: Cursor) -> views.Holders:
    """Give totals to everybody, the register to issuer and supervisors, to holders their rows."""
    line, rows, span, are_own = asset.line, None, views.Span(None, None), False
    if reader_may_see_register(asked.reader, line.issuer):
        found = read_page(
            lambda page: holders_page(asked.snapshot, line.id, page), cursor, HOLDERS_SIZE
        )
        rows = tuple(_holder(asked, one) for one in found.rows)
        span = span_of(found, newest_first=False)
    elif asked.reader is not None:
        own = tuple(_holder(asked, one) for one in _own(asked, line.id, asked.reader.party))
        rows, are_own = own or None, bool(own)
    return views.Holders(asset.holders, line.supply, asset.held, rows, are_own, span)


def _own(asked: Asked, asset: bytes, party: bytes) -> list[HolderLine]:
    c = balances.c
    query = (
        select(*holder_columns())
        .join(accounts, accounts.c.id == c.account)
        .where(concerns(party), c.asset == asset, c.total > 0)
        .order_by(c.account)
    )
    return [HolderLine(*row) for row in asked.snapshot.connection.execute(query)]


def _holder(asked: Asked, line: HolderLine) -> views.HolderRow:
    return views.HolderRow(
        identifiers.show("account", line.account),
        asked.party(line.owner),
        line.total,
        line.total - line.held,
        line.held,
    )
