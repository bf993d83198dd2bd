# SPDX-License-Identifier: Apache-2.0
"""Recorded figures: a number about a party or an asset that somebody vouches for until a moment.

Paid-up capital, resident directors, a Shariah ratio: the hub cannot see these, so an authority
records them; one that nobody recorded, or that has lapsed, is unknown.
"""

from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table


class Figure(Record, frozen=True):
    """A number, and whose word it is."""

    value: int
    by: bytes
    recorded_at: int
    expires_at: int | None
    evidence: bytes
    """SHA-256 of the evidence, which stays outside."""


FIGURES: Table[Figure] = Table(0x3B, "figures", Figure)
_FIGURE = FIGURES.prefix


def figure(reader: Reader, subject: bytes, name: str) -> int | None:
    """Give a figure that is valid now, or none."""
    found: Figure | None = reader.get(_FIGURE + subject + name.encode())
    if found is None or (found.expires_at is not None and found.expires_at <= reader.at):
        return None
    return found.value
