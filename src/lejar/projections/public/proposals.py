# SPDX-License-Identifier: Apache-2.0
"""Proposals and requirements: who must agree to what, who has, without the command that waits."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import Select, and_, func, select

from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.schema import (
    entries,
    proposal_history,
    proposal_parties,
    proposal_persons,
    proposals,
    requirements,
)
from lejar.projections.snapshot import Found, Snapshot
from lejar.projections.standing import Standing


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal."""

    id: bytes
    proposer: bytes
    verb: str
    matter: str
    """What the command is about, where one verb serves several matters; otherwise empty."""
    owner: bytes
    """The agency whose matter it was when the proposal was made."""
    basis: str
    """The legal basis as it is cited."""
    link: str | None
    grounds: bytes | None
    effective_at: int | None
    expires_at: int
    stage: str
    """`open`, `agreed`, `stalled`, `enacted`, `failed`, `objected`, `withdrawn`, `expired` or
    `superseded`."""
    cause: str | None
    """Why it stalled or failed: a refusal's code."""
    due_at: int | None
    made: int
    """The entry that made it."""
    entry: int
    """The entry that changed it last."""


@dataclass(frozen=True, slots=True)
class SideLine:
    """A party whose agreement a proposal needs; `agreed` is the entry in which it first did."""

    party: bytes
    agreed: int | None
    persons: int
    """Through how many different natural persons; 0 also where its keys have no officers."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something that became of a proposal: `made`, an `agreement`, a stage, or how it ended."""

    entry: int
    at: int
    what: str
    party: bytes | None
    cause: str | None
    """Why it stalled or failed: a refusal's code."""


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """What must be agreed before a command is carried out."""

    verb: str
    """The command's tag, with `/matter` behind it for one matter of it."""
    owner: bytes
    concurring: tuple[bytes, ...]
    officers: int
    notice_micros: int
    entry: int
    """The entry that set it; 0 is the genesis."""


@dataclass(frozen=True, slots=True)
class ProposalFound:
    """One proposal with its sides, as at a standing."""

    standing: Standing
    proposal: ProposalLine
    sides: tuple[SideLine, ...]
    history: tuple[StepLine, ...]
    requirement: RequirementLine | None
    """What its command needs now, which may be something else than when it was made."""


_PUBLIC = tuple(column for column in proposals.c if column.name != "carried")


def proposals_page(
    snapshot: Snapshot, *, stage: str | None = None, wanted: Wanted = FIRST_PAGE
) -> Page[ProposalLine]:
    """Give a page of proposals, the newest first."""
    query: Select[tuple[object, ...]] = select(*_PUBLIC)
    if stage is not None:
        query = query.where(proposals.c.stage == stage)
    return page(snapshot, _LISTING, query, wanted)


def proposal(snapshot: Snapshot, id_: bytes) -> ProposalFound | None:
    """Give one proposal."""
    query = select(*_PUBLIC).where(proposals.c.id == id_)
    row = snapshot.connection.execute(query).one_or_none()
    if row is None:
        return None
    line = _line(row)
    return ProposalFound(
        snapshot.standing,
        line,
        _sides(snapshot, id_),
        _history(snapshot, id_),
        requirement_for(snapshot, line.verb, line.matter),
    )


def requirement_for(snapshot: Snapshot, verb: str, matter: str) -> RequirementLine | None:
    """Give what a command needs: for the very matter if it is named, otherwise for the verb."""
    c = requirements.c
    query = select(requirements).where(c.verb.in_([verb, f"{verb}/{matter}"]))
    row = snapshot.connection.execute(query.order_by(c.verb.desc()).limit(1)).one_or_none()
    return None if row is None else _requirement(row)


def _sides(snapshot: Snapshot, id_: bytes) -> tuple[SideLine, ...]:
    sides, persons = proposal_parties.c, proposal_persons.c
    query = (
        select(sides.party, sides.agreed, func.count(persons.person))
        .select_from(
            proposal_parties.outerjoin(
                proposal_persons,
                and_(persons.proposal == sides.proposal, persons.party == sides.party),
            )
        )
        .where(sides.proposal == id_)
        .group_by(sides.party, sides.agreed)
        .order_by(sides.party)
    )
    return tuple(SideLine(*side) for side in snapshot.connection.execute(query))


def _history(snapshot: Snapshot, id_: bytes) -> tuple[StepLine, ...]:
    c = proposal_history.c
    query = (
        select(c.entry, entries.c.at, c.what, c.party, c.cause)
        .join(entries, entries.c.number == c.entry)
        .where(c.proposal == id_)
        .order_by(c.entry, c.ordinal)
    )
    return tuple(StepLine(*step) for step in snapshot.connection.execute(query))


def requirements_page(snapshot: Snapshot, wanted: Wanted = FIRST_PAGE) -> Page[RequirementLine]:
    """Give a page of requirements, by verb."""
    return page(snapshot, _REQUIREMENTS, select(requirements), wanted)


def _line(row: Found) -> ProposalLine:
    return ProposalLine(**row._asdict())


def _requirement(row: Found) -> RequirementLine:
    concurring = msgspec.json.decode(row.concurring, type=tuple[str, ...])
    parties = tuple(bytes.fromhex(word) for word in concurring)
    return RequirementLine(row.verb, row.owner, parties, row.officers, row.notice_micros, row.entry)


_LISTING: Listing[ProposalLine] = Listing("proposals", (proposals.c.made, proposals.c.id), _line)
_REQUIREMENTS: Listing[RequirementLine] = Listing(
    "requirements", (requirements.c.verb,), _requirement, newest_first=False
)
