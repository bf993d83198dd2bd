# SPDX-License-Identifier: Apache-2.0
"""The ledger's records: what an account has of an asset, and what a person owns of it."""

from lejar.kernel.codec import Record
from lejar.kernel.state import Table


class Balance(Record, frozen=True):
    """Smallest units in all, and of these held; free is the difference."""

    total: int
    held: int

    @property
    def free(self) -> int:
        """What may move."""
        return self.total - self.held


class Owned(Record, frozen=True):
    """What a legal person owns of an asset over all accounts, and what is on its way in."""

    total: int
    pending_in: int


NOTHING = Balance(0, 0)
OWNS_NOTHING = Owned(0, 0)

BALANCES: Table[Balance] = Table(0x11, "balances", Balance)
OWNED: Table[Owned] = Table(0x12, "owned", Owned, derived=True)
