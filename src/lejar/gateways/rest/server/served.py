# SPDX-License-Identifier: Apache-2.0
"""What every handler is given: the seams, the settings, the counters; and who is asking."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import ParamSpec, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from lejar.domain.identity import PartyStatus
from lejar.gateways.rest import pass_
from lejar.gateways.rest.authority import Reader, reader_of
from lejar.gateways.rest.mapping import malformation
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.seams import Link, Reads
from lejar.gateways.rest.settings import Settings
from lejar.kernel.entry import Receipt
from lejar.kernel.envelope import Opened
from lejar.kernel.failure import Malformed
from lejar.node.door import Door
from lejar.reference.wording import About

P = ParamSpec("P")
R = TypeVar("R")
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="lejar"'}


@dataclass(frozen=True, slots=True)
class Metrics:
    """Counters of one application, in a registry of its own."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    envelopes: Counter
    streams: Gauge
    entry: Gauge

    @classmethod
    def fresh(cls) -> "Metrics":
        """Make the counters at zero."""
        own = CollectorRegistry()
        return cls(
            own,
            Counter(
                "lejar_http_requests", "Requests answered.", ("operation", "status"), registry=own
            ),
            Histogram("lejar_http_seconds", "Time to answer.", ("operation",), registry=own),
            Counter("lejar_envelopes", "Envelopes answered.", ("outcome",), registry=own),
            Gauge("lejar_streams_open", "Open event streams.", registry=own),
            Gauge("lejar_read_entry", "The entry the read models stand at.", registry=own),
        )


@dataclass(slots=True)
class Open:
    """How many event streams are open now."""

    streams: int = 0


@dataclass(frozen=True, slots=True)
class Served:
    """The seams of one application."""

    link: Link
    door: Door
    reads: Reads
    settings: Settings
    metrics: Metrics
    open: Open = field(default_factory=Open)

    async def read(self, question: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """Ask the read models without holding up the event loop."""
        return await run_in_threadpool(partial(question, *args, **named))

    async def about(self, receipt: Receipt) -> About:
        """Give what the text of a refusal needs."""
        facts = () if receipt.refusal is None else receipt.refusal.facts
        return await self.read(self.reads.about, dict(facts), receipt.at)

    async def admit(self, data: bytes) -> Opened:
        """Let one envelope through the door, or say what is wrong with it."""
        try:
            return await run_in_threadpool(self.door.admit, data)
        except Malformed as malformed:
            raise malformation(data, malformed, network=self.settings.network) from None

    def within(self) -> asyncio.Timeout:
        """Bound how long the writer may take."""
        return asyncio.timeout(self.settings.limits.answer_seconds)

    async def reader(self, request: Request) -> Reader | None:
        """Give who is asking; none without a pass.  A pass that does not hold is refused."""
        given = request.headers.getlist("authorization")
        if not given:
            return None
        scheme, _, text = given[0].partition(" ")
        if len(given) != 1 or scheme.lower() != "bearer":
            raise Stopped("pass_invalid", **CHALLENGE)
        try:
            shown = pass_.verify(text.strip(), self.settings.network, self.settings.now())
        except pass_.PassRefused as refused:
            raise Stopped(refused.code, **CHALLENGE) from None
        party = await self.read(self.reads.party, shown.party)
        if (
            party is None
            or party.status is not PartyStatus.OPEN
            or all(key.public != shown.key for key in party.keys)
        ):
            raise Stopped("pass_key_unknown", **CHALLENGE)
        return reader_of(party)

    async def known_reader(self, request: Request) -> Reader:
        """Give who is asking, or refuse who does not say."""
        reader = await self.reader(request)
        if reader is None:
            raise Stopped("pass_missing", **CHALLENGE)
        return reader
