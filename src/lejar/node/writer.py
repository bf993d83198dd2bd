# SPDX-License-Identifier: Apache-2.0
"""The writer: the one process that orders, journals, applies and seals.

It listens on a Unix socket in the data folder.  An answer leaves only after the block's sync.  When
the disk is full it closes for commands and opens again when there is space; when a sync failed or
an invariant broke it stops, and says why.  What it decides is in `engine.py`; here is the waiting.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec

from lejar.kernel.codec import encode as canonical
from lejar.kernel.failure import Malformed
from lejar.node.clock import Clock
from lejar.node.engine import Engine
from lejar.node.hub import Hub
from lejar.node.inbox import Inbox
from lejar.node.outreader import OutputReader
from lejar.node.signing import NodeSigner
from lejar.node.wire import (
    SOCKET_NAME,
    Ask,
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
        self.engine = Engine(hub, clock, signer, reader, inbox)
        self._wake = asyncio.Event()
        self._stopping = False

    @property
    def closed(self) -> str:
        """Why no commands are taken; empty while they are."""
        return self.engine.closed

    def status(self) -> Status:
        """Say where the writer stands."""
        return self.engine.status()

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
        engine = self.engine
        while not self._stopping:
            if engine.closed:
                if not engine.try_again():
                    await self._pause(RETRY_SECONDS)
            elif len(engine.inbox):
                await asyncio.sleep(0)
                engine.order()
            elif not await self._pause(IDLE_SECONDS):
                # Only after a pause: two more syncs between two blocks would cost their latency.
                engine.rest()
                engine.tick_if_due()

    async def _pause(self, seconds: float) -> bool:
        """Wait for work; says whether some came."""
        self._wake.clear()
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return False
        return True

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
        def reply(payload: object) -> None:
            if not writer.is_closing():
                raw = msgspec.Raw(encode(payload))
                writer.write(framed(Reply(request.number, "", raw)))

        try:
            if request.ask == Ask.SUBMIT:
                self.engine.submit(read_submission(request.payload), reply)
                self._wake.set()
            elif request.ask == Ask.STATUS:
                reply(self.status())
            elif request.ask == Ask.DRY_RUN:
                reply(canonical(self.engine.dry_run(read_bytes(request.payload))))
            elif request.ask == Ask.CHECKPOINT:
                reply(self.engine.checkpoint())
            elif request.ask == Ask.EXPLAIN:
                reply(canonical(self.engine.explain(read_bytes(request.payload))))
            else:
                reply(self.engine.prove(read_bytes(request.payload)))
        except (Malformed, LookupError) as error:
            nothing = msgspec.Raw(encode(None))
            writer.write(framed(Reply(request.number, str(error), nothing)))
