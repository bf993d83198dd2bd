# SPDX-License-Identifier: Apache-2.0
"""Addresses to pages: read the request, ask for the view, print it.

The market is asked through `Reads` alone; the projections implement it. A read returns None for
what does not exist, and raises `ReadsUnavailable` while it cannot answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from lejar.web import assets, views
from lejar.web.design_page import design_view
from lejar.web.language import Language, chosen_language
from lejar.web.rendering import page
from lejar.web.security import LOOPBACK, BrowserRules

LANGUAGE_COOKIE: Final = "lejar_language"
THEME_COOKIE: Final = "lejar_theme"
YEAR_SECONDS: Final = 365 * 24 * 3600
FORM_BYTES_MAX: Final = 4096
FORM_FIELDS_MAX: Final = 8
CURSOR_LENGTH_MAX: Final = 80
SEARCH_LENGTH_MAX: Final = 120

Choice = TypeVar("Choice", views.Outcome, views.State)


class ReadsUnavailable(Exception):
    """The read models cannot answer now: being rebuilt, or their database is away."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a list goes on: rows older than `before`, or newer than `after`; both None: newest."""

    before: str | None = None
    after: str | None = None


class Reads(Protocol):
    """What the pages ask of the projections. Each view is read at one entry.

    An unknown id gives None; a cursor nobody gave out counts as none.
    """

    def home(self) -> views.HomeView:
        """Return the first page."""

    def entries(self, wanted: views.EntryFilter, cursor: Cursor, /) -> views.EntriesView:
        """Return entries, newest first."""

    def receipt(self, receipt_id: str) -> views.ReceiptView | None:
        """Return a receipt with its proof."""

    def parties(self, cursor: Cursor, /) -> views.PartiesView:
        """Return parties."""

    def party(self, party_id: str) -> views.PartyView | None:
        """Return a party."""

    def instruments(self, cursor: Cursor, /) -> views.InstrumentsView:
        """Return instruments."""

    def instrument(self, instrument_id: str) -> views.InstrumentView | None:
        """Return an instrument with its life."""

    def instructions(self, wanted: views.State | None, cursor: Cursor, /) -> views.InstructionsView:
        """Return settlement instructions."""

    def instruction(self, instruction_id: str) -> views.InstructionView | None:
        """Return a settlement instruction."""

    def verify(self) -> views.VerifyView:
        """Return the newest checkpoint and the published keys."""

    def find(self, text: str) -> str | None:
        """Return the address of what an entry number, ISIN or id names."""


@dataclass(frozen=True, slots=True)
class ErrorView:
    """A page that says what went wrong; `asked` is the text that found nothing."""

    status: int
    asked: str = ""


