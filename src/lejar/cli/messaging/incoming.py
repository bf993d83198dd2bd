# SPDX-License-Identifier: Apache-2.0
"""What came in on a bank's accounts: remembered, so that it can go back, and told by camt.054.

The first look only remembers: what came before the channel began is no news to its bank.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from lejar.assembly import MACHINE
from lejar.cli.messaging.books import Books, Moved
from lejar.cli.messaging.hub import Counter, HubInstruments
from lejar.cli.messaging.log import CreditRow, Log, Reply, reply_of
from lejar.domain.settlement.events import InstructionSettled
from lejar.gateways.iso20022 import writing
from lejar.gateways.iso20022.currencies import DECIMALS
from lejar.gateways.iso20022.writing import Heading
from lejar.kernel import identifiers

MARK: Final = "credits"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One channel's eye on its bank's accounts."""

    counter: Counter
    instruments: HubInstruments
    books: Books
    log: Log
    heading: Callable[[str], Heading]
    clock: Callable[[], int]

    def look(self) -> list[Reply]:
        """Remember and tell what came since the last look."""
        read = self.log.mark(MARK)
        upto = int(self.counter.hub.get("/v1/status")["as_at"])
        if read is not None and upto <= read:
            return []
        own = self.counter.accounts()
        came = [
            (account, moved)
            for account in sorted(own)
            for moved in self.books.moved(account, read or 0)
            if moved.amount > 0 and moved.receipt.number <= upto
        ]
        told = [] if read is None else [n for one in came for n in self._notice(*one, own)]
        self._keep([row for one in came for row in _rows(*one)], told, upto)
        return told

    def _keep(self, rows: list[CreditRow], told: list[Reply], upto: int) -> None:
        now = self.clock()
        with self.log.at_once():
            for row in rows:
                self.log.credit(row, now)
            for reply in told:
                self.log.answer(reply, now)
            self.log.set_mark(MARK, upto)

    def _notice(self, account: str, moved: Moved, own: list[str]) -> Iterator[Reply]:
        code = self.instruments.code(moved.asset)
        if code not in DECIMALS or any(row.source in own for row in _rows(account, moved)):
            return
        entry = self.books.entry(moved, code)
        heading = self.heading(f"{account}{entry.reference}")
        statement = self.books.notice(account, code, entry)
        yield reply_of("camt.054", heading, writing.statement("camt.054", heading, statement))


def _rows(account: str, moved: Moved) -> Iterator[CreditRow]:
    """Walk the payments of an entry that reached an account."""
    for raw in moved.receipt.events:
        event = MACHINE.read_event(raw)
        if not isinstance(event, InstructionSettled) or event.reference is None:
            continue
        for leg in event.legs:
            asset = identifiers.show("asset", leg.asset)
            source = identifiers.show("account", leg.source)
            target = identifiers.show("account", leg.target)
            if (target, asset) == (account, moved.asset):
                yield CreditRow(event.reference.hex(), asset, source, target, leg.amount)
