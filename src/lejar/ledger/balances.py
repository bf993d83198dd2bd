# SPDX-License-Identifier: Apache-2.0
"""Balances: what an account has of an asset, of which so much is held.

A key is asset, then account, so that one walk gives an asset's register.  What a person owns of an
asset over all accounts is kept beside it by increments: rules count per legal person.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

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
_ISSUANCE = Purpose.ISSUANCE


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
    """What a set of changes would leave behind, worked out before anything is written."""

    __slots__ = ("balances", "owned", "postings")

    def __init__(self) -> None:
        self.balances: dict[bytes, Balance] = {}
        self.owned: dict[bytes, int] = {}
        """Person and asset to the change of what the person owns."""
        self.postings: list[Posting] = []


Change: TypeAlias = tuple[bytes, bytes, Account, int]
"""Asset, account, the account's record, and the signed amount."""


def planned(reader: Reader, changes: Iterable[Change]) -> Plan:
    """Work out what changes would leave behind, and refuse what an account lacks in the end.

    Amounts in and out are netted first: who pays and is paid in one entry needs the difference.
    """
    plan = Plan()
    doubtful: dict[bytes, Account] = {}
    balances, owned_by, postings, get = plan.balances, plan.owned, plan.postings, reader.get
    for asset, account, record, amount in changes:
        key = _BALANCE + asset + account
        before: Balance = balances.get(key) or get(key) or NOTHING
        total, held = before.total + amount, before.held
        if record.purpose is _ISSUANCE:
            if total < -AMOUNT_MAX:
                doubtful[key] = record
        else:
            if total < held or total > AMOUNT_MAX:
                doubtful[key] = record
            person = _OWNED + asset + (record.beneficiary or record.owner)
            owned_by[person] = owned_by.get(person, 0) + amount
        balances[key] = Balance(total, held)
        postings.append(Posting(account, asset, amount))
    for key, record in doubtful.items():
        _refuse_if_unfit(key, record, balances[key])
    return plan


def _refuse_if_unfit(key: bytes, record: Account, after: Balance) -> None:
    asset, account, total = key[1:17], key[17:], after.total
    if record.purpose is _ISSUANCE:
        if total < -AMOUNT_MAX:
            raise Refused(LedgerRefusal.AMOUNT_TOO_LARGE, account=account, asset=asset)
    elif total < after.held or total > AMOUNT_MAX:
        raise _unfit(account, asset, total, after.held)


def _unfit(account: bytes, asset: bytes, total: int, held: int) -> Refused:
    if total > AMOUNT_MAX:
        return Refused(LedgerRefusal.AMOUNT_TOO_LARGE, account=account, asset=asset)
    missing = held - total
    return Refused(LedgerRefusal.FUNDS_INSUFFICIENT, account=account, asset=asset, missing=missing)


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
        if account.purpose is not _ISSUANCE:
            _own(draft, _OWNED + key[:16] + account.person, found.total, 0)
    state.absorb(draft.writes)
