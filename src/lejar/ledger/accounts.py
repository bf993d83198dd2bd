# SPDX-License-Identifier: Apache-2.0
"""Accounts: whose balance it is, and for what purpose it is kept."""

import enum

from lejar.kernel.codec import Record
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader, Table
from lejar.ledger.refusals import LedgerRefusal


class Purpose(enum.StrEnum):
    """What an account is for; only an issuance account may stand below zero."""

    OWN = "own"
    CLIENT = "client"
    CUSTODY = "custody"
    ESCROW = "escrow"
    ISSUANCE = "issuance"
    FEES = "fees"
    COURT = "court"


class Account(Record, frozen=True):
    """An account; its id is the key."""

    owner: bytes
    purpose: Purpose
    opened_at: int
    cash_account: bytes | None
    """The settlement bank's client account that its cash legs move; none for a bank's own."""
    beneficiary: bytes | None = None
    """For whom a nominee or custodian keeps it; none when its owner is the person who counts."""

    @property
    def person(self) -> bytes:
        """The legal person whose balance it is, for every limit that counts persons."""
        return self.beneficiary or self.owner


ACCOUNTS: Table[Account] = Table(0x10, "accounts", Account)


def known_account(reader: Reader, account: bytes) -> Account:
    """Give an account, or refuse."""
    found = ACCOUNTS.get(reader, account)
    if found is None:
        raise Refused(LedgerRefusal.ACCOUNT_UNKNOWN, account=account)
    return found
