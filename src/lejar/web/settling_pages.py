# SPDX-License-Identifier: Apache-2.0
"""The pages of settlement: the queue and its day."""

from collections.abc import Callable, Sequence
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lejar.web import views
from lejar.web.readers import Reader
from lejar.web.rule_pages import Shows


class SettlingReads(Protocol):
    """The part of `reads.Reads` that is about settlement; the same holds for it."""

    def queue(self, reader: Reader | None) -> views.QueueView:
        """Return what waits, as far as it is for this reader."""

    def settlement_day(self, reader: Reader | None) -> views.SettlementDayView:
        """Return the settlement day in figures."""


class SettlingPages:
    """The handlers of these pages."""

    def __init__(
        self, reads: SettlingReads, reader: Callable[[Request], Reader | None], show: Shows
    ) -> None:
        self.reads = reads
        self.reader = reader
        self.show = show

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes."""
        return (Route("/queue", self.queue), Route("/settlement-day", self.settlement_day))

    def queue(self, request: Request) -> Response:
        """Answer `/queue`."""
        return self.show(request, "queue.html", self.reads.queue(self.reader(request)))

    def settlement_day(self, request: Request) -> Response:
        """Answer `/settlement-day`."""
        view = self.reads.settlement_day(self.reader(request))
        return self.show(request, "settlement_day.html", view)
