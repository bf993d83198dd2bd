# SPDX-License-Identifier: Apache-2.0
"""An account's day, from the hub's movements, as camt.052, 053 and 054, and holdings as semt.002.

Balances come from adding up what moved. While they are read the account may move on; then they are
read again, so that opening, entries and closing always belong together.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lejar.assembly import MACHINE
from lejar.cli.messaging.hub import Counter, HubInstruments
from lejar.cli.reconciling import calendar_offset, rows
from lejar.domain.settlement.events import InstructionSettled
from lejar.gateways.iso20022 import writing
from lejar.gateways.iso20022.acting.asked import uetr_text
from lejar.gateways.iso20022.directory import Directory
from lejar.gateways.iso20022.messages import (
    Balance,
    CashEntry,
    Holding,
    Holdings,
    Party,
    ReportRequest,
    Statement,
)
from lejar.gateways.iso20022.reading.parts import QUANTITY_DECIMALS
from lejar.gateways.iso20022.writing import Heading
from lejar.gateways.rest.codec import scalars
from lejar.kernel import identifiers
from lejar.kernel.digest import sha256
from lejar.kernel.entry import Receipt
from lejar.kernel.failure import Malformed, Unavailable
from lejar.kernel.moment import local_date

TRIES: Final = 5
DAYS_MAX: Final = 31
"""What one request may ask for at once."""
BOOKED: Final = "BOOK"
TRANSFER_CODES: Final = "PMNT.MCOP.NTAV"


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement of an account, with the entry that made it."""

    asset: str
    amount: int
    ordinal: int
    receipt: Receipt
    day: datetime.date


