# SPDX-License-Identifier: Apache-2.0
"""What can be read of settlement: the queue, its day, limits, penalties, and the pool."""

from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from lejar.gateways.rest import authority
from lejar.gateways.rest.codec import form_of
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.server import intake
from lejar.gateways.rest.server.answers import json, page
from lejar.gateways.rest.server.served import Served
from lejar.gateways.rest.settling_views import DayView, LimitsView, PenaltyView, QueueRow
from lejar.gateways.rest.views import InstructionView


async def instruction(served: Served, request: Request) -> Response:
    """One instruction, with its terms and why it waits."""
    reader = await served.known_reader(request)
    asked = intake.path_id(request, "instruction", "instruction")
    found = await served.read(served.reads.instruction, asked)
    if found is None or not authority.may_see_instruction(reader, found):
        raise Stopped("not_found")
    asking = None if authority.may_see_the_queue(reader) else reader.party
    waits = await served.read(served.reads.waits, asked, asking)
    terms = found.terms
    if terms is not None and asking is not None and asking not in found.givers:
        terms = msgspec.structs.replace(terms, priority=None)
    shown = msgspec.structs.replace(found, waits=tuple(waits), terms=terms)
    return json(form_of(InstructionView).show(shown))


async def queue(served: Served, request: Request) -> Response:
    """What waits, in the order of the queue."""
    reader = await served.known_reader(request)
    limit = intake.rows_wanted(request, served.settings.limits)
    after = intake.number(request, "after", 0, least=0, most=intake.NUMBER_MAX)
    party = None if authority.may_see_the_queue(reader) else reader.party
    as_at = await served.read(served.reads.stands_at)
    found = await served.read(served.reads.queue, party, after, limit)
    show = form_of(QueueRow).show
    following = str(found[-1][0]) if len(found) == limit else None
    return page([show(row) for _, row in found], following, as_at)


async def settlement_day(served: Served, _request: Request) -> Response:
    """The settlement day in figures."""
    return json(form_of(DayView).show(await served.read(served.reads.settlement_day)))


async def settlement_limits(served: Served, request: Request) -> Response:
    """Limits and reservations."""
    reader = await served.known_reader(request)
    party = None if authority.may_see_the_queue(reader) else reader.party
    found = await served.read(served.reads.settlement_limits, party)
    return json(form_of(LimitsView).show(found))


async def penalties(served: Served, request: Request) -> Response:
    """What failing has cost."""
    reader = await served.known_reader(request)
    party = None if authority.may_see_the_queue(reader) else reader.party
    as_at = await served.read(served.reads.stands_at)
    found = await served.read(served.reads.penalties, party)
    show = form_of(PenaltyView).show
    return page([show(row) for row in found], None, as_at)


async def settlement_pool(served: Served, request: Request) -> Response:
    """What waits, as a question for a solver; for whoever runs settlement."""
    reader = await served.known_reader(request)
    if not authority.may_see_the_queue(reader):
        raise Stopped("not_permitted")
    return json(await served.read(served.reads.settlement_pool))


HANDLERS: Final = {
    "instruction": instruction,
    "penalties": penalties,
    "queue": queue,
    "settlement_day": settlement_day,
    "settlement_limits": settlement_limits,
    "settlement_pool": settlement_pool,
}
