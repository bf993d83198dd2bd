# SPDX-License-Identifier: Apache-2.0
"""Instructions whole: who gives what to whom, and who has agreed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, literal, null, or_, select

from lejar.projections.known import PARTY
from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.public.instructions import (
    InstructionFound,
    InstructionLine,
    instruction,
    line,
)
from lejar.projections.queue_schema import (
    instruction_holders,
    instruction_links,
    instruction_promises,
    penalties,
    penalty_charges,
)
from lejar.projections.schema import (
    accounts,
    instruction_legs,
    instruction_parties,
    instructions,
)
from lejar.projections.snapshot import Snapshot

PENALTIES_MAX = 500
"""The newest of each kind; what is older stands in the receipts."""


@dataclass(frozen=True, slots=True)
class LegLine:
    """An amount of an asset from one party's account to another's."""

    asset: bytes
    amount: int
    source: bytes
    source_owner: bytes
    target: bytes
    target_owner: bytes
    settled: int = 0
    """What has moved before, in parts; `amount` is the rest."""


@dataclass(frozen=True, slots=True)
class SideLine:
    """One side; the entries in which it affirmed and asked to cancel, none if it has not."""

    party: bytes
    affirmed: int | None
    cancelling: int | None
    role: str = PARTY


@dataclass(frozen=True, slots=True)
class TermsLine:
    """On which terms it settles; none where it settled at once."""

    priority: str | None
    on_shortfall: str | None
    partial_from: int | None
    pool: bytes | None
    pool_number: int | None
    by_hand: bool
    from_block: int | None
    mediator: bytes | None
    venue: bytes | None
    reference: bytes | None
    buy_in_until: int | None
    buy_in_by: bytes | None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """What is done outside; `attested` is the entry in which its agent said so."""

    number: int
    agent: bytes
    giver: bytes
    receiver: bytes
    matter: bytes
    attested: int | None


@dataclass(frozen=True, slots=True)
class LinkLine:
    """Another instruction that must settle before, and where it stands."""

    instruction: bytes
    stage: str


@dataclass(frozen=True, slots=True)
class PenaltyLine:
    """What failing has cost by now, or what was charged (`days` zero)."""

    instruction: bytes
    payer: bytes
    payer_owner: bytes
    payee: bytes
    payee_owner: bytes
    asset: bytes
    amount: int
    days: int
    shown_on: str | None
    entry: int


@dataclass(frozen=True, slots=True)
class InstructionWhole:
    """What is public of an instruction, with its legs, its sides and its terms."""

    found: InstructionFound
    legs: tuple[LegLine, ...]
    sides: tuple[SideLine, ...]
    """Who must agree."""
    informed: tuple[SideLine, ...]
    """Who sees it besides: a payee, the agents of promises, a venue."""
    terms: TermsLine
    promises: tuple[PromiseLine, ...]
    after: tuple[LinkLine, ...]
    held_by: tuple[bytes, ...]
    penalties: tuple[PenaltyLine, ...]

    @property
    def givers(self) -> tuple[bytes, ...]:
        """Who gives something in it: they know how it waits."""
        return tuple(dict.fromkeys(leg.source_owner for leg in self.legs))

    def concerns(self, party: bytes) -> bool:
        """Say whether a party may see it."""
        return any(one.party == party for one in (*self.sides, *self.informed))


def instruction_whole(snapshot: Snapshot, id_: bytes) -> InstructionWhole | None:
    """Give one instruction; the parties concerned are its sides."""
    found = instruction(snapshot, id_)
    if found is None:
        return None
    known = _sides(snapshot, id_)
    return InstructionWhole(
        found,
        _legs(snapshot, id_),
        tuple(one for one in known if one.role == PARTY),
        tuple(one for one in known if one.role != PARTY),
        _terms(snapshot, id_),
        _promises(snapshot, id_),
        _after(snapshot, id_),
        _holders(snapshot, id_),
        penalties_of(snapshot, instruction=id_),
    )


def instructions_of_party(
    snapshot: Snapshot, party: bytes, *, stage: str | None = None, wanted: Wanted = FIRST_PAGE
) -> Page[InstructionLine]:
    """Give a page of the instructions that a party may see, the newest first."""
    sides = instruction_parties
    listing = Listing("instructions", (sides.c.opened, sides.c.instruction), line)
    query = (
        select(instructions, sides.c.instruction)
        .join(sides, sides.c.instruction == instructions.c.id)
        .where(sides.c.party == party)
    )
    if stage is not None:
        query = query.where(instructions.c.stage == stage)
    return page(snapshot, listing, query, wanted)


def _legs(snapshot: Snapshot, id_: bytes) -> tuple[LegLine, ...]:
    c, source, target = instruction_legs.c, accounts.alias("source"), accounts.alias("target")
    query = (
        select(c.asset, c.amount, c.source, source.c.owner, c.target, target.c.owner, c.settled)
        .join(source, source.c.id == c.source)
        .join(target, target.c.id == c.target)
        .where(c.instruction == id_)
        .order_by(c.ordinal)
    )
    return tuple(LegLine(*row) for row in snapshot.connection.execute(query))


def _sides(snapshot: Snapshot, id_: bytes) -> tuple[SideLine, ...]:
    c = instruction_parties.c
    query = select(c.party, c.affirmed, c.cancelling, c.role).where(c.instruction == id_)
    return tuple(SideLine(*row) for row in snapshot.connection.execute(query.order_by(c.party)))


def _terms(snapshot: Snapshot, id_: bytes) -> TermsLine:
    columns = [instructions.c[name] for name in TermsLine.__dataclass_fields__]
    row = snapshot.connection.execute(select(*columns).where(instructions.c.id == id_)).one()
    return TermsLine(*row)


def _promises(snapshot: Snapshot, id_: bytes) -> tuple[PromiseLine, ...]:
    c = instruction_promises.c
    query = select(c.ordinal, c.agent, c.giver, c.receiver, c.matter, c.attested)
    found = snapshot.connection.execute(query.where(c.instruction == id_).order_by(c.ordinal))
    return tuple(PromiseLine(*row) for row in found)


def _after(snapshot: Snapshot, id_: bytes) -> tuple[LinkLine, ...]:
    c = instruction_links.c
    query = (
        select(c.earlier, instructions.c.stage)
        .join(instructions, instructions.c.id == c.earlier)
        .where(c.instruction == id_)
        .order_by(c.earlier)
    )
    return tuple(LinkLine(*row) for row in snapshot.connection.execute(query))


def _holders(snapshot: Snapshot, id_: bytes) -> tuple[bytes, ...]:
    c = instruction_holders.c
    query = select(c.party).where(c.instruction == id_).order_by(c.entry, c.party)
    return tuple(snapshot.connection.execute(query).scalars())


def penalties_of(
    snapshot: Snapshot, *, instruction: bytes | None = None, party: bytes | None = None
) -> tuple[PenaltyLine, ...]:
    """Give what has accrued, then what was charged; of one instruction, or between whom it is."""
    found: list[PenaltyLine] = []
    for table in (penalties, penalty_charges):
        c, payer, payee = table.c, accounts.alias("payer"), accounts.alias("payee")
        accrued = table is penalties
        shown = (c.days, c.shown_on) if accrued else (literal(0), null())
        query: Select[Any] = (
            select(c.instruction, c.payer, payer.c.owner, c.payee, payee.c.owner, c.asset,
                   c.amount, *shown, c.entry)
            .join(payer, payer.c.id == c.payer)
            .join(payee, payee.c.id == c.payee)
            .order_by(c.entry.desc(), c.instruction)
            .limit(PENALTIES_MAX)
        )  # fmt: skip
        if instruction is not None:
            query = query.where(c.instruction == instruction)
        if party is not None:
            query = query.where(or_(payer.c.owner == party, payee.c.owner == party))
        found.extend(PenaltyLine(*row) for row in snapshot.connection.execute(query))
    return tuple(found)
