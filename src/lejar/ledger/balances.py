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
from lejar.ledger.accounts import ACCOUNTS, Purpose
from lejar.ledger.model import BALANCES, NOTHING, OWNED, OWNS_NOTHING, Balance, Owned
from lejar.ledger.refusals import LedgerRefusal


_BALANCE = BALANCES.prefix
_ACCOUNT = ACCOUNTS.prefix
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


def post(draft: Draft, asset: bytes, account: bytes, amount: int) -> None:
    """Change one balance by a signed amount and record why it changed.

    Only `policy.gate` calls this; it posts balanced legs.  Refuses what would overdraw.
    """
    owner = ACCOUNTS.require(draft, account)
    key = _BALANCE + asset + account
    before: Balance | None = draft.get(key)
    total, held = (amount, 0) if before is None else (before.total + amount, before.held)
    if owner.purpose is Purpose.ISSUANCE:
        if total < -AMOUNT_MAX:
            raise Refused(LedgerRefusal.AMOUNT_TOO_LARGE, account=account, asset=asset)
    elif amount < 0 and total < held:
        raise Refused(
            LedgerRefusal.FUNDS_INSUFFICIENT,
            account=account,
            asset=asset,
            missing=held - total,
        )
    elif total > AMOUNT_MAX:
        raise Refused(LedgerRefusal.AMOUNT_TOO_LARGE, account=account, asset=asset)
    draft.put(key, Balance(total, held) if total or held else None)
    draft.postings.append(Posting(account, asset, amount))
    if owner.purpose is not Purpose.ISSUANCE:
        _own(draft, _OWNED + asset + owner.owner, amount, 0)


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
