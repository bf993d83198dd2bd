# SPDX-License-Identifier: Apache-2.0
"""What happened to purpose-bound money."""

from lejar.kernel.module import Event


class MoneyBound(Event, frozen=True, tag="money.money_bound"):
    """Money was set aside for a purpose."""

    envelope: bytes
    currency: bytes
    amount: int
    account: bytes
    escrow: bytes
    holder: bytes
    receivers: tuple[bytes, ...]
    credential: str | None
    purpose: str
    until: int
    label: bytes | None


class BoundMoneySpent(Event, frozen=True, tag="money.bound_money_spent"):
    """A holder paid from an envelope."""

    envelope: bytes
    account: bytes
    amount: int
    purpose: str
    left: int


class BoundMoneyReturned(Event, frozen=True, tag="money.bound_money_returned"):
    """The rest of an envelope went back to its payer, and the envelope is no more."""

    envelope: bytes
    amount: int
    account: bytes
    """The payer's, to which it went."""
    holder: bytes


class BoundMoneyStuck(Event, frozen=True, tag="money.bound_money_stuck"):
    """An envelope has ended and its rest could not go back; nobody spends it any more."""

    envelope: bytes
    amount: int
    account: bytes
    holder: bytes
    cause: str
