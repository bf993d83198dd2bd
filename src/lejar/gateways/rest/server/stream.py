# SPDX-License-Identifier: Apache-2.0
"""Server-sent events: entries as they are sealed, from wherever the listener left off.

The stream follows the read models, not the writer, so that listeners cannot slow what they watch.
Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from lejar.gateways.rest import authority
from lejar.gateways.rest.codec import json_of
from lejar.gateways.rest.endpoints import EVENTS
from lejar.gateways.rest.mapping import entry_message
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.server import intake
from lejar.gateways.rest.server.served import Served

ROWS_AT_ONCE: Final = 100
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


async def events(served: Served, request: Request) -> Response:
    """Open a stream; one that has reached its age ends, and the listener comes back."""
    reader = await served.reader(request)
    after = await _begins_after(served, request)
    if request.method == "HEAD":
        return Response(b"", 200, HEADERS, media_type=EVENTS)
    if served.open.streams >= served.settings.limits.streams:
        raise Stopped("streams_full")
    told = _counted(served, _told(served, reader, after))
    return StreamingResponse(told, 200, HEADERS, media_type=EVENTS)


async def _begins_after(served: Served, request: Request) -> int:
    """A listener that comes back says where it was; a new one may say, or begins now."""
    last = request.headers.get("last-event-id", "").strip()
    if last:
        return intake.whole(last, "$header.Last-Event-ID", least=0, most=intake.NUMBER_MAX)
    if "after_entry" in request.query_params:
        return intake.number(request, "after_entry", 0, least=0, most=intake.NUMBER_MAX)
    return await served.read(served.reads.stands_at)


async def _counted(served: Served, told: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    served.open.streams += 1
    served.metrics.streams.set(served.open.streams)
    try:
        async for part in told:
            yield part
    finally:
        served.open.streams -= 1
        served.metrics.streams.set(served.open.streams)


async def _told(
    served: Served, reader: authority.Reader | None, after: int
) -> AsyncIterator[bytes]:
    limits = served.settings.limits
    loop = asyncio.get_running_loop()
    ends = loop.time() + limits.stream_seconds
    beat = loop.time() + limits.heartbeat_seconds
    yield b"retry: 2000\n\n"
    while loop.time() < ends:
        found = await served.read(served.reads.entries, after, ROWS_AT_ONCE)
        for sealed in found:
            after = sealed.receipt.number
            whole = authority.may_see_entry_whole(reader, sealed)
            data = json_of(entry_message(sealed, whole=whole))
            yield b"id: %d\nevent: entry\ndata: %b\n\n" % (after, data)
        if not found:
            if loop.time() >= beat:
                beat = loop.time() + limits.heartbeat_seconds
                yield b": as at entry %d\n\n" % after
            await asyncio.sleep(limits.poll_seconds)


HANDLERS: Final = {"events": events}
