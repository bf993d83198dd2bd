# SPDX-License-Identifier: Apache-2.0
"""Reads of an invented hub: every page can be asked for, and every failure of a read."""

from datetime import date

from lejar.web.pages import Cursor, ReadsUnavailable
from lejar.web.readers import Reader
from lejar.web.views import (
    Amount,
    DirectivesView,
    DirectiveView,
    EntriesView,
    EntryFilter,
    Holders,
    HomeView,
    HubFigures,
    InstructionRow,
    InstructionsView,
    InstructionView,
    InstrumentsView,
    InstrumentView,
    PartiesView,
    PartyRow,
    PartyView,
    ProposalsView,
    ProposalView,
    PublishedKey,
    ReceiptView,
    RequirementsView,
    SignedIn,
    Span,
    State,
    StatementView,
    StatementWanted,
    VerifyView,
    Words,
)
from tests.web.example_breaks import BREAK_PAGES, ExampleBreaks
from tests.web.example_directives import DIRECTIVES, frozen_directive
from tests.web.example_market import (
    AS_AT,
    BANK_A,
    BANK_B,
    CASH,
    CENTRAL_BANK,
    CHECKPOINT,
    INSTRUCTION_ID,
    INSTRUCTION_ROW,
    INSTRUMENTS,
    INVESTOR,
    ISSUER,
    MYR_ID,
    RECEIPT_ID,
    REFUSED_ID,
    REGULATOR,
    ROWS,
    SECURITIES,
    SUKUK,
    SUKUK_ID,
    frozen_bank,
    made_id,
    person,
    receipt_accepted,
    receipt_refused,
    sukuk,
    waiting_instruction,
)
from tests.web.example_money import MONEY_PAGES, ExampleMoney
from tests.web.example_proposals import PROPOSALS, REQUIREMENTS, waiting_proposal
from tests.web.example_rules import RULE_PAGES, ExampleRules
from tests.web.example_settling import SETTLING_PAGES, ExampleSettling
from tests.web.example_statement import ADDRESS, STATEMENT_ID, days_statement


