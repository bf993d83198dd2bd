# SPDX-License-Identifier: Apache-2.0
"""What happened at the door."""

from lejar.kernel.module import Event


class SubjectFrozen(Event, frozen=True, tag="policy.subject_frozen"):
    """A party or an account may neither give nor receive."""

    subject: bytes
    agency: bytes
    basis: bytes


class SubjectThawed(Event, frozen=True, tag="policy.subject_thawed"):
    """A freeze was lifted."""

    subject: bytes
    agency: bytes
    basis: bytes


class AmountFrozen(Event, frozen=True, tag="policy.amount_frozen"):
    """An amount is held by a directive."""

    hold: bytes
    account: bytes
    asset: bytes
    amount: int
    agency: bytes
    basis: bytes


class AmountThawed(Event, frozen=True, tag="policy.amount_thawed"):
    """What a directive held is free again; no agency means that its time had come."""

    hold: bytes
    account: bytes
    asset: bytes
    amount: int
    agency: bytes | None