class Pages:
    """The handlers of the pages, bound to one site and its reads."""

    def __init__(self, site: views.Site, reads: Reads) -> None:
        self.site = site
        self.reads = reads

    def routes(self) -> Sequence[BaseRoute]:
        """Return every route of the pages."""
        return (
            Route("/", self.home),
            Route("/entries", self.entries),
            Route("/receipts/{id}", self.receipt),
            Route("/parties", self.parties),
            Route("/parties/{id}", self.party),
            Route("/instruments", self.instruments),
            Route("/instruments/{id}", self.instrument),
            Route("/instructions", self.instructions),
            Route("/instructions/{id}", self.instruction),
            Route("/verify", self.verify),
            Route("/find", self.find),
            Route("/design", self.design),
            Route("/preferences", save_preferences, methods=["POST"]),
            Route("/static/{name}", assets.serve),
        )

    def home(self, request: Request) -> Response:
        """Answer `/`."""
        return self._page(request, "home.html", self.reads.home())

    def entries(self, request: Request) -> Response:
        """Answer `/entries`, filtered by `outcome` and `party`."""
        wanted = views.EntryFilter(
            outcome=_choice(request, "outcome", views.Outcome),
            party_id=_short(request, "party"),
        )
        return self._page(request, "entries.html", self.reads.entries(wanted, _cursor(request)))

    def receipt(self, request: Request) -> Response:
        """Answer `/receipts/{id}`."""
        return self._page(request, "receipt.html", self.reads.receipt(_id(request)))

    def parties(self, request: Request) -> Response:
        """Answer `/parties`."""
        return self._page(request, "parties.html", self.reads.parties(_cursor(request)))

    def party(self, request: Request) -> Response:
        """Answer `/parties/{id}`."""
        return self._page(request, "party.html", self.reads.party(_id(request)))

    def instruments(self, request: Request) -> Response:
        """Answer `/instruments`."""
        return self._page(request, "instruments.html", self.reads.instruments(_cursor(request)))

    def instrument(self, request: Request) -> Response:
        """Answer `/instruments/{id}`."""
        return self._page(request, "instrument.html", self.reads.instrument(_id(request)))

    def instructions(self, request: Request) -> Response:
        """Answer `/instructions`, filtered by `state`."""
        wanted = _choice(request, "state", views.State)
        view = self.reads.instructions(wanted, _cursor(request))
        return self._page(request, "instructions.html", view)

    def instruction(self, request: Request) -> Response:
        """Answer `/instructions/{id}`."""
        return self._page(request, "instruction.html", self.reads.instruction(_id(request)))

    def verify(self, request: Request) -> Response:
        """Answer `/verify`."""
        return self._page(request, "verify.html", self.reads.verify())

    def find(self, request: Request) -> Response:
        """Answer `/find?q=`: go to what is named, or say that nothing is."""
        asked = request.query_params.get("q", "").strip()[:SEARCH_LENGTH_MAX]
        found = self.reads.find(asked) if asked else None
        if found is not None:
            return RedirectResponse(local_path(found), status_code=303)
        return page(request, "error.html", ErrorView(404, asked), self.frame(request), 404)

    def design(self, request: Request) -> Response:
        """Answer `/design`: every component with its examples."""
        frame = self.frame(request)
        return page(request, "design.html", design_view(frame.language), frame)

    def failure(self, request: Request, error: Exception) -> Response:
        """Answer what went wrong as a page; nothing of the program's inside is shown."""
        status = 500
        if isinstance(error, ReadsUnavailable):
            status = 503
        elif isinstance(error, HTTPException):
            status = error.status_code if error.status_code in {404, 405} else 400
        answer = page(request, "error.html", ErrorView(status), self.frame(request), status)
        if isinstance(error, HTTPException) and error.headers:
            answer.headers.update(error.headers)
        return answer

    def frame(self, request: Request) -> views.Frame:
        """Return what surrounds the page, from the request's cookies and address."""
        theme = request.cookies.get(THEME_COOKIE)
        query = f"?{request.url.query}" if request.url.query else ""
        return views.Frame(
            site=self.site,
            language=chosen_language(
                request.cookies.get(LANGUAGE_COOKIE),
                request.headers.get("Accept-Language", ""),
            ),
            theme=views.Theme(theme) if theme in tuple(views.Theme) else views.Theme.AUTO,
            path=f"{request.url.path}{query}",
        )

    def _page(self, request: Request, template: str, view: object | None) -> Response:
        if view is None:
            raise HTTPException(404)
        return page(request, template, view, self.frame(request))


def site_app(
    site: views.Site,
    reads: Reads,
    *,
    hosts: frozenset[str] = LOOPBACK,
    more_routes: Sequence[BaseRoute] = (),
) -> ASGIApp:
    """Return the pages as one application, with other routes (REST, events) tried first.

    The browser's rules stand around it all: starlette answers an unforeseen failure outside of its
    own middleware, and that answer must carry them too.
    """
    pages = Pages(site, reads)
    app = Starlette(
        routes=(*more_routes, *pages.routes()),
        exception_handlers={
            HTTPException: pages.failure,
            ReadsUnavailable: pages.failure,
            Exception: pages.failure,
        },
    )
    return BrowserRules(app, hosts=hosts)


async def save_preferences(request: Request) -> Response:
    """Keep the reader's language or theme in a cookie, and go back to where they were."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > FORM_BYTES_MAX:
            return PlainTextResponse("The form is too large.\n", status_code=413)
    try:
        form = parse_qs(body.decode("utf-8", errors="replace"), max_num_fields=FORM_FIELDS_MAX)
    except ValueError:
        return PlainTextResponse("The form has too many fields.\n", status_code=413)
    answer = RedirectResponse(local_path(form.get("next", ["/"])[0]), status_code=303)
    kept: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("language", LANGUAGE_COOKIE, tuple(Language)),
        ("theme", THEME_COOKIE, tuple(views.Theme)),
    )
    for field, cookie, allowed in kept:
        value = form.get(field, [""])[0]
        if value in allowed:
            answer.set_cookie(cookie, value, max_age=YEAR_SECONDS, httponly=True, samesite="lax")
    return answer


def local_path(address: str) -> str:
    """Return an address of this hub unchanged, and `/` for any other (no open redirect)."""
    inside = address.startswith("/") and not address.startswith("//") and address.isprintable()
    return address if inside and "\\" not in address else "/"


def _cursor(request: Request) -> Cursor:
    return Cursor(before=_short(request, "before"), after=_short(request, "after"))


def _id(request: Request) -> str:
    return str(request.path_params["id"])[:CURSOR_LENGTH_MAX]


def _short(request: Request, name: str) -> str | None:
    value = request.query_params.get(name, "")
    return value if 0 < len(value) <= CURSOR_LENGTH_MAX else None


def _choice(request: Request, name: str, kind: type[Choice]) -> Choice | None:
    value = request.query_params.get(name)
    return kind(value) if value in tuple(kind) else None
