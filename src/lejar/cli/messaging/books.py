# SPDX-License-Identifier: Apache-2.0
"""An account's day as camt.052 and 053, one credit as camt.054, and holdings as semt.002.

The day is the hub's own statement of it. A day that goes on while its pages are read is read again,
so that opening, entries and closing always belong together.
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
from lejar.gateways.iso20022.acting.asked import day_of, uetr_text
from lejar.gateways.iso20022.acting.refusals import ChannelRefusal, NotActed
from lejar.gateways.iso20022.currencies import DECIMALS
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
from lejar.gateways.iso20022.rules.securities import QUANTITY_DECIMALS
from lejar.gateways.iso20022.writing import Heading
from lejar.kernel import identifiers
from lejar.kernel.digest import sha256
from lejar.kernel.entry import Receipt
from lejar.kernel.failure import Unavailable
from lejar.kernel.moment import local_date

TRIES: Final = 5
PAGE: Final = 200
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
        """Give each day that is asked for: a statement, or a report of a day that goes on."""
        first = day_of(asked.from_date) if asked.from_date else self.today()
        last = day_of(asked.to_date) if asked.to_date else first
        if not 0 <= (last - first).days < DAYS_MAX:
            raise NotActed(ChannelRefusal.DAY_UNREADABLE)
        days = [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]
        return [one for day in days for one in self.statements(account, day)]

    def statements(self, account: str, day: datetime.date) -> list[tuple[str, Statement]]:
        """Give an account's day, a statement for each currency that it has or had."""
        found = []
        for position in self._account(account)["positions"]:
            code = self._instruments.code(position["asset"])
            if code in DECIMALS:
                whole = self._whole(account, position["asset"], day)
                name = "camt.053" if whole["final"] else "camt.052"
                found.append((name, self._statement(code, day, whole)))
        return found

    def holdings(self, account: str) -> Holdings:
        """Give an account's securities as they stand now."""
        found, now = self._account(account), self.now()
        held = tuple(self._held(found["positions"]))
        return Holdings(
            identifier="semt.002.001.11",
            statement_id=_short(f"{account}{now}"),
            as_at=now.isoformat(timespec="seconds"),
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
            owner=self._owner(),
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
        return self.now().date()

    def now(self) -> datetime.datetime:
        """Give the hub's moment, as its own clocks show it."""
        offset = datetime.timedelta(minutes=calendar_offset(self._counter.hub))
        moment = datetime.datetime.fromisoformat(self._counter.hub.get("/v1/status")["at"])
        return moment.astimezone(datetime.timezone(offset))

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

    def _whole(self, account: str, asset: str, day: datetime.date) -> dict[str, Any]:
        """Read every page of a day."""
        hub, key = self._counter.hub, self._counter.key
        path = f"/v1/accounts/{account}/statements/{day.isoformat()}?asset={asset}&limit={PAGE}"
        for _ in range(TRIES):
            found = hub.get(path, key)
            cursor, before = found["next"], found["movements"]
            while cursor is not None and found["movements"] == before:
                more = hub.get(f"{path}&after={cursor}", key)
                found = more | {"lines": found["lines"] + more["lines"]}
                cursor = more["next"]
            if found["movements"] == before:
                return found
        raise Unavailable("The account moves on faster than it can be read.")

    def _statement(self, code: str, day: datetime.date, whole: Mapping[str, Any]) -> Statement:
        account = str(whole["account"])
        ends = (("OPBD", whole["opening"]), ("CLBD", whole["closing"]))
        listed = [line | {"asset": whole["asset"]} for line in whole["lines"]]
        lines = [one for row in listed for one in self._moved(row)]
        return Statement(
            identifier="camt.053",
            message_id="",
            statement_id=_short(f"{account}{code}{day}{len(lines)}"),
            sequence=str(day.toordinal()),
            account=account,
            account_currency=code,
            owner=self._owner(),
            servicer=Party(bic=self._directory.hub),
            balances=tuple(
                Balance(kind=kind, currency=code, units=int(units), date=day.isoformat())
                for kind, units in ends
            ),
            entries=tuple(self.entry(one, code) for one in lines),
        )

    def _owner(self) -> Party:
        return Party(bic=self._directory.bic(self._counter.key.party or ""))

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
            raise NotActed(ChannelRefusal.ACCOUNT_UNNAMED)
        return found


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


def _short(text: str) -> str:
    """Name a statement in as many characters as a message allows."""
    return "ST" + sha256(text.encode()).hex()[:30]
