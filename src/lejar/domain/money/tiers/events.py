# SPDX-License-Identifier: Apache-2.0
"""What happened to retail tiers."""

from lejar.kernel.module import Event


class TierDefined(Event, frozen=True, tag="money.tier_defined"):
    """A tier has these caps from now on."""

    currency: bytes
    tier: str
    holding_max: int
    payment_max: int
    daily_max: int


class RetailOpened(Event, frozen=True, tag="money.retail_opened"):
    """A person may hold a currency itself, within a tier."""

    account: bytes
    currency: bytes
    tier: str
    intermediary: bytes
