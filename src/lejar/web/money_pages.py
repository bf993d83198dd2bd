# SPDX-License-Identifier: Apache-2.0
"""The page of money: what exists, banks' claims, collateral, and intraday credits."""

from collections.abc import Callable, Sequence
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lejar.web import views
from lejar.web.readers import Reader
from lejar.web.rule_pages import Shows


class MoneyReads(Protocol):
    """The part of `reads.Reads` that is about money; the same holds for it."""

    def money(self, reader: Reader | None) -> views.MoneyView:
        """Return what exists, and what this reader may know of credits."""


class MoneyPages:
    """The handler of this page."""

    def __init__(
        self, reads: MoneyReads, reader: Callable[[Request], Reader | None], show: Shows
    ) -> None:
        self.reads = reads
        self.reader = reader
        self.show = show

    def routes(self) -> Sequence[BaseRoute]:
        """Return the route."""
        return (Route("/money", self.money),)

    def money(self, request: Request) -> Response:
        """Answer `/money`."""
        return self.show(request, "money.html", self.reads.money(self.reader(request)))
