# SPDX-License-Identifier: Apache-2.0
"""Milestones: that something has happened to an asset, said once by somebody who may say so."""

from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table


class Milestone(Record, frozen=True):
    """Who said it, when, and on what evidence; asset and name are the key."""

    by: bytes
    at: int
    evidence: bytes


MILESTONES: Table[Milestone] = Table(0x3F, "milestones", Milestone)


def has_happened(reader: Reader, asset: bytes, name: str) -> bool:
    """Say whether an asset has reached a milestone."""
    return MILESTONES.get(reader, asset + name.encode()) is not None
