# SPDX-License-Identifier: Apache-2.0
"""The HTTP channel: a bank's own systems post a message on its own machine, and get the answer.

It listens on loopback alone, for whoever reaches it speaks for the bank. The media type and the
Host are asked for, so that no page in a browser can do so.
"""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lejar.cli.messaging.bank import Bank
from lejar.cli.messaging.following import Following
from lejar.cli.messaging.log import Reply
from lejar.gateways.iso20022.tree import BYTES_MAX
from lejar.kernel.failure import Unavailable

LOOPBACK: Final = "127.0.0.1"
XML: Final = "application/xml"
BODY_SECONDS: Final = 30.0
PAGE: Final = 200
REPLIES_HEADER: Final = "Lejar-Replies"
"""The names of all answers; the first is the body."""


Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


class Stopped(Exception):
    """A request that goes no further."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Channel:
    """A bank's channel, used by one thread at a time."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._following = Following(bank)
        self._one = threading.Lock()

    def take(self, data: bytes) -> list[Reply]:
        """Take a message."""
        with self._one:
            replies = self._bank.take(data)
            for reply in replies:
                self._bank.log.delivered(reply.name)
            return replies

    def look(self) -> None:
        """See what is new at the hub; it is found among the replies."""
        with self._one, contextlib.suppress(Unavailable):
            self._following.look()
            self._bank.log.forget(self._bank.clock())

    def names(self, after: int) -> list[tuple[int, str]]:
        """Give the names of answers and notices."""
        with self._one:
            return self._bank.log.reply_names(after, PAGE)

    def reply(self, name: str) -> Reply | None:
        """Give one of them; it is delivered then."""
        with self._one:
            found = self._bank.log.reply(name)
            if found is not None:
                self._bank.log.delivered(name)
            return found


def application(channel: Channel, every_seconds: float | None = None) -> Starlette:
    """Make the application; with a number of seconds it also looks at the hub by itself."""

    async def post(request: Request) -> Response:
        data = await _body(request)
        try:
            replies = await asyncio.to_thread(channel.take, data)
        except Unavailable as error:
            raise Stopped(503, f"{error} Post the same message again.") from None
        names = ", ".join(one.name for one in replies)
        data = replies[0].data if replies else b""
        return Response(data, media_type=XML, headers={REPLIES_HEADER: names})

    async def replies(request: Request) -> Response:
        _expect_host(request)
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) < len(str(2**53))):
            raise Stopped(400, "`after` is the number of an answer.")
        found = await asyncio.to_thread(channel.names, int(after))
        items = [{"number": number, "name": name} for number, name in found]
        return JSONResponse({"items": items})

    async def reply(request: Request) -> Response:
        _expect_host(request)
        found = await asyncio.to_thread(channel.reply, request.path_params["name"])
        if found is None:
            raise Stopped(404, "There is no answer of this name.")
        return Response(found.data, media_type=XML)

    routes = [
        Route("/messages", post, methods=["POST"]),
        Route("/replies", replies, methods=["GET"]),
        Route("/replies/{name}", reply, methods=["GET"]),
    ]
    return Starlette(
        routes=routes,
        exception_handlers={Stopped: _stopped, Exception: _defect},
        lifespan=_looking(channel, every_seconds),
    )


def serve(bank: Bank, port: int, every_seconds: float) -> None:
    """Serve until Ctrl-C."""
    app = application(Channel(bank), every_seconds)
    uvicorn.run(app, host=LOOPBACK, port=port, log_level="warning", server_header=False)


def _looking(channel: Channel, every_seconds: float | None) -> Lifespan:
    async def look() -> None:
        while every_seconds is not None:
            await asyncio.to_thread(channel.look)
            await asyncio.sleep(every_seconds)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        looking = asyncio.create_task(look())
        yield
        looking.cancel()

    return lifespan


async def _body(request: Request) -> bytes:
    """Read a body; stop as soon as it is too large, too slow, or of another kind."""
    _expect_host(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != XML:
        raise Stopped(415, f"A message is sent as {XML}.")
    read = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                read += chunk
                if len(read) > BYTES_MAX:
                    raise Stopped(413, f"A message has at most {BYTES_MAX} bytes.")
    except TimeoutError:
        raise Stopped(408, "The message did not come in time.") from None
    except ClientDisconnect:
        raise Stopped(400, "The connection ended before the message did.") from None
    return bytes(read)


def _expect_host(request: Request) -> None:
    if request.url.hostname not in {LOOPBACK, "localhost"}:
        raise Stopped(421, "This channel is for its own machine alone.")


async def _stopped(_request: Request, stopped: Exception) -> Response:
    status = stopped.status if isinstance(stopped, Stopped) else 500
    return JSONResponse({"detail": str(stopped)}, status)


async def _defect(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"detail": "This is a defect of the program; nothing was told."}, 500)
