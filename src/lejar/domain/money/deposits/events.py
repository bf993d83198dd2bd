# SPDX-License-Identifier: Apache-2.0
"""What happened to tokenised deposits."""

from lejar.kernel.module import Event


class DepositTokenCreated(Event, frozen=True, tag="money.deposit_token_created"):
    """A bank's claim in a currency exists."""

    asset: bytes
    code: str
    currency: bytes
    bank: bytes
    issuance_account: bytes
    settles_in: bytes
    required: tuple[str, ...]


class DepositKept(Event, frozen=True, tag="money.deposit_kept"):
    """An account holds a bank's claim in place of a currency from now on."""

    account: bytes
    asset: bytes
    currency: bytes


class DepositIssued(Event, frozen=True, tag="money.deposit_issued"):
    """A bank owes a customer more."""

    asset: bytes
    account: bytes
    amount: int
    reference: bytes


class DepositRedeemed(Event, frozen=True, tag="money.deposit_redeemed"):
    """A bank owes a customer less."""

    asset: bytes
    account: bytes
    amount: int
    reference: bytes
