# SPDX-License-Identifier: Apache-2.0
"""Around every request: which are not read at all, and what is said when this program is wrong.

A pure ASGI middleware.  The `Host` check keeps a foreign page from rebinding its name to the
loopback address; nobody is ever shown a stack trace.
"""

import logging
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.server.answers import problem
from lejar.gateways.rest.settings import Settings

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
LOG: Final = logging.getLogger(__name__)

HEADERS: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)


class Guard:
    """Check host, origin and sizes; answer a mistake of our own without saying more than that."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; anything but HTTP passes untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS:
                    headers[name] = value
            await send(message)

        request = Request(scope, receive)
        code = stopped_because(request, self.settings)
        if code is not None:
            await problem(Stopped(code), request)(scope, receive, send_with_headers)
            return
        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            LOG.exception("%s %s failed", scope["method"], scope["path"])
            if started:  # half an answer cannot be taken back; the connection ends
                raise
            await problem(Stopped("broken"), request)(scope, receive, send_with_headers)


def stopped_because(request: Request, settings: Settings) -> str | None:
    """Give the code of the problem for which a request is not read, or none."""
    limits, scope = settings.limits, request.scope
    if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > limits.header_bytes:
        return "headers_too_large"
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > limits.target_bytes:
        return "target_too_long"
    headers = Headers(scope=scope)
    named = headers.getlist("host")
    if len(named) != 1 or host_name(named[0]) not in settings.hosts:
        return "host_unknown"
    origin = headers.get("origin")
    if origin is None or scope["method"] in SAFE_METHODS:
        return None
    return None if _same_host(origin, named[0]) else "origin_foreign"


def host_name(host: str) -> str | None:
    """Give the name in a `Host` header without its port, in lower case; none if it has none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _same_host(origin: str, host: str) -> bool:
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False
