# SPDX-License-Identifier: Apache-2.0
"""Proposals and requirements: who must agree to what is public, what waits is for who decides."""

from dataclasses import dataclass

from lejar.web.views.parts import AsAt, Fact, PartyRef, Span, State, Words


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal in a list."""

    proposal_id: str
    verb: str
    """The carried command's name in the code."""
    matter: str
    """What it is about, where one command serves several matters; otherwise empty."""
    owner: PartyRef
    basis: str
    """The legal basis on one line."""
    expires_at: int
    state: State
    cause: Words | None
    """Why it stalled or failed, in one sentence."""
    entry: int
    """The entry that made it."""


@dataclass(frozen=True, slots=True)
class ProposalsView:
    """The page of proposals."""

    as_at: AsAt
    rows: tuple[ProposalRow, ...]
    wanted: State | None
    span: Span


@dataclass(frozen=True, slots=True)
class SideRow:
    """A party whose agreement is needed; officers are numbers and never names."""

    party: PartyRef
    is_owner: bool
    entry: int | None
    """The entry in which it first agreed; None: it has not."""
    officers: int
    officers_needed: int


@dataclass(frozen=True, slots=True)
class ProposalStep:
    """Something that became of a proposal."""

    what: str
    at: int
    entry: int
    party: PartyRef | None
    cause: Words | None


@dataclass(frozen=True, slots=True)
class CarriedView:
    """The command that a proposal holds, for those who decide and for supervisors."""

    command: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One proposal with its life."""

    as_at: AsAt
    row: ProposalRow
    proposer: PartyRef
    link: str | None
    """Where its basis can be read."""
    grounds: str | None
    """The digest of its reasons; None also where this reader may not see them."""
    effective_at: int | None
    """None: it takes force as soon as it may."""
    due_at: int | None
    """When it is to be carried out; None while that is open, and when it has ended."""
    sides: tuple[SideRow, ...]
    carried: CarriedView | None
    """None: this reader may not see it."""
    steps: tuple[ProposalStep, ...]


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """Who must agree to a command, or to one matter of it."""

    verb: str
    matter: str
    owner: PartyRef
    concurring: tuple[PartyRef, ...]
    officers: int
    notice_micros: int
    entry: int
    """The entry that set it; 0 is the beginning."""


@dataclass(frozen=True, slots=True)
class RequirementsView:
    """The page of requirements."""

    as_at: AsAt
    rows: tuple[RequirementRow, ...]
    span: Span
