# SPDX-License-Identifier: Apache-2.0
"""Who may see what: pure questions, named as the sentence that must hold.

Public reads show totals, opaque ids and outcomes.  Registers, balances and positions are for the
owner, the instrument's issuer, and parties with a supervisor's power.
"""

from dataclasses import dataclass

from lejar.domain.identity import PartyKind, Power
from lejar.gateways.rest.break_views import BreakView
from lejar.gateways.rest.views import (
    AccountView,
    BoundMoneyView,
    CohortView,
    DirectiveView,
    Figures,
    FigureView,
    InstructionView,
    InstrumentView,
    ListView,
    PartyView,
    ProposalView,
    Sealed,
)

SUPERVISING = frozenset({Power.DIRECT})
"""The power to direct is the supervisor's: who may freeze may see what there is to freeze."""
PUBLIC_KINDS = frozenset({PartyKind.AGENCY, PartyKind.SYSTEM})
"""Agencies and the hub's own parties act in public."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A party that has shown a pass that holds."""

    party: bytes
    supervises: bool
    runs_settlement: bool = False


def reader_of(party: PartyView) -> Reader:
    """Give the reader that a party is."""
    supervises = any(power in SUPERVISING for power in party.powers)
    return Reader(party.party, supervises, Power.RUN_SETTLEMENT in party.powers)


def may_see_entry_whole(reader: Reader | None, sealed: Sealed) -> bool:
    """The reader took part in the entry, or supervises; others see its outcome."""
    return reader is not None and (reader.supervises or reader.party in sealed.involved)


def may_see_party(reader: Reader | None, party: PartyView) -> bool:
    """The party acts in public, or is the reader, or the reader supervises."""
    return party.kind in PUBLIC_KINDS or may_see_party_whole(reader, party)


def may_see_party_whole(reader: Reader | None, party: PartyView) -> bool:
    """The reader is the party, or supervises."""
    return reader is not None and (reader.supervises or reader.party == party.party)


def may_see_account(reader: Reader, account: AccountView) -> bool:
    """The reader owns the account, or it is kept for the reader, or the reader supervises."""
    return reader.supervises or reader.party in (account.owner, account.beneficiary)


def may_see_holders(reader: Reader, instrument: InstrumentView) -> bool:
    """The reader issued the instrument, or supervises."""
    return reader.supervises or reader.party == instrument.issuer


def may_see_instruction(reader: Reader, instruction: InstructionView) -> bool:
    """The reader is a side of the instruction or told of it, or may see the whole queue."""
    concerned = (*instruction.parties, *instruction.informed)
    return may_see_the_queue(reader) or reader.party in concerned


def may_see_the_queue(reader: Reader) -> bool:
    """The reader runs settlement, or supervises: what lacks where is told to it."""
    return reader.supervises or reader.runs_settlement


def may_see_bound_money(reader: Reader, envelope: BoundMoneyView) -> bool:
    """The reader bound the money, or may spend it, or supervises."""
    return reader.supervises or reader.party in (envelope.owner, envelope.holder)


def may_see_members(reader: Reader | None, of: ListView) -> bool:
    """The reader keeps the list, or supervises."""
    return reader is not None and (reader.supervises or reader.party == of.keeper)


def participants_for(reader: Reader | None, cohort: CohortView) -> tuple[bytes, ...]:
    """A participant may know of itself, a supervisor of all."""
    if reader is None:
        return ()
    return tuple(one for one in cohort.participants if reader.supervises or one == reader.party)


def may_see_figure(reader: Reader, figures: Figures, figure: FigureView) -> bool:
    """It is about the reader or what the reader issued, or the reader's word, or it supervises."""
    concerned = (figure.subject, figures.issuer, figure.recorded_by)
    return reader.supervises or reader.party in concerned


def may_see_carried_command(reader: Reader | None, proposal: ProposalView) -> bool:
    """The reader's agreement is needed, or the reader supervises."""
    return reader is not None and (reader.supervises or reader.party in proposal.parties)


def may_see_break(reader: Reader, found: BreakView) -> bool:
    """The reader keeps a side of it or looks into it, or the reader supervises."""
    return reader.supervises or reader.party in found.concerned


def may_see_directive_whole(reader: Reader | None, directive: DirectiveView) -> bool:
    """The reader issued the directive, or it concerns the reader, or the reader supervises."""
    if reader is None or directive.bearing is None:
        return False
    return (
        reader.supervises
        or reader.party == directive.row.agency
        or reader.party in directive.bearing.concerned
    )