class Books:
    """What the hub has of one bank's accounts."""

    def __init__(self, counter: Counter, instruments: HubInstruments, directory: Directory) -> None:
        self._counter = counter
        self._instruments = instruments
        self._directory = directory

    def requested(self, account: str, asked: ReportRequest) -> list[tuple[str, Statement]]:
        """Give what a camt.060 asks for: a report so far, or a statement for each day."""
        name = asked.wanted[:8]
        first = _day(asked.from_date) or self.today()
        last = _day(asked.to_date) or first
        if name not in WANTED or not 0 <= (last - first).days < DAYS_MAX:
            name, last = "camt.052", first
        days = [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]
        return [(name, one) for day in days for one in self.statements(account, day)]

    def statements(self, account: str, day: datetime.date) -> list[Statement]:
        """Give an account's day, a statement for each currency that it has or had."""
        totals, moved = self._stable(account, day)
        found = []
        for asset, total in totals.items():
            code = self._instruments.code(asset)
            if code is not None:
                own = [one for one in moved if one.asset == asset]
                found.append(self._statement(account, code, day, total, own))
        return found

    def holdings(self, account: str) -> Holdings:
        """Give an account's securities as they stand now."""
        found = self._account(account)
        held = tuple(self._held(found["positions"]))
        return Holdings(
            identifier="semt.002.001.11",
            statement_id=_short(f"{account}{self.today()}"),
            as_at=self.today().isoformat(),
            account=account[:35],
            owner=Party(bic=self._directory.bic(found["owner"])),
            holdings=held,
        )

    def written(self, name: str, heading: Heading, statement: Statement) -> bytes:
        """Write a statement."""
        return writing.statement(name, heading, statement)

    def notice(self, account: str, code: str, entry: CashEntry) -> Statement:
        """Make the notice of one credit."""
        return Statement(
            identifier="camt.054",
            message_id="",
            statement_id=_short(f"{account}{entry.reference}"),
            account=account,
            account_currency=code,
            owner=Party(bic=self._directory.bic(self._counter.key.party or "")),
            servicer=Party(bic=self._directory.hub),
            entries=(entry,),
        )

    def entry(self, moved: Moved, code: str) -> CashEntry:
        """Say one movement as a bank's statement does."""
        uetr = _uetr(moved.receipt, moved)
        number = str(moved.receipt.number)
        return CashEntry(
            reference=f"{number}-{moved.ordinal}",
            servicer_reference=number,
            currency=code,
            units=moved.amount,
            status=BOOKED,
            booking_date=moved.day.isoformat(),
            value_date=moved.day.isoformat(),
            code=TRANSFER_CODES,
            uetr=uetr,
            end_to_end=uetr and "NOTPROVIDED",
        )

    def today(self) -> datetime.date:
        """Give the hub's own day."""
        return self._local(self._counter.hub.get("/v1/status")["at"])

    def moved(self, account: str, until: int) -> Iterator[Moved]:
        """Walk an account's movements after an entry, the newest first."""
        for row in rows(self._counter.hub, f"/v1/accounts/{account}/movements", self._counter.key):
            if int(row["entry"]) <= until:
                return
            yield from self._moved(row)

    def _moved(self, row: Mapping[str, Any]) -> Iterator[Moved]:
        receipt = self._counter.receipt(int(row["entry"]))
        if receipt is not None:
            day = local_date(receipt.at, calendar_offset(self._counter.hub))
            ordinal, amount = int(row["ordinal"]), int(row["amount"])
            yield Moved(row["asset"], amount, ordinal, receipt, day)

    def _stable(self, account: str, day: datetime.date) -> tuple[dict[str, int], list[Moved]]:
        """Read balances and what moved since a day began, with nothing moving in between."""
        for _ in range(TRIES):
            before = _totals(self._account(account))
            moved = list(self._since(account, day))
            if _totals(self._account(account)) == before:
                return before, moved
        raise Unavailable("The account moves on faster than it can be read.")

    def _since(self, account: str, day: datetime.date) -> Iterator[Moved]:
        for one in self.moved(account, 0):
            if one.day < day:
                return
            yield one

    def _statement(
        self, account: str, code: str, day: datetime.date, total: int, since: list[Moved]
    ) -> Statement:
        after = sum(one.amount for one in since if one.day > day)
        today = [one for one in reversed(since) if one.day == day]
        closing = total - after
        opening = closing - sum(one.amount for one in today)
        ends = (("OPBD", opening), ("CLBD", closing))
        return Statement(
            identifier="camt.053",
            message_id="",
            statement_id=_short(f"{account}{code}{day}"),
            sequence=str(day.toordinal()),
            account=account,
            account_currency=code,
            owner=Party(bic=self._directory.bic(self._counter.key.party or "")),
            servicer=Party(bic=self._directory.hub),
            balances=tuple(
                Balance(kind=kind, currency=code, units=units, date=day.isoformat())
                for kind, units in ends
            ),
            entries=tuple(self.entry(one, code) for one in today),
        )

    def _held(self, positions: Iterable[Mapping[str, Any]]) -> Iterator[Holding]:
        scale = 10**QUANTITY_DECIMALS
        for one in positions:
            isin = self._instruments.isin(one["asset"])
            if isin is not None and int(one["total"]):
                total, free = int(one["total"]) * scale, int(one["free"]) * scale
                yield Holding(isin=isin, aggregate=total, available=free)

    def _account(self, account: str) -> dict[str, Any]:
        found = self._counter.hub.find(f"/v1/accounts/{account}", self._counter.key)
        if found is None:
            raise Malformed(f"{account} is no account that this bank may read.")
        return found

    def _local(self, at: str) -> datetime.date:
        moment = scalars.read_moment(datetime.datetime.fromisoformat(at))
        return local_date(moment, calendar_offset(self._counter.hub))


WANTED: Final = frozenset({"camt.052", "camt.053"})


def _uetr(receipt: Receipt, moved: Moved) -> str | None:
    """Give the reference of the payment that moved it."""
    for raw in receipt.events:
        event = MACHINE.read_event(raw)
        if isinstance(event, InstructionSettled) and event.reference is not None:
            for leg in event.legs:
                same = identifiers.show("asset", leg.asset) == moved.asset
                if same and leg.amount == abs(moved.amount):
                    return uetr_text(event.reference)
    return None


def _totals(account: Mapping[str, Any]) -> dict[str, int]:
    return {one["asset"]: int(one["total"]) for one in account["positions"]}


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


def _short(text: str) -> str:
    """Name a statement in as many characters as a message allows."""
    return "ST" + sha256(text.encode()).hex()[:30]
