# SPDX-License-Identifier: Apache-2.0
"""Tokenised deposits: each bank's claim is an asset of its own, and who keeps which."""

from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table


class Deposit(Record, frozen=True):
    """A bank's claim in a currency; the claim's asset is the key."""

    currency: bytes
    bank: bytes
    settles_in: bytes
    """The bank's own account of central-bank money, which moves when a claim changes banks."""
    code: str


class Kept(Record, frozen=True):
    """Which bank's claim an account holds for a currency; account and currency are the key."""

    deposit: bytes


DEPOSITS: Table[Deposit] = Table(0x42, "deposits", Deposit)
KEPT: Table[Kept] = Table(0x43, "deposits_kept", Kept)
_KEPT = KEPT.prefix


def deposit_kept(reader: Reader, account: bytes, currency: bytes) -> bytes | None:
    """Give the claim that an account holds in place of a currency; none: the currency itself."""
    found: Kept | None = reader.get(_KEPT + account + currency)
    return None if found is None else found.deposit


def bank_of(reader: Reader, account: bytes, currency: bytes) -> bytes | None:
    """Give the bank whose claim an account holds in place of a currency, or none."""
    deposit = deposit_kept(reader, account, currency)
    return None if deposit is None else DEPOSITS.require(reader, deposit).bank
