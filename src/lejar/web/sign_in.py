# SPDX-License-Identifier: Apache-2.0
"""Signing in and out: a pass in a cookie that scripts cannot read and other sites cannot send.

There is no session here: the cookie is the pass itself, which ends by itself within hours.  A
one-time ticket from the local command line stands for a pass.  A link only shows a page with a
button, because what a link does must be harmless to whoever fetches it ahead of the reader.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lejar.node.passes import VALIDITY_MAX
from lejar.web import views
from lejar.web.forms import local_path, read_form
from lejar.web.reads import Reads
from lejar.web.rendering import page

PASS_COOKIE: Final = "lejar_pass"  # noqa: S105 - a name, not the pass
COOKIE_SECONDS: Final = VALIDITY_MAX // 1_000_000
PASS_LENGTH_MAX: Final = 512
TICKET_LENGTH_MAX: Final = 64


class Tickets(Protocol):
    """One-time words that the local command line gave out in place of passes."""

    def redeem(self, ticket: str) -> str | None:
        """Take a ticket and return its pass; None when it is not there (any more)."""


@dataclass(frozen=True, slots=True)
class SignInView:
    """The page to sign in on."""

    next: str
    """Where to go afterwards, an address of this hub."""
    ticket: str | None = None
    """From a link: then one button is enough."""
    has_failed: bool = False


class SignIn:
    """The handlers of signing in and out."""

    def __init__(
        self,
        reads: Reads,
        tickets: Tickets | None,
        frame: Callable[[Request], views.Frame],
    ) -> None:
        self.reads = reads
        self.tickets = tickets
        self.frame = frame

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes."""
        return (
            Route("/sign-in", self.form),
            Route("/sign-in", self.enter, methods=["POST"]),
            Route("/sign-out", self.leave, methods=["POST"]),
        )

    def form(self, request: Request) -> Response:
        """Answer `/sign-in`, also from a link with a ticket."""
        ticket = request.query_params.get("ticket", "")[:TICKET_LENGTH_MAX]
        view = SignInView(local_path(request.query_params.get("next", "/")), ticket or None)
        return self._page(request, view, 200)

    async def enter(self, request: Request) -> Response:
        """Take a pass, or a ticket for one; the cookie is set only if it holds."""
        form = await read_form(request)
        if isinstance(form, Response):
            return form
        following = local_path(form.get("next", "/"))
        shown: str | None = form.get("pass", "").strip()[:PASS_LENGTH_MAX]
        if "ticket" in form:
            ticket = form["ticket"][:TICKET_LENGTH_MAX]
            shown = None if self.tickets is None else self.tickets.redeem(ticket)
        if not shown or self.reads.reader(shown) is None:
            return self._page(request, SignInView(following, has_failed=True), 403)
        answer = RedirectResponse(following, status_code=303)
        answer.set_cookie(
            PASS_COOKIE,
            shown,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    def leave(self, _request: Request) -> Response:
        """Forget the pass; it would have ended by itself."""
        answer = RedirectResponse("/", status_code=303)
        answer.delete_cookie(PASS_COOKIE, httponly=True, samesite="strict")
        return answer

    def _page(self, request: Request, view: SignInView, status: int) -> Response:
        return page(request, "sign_in.html", view, self.frame(request), status)
