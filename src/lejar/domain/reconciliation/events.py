# SPDX-License-Identifier: Apache-2.0
"""What happened in reconciliation."""

from datetime import date

from lejar.kernel.module import Event


class CounterpartNamed(Event, frozen=True, tag="reconciliation.counterpart_named"):
    """An outside ledger mirrors an account."""

    counterpart: bytes
    kind: str
    keeper: bytes
    owner: bytes
    account: bytes
    asset: bytes
    reference: bytes
    business_days: int | None


class CounterpartEnded(Event, frozen=True, tag="reconciliation.counterpart_ended"):
    """An outside ledger is compared no more."""

    counterpart: bytes


class DayClosed(Event, frozen=True, tag="reconciliation.day_closed"):
    """What a mirrored account had at the end of a day; for an issuance account, what exists."""

    counterpart: bytes
    day: date
    balance: int


class StatementRecorded(Event, frozen=True, tag="reconciliation.statement_recorded"):
    """An outside ledger's word for a day, beside ours."""

    counterpart: bytes
    sequence: int
    reference: bytes
    day: date
    theirs: int
    ours: int
    entries: int
    file: bytes


class StatementMatched(Event, frozen=True, tag="reconciliation.statement_matched"):
    """The closing balances of a day are the same."""

    counterpart: bytes
    sequence: int


class MatchingRecorded(Event, frozen=True, tag="reconciliation.matching_recorded"):
    """Entries of a statement were compared with ours."""

    counterpart: bytes
    sequence: int
    matched: int
    unmatched: int
    is_matched: bool
    """Whether every entry of the statement is accounted for."""


class BreakOpened(Event, frozen=True, tag="reconciliation.break_opened"):
    """Two ledgers tell something differently; none is what one of them does not have."""

    break_id: bytes
    counterpart: bytes
    sequence: int
    kind: str
    day: date
    reference: bytes | None
    """None where the closing balances differ."""
    ours: int | None
    theirs: int | None
    candidates: int
    escalates_at: int | None


class BreakAssigned(Event, frozen=True, tag="reconciliation.break_assigned"):
    """Somebody looks into a break."""

    break_id: bytes
    counterpart: bytes
    party: bytes


class BreakExplained(Event, frozen=True, tag="reconciliation.break_explained"):
    """Whoever looked into a break says why."""

    break_id: bytes
    counterpart: bytes
    cause: str
    evidence: bytes
    party: bytes


class BreakResolved(Event, frozen=True, tag="reconciliation.break_resolved"):
    """A second pair of eyes has ended a break."""

    break_id: bytes
    counterpart: bytes
    correction: int | None
    party: bytes


class BreakReopened(Event, frozen=True, tag="reconciliation.break_reopened"):
    """A break is looked into again."""

    break_id: bytes
    counterpart: bytes
    evidence: bytes
    party: bytes


class BreakEscalated(Event, frozen=True, tag="reconciliation.break_escalated"):
    """A break was not resolved within its business days."""

    break_id: bytes
    counterpart: bytes
    business_days: int
