# SPDX-License-Identifier: Apache-2.0
"""What can be read of the rules: packs, cohorts, lists, obligations, figures, duties."""

import datetime
from collections.abc import Iterable
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from lejar.gateways.rest import authority
from lejar.gateways.rest.codec import form_of, scalars
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.seams import When
from lejar.gateways.rest.server import intake
from lejar.gateways.rest.server.answers import json, page
from lejar.gateways.rest.server.served import Served
from lejar.gateways.rest.views import CohortView, ListView, PackView
from lejar.kernel.failure import Malformed

SUBJECTS: Final = ("party", "asset")
TIME_LENGTH_MAX: Final = 40


async def packs(served: Served, request: Request) -> Response:
    """Every version of every pack."""
    limit, cursor = wanted(served, request)
    found = await served.read(served.reads.packs, cursor, limit)
    return await listed(served, found.rows, found.next)


async def pack(served: Served, request: Request) -> Response:
    """The rules in force at one moment, as known at another."""
    asked = request.path_params["jurisdiction"], _when(request, "at"), _when(request, "known")
    return _one(await served.read(served.reads.pack, *asked))


async def pack_version(served: Served, request: Request) -> Response:
    """One version whole."""
    named = request.path_params["jurisdiction"], request.path_params["version"]
    return _one(await served.read(served.reads.pack_version, *named))


def _one(found: PackView | None) -> Response:
    if found is None:
        raise Stopped("not_found")
    return json(form_of(PackView).show(found))


async def rule(served: Served, request: Request) -> Response:
    """One rule over time."""
    found = await served.read(served.reads.rule, request.path_params["rule"])
    if not found:
        raise Stopped("not_found")
    return await listed(served, found)


async def cohorts(served: Served, request: Request) -> Response:
    """Sandbox cohorts."""
    reader = await served.reader(request)
    limit, cursor = wanted(served, request)
    found = await served.read(served.reads.cohorts, cursor, limit)
    return await listed(served, (_cohort_for(reader, one) for one in found.rows), found.next)


async def cohort(served: Served, request: Request) -> Response:
    """One cohort."""
    reader = await served.reader(request)
    asked = intake.path_id(request, "cohort", "cohort")
    found = await served.read(served.reads.cohort, asked)
    if found is None:
        raise Stopped("not_found")
    return json(form_of(CohortView).show(_cohort_for(reader, found)))


def _cohort_for(reader: authority.Reader | None, one: CohortView) -> CohortView:
    known = authority.participants_for(reader, one)
    return msgspec.structs.replace(one, participants=known)


async def lists(served: Served, request: Request) -> Response:
    """Lists of persons."""
    reader = await served.reader(request)
    limit, cursor = wanted(served, request)
    found = await served.read(served.reads.lists, cursor, limit)
    return await listed(served, (_list_for(reader, one) for one in found.rows), found.next)


def _list_for(reader: authority.Reader | None, one: ListView) -> ListView:
    if authority.may_see_members(reader, one):
        return one
    return msgspec.structs.replace(one, members=None)


async def obligations(served: Served, request: Request) -> Response:
    """The reader's obligations, or all."""
    reader = await served.known_reader(request)
    limit, cursor = wanted(served, request)
    party = None if reader.supervises else reader.party
    found = await served.read(served.reads.obligations, party, cursor, limit)
    return await listed(served, found.rows, found.next)


async def obligation_counts(served: Served, _request: Request) -> Response:
    """How each rule's deadlines were kept."""
    return await listed(served, await served.read(served.reads.obligation_counts))


async def figures(served: Served, request: Request) -> Response:
    """What is recorded of a subject, as far as this reader may see it."""
    reader = await served.known_reader(request)
    named = request.query_params.get("subject")
    if named is None:
        raise Malformed("Say whose figures are asked for - at `$query.subject`")
    subject = scalars.read_id(SUBJECTS, named, "$query.subject")
    found = await served.read(served.reads.figures, subject)
    rows = [one for one in found.rows if authority.may_see_figure(reader, found, one)]
    return await listed(served, rows)


async def duties(served: Served, _request: Request) -> Response:
    """What each rule has brought in."""
    return await listed(served, await served.read(served.reads.duties))


def wanted(served: Served, request: Request) -> tuple[int, str | None]:
    """Read which page of a list is asked for."""
    return intake.rows_wanted(request, served.settings.limits), intake.cursor(request)


async def listed(
    served: Served, rows: Iterable[msgspec.Struct], following: str | None = None
) -> Response:
    """Answer a page of a list."""
    as_at = await served.read(served.reads.stands_at)
    return page([form_of(type(row)).show(row) for row in rows], following, as_at)


def _when(request: Request, name: str) -> When | None:
    """Read a moment or a day from the query."""
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        if len(text) <= len("2026-11-24"):
            return datetime.date.fromisoformat(text)
        moment = datetime.datetime.fromisoformat(text[:TIME_LENGTH_MAX])
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Malformed(
            f"This is a day, or a moment with its offset from UTC; this was '{text[:40]}' "
            f"- at `$query.{name}`"
        )
    return scalars.read_moment(moment)


HANDLERS: Final = {
    "cohort": cohort,
    "cohorts": cohorts,
    "duties": duties,
    "figures": figures,
    "lists": lists,
    "obligation_counts": obligation_counts,
    "obligations": obligations,
    "pack": pack,
    "pack_version": pack_version,
    "packs": packs,
    "rule": rule,
}
