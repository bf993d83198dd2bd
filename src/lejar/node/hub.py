# SPDX-License-Identifier: Apache-2.0
"""The application object: one state, one journal, one order; no processes, no sockets, no clock.

Log first, then apply, then seal.  On start the newest good snapshot is loaded and the journal is
replayed; every digest on the way must be the one that was recorded.
"""

import contextlib
from collections import deque
from collections.abc import Callable, Sequence

import msgspec

from lejar.kernel import apply as machine_apply
from lejar.kernel.codec import encode
from lejar.kernel.digest import ZERO
from lejar.kernel.draft import Draft
from lejar.kernel.entry import Applied, Block, Entry, Receipt, Refusal, Seal, read_block
from lejar.kernel.envelope import Opened
from lejar.kernel.failure import Broken, Malformed, must
from lejar.kernel.genesis import Genesis
from lejar.kernel.refusal import Refused
from lejar.kernel.rulebook import Rulebook
from lejar.kernel.state import State
from lejar.node import collector
from lejar.node.beside import SealerBeside, wrong_parent
from lejar.node.disk import Disk
from lejar.node.failures import DiskFull, OutputDamaged
from lejar.node.frame import Frame
from lejar.node.journal import SEGMENT_BYTES, Journal, JournalOptions, open_journal
from lejar.node.outlog import OutputLog, begin_output_log, open_output_log
from lejar.node.recovery import Start, newest_start
from lejar.node.sealed import Sealer, sealing_of

BLOCKS_WORTH_A_HELPER = 64
"""A shorter replay is over before a second process has started."""

Report = Callable[[str], None]


def silent(_sentence: str) -> None:
    """Report to nobody."""


class OrderedBlock(msgspec.Struct, frozen=True):
    """A sealed block with its entries' bytes, encoded once for the log and for the answers."""

    seal: Seal
    entries: tuple[Entry, ...]
    records: list[bytes]


