# SPDX-License-Identifier: Apache-2.0
"""What this room needs of others beside the door: the writer's link and the read models.

Protocols, so that the node and the projections need not know this room, and a test can stand an
in-process hub behind them.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from lejar.domain.identity import PartyKind
from lejar.domain.policy.explain import Answered, Question
from lejar.gateways.rest.break_views import (
    BreakRow,
    BreakView,
    CounterpartView,
    OutsideStatementView,
)
from lejar.gateways.rest.money_views import (
    AccountLimitView,
    CollateralView,
    CreditView,
    DepositView,
    FacilityView,
    TierView,
)
from lejar.gateways.rest.settling_views import (
    DayView,
    LimitsView,
    PenaltyView,
    QueueRow,
    WaitView,
)
from lejar.gateways.rest.statement_views import StatementDayView, StatementView
from lejar.gateways.rest.views import (
    AccountView,
    BoundMoneyView,
    CohortView,
    DirectiveRow,
    DirectiveView,
    DutyTotal,
    EntitlementView,
    Figures,
    HolderView,
    InstructionView,
    InstrumentRow,
    InstrumentView,
    ListView,
    MovementView,
    ObligationCount,
    ObligationView,
    PackRow,
    PackView,
    Part,
    PartyRow,
    PartyView,
    ProposalRow,
    ProposalView,
    RequirementView,
    RuleVersion,
    Sealed,
)
from lejar.kernel.entry import Receipt
from lejar.kernel.genesis import Genesis
from lejar.node.wire import Answer, Status
from lejar.proofs.tiles import Tile
from lejar.reference.wording import About, Fact

When: TypeAlias = int | datetime.date
"""A moment, or a local day of the pack that is asked for."""


class Link(Protocol):
    """The client of the writer (`lejar.node.link.Link`).

    `Unavailable`, `OSError` or `EOFError` when it does not answer.
    """

    async def submit(self, envelopes: Sequence[tuple[bytes, bytes]]) -> Sequence[Answer]:
        """Order (command id, envelope) pairs; one answer each, in the same order, when durable."""

    async def status(self) -> Status:
        """Ask how the hub stands."""

    async def dry_run(self, envelope: bytes) -> Receipt:
        """Run an envelope on a draft and keep nothing."""

    async def explain(self, question: Question) -> Answered:
        """Ask what the rules allow of a purchase now."""

    async def checkpoint(self) -> str:
        """Ask for a signed checkpoint of the log and the state as they stand."""


class Reads(Protocol):
    """The read models; plain blocking calls, run in a thread.  Lists are in order of their key."""

    def stands_at(self) -> int:
        """The entry up to which everything below is told."""

    def genesis(self) -> Genesis:
        """The network's first state."""

    def entries(self, after: int, limit: int) -> Sequence[Sealed]:
        """Entries with a number above `after`, the lowest first."""

    def entry(self, number: int) -> Sealed | None:
        """One entry."""

    def receipt(self, command_id: bytes) -> Sealed | None:
        """The entry of a command: the accepted one, or else its first refusal."""

    def evidence(self, number: int, checkpoint: str) -> bytes | None:
        """An entry's evidence file (JSON) under a signed checkpoint.

        `Unavailable` while the read models have not been told as much as the checkpoint covers.
        """

    def party(self, party: bytes) -> PartyView | None:
        """One party."""

    def parties(self, kind: PartyKind | None, cursor: str | None, limit: int) -> Part[PartyRow]:
        """Parties, of one kind or of all; `Malformed` for a cursor that is none."""

    def account(self, account: bytes) -> AccountView | None:
        """One account."""

    def instruments(self, cursor: str | None, limit: int) -> Part[InstrumentRow]:
        """Instruments and money."""

    def instrument(self, asset: bytes) -> InstrumentView | None:
        """One instrument."""

    def holders(self, asset: bytes, cursor: str | None, limit: int) -> Part[HolderView]:
        """The register of holders."""

    def entitlements(self, account: bytes, cursor: str | None, limit: int) -> Part[EntitlementView]:
        """An account's parts of payments."""

    def movements(self, account: bytes, cursor: str | None, limit: int) -> Part[MovementView]:
        """What moved on an account, the newest first."""

    def statement_days(
        self, account: bytes, asset: bytes, before: datetime.date | None, limit: int
    ) -> Part[StatementDayView]:
        """The days on which something moved, the newest first, those before a day if named."""

    def statement(
        self, account: bytes, asset: bytes, day: datetime.date, cursor: str | None, limit: int
    ) -> StatementView | None:
        """One local day; none for what does not exist, `Malformed` for a cursor that is none."""

    def instruction(self, instruction: bytes) -> InstructionView | None:
        """One instruction, open or finished."""

    def waits(self, instruction: bytes, reader: bytes | None) -> Sequence[WaitView]:
        """Why an instruction has not settled, as a reader may know it; none may know all."""

    def queue(self, reader: bytes | None, after: int, limit: int) -> Sequence[tuple[int, QueueRow]]:
        """What waits behind a place, each with its place: the reader's own; for none, all."""

    def settlement_day(self) -> DayView:
        """The settlement day in figures."""

    def settlement_limits(self, party: bytes | None) -> LimitsView:
        """A party's limits and reservations, or everybody's."""

    def penalties(self, party: bytes | None) -> Sequence[PenaltyView]:
        """What failing has cost a party or was owed to it, or everybody."""

    def settlement_pool(self) -> dict[str, object]:
        """What waits, as the question that `lejar liquidity solve` reads."""

    def deposits(self) -> Sequence[DepositView]:
        """All banks' claims."""

    def facilities(self) -> Sequence[FacilityView]:
        """What banks may draw by themselves."""

    def collateral(self) -> Sequence[CollateralView]:
        """At which terms securities are taken."""

    def tiers(self) -> Sequence[TierView]:
        """The caps of all retail tiers."""

    def intraday(self, party: bytes | None, cursor: str | None, limit: int) -> Part[CreditView]:
        """Credits of a bank or of a central bank, or all; the newest first."""

    def account_limits(
        self, party: bytes | None, cursor: str | None, limit: int
    ) -> Part[AccountLimitView]:
        """Limits of a party's accounts or of its currency, or all; the newest first."""

    def bound_money(self, envelope: bytes) -> BoundMoneyView | None:
        """One envelope of purpose-bound money."""

    def about(self, facts: Mapping[str, Fact], at: int) -> About:
        """What the text of a refusal needs: its rule, and what things are called."""

    def packs(self, cursor: str | None, limit: int) -> Part[PackRow]:
        """Every version of every pack, the newest first."""

    def pack(self, jurisdiction: str, at: When | None, known: When | None) -> PackView | None:
        """The newest version that was known, with its rules: all, or those in force at a moment."""

    def pack_version(self, jurisdiction: str, version: str) -> PackView | None:
        """One version with all its rules."""

    def rule(self, rule: str) -> Sequence[RuleVersion]:
        """A rule in every version that has it, the newest first."""

    def cohorts(self, cursor: str | None, limit: int) -> Part[CohortView]:
        """Sandbox cohorts, the newest first."""

    def cohort(self, cohort: bytes) -> CohortView | None:
        """One cohort."""

    def lists(self, cursor: str | None, limit: int) -> Part[ListView]:
        """Lists of persons, the one brought up to date last first."""

    def obligations(
        self, party: bytes | None, cursor: str | None, limit: int
    ) -> Part[ObligationView]:
        """A party's obligations, or all; the newest first."""

    def obligation_counts(self) -> Sequence[ObligationCount]:
        """How each rule's deadlines were kept, but for rules that are counted for nobody."""

    def figures(self, subject: bytes) -> Figures:
        """What is recorded of a party or an asset."""

    def duties(self) -> Sequence[DutyTotal]:
        """What each rule has brought in."""

    def proposals(self, cursor: str | None, limit: int) -> Part[ProposalRow]:
        """Proposals, the newest first."""

    def proposal(self, proposal: bytes) -> ProposalView | None:
        """One proposal, open or ended, with the command that it holds."""

    def requirements(self, cursor: str | None, limit: int) -> Part[RequirementView]:
        """What needs consent, by verb."""

    def directives(self, cursor: str | None, limit: int) -> Part[DirectiveRow]:
        """Directives, the newest first."""

    def directive(self, directive: bytes) -> DirectiveView | None:
        """One directive, whole."""

    def counterparts(
        self, party: bytes | None, cursor: str | None, limit: int
    ) -> Part[CounterpartView]:
        """Outside ledgers of which a party is a side, or all; the newest first."""

    def outside_statements(
        self, party: bytes | None, cursor: str | None, limit: int
    ) -> Part[OutsideStatementView]:
        """Statements of a party's outside ledgers, or all; the newest first."""

    def breaks(
        self, party: bytes | None, stage: str | None, cursor: str | None, limit: int
    ) -> Part[BreakRow]:
        """Breaks that concern a party, or all; at one stage or at all, the oldest first."""

    def reconciliation_break(self, break_id: bytes) -> BreakView | None:
        """One break with its life."""

    def tile(self, tile: Tile) -> bytes | None:
        """A hash tile; bundles of entries are never asked for."""
