# SPDX-License-Identifier: Apache-2.0
"""The writer: the one process that orders, journals, applies and seals.

It listens on a Unix socket in the data folder.  An answer leaves only after the block's sync.  When
the disk is full it closes for commands and opens again when there is space; when a sync failed or
an invariant broke it stops, and says why.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec

from lejar.kernel.codec import encode as canonical
from lejar.kernel.digest import sha256
from lejar.kernel.entry import Receipt, read_entry, read_receipt
from lejar.kernel.envelope import opened
from lejar.kernel.failure import Broken, Malformed
from lejar.kernel.schedule import next_due
from lejar.node.clock import Clock
from lejar.node.failures import DiskFull, Fenced
from lejar.node.hub import Hub
from lejar.node.inbox import Inbox, Slot, Submission
from lejar.node.outreader import OutputReader
from lejar.node.signing import NodeSigner
from lejar.node.wire import (
    SOCKET_NAME,
    Answer,
    Ask,
    Outcome,
    Reply,
    Request,
    Status,
    Unframer,
    encode,
    framed,
    read_bytes,
    read_request,
    read_submission,
)
from lejar.proofs.evidence import encode as encode_evidence
from lejar.proofs.evidence import make_state_evidence

IDLE_SECONDS = 0.25
RETRY_SECONDS = 1.0


class Writer:
    """Serves one hub to the processes of its node."""

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
        self._wake = asyncio.Event()
        self._stopping = False

    async def serve(self, folder: Path, ready: Callable[[], Awaitable[None]]) -> None:
        """Listen until `stop` is called; raises what ended it."""
        path = folder / SOCKET_NAME
        path.unlink(missing_ok=True)
        server = await asyncio.start_unix_server(self._client, str(path))
        path.chmod(0o600)
        await ready()
        try:
            await self._work()
        finally:
            server.close()
            path.unlink(missing_ok=True)

    def stop(self) -> None:
        """End after the block under way."""
        self._stopping = True
        self._wake.set()

    async def _work(self) -> None:
        while not self._stopping:
            if not len(self.inbox):
                self._wake.clear()
                self.hub.journal.settle()
                try:
                    await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)
                except TimeoutError:
                    self._tick_if_due()
                    continue
            else:
                await asyncio.sleep(0)
            if self.closed:
                await self._try_again()
            else:
                self._order(self.inbox.take())

    def _order(self, slots: list[Slot]) -> None:
        fresh = [slot for slot in slots if not self._is_known(slot)]
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

    def _is_known(self, slot: Slot) -> bool:
        """Answer an idempotent resend with the first result."""
        number = self.hub.remembered(slot.command_id)
        if number is None:
            return False
        if self._reader is None:
            self._reader = self._open_reader()
        record = self._reader.read_entry(number)
        receipt: Receipt = read_receipt(read_entry(record).receipt)
        if receipt.envelope != sha256(slot.data):
            return False
        slot.settle(Answer(Outcome.KNOWN, record))
        return True

    def _close(self, reason: str, slots: list[Slot]) -> None:
        self.closed = reason
        for slot in slots:
            slot.settle(Answer(Outcome.CLOSED, None))

    async def _try_again(self) -> None:
        for slot in self.inbox.take():
            slot.settle(Answer(Outcome.CLOSED, None))
        try:
            self.hub.journal.try_again()
        except DiskFull:
            await asyncio.sleep(RETRY_SECONDS)
            return
        self.closed = ""

    def _tick_if_due(self) -> None:
        """Let due work run although nobody sends anything."""
        if self.closed:
            self._wake.set()
            return
        state = self.hub.state
        offset = self.hub.rulebook.at(state.entry + 1).time_offset(state)
        due = next_due(state)
        now = self._clock()
        if due is not None and due <= max(state.at, now + offset):
            command_id, data = self._signer.tick(self.hub.network, now)
            self.inbox.put(Submission(1, _drop), 0, command_id, data)

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        unframer = Unframer()
        try:
            while data := await reader.read(1 << 20):
                for message in unframer.feed(data):
                    self._handle(read_request(message), writer)
        except (OSError, ValueError, msgspec.DecodeError):
            pass
        finally:
            writer.close()

    def _handle(self, request: Request, writer: asyncio.StreamWriter) -> None:
        def reply(payload: Any) -> None:
            if not writer.is_closing():
                raw = msgspec.Raw(encode(payload))
                writer.write(framed(Reply(request.number, "", raw)))

        try:
            if request.ask == Ask.SUBMIT:
                self._submit(request, reply)
            elif request.ask == Ask.STATUS:
                reply(self.status())
            elif request.ask == Ask.DRY_RUN:
                envelope = opened(read_bytes(request.payload))
                reply(canonical(self.hub.dry_run(envelope, self._clock())))
            elif request.ask == Ask.CHECKPOINT:
                reply(self._signer.checkpoint(self.hub.last))
            else:
                reply(self._prove(read_bytes(request.payload)))
        except (Malformed, LookupError) as error:
            nothing = msgspec.Raw(encode(None))
            writer.write(framed(Reply(request.number, str(error), nothing)))

    def _submit(self, request: Request, reply: Callable[[list[Answer]], None]) -> None:
        pairs = read_submission(request.payload)
        submission = Submission(len(pairs), reply)
        for place, (command_id, data) in enumerate(pairs):
            if self.closed:
                submission.settle(place, Answer(Outcome.CLOSED, None))
            else:
                self.inbox.put(submission, place, command_id, data)
        self._wake.set()

    def status(self) -> Status:
        """Say where the writer stands."""
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

    def _prove(self, key: bytes) -> str:
        """Make evidence of a record of the state, against a checkpoint of this very block."""
        record = self.hub.state.records.get(key)
        evidence = make_state_evidence(
            key=key,
            value=None if record is None else canonical(record),
            tree=self.hub.sealer.tree,
            note=self._signer.checkpoint(self.hub.last),
            keys=self._signer.keys,
        )
        return encode_evidence(evidence)


def _drop(_answers: list[Answer]) -> None:
    """Nobody waits for a tick."""
