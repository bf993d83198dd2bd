# SPDX-License-Identifier: Apache-2.0
"""Directives: what everybody sees, what those concerned see, and the proof of one's life."""

from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from lejar.gateways.rest import authority
from lejar.gateways.rest.codec import form_of
from lejar.gateways.rest.endpoints import JSON
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.server import intake
from lejar.gateways.rest.server.answers import json, page
from lejar.gateways.rest.server.served import Served
from lejar.gateways.rest.views import DirectiveRow, DirectiveView
from lejar.kernel import identifiers
from lejar.proofs.bundle import encode_bundle, make_bundle
from lejar.proofs.evidence import ReceiptEvidence, decode

NO_STORE: Final = {"Cache-Control": "no-store"}


async def directives(served: Served, request: Request) -> Response:
    """Directives, the newest first, as everybody sees them."""
    limit = intake.rows_wanted(request, served.settings.limits)
    cursor = intake.cursor(request)
    as_at = await served.read(served.reads.stands_at)
    found = await served.read(served.reads.directives, cursor, limit)
    show = form_of(DirectiveRow).show
    return page([show(row) for row in found.rows], found.next, as_at)


async def directive(served: Served, request: Request) -> Response:
    """One directive; without what it bears on for everybody else."""
    reader = await served.reader(request)
    found = await _directive(served, request)
    if not authority.may_see_directive_whole(reader, found):
        steps = tuple(
            msgspec.structs.replace(step, party=None, reason=None) for step in found.steps
        )
        found = msgspec.structs.replace(found, bearing=None, steps=steps)
    return json(form_of(DirectiveView).show(found))


async def directive_evidence(served: Served, request: Request) -> Response:
    """Every entry of a directive's life, each with its proof under one checkpoint."""
    reader = await served.known_reader(request)
    found = await _directive(served, request)
    if not authority.may_see_directive_whole(reader, found):
        raise Stopped("not_found")
    async with served.within():
        note = await served.link.checkpoint()
    proved = [
        await _proved(served, number, note)
        for number in dict.fromkeys(step.entry for step in found.steps)
    ]
    file = encode_bundle(make_bundle(found.row.directive, proved))
    name = identifiers.show("directive", found.row.directive)
    saved = {"Content-Disposition": f'attachment; filename="{name}.evidence.json"'}
    return Response(file, 200, {**NO_STORE, **saved}, media_type=JSON)


async def _directive(served: Served, request: Request) -> DirectiveView:
    asked = intake.path_id(request, "directive", "directive")
    found = await served.read(served.reads.directive, asked)
    if found is None:
        raise Stopped("not_found")
    return found


async def _proved(served: Served, number: int, note: str) -> ReceiptEvidence:
    data = await served.read(served.reads.evidence, number, note)
    found = None if data is None else decode(data.decode())
    if not isinstance(found, ReceiptEvidence):
        raise Stopped("not_found")
    return found


HANDLERS: Final = {
    "directives": directives,
    "directive": directive,
    "directive_evidence": directive_evidence,
}
