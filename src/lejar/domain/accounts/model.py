# SPDX-License-Identifier: Apache-2.0
"""Standing authorities: how a person's cash leg moves a bank's client money."""

from lejar.domain.accounts.refusals import AccountRefusal
from lejar.kernel.codec import Record
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader, Table
from lejar.ledger.accounts import known_account


class Authority(Record, frozen=True):
    """A bank's word for an account, which is the key: at most so much in one movement."""

    bank: bytes
    amount_max: int
    since: int


AUTHORITIES: Table[Authority] = Table(0x38, "authorities", Authority)


def paying_account(reader: Reader, account: bytes, amount: int) -> bytes:
    """Give the account that pays for an account's cash leg: its own, or its bank's client money.

    Refuses when the bank has given no authority, or one for less.
    """
    cash = known_account(reader, account).cash_account
    if cash is None:
        return account
    authority = AUTHORITIES.get(reader, account)
    if authority is None:
        raise Refused(AccountRefusal.AUTHORITY_MISSING, account=account)
    if amount > authority.amount_max:
        raise Refused(
            AccountRefusal.AUTHORITY_EXCEEDED, account=account, allowed=authority.amount_max
        )
    return cash


def receiving_account(reader: Reader, account: bytes) -> bytes:
    """Give the account that money for an account goes to."""
    return known_account(reader, account).cash_account or account
