# SPDX-License-Identifier: Apache-2.0
"""Asking the example hub without a socket."""

import asyncio

import httpx

from tests.web.example_app import example_app

ADDRESS = "http://127.0.0.1:8750"


def ask(
    path: str,
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    content: bytes | None = None,
) -> httpx.Response:
    """Return the example hub's answer, whatever it is; redirects are not followed."""

    async def conversation() -> httpx.Response:
        transport = httpx.ASGITransport(example_app(), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            return await client.request(method, path, headers=headers, content=content)

    return asyncio.run(conversation())
