# SPDX-License-Identifier: Apache-2.0
"""Outside ledgers that mirror an account of the hub, their statements, and the breaks found.

Why so little stays: days and statements are kept for a while, a resolved break until nobody may
reopen it any more.  The log has all of them for good.
"""

import enum
from datetime import date

from lejar.domain.reconciliation.refusals import ReconciliationRefusal
from lejar.kernel.codec import Record
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader, Table
from lejar.ledger.accounts import Purpose, known_account
from lejar.ledger.balances import balance

COUNTERPARTS_MAX = 64
"""Their days all close in one block (`schedule.DUE_PER_BLOCK_MAX`), before anything else moves."""
DAYS_KEPT = 62
"""Two months of closing balances: a monthly statement still finds its day."""
STATEMENTS_KEPT = 62
REOPENING_DAYS = 30
"""Days after which a resolved break leaves the state."""
DAY_BYTES = 4
SEQUENCE_BYTES = 8


class CounterpartKind(enum.StrEnum):
    """What sort of ledger stands outside."""

    RTGS = "rtgs"
    CSD = "csd"
    CUSTODIAN = "custodian"


class BreakKind(enum.StrEnum):
    """What does not agree."""

    CLOSING = "closing"
    """The closing balances of a day."""
    OURS_ONLY = "ours_only"
    THEIRS_ONLY = "theirs_only"
    AMOUNT = "amount"
    """One entry, with two amounts."""
    DATE = "date"
    """One entry, on two days."""
    AMBIGUOUS = "ambiguous"
    """An entry of the statement that could be several of ours: nobody guesses."""


class BreakStage(enum.StrEnum):
    """Where a break stands."""

    OPEN = "open"
    ASSIGNED = "assigned"
    EXPLAINED = "explained"
    RESOLVED = "resolved"
    REOPENED = "reopened"


class Cause(enum.StrEnum):
    """Why two ledgers disagreed, as whoever looked into it says."""

    TIMING = "timing"
    """Each has it, on another day."""
    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    WRONG_AMOUNT = "wrong_amount"
    DUPLICATE = "duplicate"
    FEE_OR_TAX = "fee_or_tax"
    OTHER = "other"


class Counterpart(Record, frozen=True, kw_only=True):
    """An outside ledger that mirrors one account's balance of one asset; its id is the key."""

    kind: CounterpartKind
    keeper: bytes
    """Who keeps the outside ledger."""
    owner: bytes
    """Who owns the account here, and reconciles."""
    account: bytes
    asset: bytes
    reference: bytes
    """Digest of how the outside ledger names the account."""
    business_days: int | None
    """A break that is older is escalated; none for never."""
    closes_at: int
    """When the present day closes."""
    sequence: int = 0
    """The number of the last statement; nought before the first."""
    stated_until: date | None = None
    """The day of the last statement."""
    unresolved: int = 0
    """Its breaks that are not resolved."""

    @property
    def sides(self) -> tuple[bytes, bytes]:
        """Who may speak for it."""
        return (self.keeper, self.owner)


class Closing(Record, frozen=True):
    """What the account had when a day ended; counterpart and day are the key."""

    balance: int


class Statement(Record, frozen=True, kw_only=True):
    """What the keeper said of a day; counterpart and sequence number are the key."""

    reference: bytes
    day: date
    entries: int
    file: bytes
    accounted: int = 0
    """Entries of it that are matched, or stand in a break."""
    is_matched: bool = False
    """Whether all its entries are accounted for."""


class Break(Record, frozen=True, kw_only=True):
    """Something that two ledgers tell differently; its id is the key.  It moves nothing itself."""

    counterpart: bytes
    sequence: int
    kind: BreakKind
    day: date
    opened_on: date
    stage: BreakStage = BreakStage.OPEN
    escalates_at: int | None = None
    """None: never, or it has been."""
    assigned_to: bytes | None = None
    explained_by: bytes | None = None
    explained_persons: tuple[bytes, ...] = ()
    """The natural persons behind the keys that explained it."""
    forgotten_at: int = 0
    """When a resolved break leaves the state."""


COUNTERPARTS: Table[Counterpart] = Table(0x78, "counterparts", Counterpart)
CLOSINGS: Table[Closing] = Table(0x79, "closings", Closing)
STATEMENTS: Table[Statement] = Table(0x7A, "statements", Statement)
BREAKS: Table[Break] = Table(0x7B, "breaks", Break)


def known_counterpart(reader: Reader, counterpart: bytes) -> Counterpart:
    """Give an outside ledger, or refuse."""
    found = COUNTERPARTS.get(reader, counterpart)
    if found is None:
        raise Refused(ReconciliationRefusal.COUNTERPART_UNKNOWN, counterpart=counterpart)
    return found


def known_break(reader: Reader, break_id: bytes) -> Break:
    """Give a break, or refuse."""
    found = BREAKS.get(reader, break_id)
    if found is None:
        raise Refused(ReconciliationRefusal.BREAK_UNKNOWN, break_id=break_id)
    return found


def closing_key(counterpart: bytes, day: date) -> bytes:
    """Give the key of a day's closing balance."""
    return counterpart + day.toordinal().to_bytes(DAY_BYTES, "big")


def statement_key(counterpart: bytes, sequence: int) -> bytes:
    """Give the key of a statement."""
    return counterpart + sequence.to_bytes(SEQUENCE_BYTES, "big")


def mirrored_balance(reader: Reader, asset: bytes, account: bytes) -> int:
    """Give what the outside ledger should have: the balance, or what an issuance account owes."""
    total = balance(reader, asset, account).total
    return -total if known_account(reader, account).purpose is Purpose.ISSUANCE else total
