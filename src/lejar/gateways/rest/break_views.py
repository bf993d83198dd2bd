# SPDX-License-Identifier: Apache-2.0
"""What is asked of the read models about reconciliation, in this room's own shapes."""

import msgspec


class CounterpartView(msgspec.Struct, frozen=True):
    """An outside ledger that mirrors an account; amounts in the asset's smallest unit."""

    counterpart: bytes
    kind: str
    keeper: bytes
    owner: bytes
    account: bytes
    asset: bytes
    business_days: int | None
    closed_on: str | None
    """The last day that has ended."""
    closing: int | None
    ended: bool
    entry: int


class OutsideStatementView(msgspec.Struct, frozen=True):
    """What an outside ledger said of a day, beside what the hub had."""

    counterpart: bytes
    sequence: int
    day: str
    theirs: int
    ours: int
    entries: int
    matched_entries: int
    unmatched_entries: int
    complete: bool
    """Whether every entry of it is accounted for."""
    file: bytes
    recorded_at: int
    entry: int


class BreakRow(msgspec.Struct, frozen=True):
    """Something that two ledgers tell differently; none is what a ledger does not have."""

    break_id: bytes
    counterpart: bytes
    asset: bytes
    sequence: int
    kind: str
    day: str
    reference: bytes | None
    ours: int | None
    theirs: int | None
    difference: str
    """Theirs less ours; a number of any length."""
    candidates: int
    age_business_days: int
    stage: str
    escalated: bool
    assigned_to: bytes | None
    cause: str | None
    correction: int | None
    """The number of the entry that put it right."""
    entry: int


class BreakStep(msgspec.Struct, frozen=True):
    """A step of a break's life."""

    entry: int
    at: int
    step: str
    party: bytes | None
    cause: str | None
    evidence: bytes | None
    correction: int | None


class BreakView(msgspec.Struct, frozen=True):
    """One break with its life."""

    row: BreakRow
    concerned: tuple[bytes, ...]
    steps: tuple[BreakStep, ...]
