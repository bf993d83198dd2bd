# SPDX-License-Identifier: Apache-2.0
"""Instructions whole: who gives what to whom, and who has agreed."""

from dataclasses import dataclass

from sqlalchemy import select

from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.public.instructions import (
    InstructionFound,
    InstructionLine,
    instruction,
    line,
)
from lejar.projections.schema import (
    accounts,
    instruction_legs,
    instruction_parties,
    instructions,
)
from lejar.projections.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class LegLine:
    """An amount of an asset from one party's account to another's."""

    asset: bytes
    amount: int
    source: bytes
    source_owner: bytes
    target: bytes
    target_owner: bytes


@dataclass(frozen=True, slots=True)
class SideLine:
    """One side; the entries in which it affirmed and asked to cancel, none if it has not."""

    party: bytes
    affirmed: int | None
    cancelling: int | None


@dataclass(frozen=True, slots=True)
class InstructionWhole:
    """What is public of an instruction, with its legs and its sides."""

    found: InstructionFound
    legs: tuple[LegLine, ...]
    sides: tuple[SideLine, ...]


def instruction_whole(snapshot: Snapshot, id_: bytes) -> InstructionWhole | None:
    """Give one instruction; the parties concerned are its sides."""
    found = instruction(snapshot, id_)
    if found is None:
        return None
    return InstructionWhole(found, _legs(snapshot, id_), _sides(snapshot, id_))


def instructions_of_party(
    snapshot: Snapshot, party: bytes, *, stage: str | None = None, wanted: Wanted = FIRST_PAGE
) -> Page[InstructionLine]:
    """Give a page of the instructions that a party is a side of, the newest first."""
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
        select(c.asset, c.amount, c.source, source.c.owner, c.target, target.c.owner)
        .join(source, source.c.id == c.source)
        .join(target, target.c.id == c.target)
        .where(c.instruction == id_)
        .order_by(c.ordinal)
    )
    return tuple(LegLine(*row) for row in snapshot.connection.execute(query))


def _sides(snapshot: Snapshot, id_: bytes) -> tuple[SideLine, ...]:
    c = instruction_parties.c
    query = select(c.party, c.affirmed, c.cancelling).where(c.instruction == id_)
    return tuple(SideLine(*row) for row in snapshot.connection.execute(query.order_by(c.party)))
