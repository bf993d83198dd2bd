# SPDX-License-Identifier: Apache-2.0
"""The example hub as an application: `python -m tests.web.example_app` shows it on port 8751."""

import asyncio
from collections.abc import AsyncIterator

import uvicorn
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from lejar.web.pages import site_app
from tests.web.example_market import SITE
from tests.web.example_reads import ExampleReads


async def one_event(_request: Request) -> Response:
    """Say once that a new entry exists, then stay open until the reader leaves."""

    async def events() -> AsyncIterator[str]:
        yield "event: entry\ndata: 1204332\n\n"
        await asyncio.Event().wait()

    return StreamingResponse(events(), media_type="text/event-stream")


def example_app() -> ASGIApp:
    """Return the pages over the example reads, with a source of events."""
    return site_app(SITE, ExampleReads(), more_routes=[Route("/events", one_event)])


if __name__ == "__main__":
    uvicorn.run(example_app(), host="127.0.0.1", port=8751, log_level="warning")
