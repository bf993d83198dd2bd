# SPDX-License-Identifier: Apache-2.0
"""What may be asked about accounts."""

from lejar.kernel.envelope import Command, Id
from lejar.kernel.quantity import Amount
from lejar.ledger.accounts import Purpose


class OpenAccount(Command, frozen=True, tag="accounts.open_account"):
    """Open an account; signed by its owner.  A bank's own account names no cash account.

    A nominee or custodian names whom it keeps a client or custody account for; both sign.
    """

    owner: Id
    purpose: Purpose
    cash_account: Id | None
    beneficiary: Id | None = None
    """The person who counts for every limit in place of the owner; none for the owner itself."""


class GrantAuthority(Command, frozen=True, tag="accounts.grant_authority"):
    """A bank lets an account's cash legs move its client money, up to so much at once."""

    account: Id
    amount_max: Amount


class WithdrawAuthority(Command, frozen=True, tag="accounts.withdraw_authority"):
    """A bank takes its standing authority back; what was admitted stays settled."""

    account: Id