class ExampleReads(ExampleRules, ExampleBreaks, ExampleSettling, ExampleMoney):
    """Reads of the invented hub; an id that starts with `away` is one the database cannot give."""

    def reader(self, pass_text: str) -> Reader | None:
        """Return the one reader there is, whose pass is its name."""
        return Reader(bytes(16), supervises=True) if pass_text == "the regulator" else None

    def signed_in(self, reader: Reader) -> SignedIn:
        """Return the regulator."""
        return SignedIn(REGULATOR, reader.supervises)

    def evidence(self, _reader: Reader | None, receipt_id: str) -> str | None:
        """Return a file for the one receipt that is covered."""
        return "{}\n" if receipt_id == RECEIPT_ID else None

    def home(self, _reader: Reader | None) -> HomeView:
        """Return the first page."""
        figures = HubFigures(1_204_331, 812, 46, 4, 18_204, 250_000_000_000)
        return HomeView(AS_AT, figures, ROWS[:8], INSTRUMENTS, CHECKPOINT)

    def entries(self, _reader: Reader | None, wanted: EntryFilter, _cursor: Cursor) -> EntriesView:
        """Return ten entries, or those with the outcome wanted."""
        rows = tuple(row for row in ROWS if wanted.outcome in {None, row.outcome})
        if wanted.party_id is not None:
            rows = ()
        return EntriesView(AS_AT, rows, wanted, Span(None, "1204322", 1_204_322, 1_204_331))

    def receipt(self, _reader: Reader | None, receipt_id: str) -> ReceiptView | None:
        """Return an accepted receipt with its proof, or a refused one that still waits for it."""
        if receipt_id.startswith("away"):
            raise ReadsUnavailable
        if receipt_id == "broken":
            raise RuntimeError("a secret inside")
        return {RECEIPT_ID: receipt_accepted(), REFUSED_ID: receipt_refused()}.get(receipt_id)

    def parties(self, _reader: Reader | None, _cursor: Cursor) -> PartiesView:
        """Return every kind of party."""
        rows = (
            PartyRow(CENTRAL_BANK, "agency", ("issue_money", "recover_keys"), State.OPEN, 1),
            PartyRow(REGULATOR, "agency", ("approve_issues", "direct"), State.OPEN, 1),
            PartyRow(BANK_A, "company", (), State.OPEN, 12),
            PartyRow(BANK_B, "company", ("issue_credentials",), State.FROZEN, 13),
            PartyRow(ISSUER, "company", (), State.OPEN, 21),
            PartyRow(INVESTOR, "person", (), State.OPEN, 1_204_100),
        )
        return PartiesView(AS_AT, rows, Span(None, rows[-1].party.party_id))

    def party(self, _reader: Reader | None, party_id: str) -> PartyView | None:
        """Return a frozen bank with accounts, or a person without."""
        return {BANK_B.party_id: frozen_bank(), INVESTOR.party_id: person()}.get(party_id)

    def statement(
        self, _reader: Reader | None, account_id: str, _wanted: StatementWanted
    ) -> StatementView | None:
        """Return the bank's day."""
        return days_statement() if account_id == STATEMENT_ID else None

    def instruments(self, _reader: Reader | None, _cursor: Cursor) -> InstrumentsView:
        """Return instruments in several states."""
        return InstrumentsView(AS_AT, INSTRUMENTS, Span(None, None))

    def instrument(
        self, _reader: Reader | None, instrument_id: str, _cursor: Cursor
    ) -> InstrumentView | None:
        """Return the sukuk, seen by a supervisor, or the currency, seen by the public."""
        if instrument_id == MYR_ID:
            hidden = Holders(count=12, total=250_000_000_000, held=501_250_000, rows=None)
            return InstrumentView(AS_AT, INSTRUMENTS[-1], None, (), hidden, ())
        return sukuk() if instrument_id == SUKUK_ID else None

    def instructions(
        self, _reader: Reader | None, wanted: State | None, _cursor: Cursor
    ) -> InstructionsView:
        """Return instructions in several states."""
        late = Words("Not affirmed by the cut-off.", "Tidak disahkan sebelum masa akhir.")
        rows = (
            INSTRUCTION_ROW,
            InstructionRow(
                made_id("inst", "two"),
                "dvp",
                SECURITIES,
                CASH,
                date(2026, 11, 24),
                State.SETTLED,
                None,
                1_204_318,
            ),
            InstructionRow(
                made_id("inst", "three"),
                "free",
                Amount(12, SUKUK, SUKUK_ID),
                None,
                date(2026, 11, 23),
                State.FAILED,
                late,
                1_204_202,
            ),
        )
        shown = tuple(row for row in rows if wanted in {None, row.state})
        return InstructionsView(AS_AT, shown, wanted, Span(None, None))

    def instruction(self, _reader: Reader | None, instruction_id: str) -> InstructionView | None:
        """Return the one that waits."""
        return waiting_instruction() if instruction_id == INSTRUCTION_ID else None

    def directives(self, _reader: Reader | None, _cursor: Cursor) -> DirectivesView:
        """Return a freeze that is appealed, and a seizure."""
        return DirectivesView(AS_AT, DIRECTIVES, Span(None, None))

    def directive(self, reader: Reader | None, directive_id: str) -> DirectiveView | None:
        """Return the first, whole for the regulator."""
        row = DIRECTIVES[0]
        return (
            frozen_directive(whole=reader is not None) if directive_id == row.directive_id else None
        )

    def proposals(
        self, _reader: Reader | None, wanted: State | None, _cursor: Cursor
    ) -> ProposalsView:
        """Return one that is scheduled, and one that stalled."""
        shown = tuple(row for row in PROPOSALS if wanted in {None, row.state})
        return ProposalsView(AS_AT, shown, wanted, Span(None, None))

    def proposal(self, reader: Reader | None, proposal_id: str) -> ProposalView | None:
        """Return the first, whole for whoever signs in."""
        found = waiting_proposal(whole=reader is not None)
        return found if proposal_id == found.row.proposal_id else None

    def requirements(self, _reader: Reader | None, _cursor: Cursor) -> RequirementsView:
        """Return who must agree to what."""
        return RequirementsView(AS_AT, REQUIREMENTS, Span(None, None))

    def verify(self, _reader: Reader | None) -> VerifyView:
        """Return the checkpoint and two keys."""
        keys = (
            PublishedKey(
                "example.org/lejar",
                Words("This hub", "Hab ini"),
                "example.org/lejar+7f3a9c21+AVxK0m3J2pQ4rS6tU8vW0xY2zA4bC6dE8fG0hI2jK4lM",
            ),
            PublishedKey(
                "example.org/regulator",
                Words("Witness", "Saksi"),
                "example.org/regulator+21b80ee4+BNxK0m3J2pQ4rS6tU8vW0xY2zA4bC6dE8fG0hI2jK4lM",
            ),
        )
        return VerifyView(AS_AT, CHECKPOINT, keys, RECEIPT_ID)

    def find(self, _reader: Reader | None, text: str) -> str | None:
        """Return the sukuk for its ISIN."""
        return f"/instruments/{SUKUK_ID}" if text == "MYBVO2103476" else None


PAGES = {
    "home": "/",
    "entries": "/entries",
    "entries-empty": f"/entries?party={INVESTOR.party_id}",
    "receipt": f"/receipts/{RECEIPT_ID}",
    "receipt-refused": f"/receipts/{REFUSED_ID}",
    "parties": "/parties",
    "party": f"/parties/{BANK_B.party_id}",
    "party-person": f"/parties/{INVESTOR.party_id}",
    "statement": ADDRESS,
    "instruments": "/instruments",
    "instrument": f"/instruments/{SUKUK_ID}",
    "instrument-public": f"/instruments/{MYR_ID}",
    "instructions": "/instructions",
    "instruction": f"/instructions/{INSTRUCTION_ID}",
    "directives": "/directives",
    "directive": f"/directives/{DIRECTIVES[0].directive_id}",
    **RULE_PAGES,
    **SETTLING_PAGES,
    **MONEY_PAGES,
    **BREAK_PAGES,
    "proposals": "/proposals",
    "proposals-empty": "/proposals?state=withdrawn",
    "proposal": f"/proposals/{PROPOSALS[0].proposal_id}",
    "requirements": "/requirements",
    "verify": "/verify",
    "sign-in": "/sign-in",
    "sign-in-ticket": "/sign-in?ticket=abc&next=%2Fentries",
    "design": "/design",
}
"""Every page with an example, by a name for tests and screenshots."""
