# SPDX-License-Identifier: Apache-2.0
"""What happened to holds: with the postings, this says every change of every balance."""

from lejar.kernel.module import Event


class HoldPlaced(Event, frozen=True, tag="ledger.hold_placed"):
    """A part of a balance was set aside; it stays the account's, and is not free."""

    hold: bytes
    asset: bytes
    account: bytes
    amount: int
    purpose: str
    owner: bytes
    expires_at: int | None


class HoldReleased(Event, frozen=True, tag="ledger.hold_released"):
    """What was set aside is free again."""

    hold: bytes
    asset: bytes
    account: bytes
    amount: int
