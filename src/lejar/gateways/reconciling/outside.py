# SPDX-License-Identifier: Apache-2.0
"""What an outside ledger says: a cash statement or a list of holdings, whatever it came in as.

These records are neutral: a reader of a message format (camt.053, semt.002) gives them, and nothing
behind here knows the format.
"""

from datetime import date
from typing import Annotated, Final, TypeAlias

import msgspec

from lejar.kernel.digest import sha256
from lejar.kernel.failure import Malformed
from lejar.kernel.quantity import AMOUNT_MAX

REFERENCE_BYTES: Final = 16
ENTRIES_MAX: Final = 1_000_000

Units = Annotated[int, msgspec.Meta(ge=-AMOUNT_MAX, le=AMOUNT_MAX)]
"""Smallest units; above zero came in, below zero went out."""
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=140)]


class StatementEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a statement."""

    reference: Annotated[str, msgspec.Meta(max_length=140)]
    """Empty where the line has none."""
    amount: Units
    value_date: date
    counterparty: Text | None = None
    """None where the line does not say it."""

    @property
    def names(self) -> tuple[str, ...]:
        """What one of our entries may call it: the reference, or its digest."""
        if not self.reference:
            return ()
        return (self.reference, reference_digest(self.reference))


class Statement(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="statement"
):
    """An account's day, or days, as an outside ledger has it."""

    name: Text
    """The statement's own id."""
    sequence: Annotated[int, msgspec.Meta(ge=1, le=2**32)]
    day: date
    """The day whose closing balance it states."""
    opening: Units
    closing: Units
    entries: Annotated[tuple[StatementEntry, ...], msgspec.Meta(max_length=ENTRIES_MAX)] = ()
    from_day: date | None = None
    """The first day whose entries it lists; none where it lists that one day's."""


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So much of one security."""

    isin: Annotated[str, msgspec.Meta(min_length=12, max_length=12)]
    units: Units


class Holdings(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="holdings"
):
    """What an outside ledger holds for an account at the end of a day."""

    name: Text
    sequence: Annotated[int, msgspec.Meta(ge=1, le=2**32)]
    day: date
    positions: Annotated[tuple[Position, ...], msgspec.Meta(max_length=ENTRIES_MAX)] = ()

    def units_of(self, isin: str) -> int:
        """Add up the lots of one security."""
        return sum(one.units for one in self.positions if one.isin == isin)


Outside: TypeAlias = Statement | Holdings


def reference_digest(text: str) -> str:
    """Give the digest by which the hub knows an outside reference, in hexadecimal."""
    return sha256(text.encode())[:REFERENCE_BYTES].hex()


_decoder: Final[msgspec.json.Decoder[Outside]] = msgspec.json.Decoder(Outside)


def read_json(data: bytes) -> Outside:
    """Read the JSON form, or raise `Malformed` with the place of what is wrong."""
    try:
        return _decoder.decode(data)
    except msgspec.DecodeError as error:
        raise Malformed(f"This is no statement in JSON: {error}.") from None
