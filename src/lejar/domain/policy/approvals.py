# SPDX-License-Identifier: Apache-2.0
"""Approvals: an officer lets one person receive so much of one asset, until a moment."""

import msgspec

from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table, Writer


class MovementApproval(Record, frozen=True):
    """Person and asset are the key; what was moved under it is taken off."""

    by: bytes
    units: int
    expires_at: int
    evidence: bytes


APPROVALS: Table[MovementApproval] = Table(0x3E, "movement_approvals", MovementApproval)


def approved(reader: Reader, person: bytes, asset: bytes) -> int:
    """Give how many units an officer lets a person receive now."""
    found = APPROVALS.get(reader, person + asset)
    return 0 if found is None or found.expires_at <= reader.at else found.units


def use(draft: Writer, person: bytes, asset: bytes, units: int) -> None:
    """Take off what was moved under an approval."""
    found = APPROVALS.get(draft, person + asset)
    if found is None:
        return
    left = found.units - units
    if left > 0:
        APPROVALS.put(draft, person + asset, msgspec.structs.replace(found, units=left))
    else:
        APPROVALS.remove(draft, person + asset)
