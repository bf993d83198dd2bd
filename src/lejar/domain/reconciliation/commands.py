# SPDX-License-Identifier: Apache-2.0
"""What may be asked of reconciliation.

Nothing here moves anything: a correction is a command elsewhere, and is only named.
"""

from datetime import date
from typing import Annotated

import msgspec

from lejar.domain.identity.commands import Digest
from lejar.domain.reconciliation.model import BreakKind, Cause, CounterpartKind
from lejar.kernel.codec import Record
from lejar.kernel.envelope import Command, Id
from lejar.kernel.quantity import AMOUNT_MAX

Reference = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
SignedAmount = Annotated[int, msgspec.Meta(ge=-AMOUNT_MAX, le=AMOUNT_MAX)]
BusinessDays = Annotated[int, msgspec.Meta(ge=1, le=250)]
Sequence = Annotated[int, msgspec.Meta(ge=1, le=2**32)]
Entries = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
Candidates = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
EntryNumber = Annotated[int, msgspec.Meta(ge=1, le=AMOUNT_MAX)]


class NameCounterpart(Command, frozen=True, tag="reconciliation.name_counterpart"):
    """Say which outside ledger mirrors an account; signed by the account's owner.

    The day that is running is the first whose closing balance is kept.
    """

    kind: CounterpartKind
    keeper: Id
    """The party that keeps the outside ledger and may record its statements."""
    account: Id
    """An account that holds the asset, or the asset's issuance account: what exists is mirrored."""
    asset: Id
    reference: Digest
    """SHA-256 of how the outside ledger names the account."""
    business_days: BusinessDays | None
    """Days after which a break is escalated; none for never."""


class EndCounterpart(Command, frozen=True, tag="reconciliation.end_counterpart"):
    """Reconcile with an outside ledger no more; signed by the account's owner."""

    counterpart: Id


class RecordStatement(Command, frozen=True, tag="reconciliation.record_statement"):
    """Record what an outside ledger says of a day that has ended; signed by a side.

    The closing balance is compared with what the account had when that day ended.
    """

    counterpart: Id
    sequence: Sequence
    """The statement's own number; the next one follows without a gap."""
    reference: Reference
    """Digest of the statement's id."""
    day: date
    asset: Id
    closing: SignedAmount
    """In the asset's smallest unit."""
    entries: Entries
    """How many entries the statement has."""
    file: Digest
    """SHA-256 of the file."""


class UnmatchedItem(Record, frozen=True):
    """One entry that the two ledgers do not tell alike; amounts in the asset's smallest unit."""

    kind: BreakKind
    reference: Reference
    """Digest of the entry's reference."""
    ours: SignedAmount | None
    """None: it is not here."""
    theirs: SignedAmount | None
    """None: it is not there."""
    candidates: Candidates = 0
    """How many of ours it could be, where that is ambiguous."""


Items = Annotated[tuple[UnmatchedItem, ...], msgspec.Meta(max_length=32)]


class RecordMatching(Command, frozen=True, tag="reconciliation.record_matching"):
    """Record what comparing a statement's entries gave, or a part of it; signed by a side.

    Each item that is not matched opens a break.  The last part must account for every entry.
    """

    counterpart: Id
    sequence: Sequence
    matched: Entries
    unmatched: Items
    last: bool


class AssignBreak(Command, frozen=True, tag="reconciliation.assign_break"):
    """Say who looks into a break; signed by a side."""

    break_id: Id
    party: Id


class ExplainBreak(Command, frozen=True, tag="reconciliation.explain_break"):
    """Say why the ledgers disagree; signed by whom the break is assigned to."""

    break_id: Id
    cause: Cause
    evidence: Digest
    """SHA-256 of the evidence, which stays outside."""


class ResolveBreak(Command, frozen=True, tag="reconciliation.resolve_break"):
    """End an explained break; signed by a side that did not explain it, or by its other officer."""

    break_id: Id
    correction: EntryNumber | None
    """The entry that put it right, if one here did; it is recorded, and nothing is done by it."""


class ReopenBreak(Command, frozen=True, tag="reconciliation.reopen_break"):
    """Reject an explanation or take a resolution back; signed by a side."""

    break_id: Id
    evidence: Digest
    """SHA-256 of the reason, which stays outside."""
