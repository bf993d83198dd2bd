# SPDX-License-Identifier: Apache-2.0
"""One message in, answers out: written down first, acted upon, then answered by what was sealed.

A message that has an answer has been taken; coming again it is a duplicate. One without an answer
was interrupted, and goes on: its commands have ids that follow from it, so none is ordered twice.
"""

import datetime
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from lejar.cli.messaging.books import Books
from lejar.cli.messaging.cancelling import Cancelling
from lejar.cli.messaging.entitled import Entitled
from lejar.cli.messaging.hub import Counter, HubInstruments
from lejar.cli.messaging.incoming import Incoming
from lejar.cli.messaging.log import Log, Reply, reply_of
from lejar.gateways.iso20022 import (
    Message,
    decode,
    envelope,
    rejection_of_findings,
    rule_findings,
    writing,
)
from lejar.gateways.iso20022.acting import answers, payments, securities
from lejar.gateways.iso20022.acting.asked import Asked, Names, uetr_id
from lejar.gateways.iso20022.acting.payments import Credit
from lejar.gateways.iso20022.acting.refusals import ChannelRefusal, NotActed
from lejar.gateways.iso20022.acting.session import Form, State, Transaction, channel_no
from lejar.gateways.iso20022.directory import Directory
from lejar.gateways.iso20022.messages import (
    CreditTransfer,
    Envelope,
    Original,
    Party,
    Return,
    SecuritiesInstruction,
    Status,
)
from lejar.gateways.iso20022.reading import payments as read_payments
from lejar.gateways.iso20022.reading import securities as read_securities
from lejar.gateways.iso20022.writing import Heading, status_report
from lejar.kernel import identifiers
from lejar.kernel.digest import sha256

NAME_HEX_DIGITS: Final = 30
NAME_PREFIX: Final = "LJ"
"""With thirty digits behind it, an id of 32 characters, which every bank takes."""

Make = Callable[[], Asked]
Take = Callable[[Message, Envelope], list[Reply]]


