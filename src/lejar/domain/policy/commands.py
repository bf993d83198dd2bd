# SPDX-License-Identifier: Apache-2.0
"""What an agency with the power to direct may ask of the door."""

from lejar.domain.identity.commands import Digest
from lejar.kernel.envelope import Command, Id, Instant
from lejar.kernel.quantity import Amount


class Freeze(Command, frozen=True, tag="policy.freeze"):
    """Stop a party or an account from giving and receiving, from this entry on."""

    subject: Id
    basis: Digest


class Thaw(Command, frozen=True, tag="policy.thaw"):
    """Lift a freeze; holds and other freezes stay as they are."""

    subject: Id
    basis: Digest


class FreezeAmount(Command, frozen=True, tag="policy.freeze_amount"):
    """Hold an amount of one asset in one account; the rest stays free."""

    account: Id
    asset: Id
    amount: Amount
    basis: Digest
    expires_at: Instant | None


class ThawAmount(Command, frozen=True, tag="policy.thaw_amount"):
    """Release what a directive held."""

    hold: Id
    basis: Digest
