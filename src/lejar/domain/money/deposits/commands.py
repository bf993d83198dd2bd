# SPDX-License-Identifier: Apache-2.0
"""What may be asked of tokenised deposits."""

from typing import Annotated

import msgspec

from lejar.domain.money.commands import CredentialNames, Reference
from lejar.kernel.envelope import Command, Id
from lejar.kernel.quantity import Amount

DepositCode = Annotated[str, msgspec.Meta(pattern=r"\A[A-Z][A-Z0-9]{3,11}\Z")]
"""Longer than a currency's, so that no claim passes for the currency itself."""


class CreateDepositToken(Command, frozen=True, tag="money.create_deposit_token"):
    """Begin a bank's claim in a currency; signed by the bank, whose liability all of it is."""

    code: DepositCode
    """What people call the claim; by custom it begins with the currency's code."""
    currency: Id
    settles_in: Id
    """The bank's own account of this currency: payments to other banks move what stands on it."""
    required: CredentialNames
    """The credentials a depositor needs."""


class KeepAsDeposit(Command, frozen=True, tag="money.keep_as_deposit"):
    """Let an account hold a bank's claim in place of its currency; signed by owner and bank."""

    account: Id
    asset: Id
    """The bank's claim."""


class IssueDeposit(Command, frozen=True, tag="money.issue_deposit"):
    """A bank credits a customer: against cash, central-bank money received, or a loan."""

    asset: Id
    account: Id
    amount: Amount
    """In the currency's smallest unit."""
    reference: Reference
    """A digest of the entry in the bank's own books; used once with this bank."""


class RedeemDeposit(Command, frozen=True, tag="money.redeem_deposit"):
    """A customer is paid out, or pays back; signed by the customer and the bank."""

    asset: Id
    account: Id
    amount: Amount
    """In the currency's smallest unit."""
    reference: Reference
