# SPDX-License-Identifier: Apache-2.0
"""The example hub as an application: `python -m tests.web.example_app` shows it on port 8751."""

import asyncio
from collections.abc import AsyncIterator

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from lejar.web.pages import site_app
from tests.web.example_reads import SITE, ExampleReads


async def one_event(request: Request) -> Response:
    """Say once that a new entry exists, then stay open until the reader leaves."""

    async def events() -> AsyncIterator[str]:
        yield "event: entry\ndata: 1204332\n\n"
        while not await request.is_disconnected():
            await asyncio.sleep(0.2)

    return StreamingResponse(events(), media_type="text/event-stream")


def example_app() -> Starlette:
    """Return the pages over the example reads, with a source of events."""
    app = site_app(SITE, ExampleReads())
    app.router.routes.append(Route("/events", one_event))
    return app


if __name__ == "__main__":
    uvicorn.run(example_app(), host="127.0.0.1", port=8751, log_level="warning")
