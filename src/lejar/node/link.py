# SPDX-License-Identifier: Apache-2.0
"""A client of the writer's socket: hand in envelopes, ask where it stands.

Many requests may be under way on one connection; each answer finds its question by number.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import msgspec

from lejar.domain.policy.explain import Answered, Question, read_answered
from lejar.kernel.codec import encode as canonical
from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.failure import Unavailable
from lejar.node.wire import (
    SOCKET_NAME,
    Answer,
    Ask,
    Request,
    Status,
    Unframer,
    encode,
    framed,
    read_answers,
    read_bytes,
    read_reply,
    read_status,
    read_text,
)

READ_BYTES = 1 << 20


class Link:
    """One connection to the writer; use `await Link.open(folder)`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._waiting: dict[int, asyncio.Future[msgspec.Raw]] = {}
        self._number = 0
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def open(cls, folder: Path) -> "Link":
        """Connect, or raise `Unavailable`."""
        try:
            reader, writer = await asyncio.open_unix_connection(str(folder / SOCKET_NAME))
        except OSError as error:
            raise Unavailable(f"The writer is not there: {error}.") from error
        return cls(reader, writer)

    async def submit(self, envelopes: Sequence[tuple[bytes, bytes]]) -> list[Answer]:
        """Hand in (command id, checked envelope) pairs; gives their answers in the same order."""
        return read_answers(await self._ask(Ask.SUBMIT, envelopes))

    async def status(self) -> Status:
        """Ask where the writer stands."""
        return read_status(await self._ask(Ask.STATUS, None))

    async def dry_run(self, envelope: bytes) -> Receipt:
        """Ask what would become of an envelope now."""
        receipt: Receipt = read_receipt(read_bytes(await self._ask(Ask.DRY_RUN, envelope)))
        return receipt

    async def checkpoint(self) -> str:
        """Ask for a signed checkpoint of the log and the state as they stand."""
        return read_text(await self._ask(Ask.CHECKPOINT, None))

    async def explain(self, question: Question) -> Answered:
        """Ask what the rules allow of a purchase now."""
        payload = canonical(question)
        answered: Answered = read_answered(read_bytes(await self._ask(Ask.EXPLAIN, payload)))
        return answered

    async def prove(self, key: bytes) -> str:
        """Ask for evidence of one record of the state."""
        return read_text(await self._ask(Ask.PROVE, key))

    async def close(self) -> None:
        """Hang up."""
        self._listening.cancel()
        self._writer.close()

    async def _ask(self, ask: Ask, payload: object) -> msgspec.Raw:
        if self._listening.done():
            raise Unavailable("The writer has hung up.")
        self._number += 1
        number = self._number
        future: asyncio.Future[msgspec.Raw] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            self._writer.write(framed(Request(number, ask, msgspec.Raw(encode(payload)))))
            await self._writer.drain()
        except OSError as error:
            self._waiting.pop(number, None)
            raise Unavailable(f"The writer has hung up: {error}.") from error
        return await future

    async def _listen(self) -> None:
        unframer = Unframer()
        try:
            while data := await self._reader.read(READ_BYTES):
                for message in unframer.feed(data):
                    self._settle(message)
        except (OSError, ValueError):
            pass
        finally:
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(Unavailable("The writer hung up before it answered."))
            self._waiting.clear()

    def _settle(self, message: bytes) -> None:
        reply = read_reply(message)
        future = self._waiting.pop(reply.number, None)
        if future is None or future.done():
            return
        if reply.error:
            future.set_exception(Unavailable(reply.error))
        else:
            future.set_result(reply.payload)
