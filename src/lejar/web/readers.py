# SPDX-License-Identifier: Apache-2.0
"""Who is reading, and which tables they may see: questions named as the sentence that must hold.

Public pages show totals, opaque ids and outcomes.  Registers, balances, accounts and postings are
for whoever owns them, for the issuer of the instrument, and for parties with a supervisor's power.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from lejar.domain.identity import PartyKind, Power

SUPERVISING: Final = frozenset({str(Power.DIRECT)})
"""The power to direct is the supervisor's: who may freeze may see what there is to freeze."""
PUBLIC_KINDS: Final = frozenset({str(PartyKind.AGENCY), str(PartyKind.SYSTEM)})
"""Agencies and the hub's own parties act in public."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A party that has shown a pass that holds."""

    party: bytes
    supervises: bool
    runs_settlement: bool = False


def reader_with(party: bytes, powers: Collection[str]) -> Reader:
    """Give the reader that a party with these powers is."""
    supervises = any(power in SUPERVISING for power in powers)
    return Reader(party, supervises, str(Power.RUN_SETTLEMENT) in powers)


def reader_is_concerned(reader: Reader | None, concerned: Collection[bytes]) -> bool:
    """The reader is one of the parties that it is about, or supervises."""
    return reader is not None and (reader.supervises or reader.party in concerned)


def reader_may_see_the_queue(reader: Reader | None) -> bool:
    """The reader runs settlement, or supervises: what lacks where is told to it."""
    return reader is not None and (reader.supervises or reader.runs_settlement)


def reader_may_see_party_whole(reader: Reader | None, party: bytes, kind: str) -> bool:
    """The party acts in public, or is the reader, or the reader supervises."""
    return kind in PUBLIC_KINDS or reader_is_concerned(reader, (party,))


def reader_may_see_accounts(reader: Reader | None, owner: bytes) -> bool:
    """The reader owns them, or supervises."""
    return reader_is_concerned(reader, (owner,))


def reader_may_see_register(reader: Reader | None, issuer: bytes) -> bool:
    """The reader issued the instrument, or supervises."""
    return reader_is_concerned(reader, (issuer,))
