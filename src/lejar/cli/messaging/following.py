# SPDX-License-Identifier: Apache-2.0
"""What became of transactions later, and what came in: told when an entry says it.

Each look reads only what is new: open transactions by their instructions, accounts from the last
entry that was read. What a look tells is written down with how far it read.
"""

from typing import Final

from lejar.assembly import MACHINE
from lejar.cli.messaging.bank import Bank, reply_of
from lejar.cli.messaging.books import Moved
from lejar.cli.messaging.log import CreditRow, Reply
from lejar.domain.settlement.events import InstructionSettled
from lejar.gateways.iso20022 import writing
from lejar.kernel import identifiers

MARK: Final = "credits"


class Following:
    """One channel's eye on the hub."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def look(self) -> list[Reply]:
        """Give what is new for the bank: statuses, then credits."""
        return [*self._statuses(), *self._credits()]

    def _statuses(self) -> list[Reply]:
        found: list[Reply] = []
        for one in self._bank.log.open_ones():
            later = self._bank.counter.now(one)
            if later is not one:
                found += self._bank.out([later], [self._bank.told(later)])
        return found

    def _credits(self) -> list[Reply]:
        log, books = self._bank.log, self._bank.books
        read = log.mark(MARK)
        upto = int(self._bank.counter.hub.get("/v1/status")["as_at"])
        found: list[Reply] = []
        rows: list[CreditRow] = []
        own = set(self._bank.counter.accounts())
        for account in sorted(own):
            for moved in books.moved(account, read or 0):
                if moved.amount > 0 and moved.receipt.number <= upto:
                    rows += _rows(account, moved)
                    found += self._notice(account, moved, own) if read is not None else []
        now = self._bank.clock()
        with log.at_once():
            for row in rows:
                log.credit(row, now)
            for reply in found:
                log.answer(reply, now)
            log.set_mark(MARK, upto)
        return found

    def _notice(self, account: str, moved: Moved, own: set[str]) -> list[Reply]:
        code = self._bank.instruments.code(moved.asset)
        if code is None or any(row.source in own for row in _rows(account, moved)):
            return []
        entry = self._bank.books.entry(moved, code)
        heading = self._bank.heading(f"{account}{entry.reference}")
        data = writing.statement("camt.054", heading, self._bank.books.notice(account, code, entry))
        return [reply_of("camt.054", heading, data)]


def _rows(account: str, moved: Moved) -> list[CreditRow]:
    """Give the payments of an entry that reached an account."""
    found = []
    for raw in moved.receipt.events:
        event = MACHINE.read_event(raw)
        if isinstance(event, InstructionSettled) and event.reference is not None:
            for leg in event.legs:
                asset, source, target = (
                    identifiers.show("asset", leg.asset),
                    identifiers.show("account", leg.source),
                    identifiers.show("account", leg.target),
                )
                if target == account and asset == moved.asset:
                    name = event.reference.hex()
                    found.append(CreditRow(name, asset, source, target, leg.amount))
    return found
