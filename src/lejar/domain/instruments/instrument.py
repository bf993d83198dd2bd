# SPDX-License-Identifier: Apache-2.0
"""An instrument on the ledger: its terms, who approved it, how much was issued, where it stands.

Why apart from the terms: what a paper promises never changes and is public; this is what became of
it.  Its issuer and issuance account stand in the policy module's asset profile, said once.
"""

from datetime import date
from enum import StrEnum

import msgspec

from lejar.domain.instruments import events
from lejar.domain.instruments.model import DebtInstrument, DebtTerms, PlainUnits
from lejar.domain.instruments.refusals import InstrumentRefusal
from lejar.domain.policy import close_register, known_profile
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.failure import Broken
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader, Table
from lejar.ledger.balances import supply


class InstrumentStage(StrEnum):
    """Where an instrument stands in its life."""

    LIVE = "live"
    CLOSED = "closed"
    """Its register is closed for redemption: nothing is issued, retired or transferred."""
    REDEEMED = "redeemed"
    """No unit exists any more."""


class Instrument(Record, frozen=True):
    """An instrument; its asset id is the key."""

    terms: DebtInstrument | PlainUnits
    approver: bytes
    documents: tuple[bytes, ...]
    """SHA-256 digests of the offering documents, which stay outside."""
    created_on: date
    """The local day on which it came to this hub; payments due before are not the hub's."""
    issued: int
    """Units ever issued; retired ones are not issued again."""
    stage: InstrumentStage

    @property
    def debt(self) -> DebtTerms | None:
        """The figures by which it pays; none for units that owe nothing by their terms."""
        return None if isinstance(self.terms, PlainUnits) else self.terms.debt

    @property
    def units_max(self) -> int | None:
        """Units that may ever be issued; none where the terms set no end."""
        if isinstance(self.terms, PlainUnits):
            return self.terms.units_max
        return self.terms.debt.issue_amount // self.terms.debt.unit_nominal


class Isin(Record, frozen=True):
    """Which asset has an ISIN; the ISIN's twelve letters are the key."""

    asset: bytes


INSTRUMENTS: Table[Instrument] = Table(0x50, "instruments", Instrument)
ISINS: Table[Isin] = Table(0x51, "isins", Isin)


def known_instrument(reader: Reader, asset: bytes) -> Instrument:
    """Give an instrument, or refuse."""
    found = INSTRUMENTS.get(reader, asset)
    if found is None:
        raise Refused(InstrumentRefusal.INSTRUMENT_UNKNOWN, asset=asset)
    return found


def debt_of(reader: Reader, asset: bytes) -> DebtTerms:
    """Give the figures of an asset that is a debt, which the caller has made sure of."""
    found = INSTRUMENTS.require(reader, asset).debt
    if found is None:
        raise Broken("only a debt is asked for the figures by which it pays")
    return found


def asset_of_isin(reader: Reader, isin: str) -> bytes | None:
    """Give the asset that has an ISIN, or none."""
    found = ISINS.get(reader, isin.encode())
    return None if found is None else found.asset


def closed(draft: Draft, asset: bytes) -> None:
    """Close an instrument's register, for its redemption; servicing asks for it."""
    instrument = INSTRUMENTS.require(draft, asset)
    close_register(draft, asset)
    put_stage(draft, asset, instrument, InstrumentStage.CLOSED)
    draft.emit(events.RegisterClosed(asset))


def redeemed_if_none_is_left(draft: Draft, asset: bytes) -> None:
    """End a closed instrument's life once no unit of it exists."""
    instrument = INSTRUMENTS.require(draft, asset)
    if instrument.stage is not InstrumentStage.CLOSED:
        return
    if supply(draft, asset, known_profile(draft, asset).issuance_account) == 0:
        put_stage(draft, asset, instrument, InstrumentStage.REDEEMED)
        draft.emit(events.InstrumentRedeemed(asset))


def put_stage(draft: Draft, asset: bytes, instrument: Instrument, stage: InstrumentStage) -> None:
    """Write where an instrument stands."""
    INSTRUMENTS.put(draft, asset, msgspec.structs.replace(instrument, stage=stage))
