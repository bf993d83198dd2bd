# SPDX-License-Identifier: Apache-2.0
"""What every answer says to the browser, and which requests are not answered at all.

A pure ASGI middleware. The policy allows this hub's own files and nothing else: no inline script
or style, no framing, no foreign form target. A `Host` that is not on the list is refused, because
otherwise a foreign page could rebind its name to the loopback address and read this hub through
its visitor's browser. An unsafe request that another origin's page sends is refused as well.
"""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS: Final = (
    (
        "Content-Security-Policy",
        (
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
            "object-src 'none'"
        ),
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
CACHE_UNLESS_SAID: Final = "private, no-cache"
"""Pages change with each entry and with the reader's cookies."""


class BrowserRules:
    """Check `Host` and `Origin`, then add the headers to whatever the application answers."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str] = LOOPBACK) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; anything but HTTP passes untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_rules(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS:
                    headers[name] = value
                headers.setdefault("Cache-Control", CACHE_UNLESS_SAID)
            await send(message)

        reason = refused_because(scope["method"], Headers(scope=scope), self.hosts)
        if reason is None:
            await self.app(scope, receive, send_with_rules)
        else:
            answer = PlainTextResponse(f"{reason}\n", status_code=403)
            await answer(scope, receive, send_with_rules)


def refused_because(method: str, headers: Headers, hosts: frozenset[str]) -> str | None:
    """Return why a request is not answered, or None where it may be."""
    named = headers.getlist("host")
    if len(named) != 1 or host_name(named[0]) not in hosts:
        return "This hub does not answer to that host name."
    origin = headers.get("origin")
    if method in SAFE_METHODS or origin is None:
        return None
    if urlsplit(origin).netloc.lower() != named[0].lower():
        return "A page of another origin may not send this."
    return None


def host_name(host: str) -> str | None:
    """Return the name in a `Host` header without its port, in lower case; None if it has none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
