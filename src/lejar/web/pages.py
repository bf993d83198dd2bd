# SPDX-License-Identifier: Apache-2.0
"""Addresses to pages: read the request, ask for the view, print it.

The market is asked through `Reads` alone; the projections implement it. A read returns None for
what does not exist, and raises `ReadsUnavailable` while it cannot answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from lejar.web import assets, views
from lejar.web.break_pages import BreakPages
from lejar.web.cursor import Cursor
from lejar.web.design_page import design_view
from lejar.web.exports import exported_as
from lejar.web.forms import local_path, read_form
from lejar.web.language import Language, chosen_language
from lejar.web.money_pages import MoneyPages
from lejar.web.readers import Reader
from lejar.web.reads import Reads, ReadsUnavailable
from lejar.web.rendering import page
from lejar.web.rule_pages import RulePages
from lejar.web.security import LOOPBACK, BrowserRules
from lejar.web.settling_pages import SettlingPages
from lejar.web.sign_in import PASS_COOKIE, SignIn, Tickets

__all__ = ["Cursor", "Pages", "Reads", "ReadsUnavailable", "Tickets", "local_path", "site_app"]

LANGUAGE_COOKIE: Final = "lejar_language"
THEME_COOKIE: Final = "lejar_theme"
YEAR_SECONDS: Final = 365 * 24 * 3600
CURSOR_LENGTH_MAX: Final = 160
SEARCH_LENGTH_MAX: Final = 120

Choice = TypeVar("Choice", views.Outcome, views.State)


@dataclass(frozen=True, slots=True)
class ErrorView:
    """A page that says what went wrong; `asked` is the text that found nothing."""

    status: int
    asked: str = ""


class Pages:
    """The handlers of the pages, bound to one site and its reads."""

    def __init__(self, site: views.Site, reads: Reads, tickets: Tickets | None) -> None:
        self.site = site
        self.reads = reads
        self.sign_in = SignIn(reads, tickets, self.frame)
        self.rules = RulePages(reads, self.reader, _cursor, self._page)
        self.settling = SettlingPages(reads, self.reader, self._page)
        self.money = MoneyPages(reads, self.reader, self._page)
        self.breaks = BreakPages(reads, self.reader, _cursor, _state, self._page)

    def routes(self) -> Sequence[BaseRoute]:
        """Return every route of the pages."""
        return (
            Route("/", self.home),
            Route("/entries", self.entries),
            Route("/receipts/{id}", self.receipt),
            Route("/receipts/{id}/evidence", self.evidence),
            Route("/parties", self.parties),
            Route("/parties/{id}", self.party),
            Route("/accounts/{id}/statement", self.statement),
            Route("/instruments", self.instruments),
            Route("/instruments/{id}", self.instrument),
            Route("/instructions", self.instructions),
            Route("/instructions/{id}", self.instruction),
            Route("/directives", self.directives),
            Route("/directives/{id}", self.directive),
            Route("/proposals", self.proposals),
            Route("/proposals/{id}", self.proposal),
            Route("/requirements", self.requirements),
            Route("/verify", self.verify),
            Route("/find", self.find),
            Route("/design", self.design),
            Route("/preferences", save_preferences, methods=["POST"]),
            Route("/static/{name}", assets.serve),
            *self.sign_in.routes(),
            *self.rules.routes(),
            *self.settling.routes(),
            *self.money.routes(),
            *self.breaks.routes(),
        )

    def home(self, request: Request) -> Response:
        """Answer `/`."""
        return self._page(request, "home.html", self.reads.home(self.reader(request)))

    def entries(self, request: Request) -> Response:
        """Answer `/entries`, filtered by `outcome` and `party`."""
        wanted = views.EntryFilter(
            outcome=_choice(request, "outcome", views.Outcome),
            party_id=_short(request, "party"),
        )
        view = self.reads.entries(self.reader(request), wanted, _cursor(request))
        return self._page(request, "entries.html", view)

    def receipt(self, request: Request) -> Response:
        """Answer `/receipts/{id}`: an entry's number, or a command's id."""
        view = self.reads.receipt(self.reader(request), _id(request))
        return self._page(request, "receipt.html", view)

    def evidence(self, request: Request) -> Response:
        """Answer `/receipts/{id}/evidence`: the file that is checked offline."""
        found = self.reads.evidence(self.reader(request), _id(request))
        if found is None:
            raise HTTPException(404)
        name = f"receipt-{_id(request)}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(found, media_type="application/json", headers=headers)

    def parties(self, request: Request) -> Response:
        """Answer `/parties`."""
        view = self.reads.parties(self.reader(request), _cursor(request))
        return self._page(request, "parties.html", view)

    def party(self, request: Request) -> Response:
        """Answer `/parties/{id}`."""
        view = self.reads.party(self.reader(request), _id(request))
        return self._page(request, "party.html", view)

    def statement(self, request: Request) -> Response:
        """Answer `/accounts/{id}/statement`, of `asset` and `day`."""
        wanted = views.StatementWanted(
            _short(request, "asset"), _day(request), _short(request, "after")
        )
        view = self.reads.statement(self.reader(request), _id(request), wanted)
        return self._page(request, "statement.html", view)

    def instruments(self, request: Request) -> Response:
        """Answer `/instruments`."""
        view = self.reads.instruments(self.reader(request), _cursor(request))
        return self._page(request, "instruments.html", view)

    def instrument(self, request: Request) -> Response:
        """Answer `/instruments/{id}`."""
        view = self.reads.instrument(self.reader(request), _id(request), _cursor(request))
        return self._page(request, "instrument.html", view)

    def instructions(self, request: Request) -> Response:
        """Answer `/instructions`, filtered by `state`."""
        wanted = _choice(request, "state", views.State)
        view = self.reads.instructions(self.reader(request), wanted, _cursor(request))
        return self._page(request, "instructions.html", view)

    def instruction(self, request: Request) -> Response:
        """Answer `/instructions/{id}`."""
        view = self.reads.instruction(self.reader(request), _id(request))
        return self._page(request, "instruction.html", view)

    def directives(self, request: Request) -> Response:
        """Answer `/directives`."""
        view = self.reads.directives(self.reader(request), _cursor(request))
        return self._page(request, "directives.html", view)

    def directive(self, request: Request) -> Response:
        """Answer `/directives/{id}`."""
        view = self.reads.directive(self.reader(request), _id(request))
        return self._page(request, "directive.html", view)

    def proposals(self, request: Request) -> Response:
        """Answer `/proposals`, filtered by `state`."""
        wanted = _choice(request, "state", views.State)
        view = self.reads.proposals(self.reader(request), wanted, _cursor(request))
        return self._page(request, "proposals.html", view)

    def proposal(self, request: Request) -> Response:
        """Answer `/proposals/{id}`."""
        view = self.reads.proposal(self.reader(request), _id(request))
        return self._page(request, "proposal.html", view)

    def requirements(self, request: Request) -> Response:
        """Answer `/requirements`."""
        view = self.reads.requirements(self.reader(request), _cursor(request))
        return self._page(request, "requirements.html", view)

    def verify(self, request: Request) -> Response:
        """Answer `/verify`."""
        return self._page(request, "verify.html", self.reads.verify(self.reader(request)))

    def find(self, request: Request) -> Response:
        """Answer `/find?q=`: go to what is named, or say that nothing is."""
        asked = request.query_params.get("q", "").strip()[:SEARCH_LENGTH_MAX]
        found = self.reads.find(self.reader(request), asked) if asked else None
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
        frame = self.frame(request, names_reader=status < 500)  # noqa: PLR2004 - RFC 9110
        answer = page(request, "error.html", ErrorView(status), frame, status)
        if isinstance(error, HTTPException) and error.headers:
            answer.headers.update(error.headers)
        return answer

    def reader(self, request: Request) -> Reader | None:
        """Return who is reading, from the pass in the cookie; asked once a request."""
        if not hasattr(request.state, "reader"):
            shown = request.cookies.get(PASS_COOKIE)
            request.state.reader = self.reads.reader(shown) if shown else None
        found: Reader | None = request.state.reader
        return found

    def frame(self, request: Request, *, names_reader: bool = True) -> views.Frame:
        """Return what surrounds the page, from the request's cookies and address."""
        theme = request.cookies.get(THEME_COOKIE)
        query = f"?{request.url.query}" if request.url.query else ""
        reader = self.reader(request) if names_reader else None
        return views.Frame(
            site=self.site,
            language=chosen_language(
                request.cookies.get(LANGUAGE_COOKIE),
                request.headers.get("Accept-Language", ""),
            ),
            theme=views.Theme(theme) if theme in tuple(views.Theme) else views.Theme.AUTO,
            path=f"{request.url.path}{query}",
            signed_in=None if reader is None else self.reads.signed_in(reader),
        )

    def _page(self, request: Request, template: str, view: object | None) -> Response:
        if view is None:
            raise HTTPException(404)
        exported = exported_as(request, template, view)
        if exported is not None:
            return exported
        return page(request, template, view, self.frame(request))


