# SPDX-License-Identifier: Apache-2.0
"""One page being answered: the snapshot, who asks, and what names things have.

Assets and parties stand in many lines of a page; each is looked up once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import msgspec
from sqlalchemy import select

from lejar.assembly import MACHINE
from lejar.domain.instruments import DebtTerms
from lejar.domain.instruments.events import InstrumentCreated, UnitsCreated
from lejar.kernel import identifiers
from lejar.kernel.entry import Receipt, read_receipt
from lejar.projections import Snapshot
from lejar.projections.known import MONEY
from lejar.projections.public.instruments import InstrumentLine, instrument
from lejar.projections.schema import entries
from lejar.web import views
from lejar.web.formats import local_date
from lejar.web.readers import Reader

CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset with what its amounts are worth; `created` is the event that made an instrument."""

    line: InstrumentLine
    holders: int
    held: int
    created: InstrumentCreated | UnitsCreated | None

    @property
    def name(self) -> str:
        """The name that people see."""
        return self.line.name or self.line.code

    @property
    def is_money(self) -> bool:
        """Whether its units are those of a currency, or of a bank's claim in one."""
        return self.line.kind in MONEY

    @property
    def debt(self) -> DebtTerms | None:
        """The figures by which a paper pays; none for a currency, and for plain units."""
        return self.created.terms.debt if isinstance(self.created, InstrumentCreated) else None

    def nominal(self, units: int) -> int | None:
        """The nominal value of units in sen; none where the terms state none."""
        return None if self.debt is None else units * self.debt.unit_nominal


@dataclass(slots=True)
class Asked:
    """A question of one reader, with what has been looked up for it."""

    snapshot: Snapshot
    reader: Reader | None
    names: Mapping[bytes, str]
    """Public names of institutions; people have none."""
    _assets: dict[bytes, Asset | None] = field(default_factory=dict)

    @property
    def as_at(self) -> views.AsAt:
        """Where the answer stands."""
        standing = self.snapshot.standing
        return views.AsAt(standing.entry, standing.at)

    def party(self, party: bytes) -> views.PartyRef:
        """Name a party."""
        return views.PartyRef(identifiers.show("party", party), self.names.get(party))

    def parties(self, parties: Iterable[bytes]) -> tuple[views.PartyRef, ...]:
        """Name several parties, in their order."""
        return tuple(self.party(party) for party in parties)

    def asset(self, asset: bytes) -> Asset | None:
        """Look an asset up."""
        if asset not in self._assets:
            found = instrument(self.snapshot, asset)
            self._assets[asset] = (
                None
                if found is None
                else Asset(
                    found.instrument,
                    found.holders,
                    found.held,
                    self._created(found.instrument),
                )
            )
        return self._assets[asset]

    def amount(self, asset: bytes, units: int) -> views.Amount:
        """Name an amount of an asset; one that nobody listed is named by its id."""
        found = self.asset(asset)
        shown = identifiers.show("asset", asset)
        if found is None:
            return views.Amount(units, shown, shown)
        return views.Amount(units, found.name, shown, found.nominal(units), found.line.decimals)

    def day(self, at: int) -> date:
        """Give the local day of a moment."""
        return local_date(at)

    def receipt(self, number: int) -> Receipt | None:
        """Read an entry's receipt; whoever shows it must ask who may see it."""
        query = select(entries.c.receipt).where(entries.c.number == number)
        data = self.snapshot.connection.execute(query).scalar_one_or_none()
        if data is None:
            return None
        receipt: Receipt = read_receipt(bytes(data))
        return receipt

    def _created(self, line: InstrumentLine) -> InstrumentCreated | UnitsCreated | None:
        """Find the event that made an instrument: it has the terms as they were signed."""
        receipt = None if line.kind in MONEY else self.receipt(line.entry)
        for raw in () if receipt is None else receipt.events:
            event: msgspec.Struct = MACHINE.read_event(raw)
            if isinstance(event, InstrumentCreated | UnitsCreated) and event.asset == line.id:
                return event
        return None
