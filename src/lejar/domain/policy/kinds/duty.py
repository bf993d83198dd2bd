# SPDX-License-Identifier: Apache-2.0
"""Fees and duties: what a movement costs, worked out exactly and paid in the same entry."""

import enum
from typing import Annotated

import msgspec

from lejar.domain.policy.kinds.form import (
    Money,
    MoneyPart,
    Name,
    Patterns,
    Share,
    Spec,
)
from lejar.kernel.quantity import MILLION, rounded_half_up


class Payer(enum.StrEnum):
    """Who bears it."""

    BUYER = "buyer"
    SELLER = "seller"
    BOTH = "both"


class Tier(Spec, frozen=True, tag="tier"):
    """A rate for the part of the price up to a bound; the last bound is none."""

    up_to: Money | None
    rate: Share


class Duty(Spec, frozen=True, tag="duty"):
    """Money due on what is paid: so much for each part begun, or a rate, or rates by tier."""

    payer: Payer
    collector: Name
    """By the pack's name of the account that collects it."""
    each: MoneyPart | None = None
    """The size of a part, such as RM 1,000; a part begun counts as one."""
    each_costs: Money | None = None
    tiers: Annotated[tuple[Tier, ...], msgspec.Meta(max_length=32)] = ()
    least: Money | None = None
    cap: Money | None = None
    only_with: Patterns = ()
    """Credentials of the buyer, any of which makes it due; empty: always."""
    unless_with: Patterns = ()


def due(duty: Duty, paid: int) -> int:
    """Work out what is due on a price: by parts begun, or by tiers rounded half up to the sen."""
    if paid <= 0:
        return 0
    if duty.each is not None:
        amount = -(-paid // duty.each) * (duty.each_costs or 0)
    else:
        amount = rounded_half_up(_by_tiers(duty.tiers, paid), MILLION)
    amount = max(amount, duty.least or 0)
    return amount if duty.cap is None else min(amount, duty.cap)


def _by_tiers(tiers: tuple[Tier, ...], paid: int) -> int:
    """Sum each tier's part times its rate, in millionths of the smallest unit."""
    total, below = 0, 0
    for tier in tiers:
        end = paid if tier.up_to is None else min(tier.up_to, paid)
        total += max(end - below, 0) * tier.rate
        below = max(end, below)
    return total
