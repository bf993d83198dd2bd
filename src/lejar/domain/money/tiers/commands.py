# SPDX-License-Identifier: Apache-2.0
"""What may be asked of retail tiers; all of it only while the market's switch is on."""

from typing import Annotated

import msgspec

from lejar.kernel.envelope import Command, Id
from lejar.kernel.quantity import Amount

TierName = Annotated[str, msgspec.Meta(pattern=r"\A[a-z][a-z0-9_]{0,31}\Z")]


class DefineTier(Command, frozen=True, tag="money.define_tier"):
    """Set the caps of a retail tier, anew where it exists; signed by the currency's central bank.

    All caps are in the currency's smallest unit, and count a person over all its accounts.
    """

    currency: Id
    tier: TierName
    holding_max: Amount
    """The most that a person may hold."""
    payment_max: Amount
    """The most that a person may pay in one command."""
    daily_max: Amount
    """The most that a person may pay in a local day."""


class OpenRetail(Command, frozen=True, tag="money.open_retail"):
    """Let the person of an account hold a currency itself, within a tier.

    Signed by the account's owner and by who knows the person: a bank, or the central bank.
    """

    account: Id
    currency: Id
    tier: TierName
