# SPDX-License-Identifier: Apache-2.0
"""The terms of money: banks' claims with how much there is, what banks may draw, tiers' caps.

Whoever is asked to take a bank's claim, or to lend paper, must be able to read them.
"""

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from lejar.projections.money_schema import (
    collateral_terms,
    deposit_tokens,
    facilities,
    retail_tiers,
)
from lejar.projections.schema import assets, balances
from lejar.projections.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class DepositLine:
    """A bank's claim in a currency; `claims` is what the bank owes its depositors."""

    asset: bytes
    currency: bytes
    bank: bytes
    code: str
    settles_in: bytes
    claims: int
    entry: int


@dataclass(frozen=True, slots=True)
class FacilityLine:
    """What banks may draw by themselves, in a currency's smallest unit."""

    currency: bytes
    forms: tuple[str, ...]
    closing_minutes: int
    """Minutes into the local day at which credits are unwound."""
    difference: int | None
    """Millionths by which the price to pay back exceeds what is drawn."""
    bank_max: int | None
    entry: int


@dataclass(frozen=True, slots=True)
class CollateralLine:
    """At which terms a security is taken, in millionths, and until when."""

    currency: bytes
    asset: bytes
    price: int
    haircut: int
    until: int
    islamic: bool
    entry: int


@dataclass(frozen=True, slots=True)
class TierLine:
    """What a person in a tier may hold, pay at once and pay in a day."""

    currency: bytes
    tier: str
    holding_max: int
    payment_max: int
    daily_max: int
    entry: int


def deposit_tokens_of(snapshot: Snapshot) -> tuple[DepositLine, ...]:
    """Give all banks' claims, in the order in which they came."""
    c = deposit_tokens.c
    query = (
        select(
            c.id,
            c.currency,
            c.bank,
            c.code,
            c.settles_in,
            func.coalesce(-balances.c.total, 0),
            c.entry,
        )
        .join(assets, assets.c.id == c.id)
        .outerjoin(
            balances,
            and_(balances.c.asset == c.id, balances.c.account == assets.c.issuance_account),
        )
        .order_by(c.entry, c.id)
    )
    return tuple(DepositLine(*row) for row in snapshot.connection.execute(query))


def facilities_of(snapshot: Snapshot) -> tuple[FacilityLine, ...]:
    """Give the facilities that are open."""
    c = facilities.c
    query = select(
        c.currency, c.forms, c.closing_minutes, c.difference, c.bank_max, c.entry
    ).order_by(c.currency)
    return tuple(
        FacilityLine(row[0], tuple(row[1].split()), *row[2:])
        for row in snapshot.connection.execute(query)
    )


def collateral(snapshot: Snapshot) -> tuple[CollateralLine, ...]:
    """Give what the central bank takes, also where its price is too old by now."""
    c = collateral_terms.c
    query = select(c.currency, c.asset, c.price, c.haircut, c.until, c.islamic, c.entry).order_by(
        c.currency, c.asset
    )
    return tuple(CollateralLine(*row) for row in snapshot.connection.execute(query))


def tiers(snapshot: Snapshot) -> tuple[TierLine, ...]:
    """Give the caps of all tiers."""
    c = retail_tiers.c
    query = select(c.currency, c.tier, c.holding_max, c.payment_max, c.daily_max, c.entry).order_by(
        c.currency, c.tier
    )
    return tuple(TierLine(*row) for row in snapshot.connection.execute(query))
