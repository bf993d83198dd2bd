# SPDX-License-Identifier: Apache-2.0
"""The pages of reconciliation: breaks by age and state, and one break."""

from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lejar.web import views
from lejar.web.break_reads import BreakReads
from lejar.web.cursor import Cursor
from lejar.web.readers import Reader
from lejar.web.rule_pages import Shows

ID_LENGTH_MAX = 96


class BreakPages:
    """The handlers of these pages."""

    def __init__(
        self,
        reads: BreakReads,
        reader: Callable[[Request], Reader | None],
        cursor: Callable[[Request], Cursor],
        state: Callable[[Request], views.State | None],
        show: Shows,
    ) -> None:
        self.reads = reads
        self.reader = reader
        self.cursor = cursor
        self.state = state
        self.show = show

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes."""
        return (
            Route("/reconciliation", self.breaks),
            Route("/reconciliation/breaks/{id}", self.one),
        )

    def breaks(self, request: Request) -> Response:
        """Answer `/reconciliation`, filtered by `state`."""
        reader = self.reader(request)
        view = self.reads.reconciliation(reader, self.state(request), self.cursor(request))
        return self.show(request, "reconciliation.html", view)

    def one(self, request: Request) -> Response:
        """Answer `/reconciliation/breaks/{id}`."""
        named = str(request.path_params["id"])[:ID_LENGTH_MAX]
        view = self.reads.reconciliation_break(self.reader(request), named)
        return self.show(request, "break.html", view)
