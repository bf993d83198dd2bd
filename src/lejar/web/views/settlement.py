# SPDX-License-Identifier: Apache-2.0
"""Settlement instructions: legs, affirmations, and why one waits."""

from dataclasses import dataclass
from datetime import date

from lejar.web.views.instruments import LifeStage
from lejar.web.views.parts import (
    Amount,
    AsAt,
    Fact,
    PartyRef,
    Reference,
    RefusalView,
    Span,
    State,
    Words,
)
from lejar.web.views.settling import PenaltyRow, PromiseRow, WaitRow


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """One instruction in a list."""

    instruction_id: str
    kind: str
    """`dvp`, `pvp`, `free` …"""
    securities: Amount | None
    cash: Amount | None
    """The amounts that the list shows; further legs are on the page of the instruction."""
    value_on: date
    state: State
    reason: Words | None
    """Why it waits or failed, in one sentence."""
    entry: int
    """The entry that touched it last."""
    whole: bool = True
    """Whether this reader sees its legs."""


@dataclass(frozen=True, slots=True)
class InstructionsView:
    """The page of instructions."""

    as_at: AsAt
    rows: tuple[InstructionRow, ...]
    wanted: State | None
    span: Span


@dataclass(frozen=True, slots=True)
class LegRow:
    """One leg: what goes from whom to whom."""

    amount: Amount
    source: PartyRef
    source_account_id: str
    target: PartyRef
    target_account_id: str
    state: State
    settled: Amount | None = None
    """What had moved before the rest, in parts."""


@dataclass(frozen=True, slots=True)
class AffirmationRow:
    """One side's yes; `entry` None: not given yet."""

    party: PartyRef
    side: str
    """`deliver` or `receive` the securities; `pays` the money, or `mediates`."""
    at: int | None
    entry: int | None
    receipt_id: str | None


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of an instruction's way: alleged, matched, settled (or failed, cancelled)."""

    state: State
    stage: LifeStage
    at: int | None
    entry: int | None
    receipt_id: str | None


@dataclass(frozen=True, slots=True)
class InstructionView:
    """One instruction."""

    as_at: AsAt
    row: InstructionRow
    legs: tuple[LegRow, ...] | None
    """None: this reader may not see them."""
    affirmations: tuple[AffirmationRow, ...] | None
    """None: this reader may not see them."""
    stages: tuple[StageRow, ...]
    price: int | None
    """Millionths of per cent of nominal."""
    cut_off: int | None
    """Moment after which it can no longer settle on its value date."""
    refusal: RefusalView | None
    assets: tuple[Reference, ...] = ()
    """What is exchanged, by name."""
    waits: tuple[WaitRow, ...] = ()
    """Why it has not settled, as far as this reader may know."""
    terms: tuple[Fact, ...] = ()
    promises: tuple[PromiseRow, ...] = ()
    after: tuple[Reference, ...] = ()
    """What must settle before it."""
    penalties: tuple[PenaltyRow, ...] = ()
