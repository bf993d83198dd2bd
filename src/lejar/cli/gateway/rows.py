# SPDX-License-Identifier: Apache-2.0
"""Rows of the read models to REST's views."""

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from lejar.domain.identity import Key, PartyKind, PartyStatus, Power, Role, Threshold
from lejar.gateways.rest.views import (
    AccountView,
    CredentialView,
    InstructionView,
    InstrumentView,
    LegView,
    PartyView,
    PositionView,
)
from lejar.ledger.accounts import Purpose
from lejar.projections import schema as t

CURRENCY = "currency"
SEN_DIGITS = 2
"""Wholesale ringgit is kept in sen."""


def party_view(connection: Connection, row: Row[Any]) -> PartyView:
    """Make a party's view, whole."""
    party = bytes(row.id)
    thresholds: dict[str, int] = msgspec.json.decode(row.thresholds)
    return PartyView(
        party=party,
        kind=PartyKind(row.kind),
        status=PartyStatus(row.status),
        registered_at=row.registered_at,
        registrar=bytes(row.registrar),
        keys=_keys(connection, party, row.keys_version),
        thresholds=tuple(Threshold(Role(role), keys) for role, keys in thresholds.items()),
        powers=_powers(connection, party),
        frozen=_is_frozen(connection, party),
        credentials=_credentials(connection, party),
        accounts=_accounts(connection, party),
    )


def _keys(connection: Connection, party: bytes, version: int) -> tuple[Key, ...]:
    c = t.party_keys.c
    query = select(c.public, c.roles).where(c.party == party, c.version == version)
    rows = connection.execute(query.order_by(c.ordinal)).all()
    return tuple(
        Key(bytes(public), tuple(Role(role) for role in roles.split())) for public, roles in rows
    )


def _powers(connection: Connection, party: bytes) -> tuple[Power, ...]:
    c = t.party_powers.c
    query = select(c.power).where(c.party == party).order_by(c.power)
    return tuple(Power(power) for (power,) in connection.execute(query))


def _credentials(connection: Connection, party: bytes) -> tuple[CredentialView, ...]:
    c = t.credentials.c
    query = select(c.type, c.issuer, c.granted_at, c.expires_at)
    query = query.where(c.party == party, c.revoked_at.is_(None)).order_by(c.type)
    return tuple(
        CredentialView(type_, bytes(issuer), granted_at, expires_at)
        for type_, issuer, granted_at, expires_at in connection.execute(query)
    )


def _accounts(connection: Connection, party: bytes) -> tuple[bytes, ...]:
    c = t.accounts.c
    query = select(c.id).where(c.owner == party).order_by(c.id)
    return tuple(bytes(account) for (account,) in connection.execute(query))


def _is_frozen(connection: Connection, subject: bytes) -> bool:
    query = select(t.freezes.c.subject).where(t.freezes.c.subject == subject)
    return connection.execute(query).first() is not None


def account_view(connection: Connection, row: Row[Any]) -> AccountView:
    """Make an account's view, with its positions."""
    account = bytes(row.id)
    c = t.balances.c
    query = select(c.asset, c.total, c.held).where(c.account == account).order_by(c.asset)
    positions = tuple(
        PositionView(bytes(asset), total, total - held, held)
        for asset, total, held in connection.execute(query)
        if total or held
    )
    return AccountView(
        account=account,
        owner=bytes(row.owner),
        purpose=Purpose(row.purpose),
        opened_at=row.opened_at,
        cash_account=None if row.cash_account is None else bytes(row.cash_account),
        frozen=_is_frozen(connection, account),
        positions=positions,
    )


def instrument_view(connection: Connection, row: Row[Any]) -> InstrumentView:
    """Make an instrument's public view."""
    asset, issuance = bytes(row.id), bytes(row.issuance_account)
    c = t.balances.c
    query = select(c.total).where(c.asset == asset, c.account == issuance)
    owed = connection.execute(query).scalar_one_or_none() or 0
    return InstrumentView(
        asset=asset,
        kind=row.kind,
        code=row.isin or row.code,
        issuer=bytes(row.issuer),
        issued_at=row.created_at,
        supply=-owed,
        unit_digits=SEN_DIGITS if row.kind == CURRENCY else None,
        terms=msgspec.Raw(row.terms.encode() if row.terms else b"null"),
    )


def instruction_view(connection: Connection, row: Row[Any]) -> InstructionView:
    """Make an instruction's view."""
    instruction = bytes(row.id)
    leg, side = t.instruction_legs.c, t.instruction_parties.c
    legs = select(leg.asset, leg.source, leg.target, leg.amount)
    legs = legs.where(leg.instruction == instruction).order_by(leg.ordinal)
    sides = select(side.party, side.affirmed).where(side.instruction == instruction)
    agreed = connection.execute(sides.order_by(side.party)).all()
    return InstructionView(
        instruction=instruction,
        stage=row.stage,
        legs=tuple(
            LegView(bytes(asset), bytes(source), bytes(target), amount)
            for asset, source, target, amount in connection.execute(legs)
        ),
        value_date=row.value_date.isoformat(),
        parties=tuple(bytes(party) for party, _ in agreed),
        affirmed=tuple(bytes(party) for party, affirmed in agreed if affirmed is not None),
        cause=row.cause,
        first=row.opened,
        last=row.entry,
    )
