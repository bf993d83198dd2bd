# SPDX-License-Identifier: Apache-2.0
"""What happened to accounts."""

from lejar.kernel.module import Event
from lejar.ledger.accounts import Purpose


class AccountOpened(Event, frozen=True, tag="accounts.account_opened"):
    """An account exists."""

    account: bytes
    owner: bytes
    purpose: Purpose
    cash_account: bytes | None
    beneficiary: bytes | None = None


class AuthorityGranted(Event, frozen=True, tag="accounts.authority_granted"):
    """A bank stands behind an account's cash legs."""

    account: bytes
    bank: bytes
    amount_max: int


class AuthorityWithdrawn(Event, frozen=True, tag="accounts.authority_withdrawn"):
    """A bank no longer stands behind an account's cash legs."""

    account: bytes
    bank: bytes
