# SPDX-License-Identifier: Apache-2.0
"""What is always true of open credits; walked by a full replay, never by a command."""

from lejar.domain.money.intraday.model import CREDITS, Credit
from lejar.kernel.failure import must
from lejar.kernel.schedule import DUE, key_of
from lejar.kernel.state import Reader, State
from lejar.ledger.holds import HOLDS


def for_all(state: State) -> None:
    """Every open credit owes something, keeps what it says, and will be unwound by itself."""
    for credit_id, credit in CREDITS.scan(state):
        must(credit.owed > 0, "a credit that owes nothing is closed")
        what_is_kept_is_held(state, credit_id, credit)
        due = DUE.get(state, key_of(credit.closes_at, credit_id))
        must(due is not None, "an open credit has its close before it")


def what_is_kept_is_held(reader: Reader, credit_id: bytes, credit: Credit) -> None:
    """The central bank holds exactly what it keeps, under the credit's own id."""
    for kept in credit.kept:
        hold = HOLDS.require(reader, kept.hold)
        told = (hold.owner, hold.account, hold.asset, hold.amount)
        must(
            told == (credit_id, credit.kept_in, kept.asset, kept.amount),
            "what is kept for a credit is held for it",
        )
