# SPDX-License-Identifier: Apache-2.0
"""The command that a proposal holds: for those whose agreement it needs, and supervisors."""

from sqlalchemy import select

from lejar.projections.schema import proposals
from lejar.projections.snapshot import Snapshot


def carried_command(snapshot: Snapshot, proposal: bytes) -> bytes | None:
    """Give the canonical bytes of the command that a proposal holds."""
    query = select(proposals.c.carried).where(proposals.c.id == proposal)
    found: bytes | None = snapshot.connection.execute(query).scalar_one_or_none()
    return found
