# SPDX-License-Identifier: Apache-2.0
"""Instructions: where each stands and what became of it, without legs and sides."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.schema import entries, instruction_history, instruction_legs, instructions
from lejar.projections.snapshot import Found, Snapshot
from lejar.projections.standing import Standing


@dataclass(frozen=True, slots=True)
class InstructionLine:
    """One instruction; `cause` is the code of the last refusal that made it fail."""

    id: bytes
    opened: int
    """The entry that brought it."""
    value_date: date
    stage: str
    """`alleged`, `matched`, `queued`, `failed`, `settled`, `cancelled` or `lapsed`."""
    cause: str | None
    attempts: int
    entry: int
    """The entry that changed it last."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something that happened to an instruction: a stage, or what was done to it."""

    entry: int
    at: int
    command_id: bytes
    what: str
    cause: str | None


@dataclass(frozen=True, slots=True)
class InstructionFound:
    """One instruction, with its history in order and the assets it exchanges."""

    standing: Standing
    instruction: InstructionLine
    history: tuple[StepLine, ...]
    assets: tuple[bytes, ...]


def instructions_page(
    snapshot: Snapshot, *, stage: str | None = None, wanted: Wanted = FIRST_PAGE
) -> Page[InstructionLine]:
    """Give a page of instructions, the newest first."""
    query = select(instructions)
    if stage is not None:
        query = query.where(instructions.c.stage == stage)
    return page(snapshot, _LISTING, query, wanted)


def instruction(snapshot: Snapshot, id_: bytes) -> InstructionFound | None:
    """Give one instruction."""
    query = select(instructions).where(instructions.c.id == id_)
    row = snapshot.connection.execute(query).one_or_none()
    if row is None:
        return None
    legs = instruction_legs.c
    exchanged = select(legs.asset).where(legs.instruction == id_).order_by(legs.ordinal)
    return InstructionFound(
        snapshot.standing,
        line(row),
        _history(snapshot, id_),
        tuple(snapshot.connection.execute(exchanged).scalars()),
    )


def line(row: Found) -> InstructionLine:
    """Read a row of the instructions table."""
    return InstructionLine(
        row.id,
        row.opened,
        date.fromisoformat(row.value_date),
        row.stage,
        row.cause,
        row.attempts,
        row.entry,
    )


def _history(snapshot: Snapshot, id_: bytes) -> tuple[StepLine, ...]:
    c = instruction_history.c
    query = (
        select(c.entry, entries.c.at, entries.c.command_id, c.what, c.cause)
        .join(entries, entries.c.number == c.entry)
        .where(c.instruction == id_)
        .order_by(c.entry, c.ordinal)
    )
    return tuple(StepLine(*row) for row in snapshot.connection.execute(query))


_LISTING: Listing[InstructionLine] = Listing(
    "instructions", (instructions.c.opened, instructions.c.id), line
)
