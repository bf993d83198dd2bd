# SPDX-License-Identifier: Apache-2.0
"""Matching: two sides that send the same instruction have agreed it.

The same means the same legs, day, promises and terms.  What each side may set alone need not be the
same: a hold, and a priority below urgent, since urgent instructions use what the sides reserved.
The terms that were alleged first count.
"""

import datetime
import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec

from lejar.domain.settlement.model import (
    ALLEGED,
    INSTRUCTIONS,
    Instruction,
    InstructionLeg,
    OffLedgerLeg,
    Priority,
    Sighted,
    Terms,
)
from lejar.kernel.codec import Record, encode
from lejar.kernel.draft import Draft
from lejar.kernel.state import Reader

_DOMAIN: Final = b"lejar/matching/1\n"


class Agreed(Record, frozen=True):
    """What must be the same on both sides."""

    legs: tuple[InstructionLeg, ...]
    value_date: datetime.date
    terms: Terms
    promises: tuple[OffLedgerLeg, ...]


def fingerprint(
    legs: Sequence[InstructionLeg],
    value_date: datetime.date,
    terms: Terms,
    promises: tuple[OffLedgerLeg, ...],
) -> bytes:
    """Give the digest under which the other side's instruction is found."""
    ordered = tuple(legs)
    if all(leg.pays_for is None for leg in legs):  # the order means nothing then
        ordered = tuple(sorted(legs, key=lambda leg: (leg.asset, leg.source, leg.target)))
    usual = Priority.URGENT if terms.priority is Priority.URGENT else Priority.NORMAL
    common = msgspec.structs.replace(terms, on_hold=False, priority=usual)
    agreed = Agreed(ordered, value_date, common, promises)
    return hashlib.sha256(_DOMAIN + encode(agreed)).digest()


def _fingerprint_of(instruction: Instruction) -> bytes:
    return fingerprint(
        instruction.legs, instruction.value_date, instruction.terms, instruction.promises
    )


def sight(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    """Let the other side's instruction find this one, unless an earlier one waits for it too."""
    key = _fingerprint_of(instruction)
    if ALLEGED.get(draft, key) is None:
        ALLEGED.put(draft, key, Sighted(instruction_id))


def sighted(reader: Reader, key: bytes, affirmed: Sequence[bytes]) -> bytes | None:
    """Find an alleged instruction that these parties have not affirmed, and this one repeats."""
    found = ALLEGED.get(reader, key)
    if found is None:
        return None
    alleged = INSTRUCTIONS.require(reader, found.instruction)
    known = any(party in alleged.affirmed for party in affirmed)
    return None if known else found.instruction


def forget_sighted(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    """Let nothing match it any more."""
    key = _fingerprint_of(instruction)
    found = ALLEGED.get(draft, key)
    if found is not None and found.instruction == instruction_id:
        ALLEGED.remove(draft, key)
