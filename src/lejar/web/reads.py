# SPDX-License-Identifier: Apache-2.0
"""What the pages ask of the market: the read models implement it, tests stand something else in."""

from typing import Protocol

from lejar.web import views
from lejar.web.break_reads import BreakReads
from lejar.web.cursor import Cursor
from lejar.web.money_pages import MoneyReads
from lejar.web.readers import Reader
from lejar.web.rule_reads import RuleReads
from lejar.web.settling_pages import SettlingReads


class ReadsUnavailable(Exception):
    """The read models cannot answer now: being rebuilt, or their database is away."""


class Reads(RuleReads, BreakReads, SettlingReads, MoneyReads, Protocol):
    """What the pages ask of the projections. Each view is read at one entry.

    `reader` None is the public. An unknown id gives None, and so does one that this reader may not
    see: nobody can tell the two apart. A cursor nobody gave out counts as none.
    """

    def reader(self, pass_text: str) -> Reader | None:
        """Return who shows a pass; None when it does not hold now."""

    def signed_in(self, reader: Reader) -> views.SignedIn:
        """Return how the header names a reader."""

    def home(self, reader: Reader | None) -> views.HomeView:
        """Return the first page."""

    def entries(
        self, reader: Reader | None, wanted: views.EntryFilter, cursor: Cursor, /
    ) -> views.EntriesView:
        """Return entries, newest first."""

    def receipt(self, reader: Reader | None, receipt_id: str) -> views.ReceiptView | None:
        """Return a receipt with its proof."""

    def evidence(self, reader: Reader | None, receipt_id: str) -> str | None:
        """Return the text of a receipt's self-contained evidence file."""

    def parties(self, reader: Reader | None, cursor: Cursor, /) -> views.PartiesView:
        """Return parties."""

    def party(self, reader: Reader | None, party_id: str) -> views.PartyView | None:
        """Return a party."""

    def statement(
        self, reader: Reader | None, account_id: str, wanted: views.StatementWanted
    ) -> views.StatementView | None:
        """Return an account's day; None also for an account that this reader may not see."""

    def instruments(self, reader: Reader | None, cursor: Cursor, /) -> views.InstrumentsView:
        """Return instruments."""

    def instrument(
        self, reader: Reader | None, instrument_id: str, cursor: Cursor, /
    ) -> views.InstrumentView | None:
        """Return an instrument with its life; the cursor is that of its register."""

    def instructions(
        self, reader: Reader | None, wanted: views.State | None, cursor: Cursor, /
    ) -> views.InstructionsView:
        """Return settlement instructions."""

    def instruction(
        self, reader: Reader | None, instruction_id: str
    ) -> views.InstructionView | None:
        """Return a settlement instruction."""

    def directives(self, reader: Reader | None, cursor: Cursor, /) -> views.DirectivesView:
        """Return directives of authorities, newest first."""

    def directive(self, reader: Reader | None, directive_id: str) -> views.DirectiveView | None:
        """Return a directive with its life."""

    def proposals(
        self, reader: Reader | None, wanted: views.State | None, cursor: Cursor, /
    ) -> views.ProposalsView:
        """Return proposals that wait or waited for consent, newest first."""

    def proposal(self, reader: Reader | None, proposal_id: str) -> views.ProposalView | None:
        """Return a proposal with its life."""

    def requirements(self, reader: Reader | None, cursor: Cursor, /) -> views.RequirementsView:
        """Return who must agree to what, by command."""

    def verify(self, reader: Reader | None) -> views.VerifyView:
        """Return the newest checkpoint and the published keys."""

    def find(self, reader: Reader | None, text: str) -> str | None:
        """Return the address of what an entry number, ISIN or id names."""
