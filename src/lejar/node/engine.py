# SPDX-License-Identifier: Apache-2.0
"""The writer's decisions without its sockets: what is ordered, answered, refused, tried again.

Apart from the writer so that the simulation runs these very lines under a clock, a disk and a
network of its own.  Nothing here waits or sleeps; the caller says when.
"""

from collections.abc import Callable, Sequence

from lejar.domain.policy.explain import Answered, explain, read_question
from lejar.kernel.codec import encode as canonical
from lejar.kernel.digest import sha256
from lejar.kernel.entry import Receipt, read_entry, read_receipt
from lejar.kernel.envelope import opened
from lejar.kernel.failure import Broken
from lejar.kernel.refusal import Refused
from lejar.kernel.schedule import next_due
from lejar.node.clock import Clock
from lejar.node.failures import DiskFull, Fenced
from lejar.node.hub import Hub
from lejar.node.inbox import Inbox, Slot, Submission
from lejar.node.outreader import OutputReader
from lejar.node.signing import NodeSigner
from lejar.node.wire import Answer, Outcome, Status
from lejar.proofs.evidence import encode as encode_evidence
from lejar.proofs.evidence import make_state_evidence

_CLOSED = Answer(Outcome.CLOSED, None)


class Engine:
    """One hub with its inbox: submissions go in, each envelope is answered once."""

    def __init__(
        self,
        hub: Hub,
        clock: Clock,
        signer: NodeSigner,
        reader: Callable[[], OutputReader],
        inbox: Inbox | None = None,
    ) -> None:
        self.hub = hub
        self.inbox = inbox or Inbox()
        self.closed = ""
        """Why no commands are taken; empty while they are."""
        self._clock = clock
        self._signer = signer
        self._open_reader = reader
        self._reader: OutputReader | None = None

    def submit(
        self, pairs: Sequence[tuple[bytes, bytes]], reply: Callable[[list[Answer]], None]
    ) -> None:
        """Take (command id, checked envelope) pairs; `reply` hears once, in their order.

        It hears at once what cannot wait: a full inbox, a closed node.
        """
        submission = Submission(len(pairs), reply)
        for place, (command_id, data) in enumerate(pairs):
            if self.closed:
                submission.settle(place, _CLOSED)
            else:
                self.inbox.put(submission, place, command_id, data)

    def order(self) -> None:
        """Make one block of what waits, and answer it.

        Raises `Fenced` and `Broken`, after which this engine is of no use: everybody who waited was
        told that the node is closed, and whether their commands were ordered shows after a restart.
        """
        fresh = [slot for slot in self.inbox.take() if not self._is_known(slot)]
        if not fresh:
            return
        try:
            block = self.hub.order([slot.data for slot in fresh], self._clock())
        except DiskFull as full:
            self._close(str(full), fresh)
            return
        except (Fenced, Broken) as error:
            self._close(str(error), fresh)
            raise
        due = len(block.records) - len(fresh)
        for slot, record in zip(fresh, block.records[due:], strict=True):
            slot.settle(Answer(Outcome.SEALED, record))

    def rest(self) -> None:
        """Use the time while nothing waits: make durable and write out what waits.

        Raises `Fenced`.
        """
        self.hub.rest()

    def try_again(self) -> bool:
        """Open a closed node if there is space again; says whether it is open."""
        try:
            self.hub.try_again()
        except DiskFull as full:
            self.closed = str(full)
            return False
        except Fenced as fenced:
            self.closed = str(fenced)
            raise
        self.closed = ""
        return True

    def tick_if_due(self) -> None:
        """Let due work run although nobody sends anything."""
        if self.closed:
            return
        state = self.hub.state
        offset = self.hub.rulebook.at(state.entry + 1).time_offset(state)
        due = next_due(state)
        now = self._clock()
        if due is not None and due <= max(state.at, now + offset):
            command_id, data = self._signer.tick(self.hub.network, now)
            self.inbox.put(Submission(1, _drop), 0, command_id, data)

    def dry_run(self, data: bytes) -> Receipt:
        """Say what would become of an envelope now; raises `Malformed`."""
        return self.hub.dry_run(opened(data), self._clock())

    def checkpoint(self) -> str:
        """Sign the log and the state as they stand."""
        return self._signer.checkpoint(self.hub.last)

    def prove(self, key: bytes) -> str:
        """Make evidence of a record of the state, against a checkpoint of this very block."""
        record = self.hub.state.records.get(key)
        evidence = make_state_evidence(
            key=key,
            value=None if record is None else canonical(record),
            tree=self.hub.sealer.tree,
            note=self.checkpoint(),
            keys=self._signer.keys,
        )
        return encode_evidence(evidence)

    def explain(self, question: bytes) -> Answered:
        """Say what the rules allow of a purchase now; raises `Malformed`."""
        state = self.hub.state
        try:
            return Answered(explain(state, state.entry, read_question(question)), None)
        except Refused as refused:
            return Answered(None, refused.refusal.code)

    def status(self) -> Status:
        """Say where the node stands."""
        hub, state, last = self.hub, self.hub.state, self.hub.last
        return Status(
            network=hub.network,
            name=hub.genesis.name,
            kind=hub.genesis.kind,
            block=state.block,
            entry=state.entry,
            at=state.at,
            ordered_at=state.ordered_at,
            log_root=last.log_root,
            state_root=last.state_root,
            accepting=not self.closed,
            reason=self.closed,
            waiting=len(self.inbox),
            next_due=next_due(state),
        )

    def _is_known(self, slot: Slot) -> bool:
        """Answer an idempotent resend with the first result."""
        number = self.hub.remembered(slot.command_id, slot.data)
        if number is None:
            return False
        record = self._record(number)
        receipt: Receipt = read_receipt(read_entry(record).receipt)
        if receipt.envelope != sha256(slot.data):
            return False
        slot.settle(Answer(Outcome.KNOWN, record))
        return True

    def _record(self, number: int) -> bytes:
        """Give an entry, which may still wait for space in the output log."""
        record = self.hub.unwritten(number)
        if record is not None:
            return record
        if self._reader is None:
            self._reader = self._open_reader()
        return self._reader.read_entry(number)

    def _close(self, reason: str, slots: list[Slot]) -> None:
        """Take no more, and tell everybody who waits."""
        self.closed = reason
        while slots:
            for slot in slots:
                slot.settle(_CLOSED)
            slots = self.inbox.take()


def _drop(_answers: list[Answer]) -> None:
    """Nobody waits for a tick."""
