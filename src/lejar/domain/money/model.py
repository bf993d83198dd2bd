# SPDX-License-Identifier: Apache-2.0
"""Currencies, and the RTGS references that have been used."""

from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table


class Currency(Record, frozen=True):
    """A wholesale currency; its ISO 4217 code is the key."""

    asset: bytes
    central_bank: bytes
    decimals: int = 2
    """How many digits of the currency's amounts stand after the point."""


class Used(Record, frozen=True):
    """The command that used a reference, which is the key; a bank's own begins with the bank."""

    command_id: bytes


CURRENCIES: Table[Currency] = Table(0x40, "currencies", Currency)
REFERENCES: Table[Used] = Table(0x41, "rtgs_references", Used)


def currency(reader: Reader, code: str) -> Currency | None:
    """Give a currency by its code, or none."""
    return CURRENCIES.get(reader, code.encode())
