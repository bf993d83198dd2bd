# SPDX-License-Identifier: Apache-2.0
"""Whom an entry is about: its signers, the parties its events name, the owners of its accounts."""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from lejar.assembly import MACHINE
from lejar.kernel.entry import Receipt
from lejar.kernel.identifiers import ID_BYTES
from lejar.projections.schema import accounts, parties

IDS_AT_ONCE = 500
"""SQLite takes a bounded number of values in one question."""


def involved(connection: Connection, receipt: Receipt) -> tuple[bytes, ...]:
    """Give the parties that may see an entry whole, in the order of their ids."""
    named = {posting.account for posting in receipt.postings}
    for raw in receipt.events:
        named.update(_ids(MACHINE.read_event(raw)))
    found = set(receipt.signers)
    ids = sorted(named)
    for start in range(0, len(ids), IDS_AT_ONCE):
        part = ids[start : start + IDS_AT_ONCE]
        owners = select(accounts.c.owner).where(accounts.c.id.in_(part))
        found.update(bytes(owner) for (owner,) in connection.execute(owners))
        known = select(parties.c.id).where(parties.c.id.in_(part))
        found.update(bytes(party) for (party,) in connection.execute(known))
    return tuple(sorted(found))


def _ids(value: Any) -> Iterator[bytes]:
    """Walk everything in an event that has the size of an id."""
    if isinstance(value, bytes):
        if len(value) == ID_BYTES:
            yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _ids(getattr(value, field))
    elif isinstance(value, tuple):
        for one in value:
            yield from _ids(one)