def site_app(
    site: views.Site,
    reads: Reads,
    *,
    hosts: frozenset[str] = LOOPBACK,
    tickets: Tickets | None = None,
    more_routes: Sequence[BaseRoute] = (),
) -> ASGIApp:
    """Return the pages as one application, with other routes (REST, events) tried first.

    The browser's rules stand around it all: starlette answers an unforeseen failure outside of its
    own middleware, and that answer must carry them too.
    """
    pages = Pages(site, reads, tickets)
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
    form = await read_form(request)
    if isinstance(form, Response):
        return form
    answer = RedirectResponse(local_path(form.get("next", "/")), status_code=303)
    kept: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("language", LANGUAGE_COOKIE, tuple(Language)),
        ("theme", THEME_COOKIE, tuple(views.Theme)),
    )
    for field, cookie, allowed in kept:
        value = form.get(field, "")
        if value in allowed:
            answer.set_cookie(cookie, value, max_age=YEAR_SECONDS, httponly=True, samesite="lax")
    return answer


def _cursor(request: Request) -> Cursor:
    return Cursor(before=_short(request, "before"), after=_short(request, "after"))


def _day(request: Request) -> date | None:
    """Read the day of a query; what is none counts as none."""
    try:
        return date.fromisoformat(request.query_params.get("day", ""))
    except ValueError:
        return None


def _id(request: Request) -> str:
    return str(request.path_params["id"])[:CURSOR_LENGTH_MAX]


def _short(request: Request, name: str) -> str | None:
    value = request.query_params.get(name, "")
    return value if 0 < len(value) <= CURSOR_LENGTH_MAX else None


def _state(request: Request) -> views.State | None:
    return _choice(request, "state", views.State)


def _choice(request: Request, name: str, kind: type[Choice]) -> Choice | None:
    value = request.query_params.get(name)
    return kind(value) if value in tuple(kind) else None
