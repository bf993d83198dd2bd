# SPDX-License-Identifier: Apache-2.0
"""What folds ask so often that the projector keeps it in memory between batches.

It says nothing that the tables do not say; after a failed transaction it is dropped and read again.
"""

from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from lejar.domain.settlement import Stage
from lejar.kernel.failure import must
from lejar.projections.schema import accounts, instructions, standing

OWNERS_MAX = 500_000
"""About 100 MB; when there are more accounts, those in use are asked for again."""


@dataclass(slots=True)
class Known:
    """Owners of accounts (as far as asked), instructions that are open, the hub's offset."""

    offset_minutes: int
    open_instructions: set[bytes] = field(default_factory=set)
    owners: dict[bytes, bytes] = field(default_factory=dict)

    def stay_small(self) -> None:
        """Forget the owners when there are too many of them."""
        if len(self.owners) > OWNERS_MAX:
            self.owners.clear()


def read_known(connection: Connection) -> Known:
    """Read what must be known before the first fold."""
    offset = connection.execute(select(standing.c.offset_minutes)).scalar_one()
    stages = [str(stage) for stage in Stage]
    open_now = select(instructions.c.id).where(instructions.c.stage.in_(stages))
    return Known(int(offset), {bytes(found) for found in connection.execute(open_now).scalars()})


def owner_of(connection: Connection, account: bytes) -> bytes:
    """Give an account's owner."""
    asked = select(accounts.c.owner).where(accounts.c.id == account)
    found = connection.execute(asked).scalar_one_or_none()
    must(found is not None, "an account that takes part in an instruction was opened before")
    return bytes(found or b"")
