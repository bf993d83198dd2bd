# SPDX-License-Identifier: Apache-2.0
"""What can be read of reconciliation: outside ledgers, statements, breaks."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from lejar.domain.reconciliation import BreakStage
from lejar.gateways.rest import authority
from lejar.gateways.rest.break_views import BreakView
from lejar.gateways.rest.codec import form_of
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.server import intake
from lejar.gateways.rest.server.answers import json
from lejar.gateways.rest.server.ruled import listed, wanted
from lejar.gateways.rest.server.served import Served
from lejar.kernel.failure import Malformed


async def counterparts(served: Served, request: Request) -> Response:
    """The reader's outside ledgers, or all."""
    party = _side(await served.known_reader(request))
    limit, cursor = wanted(served, request)
    found = await served.read(served.reads.counterparts, party, cursor, limit)
    return await listed(served, found.rows, found.next)


async def outside_statements(served: Served, request: Request) -> Response:
    """Statements of the reader's outside ledgers, or all."""
    party = _side(await served.known_reader(request))
    limit, cursor = wanted(served, request)
    found = await served.read(served.reads.outside_statements, party, cursor, limit)
    return await listed(served, found.rows, found.next)


async def breaks(served: Served, request: Request) -> Response:
    """Breaks that concern the reader, or all."""
    party = _side(await served.known_reader(request))
    limit, cursor = wanted(served, request)
    found = await served.read(served.reads.breaks, party, _stage(request), cursor, limit)
    return await listed(served, found.rows, found.next)


async def reconciliation_break(served: Served, request: Request) -> Response:
    """One break with its life."""
    reader = await served.known_reader(request)
    asked = intake.path_id(request, "break_id", "break")
    found = await served.read(served.reads.reconciliation_break, asked)
    if found is None or not authority.may_see_break(reader, found):
        raise Stopped("not_found")
    return json(form_of(BreakView).show(found))


def _side(reader: authority.Reader) -> bytes | None:
    """Give whose breaks are asked for; none for everybody's."""
    return None if reader.supervises else reader.party


def _stage(request: Request) -> str | None:
    named = request.query_params.get("stage")
    if named is None or named in [str(one) for one in BreakStage]:
        return named
    raise Malformed(f"A break stands at {', '.join(BreakStage)} - at `$query.stage`")


HANDLERS: Final = {
    "breaks": breaks,
    "counterparts": counterparts,
    "outside_statements": outside_statements,
    "reconciliation_break": reconciliation_break,
}
