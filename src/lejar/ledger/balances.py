# SPDX-License-Identifier: Apache-2.0
"""Balances: what an account has of an asset, of which so much is held.

A key is asset, then account, so that one walk gives an asset's register.  What a person owns of an
asset over all accounts is kept beside it by increments: rules count per legal person.
"""

from collections.abc import Iterator

from lejar.kernel.draft import Draft
from lejar.kernel.posting import Posting
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader, State
from lejar.ledger.accounts import ACCOUNTS, Account, Purpose
from lejar.ledger.model import BALANCES, NOTHING, OWNED, OWNS_NOTHING, Balance, Owned
from lejar.ledger.refusals import LedgerRefusal


_BALANCE = BALANCES.prefix
_OWNED = OWNED.prefix


def balance(reader: Reader, asset: bytes, account: bytes) -> Balance:
    """Give a balance; one that was never touched is nothing."""
    found: Balance | None = reader.get(_BALANCE + asset + account)
    return NOTHING if found is None else found


def owned(reader: Reader, asset: bytes, person: bytes) -> Owned:
    """Give what a person owns of an asset over all accounts."""
    found: Owned | None = reader.get(_OWNED + asset + person)
    return OWNS_NOTHING if found is None else found


def supply(reader: Reader, asset: bytes, issuance_account: bytes) -> int:
    """Give how much of an asset exists: what its issuance account owes."""
    return -balance(reader, asset, issuance_account).total


def holders(reader: Reader, asset: bytes) -> Iterator[tuple[bytes, Balance]]:
    """Walk an asset's register: (account, balance) in the order of account ids."""
    for key, found in BALANCES.scan(reader, asset):
        yield key[len(asset) :], found


class Plan:
    """What a set of legs would leave behind, worked out before anything is written."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.balances: dict[bytes, Balance] = {}
        self.owned: dict[bytes, int] = {}
        self.postings: list[Posting] = []

    def take(self, asset: bytes, account: bytes, owner: Account, amount: int) -> None:
        """Debit an account, or refuse what it cannot give."""
        key = _BALANCE + asset + account
        before = self._balance(key)
        total = before.total - amount
        if owner.purpose is Purpose.ISSUANCE:
            if total < -AMOUNT_MAX:
                raise Refused(LedgerRefusal.AMOUNT_TOO_LARGE, account=account, asset=asset)
        else:
            if total < before.held:
                missing = before.held - total
                raise Refused(
                    LedgerRefusal.FUNDS_INSUFFICIENT,
                    account=account,
                    asset=asset,
                    missing=missing,
                )
            self._own(_OWNED + asset + owner.owner, -amount)
        self.balances[key] = Balance(total, before.held)
        self.postings.append(Posting(account, asset, -amount))

    def give(self, asset: bytes, account: bytes, owner: Account, amount: int) -> None:
        """Credit an account."""
        key = _BALANCE + asset + account
        before = self._balance(key)
        total = before.total + amount
        if total > AMOUNT_MAX:
            raise Refused(LedgerRefusal.AMOUNT_TOO_LARGE, account=account, asset=asset)
        if owner.purpose is not Purpose.ISSUANCE:
            self._own(_OWNED + asset + owner.owner, amount)
        self.balances[key] = Balance(total, before.held)
        self.postings.append(Posting(account, asset, amount))

    def _balance(self, key: bytes) -> Balance:
        planned = self.balances.get(key)
        if planned is not None:
            return planned
        found: Balance | None = self.reader.get(key)
        return NOTHING if found is None else found

    def _own(self, key: bytes, amount: int) -> None:
        self.owned[key] = self.owned.get(key, 0) + amount


def post(draft: Draft, plan: Plan) -> None:
    """Write a plan; only `policy.gate` calls this, with balanced legs that every rule allowed."""
    for key, after in plan.balances.items():
        draft.put(key, after if after.total or after.held else None)
    for key, amount in plan.owned.items():
        _own(draft, key, amount, 0)
    draft.postings.extend(plan.postings)


def expect(draft: Draft, asset: bytes, person: bytes, amount: int) -> None:
    """Count an amount as on its way in to a person; a negative amount takes it back."""
    _own(draft, _OWNED + asset + person, 0, amount)


def _own(draft: Draft, key: bytes, amount: int, pending: int) -> None:
    before: Owned | None = draft.get(key)
    if before is not None:
        amount += before.total
        pending += before.pending_in
    draft.put(key, Owned(amount, pending) if amount or pending else None)


def rebuild(state: State) -> None:
    """Fill what persons own from the balances, after a snapshot was loaded."""
    draft = Draft(state, b"")
    for key, found in BALANCES.scan(state):
        account = ACCOUNTS.require(state, key[16:])
        if account.purpose is not Purpose.ISSUANCE:
            _own(draft, _OWNED + key[:16] + account.owner, found.total, 0)
    state.absorb(draft.writes)