class Bank:
    """One bank's channel."""

    def __init__(
        self, counter: Counter, directory: Directory, log: Log, clock: Callable[[], int]
    ) -> None:
        self.counter = counter
        self.directory = directory
        self.log = log
        self.clock = clock
        self.instruments = HubInstruments(counter.hub)
        self.party = identifiers.show("party", counter.key.party_id)
        self.names = Names(directory, self.instruments, counter.hub.network, self.party)
        self._cancelling = Cancelling(counter, self.names)
        self.books = Books(counter, self.instruments, directory)
        self.incoming = Incoming(counter, self.instruments, self.books, log, self.heading, clock)
        self.entitled = Entitled(counter, self.instruments, log, self.heading, clock)

    def take(self, data: bytes, *, resumed: bool = False) -> list[Reply]:
        """Take a message; gives what it is answered. `resumed`: it is known to be the same one."""
        decoded = decode(data)
        findings = decoded.findings
        if decoded.message is not None:
            findings = tuple(rule_findings(decoded.message))
        if decoded.message is None or findings:
            seed = sha256(data).hex()
            heading = self.heading(seed)
            reply = reply_of("pacs.002", heading, rejection_of_findings(heading, decoded, findings))
            return self.out([], [reply])
        return self._take(decoded.message, envelope(decoded.message), data, resumed=resumed)

    def _take(self, message: Message, head: Envelope, data: bytes, *, resumed: bool) -> list[Reply]:
        kind, digest = message.version.kind.name, sha256(data).hex()
        if head.sender is not None and self._party(head.sender) != self.party:
            return self._no(message, head, ChannelRefusal.SENDER_UNFIT, digest)
        take = self._takers().get(kind)
        if take is None:
            return self._no(message, head, ChannelRefusal.MESSAGE_UNSUPPORTED, digest)
        earlier = self.log.seen(head, kind)
        if earlier is not None and self.log.answered(earlier):
            again = head.possible_duplicate or (resumed and digest == self.log.digest(earlier))
            if earlier != head.fingerprint or not again:
                return self._no(message, head, ChannelRefusal.MESSAGE_DUPLICATE, digest)
        self.log.receive(head, kind, digest, self.clock())
        return take(message, head)

    def _takers(self) -> dict[str, Take]:
        """Say what is acted upon, and by whom."""
        return {
            "pacs.008": self._credit_transfers,
            "pacs.009": self._credit_transfers,
            "pacs.004": self._returns,
            "camt.056": self._cancellations,
            "camt.060": self._report_requests,
            "sese.023": self._instruction,
        }

    def _credit_transfers(self, message: Message, head: Envelope) -> list[Reply]:
        said = read_payments.credit_transfers(message)
        made = [self._act(*self._payment(head, one)) for one in said]
        return self._report(head, made)

    def _payment(self, head: Envelope, one: CreditTransfer) -> tuple[Transaction, Make]:
        original = Original(
            uetr=one.uetr,
            message_id=one.message_id,
            message_name=one.identifier,
            instruction_id=one.instruction_id,
            end_to_end=one.end_to_end,
            transaction_id=one.transaction_id,
        )
        begun = self._begun(head, one.uetr.lower(), original, Form.PAYMENT)
        return begun, lambda: payments.pay(self.names, one)

    def _returns(self, message: Message, head: Envelope) -> list[Reply]:
        made = [self._act(*self._return(head, one)) for one in read_payments.returns(message)]
        return self._report(head, made)

    def _return(self, head: Envelope, one: Return) -> tuple[Transaction, Make]:
        uetr = (one.original.uetr or "").lower()
        begun = self._begun(head, uetr, one.original, Form.RETURN)
        return begun, lambda: payments.pay_back(
            self.names, one, None if not uetr else self._came(uetr)
        )

    def _came(self, uetr: str) -> Credit | None:
        if not uetr:
            return None
        reference = uetr_id(uetr).hex()
        row = self.log.came(reference)
        if row is None:
            self.incoming.look()
            row = self.log.came(reference)
        if row is None:
            return None
        asset, source, target = (
            identifiers.read(kind, text)
            for kind, text in (
                ("asset", row.asset),
                ("account", row.source),
                ("account", row.target),
            )
        )
        return Credit(uetr, asset, source, target, row.amount)

    def _instruction(self, message: Message, head: Envelope) -> list[Reply]:
        said = read_securities.instruction(message)
        original = Original(message_id=said.reference, message_name=said.identifier)
        begun = self._begun(head, said.reference, original, Form.SECURITIES, said)
        known = securities.Instructions(self.log.instructions())
        made = self._act(begun, lambda: securities.instruct(self.names, said, known))
        return self.out([made], [self.told(made)])

    def _begun(
        self,
        head: Envelope,
        reference: str,
        original: Original,
        form: Form,
        instructed: SecuritiesInstruction | None = None,
    ) -> Transaction:
        return Transaction(
            reference=reference,
            fingerprint=head.fingerprint,
            form=form,
            command_id="",
            original=original,
            instructed=instructed,
        )

    def _act(self, begun: Transaction, make: Make) -> Transaction:
        """Let the hub decide on one transaction, once."""
        earlier = self.log.transaction(begun.reference, begun.form)
        if earlier is not None and earlier.fingerprint != begun.fingerprint:
            return begun.stands(channel_no(ChannelRefusal.MESSAGE_DUPLICATE))
        if earlier is not None and earlier.standing.state is not State.RECEIVED:
            return earlier
        try:
            asked = make()
        except NotActed as no:
            return begun.stands(channel_no(no.refusal))
        begun = msgspec.structs.replace(begun, command_id=asked.command_id, gives=asked.gives)
        self.log.keep(begun, self.clock())
        return self.counter.placed(begun.stands(self.counter.act(asked)))

    def _cancellations(self, message: Message, head: Envelope) -> list[Reply]:
        replies, moved = [], []
        for one in read_payments.cancellation_requests(message):
            meant = self.log.transaction((one.original.uetr or "").lower(), Form.PAYMENT)
            resolution, after = self._cancelling.answer(one, meant, head.fingerprint)
            heading = self.heading(
                f"{head.fingerprint}{one.original.uetr}{resolution.confirmation}"
            )
            data = answers.resolution(heading, resolution)
            replies.append(reply_of("camt.029", heading, data, head.fingerprint))
            moved += [] if after is None else [after]
        return self.out(moved, replies)

    def _report_requests(self, message: Message, head: Envelope) -> list[Reply]:
        replies: list[Reply] = []
        for one in read_payments.report_requests(message):
            try:
                account = identifiers.show("account", self.names.account(one.account, one.owner))
                wanted = self.books.requested(account, one)
            except NotActed as no:
                return self._no(message, head, no.refusal, head.fingerprint)
            for name, statement in wanted:
                seed = f"{head.fingerprint}{one.request_id}{statement.statement_id}"
                heading = self.heading(seed)
                data = self.books.written(name, heading, statement)
                replies.append(reply_of(name, heading, data, head.fingerprint))
        return self.out([], replies)

    def statements(self, number: str, day: datetime.date | None) -> list[bytes]:
        """Write an account's day, a message for each currency."""
        account = identifiers.show("account", self.names.account(number, Party()))
        found = self.books.statements(account, day or self.books.today())
        return [
            self.books.written(name, self.heading(one.statement_id), one) for name, one in found
        ]

    def holdings(self, number: str) -> bytes:
        """Write what an account holds of securities now: semt.002."""
        account = identifiers.show("account", self.names.account(number, Party()))
        found = self.books.holdings(account)
        return writing.holdings(self.heading(found.statement_id or account), found)

    def told(self, one: Transaction) -> Reply:
        """Write where a transaction stands, in the message that its form is answered in."""
        said = one.standing
        seed = f"{one.fingerprint}{one.form}{one.reference}{said.state}{said.stage}{said.entry}"
        heading = self.heading(seed)
        if one.form is Form.SECURITIES:
            name = "sese.025" if said.state is State.SETTLED else "sese.024"
            return reply_of(name, heading, answers.settlement_answer(heading, one), one.fingerprint)
        return reply_of("pacs.002", heading, answers.status_report(heading, [one]), one.fingerprint)

    def heading(self, seed: str) -> Heading:
        """Name an answer after what it answers, so that written again it has the same name."""
        moment = datetime.datetime.fromtimestamp(self.clock() // MICROS, datetime.UTC)
        return Heading(
            message_id=NAME_PREFIX + sha256(seed.encode()).hex()[:NAME_HEX_DIGITS],
            created_at=moment.isoformat(timespec="seconds"),
            sender=self.directory.hub,
            receiver=self.directory.bic(self.party) or self.directory.hub,
        )

    def _report(self, head: Envelope, made: Sequence[Transaction]) -> list[Reply]:
        """Answer all transactions of a message in one report."""
        states = "".join(f"{one.reference}{one.standing.state}{one.standing.stage}" for one in made)
        heading = self.heading(f"{head.fingerprint}{states}")
        kept = [one for one in made if one.standing.cause != _DUPLICATE]
        data = answers.status_report(heading, made)
        return self.out(kept, [reply_of("pacs.002", heading, data, head.fingerprint)])

    def _no(
        self, message: Message, head: Envelope, refusal: ChannelRefusal, seed: str
    ) -> list[Reply]:
        heading = self.heading(f"{seed}{refusal.code}")
        status = Status(
            original=Original(message_id=head.message_id, message_name=message.version.identifier),
            code="RJCT",
            reason=refusal.value.payment,
            reason_text=f"{refusal.code}: {refusal.sentence('en')}",
            whole_message=True,
        )
        return self.out([], [reply_of("pacs.002", heading, status_report(heading, [status]))])

    def out(self, moved: Sequence[Transaction], replies: list[Reply]) -> list[Reply]:
        """Keep standings and the answers that tell them in one write."""
        now = self.clock()
        with self.log.at_once():
            for one in moved:
                self.log.keep(one, now)
            for reply in replies:
                self.log.answer(reply, now)
        # What was written first under a name stands, whatever moment it was written at.
        return [self.log.reply(one.name) or one for one in replies]

    def _party(self, sender: str) -> str | None:
        return self.directory.party(Party(bic=sender, lei=sender, member=sender))


MICROS: Final = 1_000_000
_DUPLICATE: Final = ChannelRefusal.MESSAGE_DUPLICATE.code
