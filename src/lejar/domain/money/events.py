# SPDX-License-Identifier: Apache-2.0
"""What happened to central-bank money."""

from lejar.kernel.module import Event


class CurrencyCreated(Event, frozen=True, tag="money.currency_created"):
    """A wholesale currency exists."""

    asset: bytes
    code: str
    central_bank: bytes
    issuance_account: bytes
    decimals: int


class MoneyIssued(Event, frozen=True, tag="money.money_issued"):
    """New money stands on an account."""

    asset: bytes
    account: bytes
    amount: int
    reference: bytes


class MoneyRedeemed(Event, frozen=True, tag="money.money_redeemed"):
    """Money was taken out of existence."""

    asset: bytes
    account: bytes
    amount: int
    reference: bytes
