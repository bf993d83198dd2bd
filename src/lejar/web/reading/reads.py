# SPDX-License-Identifier: Apache-2.0
"""`pages.Reads` over the projections: each page from one snapshot, for one reader."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from lejar.domain.identity import PartyStatus
from lejar.kernel.failure import Unavailable
from lejar.node.passes import PassRefused, verify
from lejar.projections import NotBuilt, Projections
from lejar.projections.public.parties import party
from lejar.proofs.checkpoint import VerifierKey
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import Reader, reader_with
from lejar.web.reading import (
    directives,
    entries,
    hub,
    instructions,
    instruments,
    parties,
    proposals,
    receipts,
    settling,
    statements,
)
from lejar.web.reading.asked import Asked
from lejar.web.reading.entries import id_of
from lejar.web.reading.explained import Explainer
from lejar.web.reading.money_reads import MoneyedReads
from lejar.web.reading.proofs import Proofs
from lejar.web.reading.reconciled_reads import ReconciledReads
from lejar.web.reading.ruled_reads import RuledReads
from lejar.web.reads import ReadsUnavailable


class SqlReads(RuledReads, ReconciledReads, MoneyedReads):
    """The pages' reads of one node."""

    def __init__(
        self,
        projections: Projections,
        *,
        network: bytes,
        now: Callable[[], int],
        proofs: Proofs | None = None,
        keys: tuple[VerifierKey, ...] = (),
        names: Mapping[bytes, str] | None = None,
        explainer: Explainer | None = None,
    ) -> None:
        """Take the pieces: `now` gives microseconds UTC, `names` names institutions by party.

        `explainer` asks the writer what the rules allow; without one nobody is told.
        """
        self._projections = projections
        self._network = network
        self._now = now
        self._proofs = proofs
        self.keys = keys
        self._explainer = explainer
        self._names = {} if names is None else names

    def reader(self, pass_text: str) -> Reader | None:
        """Give who shows a pass; none when it does not hold, or the key is not the party's now."""
        try:
            shown = verify(pass_text, self._network, self._now())
        except PassRefused:
            return None
        with self._asked(None) as asked:
            found = party(asked.snapshot, shown.party)
        if found is None or found.party.status != PartyStatus.OPEN:
            return None
        in_use = [key.public for key in found.keys if key.until_entry is None]
        return reader_with(shown.party, found.powers) if shown.key in in_use else None

    def signed_in(self, reader: Reader) -> views.SignedIn:
        """Name a reader for the header."""
        with self._asked(reader) as asked:
            return views.SignedIn(asked.party(reader.party), reader.supervises)

    def home(self, reader: Reader | None) -> views.HomeView:
        """Return the first page."""
        with self._asked(reader) as asked:
            return hub.home_view(asked, self._proofs, self.keys)

    def entries(
        self, reader: Reader | None, wanted: views.EntryFilter, cursor: Cursor, /
    ) -> views.EntriesView:
        """Return entries, newest first."""
        with self._asked(reader) as asked:
            return entries.entries_view(asked, wanted, cursor)

    def receipt(self, reader: Reader | None, receipt_id: str) -> views.ReceiptView | None:
        """Return a receipt with its proof."""
        with self._asked(reader) as asked:
            found = self._entry(asked, receipt_id)
            if found is None:
                return None
            return receipts.receipt_view(asked, found, self._proofs, self.keys)

    def evidence(self, reader: Reader | None, receipt_id: str) -> str | None:
        """Return a receipt's evidence file."""
        with self._asked(reader) as asked:
            found = self._entry(asked, receipt_id)
            if found is None:
                return None
            return receipts.evidence(asked, found, self._proofs, self.keys)

    def parties(self, reader: Reader | None, cursor: Cursor, /) -> views.PartiesView:
        """Return parties."""
        with self._asked(reader) as asked:
            return parties.parties_view(asked, cursor)

    def party(self, reader: Reader | None, party_id: str) -> views.PartyView | None:
        """Return a party."""
        raw = id_of("party", party_id)
        with self._asked(reader) as asked:
            return None if raw is None else parties.party_view(asked, raw)

    def statement(
        self, reader: Reader | None, account_id: str, wanted: views.StatementWanted
    ) -> views.StatementView | None:
        """Return an account's day."""
        raw = id_of("account", account_id)
        with self._asked(reader) as asked:
            return None if raw is None else statements.statement_view(asked, raw, wanted)

    def instruments(self, reader: Reader | None, cursor: Cursor, /) -> views.InstrumentsView:
        """Return instruments."""
        with self._asked(reader) as asked:
            return instruments.instruments_view(asked, cursor)

    def instrument(
        self, reader: Reader | None, instrument_id: str, cursor: Cursor, /
    ) -> views.InstrumentView | None:
        """Return an instrument with its life; the cursor is that of its register."""
        raw = id_of("asset", instrument_id)
        with self._asked(reader) as asked:
            return None if raw is None else instruments.instrument_view(asked, raw, cursor)

    def instructions(
        self, reader: Reader | None, wanted: views.State | None, cursor: Cursor, /
    ) -> views.InstructionsView:
        """Return settlement instructions."""
        with self._asked(reader) as asked:
            return instructions.instructions_view(asked, wanted, cursor)

    def instruction(
        self, reader: Reader | None, instruction_id: str
    ) -> views.InstructionView | None:
        """Return a settlement instruction."""
        raw = id_of("instruction", instruction_id)
        with self._asked(reader) as asked:
            return None if raw is None else instructions.instruction_view(asked, raw)

    def queue(self, reader: Reader | None) -> views.QueueView:
        """Return what waits, as far as it is for this reader."""
        with self._asked(reader) as asked:
            return settling.queue_view(asked)

    def settlement_day(self, reader: Reader | None) -> views.SettlementDayView:
        """Return the settlement day in figures."""
        with self._asked(reader) as asked:
            return settling.settlement_day_view(asked)

    def directives(self, reader: Reader | None, cursor: Cursor, /) -> views.DirectivesView:
        """Return directives of authorities, newest first."""
        with self._asked(reader) as asked:
            return directives.directives_view(asked, cursor)

    def directive(self, reader: Reader | None, directive_id: str) -> views.DirectiveView | None:
        """Return a directive with its life."""
        raw = id_of("directive", directive_id)
        with self._asked(reader) as asked:
            return None if raw is None else directives.directive_view(asked, raw)

    def proposals(
        self, reader: Reader | None, wanted: views.State | None, cursor: Cursor, /
    ) -> views.ProposalsView:
        """Return proposals that wait or waited for consent, newest first."""
        with self._asked(reader) as asked:
            return proposals.proposals_view(asked, wanted, cursor)

    def proposal(self, reader: Reader | None, proposal_id: str) -> views.ProposalView | None:
        """Return a proposal with its life."""
        raw = id_of("proposal", proposal_id)
        with self._asked(reader) as asked:
            return None if raw is None else proposals.proposal_view(asked, raw)

    def requirements(self, reader: Reader | None, cursor: Cursor, /) -> views.RequirementsView:
        """Return who must agree to what, by command."""
        with self._asked(reader) as asked:
            return proposals.requirements_view(asked, cursor)

    def verify(self, reader: Reader | None) -> views.VerifyView:
        """Return the newest checkpoint and the published keys."""
        with self._asked(reader) as asked:
            return hub.verify_view(asked, self._proofs, self.keys)

    def find(self, reader: Reader | None, text: str) -> str | None:
        """Return the address of what an entry number, ISIN or id names."""
        with self._asked(reader) as asked:
            return hub.address_of(asked, text)

    def _entry(self, asked: Asked, receipt_id: str) -> receipts.Found | None:
        line = entries.line_named(asked, receipt_id)
        return None if line is None else receipts.found_entry(asked, line)

    @contextmanager
    def _asked(self, reader: Reader | None) -> Iterator[Asked]:
        try:
            with self._projections.snapshot() as snapshot:
                yield Asked(snapshot, reader, self._names)
        except (NotBuilt, SQLAlchemyError, Unavailable) as error:
            raise ReadsUnavailable(type(error).__name__) from error
