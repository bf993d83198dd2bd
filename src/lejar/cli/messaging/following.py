# SPDX-License-Identifier: Apache-2.0
"""What became of transactions later: told when an entry says it, and only what is new."""

from lejar.cli.messaging.bank import Bank
from lejar.cli.messaging.log import Reply


class Following:
    """One channel's eye on the hub."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def look(self) -> list[Reply]:
        """Give what is new for the bank: statuses, what came in, what papers pay."""
        bank = self._bank
        return [*self._statuses(), *bank.incoming.look(), *bank.entitled.look()]

    def _statuses(self) -> list[Reply]:
        found: list[Reply] = []
        for one in self._bank.log.open_ones():
            later = self._bank.counter.now(one)
            if later is not one:
                found += self._bank.out([later], [self._bank.told(later)])
        return found