class Hub:
    """A node's state machine with its files."""

    def __init__(
        self,
        disk: Disk,
        genesis: Genesis,
        rulebook: Rulebook,
        salt: Callable[[], bytes],
        report: Report = silent,
        *,
        segment_bytes: int = SEGMENT_BYTES,
        helper: bool = False,
    ) -> None:
        """Open the data folder and replay; raises what `open_journal` raises, and `Broken`.

        With `helper`, a long replay seals in a second process.
        """
        self._helper = helper
        self.genesis = genesis
        self.network = genesis.network
        self.rulebook = rulebook
        self._disk = disk
        self._report = report
        self._unwritten: list[OrderedBlock] = []
        self.broken = ""
        start = newest_start(disk, genesis, rulebook, report)
        self.state: State = start.state
        self.sealer: Sealer = start.sealer
        options = JournalOptions(self.network, salt, segment_bytes)
        block = start.state.block
        self.journal: Journal = open_journal(
            disk, options, synced_at_least=block, payloads_from=block + 1
        )
        if self.journal.torn is not None:
            report(f"A torn tail was cut off: {self.journal.torn.sentence}")
        self.output = self._open_output(start)
        self._replay()

    @property
    def last(self) -> Seal:
        """The seal of the last block."""
        return self.sealer.last

    def order(self, envelopes: Sequence[bytes], at: int) -> OrderedBlock:
        """Journal one block durably, apply it, seal it.

        `at` is the engine's moment.  Raises `DiskFull` (nothing happened), `Fenced` and `Broken`
        (nothing may be sealed any more).
        """
        must(not self.broken, f"The node has stopped: {self.broken}")
        self._write_pending()
        moment = max(at, self.state.ordered_at)
        block = Block(self.state.block + 1, moment, tuple(envelopes))
        self.journal.append(block.number, encode(block), self.last.digest)
        self.journal.sync()
        ordered = self._apply(block)
        self._write_what_fits(ordered)
        return ordered

    def dry_run(self, envelope: Opened, at: int) -> Receipt:
        """Say what would become of an envelope now; changes nothing."""
        state = self.state
        draft = Draft(state, envelope.body.command_id, envelope.body.valid_until)
        draft.ordered_at = max(at, state.ordered_at)
        machine = self.rulebook.at(state.entry + 1)
        refusal: Refusal | None = None
        name = ""
        try:
            machine_apply.admit(state, envelope.body, self.network)
            name = machine_apply.attempt(machine, draft, envelope)
        except Refused as refused:
            name = str(refused.facts.pop("command", ""))
            refusal = machine_apply.noted(refused)
        return Receipt(
            0,
            state.block,
            draft.at,
            envelope.body.command_id,
            name,
            ZERO,
            draft.signers,
            refusal,
            () if refusal else machine_apply.packed(draft.events),
            () if refusal else tuple(draft.postings),
        )

    def remembered(self, command_id: bytes, data: bytes) -> int | None:
        """Give the entry that an envelope has had, or another with its id, while that is valid.

        Its digest is asked first: somebody else may since have used the same id.
        """
        entries = self.state.memory.entries
        found = entries.get(machine_apply.stand_in(data))
        return found if found is not None else entries.get(command_id)

    def unwritten(self, number: int) -> bytes | None:
        """Give an entry that still waits for space in the output log, or none."""
        for ordered in self._unwritten:
            if ordered.seal.first <= number <= ordered.seal.last:
                return ordered.records[number - ordered.seal.first]
        return None

    def try_again(self) -> None:
        """Find out whether there is space again; raises `DiskFull` when there is not."""
        self.journal.try_again()
        self._write_pending()

    def rest(self) -> None:
        """Use an idle moment: settle the journal, and write entries that waited for space.

        Raises `Fenced`.
        """
        self.journal.settle()
        with contextlib.suppress(DiskFull):
            self._write_pending()

    def settle(self) -> None:
        """Make the output log durable, as before a snapshot or a stop."""
        self._write_pending()
        self.output.settle()

    def close(self) -> None:
        """Release the files."""
        self.journal.close()
        self.output.close()

    def _apply(self, block: Block) -> OrderedBlock:
        try:
            applied = machine_apply.apply(self.rulebook, self.state, block, self.network)
            seal = self.sealer.seal(sealing_of(self.state, applied, self.sealer.committed))
            return OrderedBlock(seal, applied.entries, [encode(e) for e in applied.entries])
        except Broken as broken:
            self.broken = f"block {block.number}: {broken}"
            raise

    def _write_what_fits(self, ordered: OrderedBlock) -> None:
        """Add to the output log; what has no space waits, for the journal already holds it."""
        waited = bool(self._unwritten)
        self._unwritten.append(ordered)
        try:
            self._write_pending()
        except DiskFull as full:
            if not waited:
                self._report(f"The output log waits for space: {full}")

    def _write_pending(self) -> None:
        while self._unwritten:
            ordered = self._unwritten[0]
            self.output.append(ordered.seal.block, ordered.records, encode(ordered.seal))
            self._unwritten.pop(0)

    def _open_output(self, start: Start) -> OutputLog:
        """Open the output log; one that cannot answer is begun again, and so is the replay."""
        try:
            output = open_output_log(self._disk, self.network)
            if start.state.block <= output.block <= self.journal.last:
                return output
            self._report("The output log does not fit the journal; it is computed again.")
            output.close()
        except OutputDamaged as damaged:
            self._report(f"The output log is computed again: {damaged}")
        begin_output_log(self._disk, self.network)
        if start.state.block:
            again = newest_start(self._disk, self.genesis, self.rulebook, self._report, None)
            self.state, self.sealer = again.state, again.sealer
        return open_output_log(self._disk, self.network)

    def _replay(self) -> None:
        first, last = self.state.block + 1, self.journal.last
        if first > last:
            return
        self._report(f"Replaying blocks {first} to {last}.")
        with collector.off():
            if last - first >= BLOCKS_WORTH_A_HELPER and self._helper:
                self._replay_beside(first, last)
            else:
                for frame in self.journal.stream(first, last):
                    self._replay_one(frame)

    def _replay_one(self, frame: Frame) -> None:
        if frame.parent != self.last.digest:
            self.broken = wrong_parent(frame.number)
            raise Broken(self.broken)
        ordered = self._apply(_block_of(frame))
        if ordered.seal.block > self.output.block:
            self._write_what_fits(ordered)

    def _replay_beside(self, first: int, last: int) -> None:
        """Apply here, seal in a helper process; both check, and neither waits for the other."""
        applied_blocks: deque[Applied] = deque()

        def sealed(seal: Seal) -> None:
            applied = applied_blocks.popleft()
            if seal.block > self.output.block:
                records = [encode(entry) for entry in applied.entries]
                self._write_what_fits(OrderedBlock(seal, applied.entries, records))

        helper = SealerBeside(self.sealer, sealed)
        try:
            for frame in self.journal.stream(first, last):
                block = _block_of(frame)
                applied = machine_apply.apply(self.rulebook, self.state, block, self.network)
                applied_blocks.append(applied)
                helper.seal(frame.parent, sealing_of(self.state, applied, self.sealer.committed))
            self.sealer = helper.finish()
        except Broken as broken:
            self.broken = str(broken)
            raise
        finally:
            helper.close()


def _block_of(frame: Frame) -> Block:
    try:
        block: Block = read_block(frame.payload)
    except Malformed as malformed:
        raise Broken(f"block {frame.number} of the journal is unreadable") from malformed
    return block
