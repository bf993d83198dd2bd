# SPDX-License-Identifier: Apache-2.0
"""Proposals and requirements: who must agree to what, who has, without the command that waits."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import Select, select

from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.schema import proposal_parties, proposals, requirements
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


@dataclass(frozen=True, slots=True)
class ProposalFound:
    """One proposal with its sides, as at a standing."""

    standing: Standing
    proposal: ProposalLine
    sides: tuple[SideLine, ...]


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
    sides = proposal_parties.c
    asked = select(sides.party, sides.agreed).where(sides.proposal == id_).order_by(sides.party)
    return ProposalFound(
        snapshot.standing,
        _line(row),
        tuple(SideLine(*side) for side in snapshot.connection.execute(asked)),
    )


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
