# SPDX-License-Identifier: Apache-2.0
"""What is always true of the ledger; a draft that breaks one stops the node.

`for_touched` checks what an entry touched, before it is committed; `for_all` walks the whole state
and is for tests, `lejar node doctor` and an auditor with time.
"""

from lejar.kernel.draft import Draft
from lejar.kernel.failure import Broken, must
from lejar.kernel.state import State
from lejar.ledger.accounts import ACCOUNTS, Purpose
from lejar.ledger.holds import HOLDS
from lejar.ledger.model import BALANCES, OWNED, Owned

_BALANCE_TAG = BALANCES.prefix[0]


def for_touched(draft: Draft) -> None:
    """Postings sum to zero per asset; nobody holds more than there is; nobody is overdrawn."""
    sums: dict[bytes, int] = {}
    for posting in draft.postings:
        sums[posting.asset] = sums.get(posting.asset, 0) + posting.amount
    for total in sums.values():
        if total:
            raise Broken("the postings of an entry sum to zero in each asset")
    for key, record in draft.writes.items():
        if key[0] == _BALANCE_TAG and record is not None and not 0 <= record.held <= record.total:
            _is_issuance(draft, key, record.held)


def _is_issuance(draft: Draft, key: bytes, held: int) -> None:
    account = ACCOUNTS.require(draft, key[17:])
    must(
        account.purpose is Purpose.ISSUANCE and held == 0,
        "only an issuance account stands below zero, and nothing of it is held",
    )


def for_all(state: State) -> None:
    """Supply equals holdings; holds add up; what persons own equals their balances."""
    sums: dict[bytes, int] = {}
    held: dict[bytes, int] = {}
    own: dict[bytes, int] = {}
    for key, found in BALANCES.scan(state):
        asset, account = key[:16], ACCOUNTS.require(state, key[16:])
        sums[asset] = sums.get(asset, 0) + found.total
        if found.held:
            held[key] = found.held
        if account.purpose is not Purpose.ISSUANCE:
            must(0 <= found.held <= found.total, "nobody is overdrawn")
            place = asset + account.person
            own[place] = own.get(place, 0) + found.total
    must(not any(sums.values()), "what is issued equals what is held, in each asset")
    for _, hold in HOLDS.scan(state):
        place = hold.asset + hold.account
        held[place] = held.get(place, 0) - hold.amount
    must(not any(held.values()), "what is held equals the holds")
    for key, person in OWNED.scan(state):
        own[key] = own.get(key, 0) - person.total
        must(isinstance(person, Owned) and person.pending_in >= 0, "nothing arrives twice")
    must(not any(own.values()), "what persons own equals their balances")
