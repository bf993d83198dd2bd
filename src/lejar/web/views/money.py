# SPDX-License-Identifier: Apache-2.0
"""Money as pages show it: what exists, who owes it, and what banks draw against what."""

from dataclasses import dataclass

from lejar.web.views.parts import Amount, AsAt, PartyRef, Reference


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """A currency, and how much of it exists."""

    supply: Amount
    issuer: PartyRef


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A bank's claim; `reserves` is the bank's central-bank money, None: not for this reader."""

    deposit: Reference
    bank: PartyRef
    claims: Amount
    reserves: Amount | None


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """What banks may draw by themselves; limits None: there is none."""

    currency: Reference
    forms: tuple[str, ...]
    closes: str
    """The time of day at which credits are unwound, as `18:00`."""
    difference: int | None
    bank_max: Amount | None


@dataclass(frozen=True, slots=True)
class CollateralRow:
    """A security that the central bank takes; price and haircut in millionths."""

    security: Reference
    currency: Reference
    price: int
    haircut: int
    until: int
    is_islamic: bool
    is_taken: bool
    """False: the price is too old by now."""


@dataclass(frozen=True, slots=True)
class CreditRow:
    """Central-bank money that is out against securities; None: nothing is lacking."""

    credit_id: str
    bank: PartyRef
    form: str
    owed: Amount
    collateral: tuple[Amount, ...]
    closes_at: int
    is_overdue: bool
    shortfall: Amount | None
    """What its account lacked at the last close."""
    margin_short: Amount | None
    """How much less its collateral is worth than what it owes."""


@dataclass(frozen=True, slots=True)
class TierRow:
    """The caps of a retail tier."""

    tier: str
    holding_max: Amount
    payment_max: Amount
    daily_max: Amount


@dataclass(frozen=True, slots=True)
class MoneyView:
    """The page of money; credits None: nobody signed in."""

    as_at: AsAt
    currencies: tuple[SupplyRow, ...]
    claims: tuple[ClaimRow, ...]
    facilities: tuple[FacilityRow, ...]
    collateral: tuple[CollateralRow, ...]
    credits: tuple[CreditRow, ...] | None
    open_credits: int
    """How many are open for this reader, of which the rows are the first."""
    tiers: tuple[TierRow, ...]
