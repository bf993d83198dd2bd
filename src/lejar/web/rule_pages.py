# SPDX-License-Identifier: Apache-2.0
"""The pages of the rules: packs, a rule, cohorts, obligations, and what would be allowed."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import Reader
from lejar.web.rule_reads import RuleReads

FIELD_LENGTH_MAX: Final = 60
FIELDS: Final = ("account", "asset", "amount", "total")


class Shows(Protocol):
    """Prints a view with a template, or answers that there is nothing."""

    def __call__(self, request: Request, template: str, view: object | None, /) -> Response:
        """Answer a request."""


class RulePages:
    """The handlers of these pages."""

    def __init__(
        self,
        reads: RuleReads,
        reader: Callable[[Request], Reader | None],
        cursor: Callable[[Request], Cursor],
        show: Shows,
    ) -> None:
        self.reads = reads
        self.reader = reader
        self.cursor = cursor
        self.show = show

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes."""
        return (
            Route("/packs", self.packs),
            Route("/packs/{id}", self.pack),
            Route("/packs/{id}/{version}", self.pack),
            Route("/rules/{id}", self.rule),
            Route("/cohorts", self.cohorts),
            Route("/cohorts/{id}", self.cohort),
            Route("/obligations", self.obligations),
            Route("/explain", self.explain),
        )

    def packs(self, request: Request) -> Response:
        """Answer `/packs`."""
        view = self.reads.packs(self.reader(request), self.cursor(request))
        return self.show(request, "packs.html", view)

    def pack(self, request: Request) -> Response:
        """Answer `/packs/{jurisdiction}` with `at` and `known`, and `/packs/…/{version}`."""
        version = request.path_params.get("version")
        known = None if version is not None else _day(request, "known")
        view = self.reads.pack(_id(request), version, _day(request, "at"), known)
        return self.show(request, "pack.html", view)

    def rule(self, request: Request) -> Response:
        """Answer `/rules/{id}`."""
        return self.show(request, "rule.html", self.reads.rule(_id(request)))

    def cohorts(self, request: Request) -> Response:
        """Answer `/cohorts`."""
        view = self.reads.cohorts(self.reader(request), self.cursor(request))
        return self.show(request, "cohorts.html", view)

    def cohort(self, request: Request) -> Response:
        """Answer `/cohorts/{id}`."""
        return self.show(
            request, "cohort.html", self.reads.cohort(self.reader(request), _id(request))
        )

    def obligations(self, request: Request) -> Response:
        """Answer `/obligations`."""
        view = self.reads.obligations(self.reader(request), self.cursor(request))
        return self.show(request, "obligations.html", view)

    def explain(self, request: Request) -> Response:
        """Answer `/explain`: nothing changes by asking, so the question is in the address."""
        view = self.reads.explain(self.reader(request), _asking(request))
        return self.show(request, "explain.html", view)


def _asking(request: Request) -> views.Asking | None:
    """Give what was filled in; none before anything was asked."""
    if not any(name in request.query_params for name in FIELDS):
        return None
    filled = {name: request.query_params.get(name, "")[:FIELD_LENGTH_MAX] for name in FIELDS}
    return views.Asking(**filled, offer=request.query_params.get("offer") == "yes")


def _id(request: Request) -> str:
    return str(request.path_params["id"])[:96]


def _day(request: Request, name: str) -> date | None:
    """Read a day from the address; an empty field is none."""
    text = request.query_params.get(name, "")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HTTPException(400) from None
