# SPDX-License-Identifier: Apache-2.0
"""What can be read: each answers from the read models, for the reader who asks."""

from collections.abc import Callable
from typing import Final, TypeVar

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from lejar.domain.identity import PartyKind
from lejar.gateways.rest import authority
from lejar.gateways.rest.codec import form_of, scalars
from lejar.gateways.rest.endpoints import BYTES, JSON, TEXT
from lejar.gateways.rest.explaining import command_rows, refusal_rows
from lejar.gateways.rest.mapping import entry_message, genesis_message
from lejar.gateways.rest.messages import StatusMessage
from lejar.gateways.rest.openapi import document
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.server import intake
from lejar.gateways.rest.server.answers import json, page
from lejar.gateways.rest.server.served import Served
from lejar.gateways.rest.views import InstrumentView, Part, PartyView, Sealed
from lejar.kernel import identifiers

T = TypeVar("T")
V = TypeVar("V", bound=msgspec.Struct)
FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
"""A tile of a given width never changes."""
NO_STORE: Final = {"Cache-Control": "no-store"}


async def status(served: Served, _request: Request) -> Response:
    """How the hub stands, as the writer says, beside what the read models have been told."""
    async with served.within():
        now = await served.link.status()
    return json(
        StatusMessage(
            identifiers.show("network", now.network),
            now.name,
            now.kind,
            served.settings.hub_version,
            now.block,
            now.entry,
            scalars.show_moment(now.at),
            scalars.show_moment(now.ordered_at),
            now.log_root.hex(),
            now.state_root.hex(),
            now.accepting,
            now.reason or None,
            await served.read(served.reads.stands_at),
        )
    )


async def genesis(served: Served, _request: Request) -> Response:
    """The network's beginning."""
    return json(genesis_message(await served.read(served.reads.genesis)))


async def entries(served: Served, request: Request) -> Response:
    """Entries in their order."""
    reader = await served.reader(request)
    limit = intake.rows_wanted(request, served.settings.limits)
    after = intake.number(request, "after", 0, least=0, most=intake.NUMBER_MAX)
    as_at = await served.read(served.reads.stands_at)
    found = await served.read(served.reads.entries, after, limit)
    rows: list[object] = [_entry(reader, sealed) for sealed in found]
    following = str(found[-1].receipt.number) if len(found) == limit else None
    return page(rows, following, as_at)


def _entry(reader: authority.Reader | None, sealed: Sealed) -> object:
    return entry_message(sealed, whole=authority.may_see_entry_whole(reader, sealed))


async def entry(served: Served, request: Request) -> Response:
    """One entry."""
    reader = await served.reader(request)
    number = intake.path_number(request, "number")
    return json(_entry(reader, _found(await served.read(served.reads.entry, number))))


async def receipt(served: Served, request: Request) -> Response:
    """The first entry of a command."""
    reader = await served.reader(request)
    command_id = intake.path_id(request, "command_id", "command")
    return json(_entry(reader, _found(await served.read(served.reads.receipt, command_id))))


async def evidence(served: Served, request: Request) -> Response:
    """One self-contained file; for who took part, and supervisors."""
    reader = await served.known_reader(request)
    command_id = intake.path_id(request, "command_id", "command")
    sealed = _found(await served.read(served.reads.receipt, command_id))
    return await _proved(served, reader, sealed, identifiers.show("command", command_id))


async def entry_evidence(served: Served, request: Request) -> Response:
    """The same by the entry's number: pieces of due work may share a command id."""
    reader = await served.known_reader(request)
    number = intake.path_number(request, "number")
    sealed = _found(await served.read(served.reads.entry, number))
    return await _proved(served, reader, sealed, f"entry-{number}")


async def _proved(served: Served, reader: authority.Reader, sealed: Sealed, name: str) -> Response:
    if not authority.may_see_entry_whole(reader, sealed):
        raise Stopped("not_found")
    async with served.within():
        note = await served.link.checkpoint()
    file = _found(await served.read(served.reads.evidence, sealed.receipt.number, note))
    saved = {"Content-Disposition": f'attachment; filename="{name}.evidence.json"'}
    return Response(file, 200, {**NO_STORE, **saved}, media_type=JSON)


async def parties(served: Served, request: Request) -> Response:
    """The agencies, which act in public; all parties for a supervisor."""
    reader = await served.reader(request)
    kind = None if reader is not None and reader.supervises else PartyKind.AGENCY
    return await _part(served, request, served.reads.parties, kind)


async def party(served: Served, request: Request) -> Response:
    """One party."""
    reader = await served.reader(request)
    one = _found(await served.read(served.reads.party, intake.path_id(request, "party", "party")))
    if not authority.may_see_party(reader, one):
        raise Stopped("not_found")
    return json(_party(reader, one))


def _party(reader: authority.Reader | None, one: PartyView) -> object:
    if not authority.may_see_party_whole(reader, one):
        one = msgspec.structs.replace(one, credentials=None, accounts=None)
    return _shown(one)


async def account(served: Served, request: Request) -> Response:
    """One account with its positions."""
    reader = await served.known_reader(request)
    asked = intake.path_id(request, "account", "account")
    one = _found(await served.read(served.reads.account, asked))
    if not authority.may_see_account(reader, one):
        raise Stopped("not_found")
    return json(_shown(one))


async def entitlements(served: Served, request: Request) -> Response:
    """An account's parts of payments."""
    reader = await served.known_reader(request)
    asked = intake.path_id(request, "account", "account")
    one = _found(await served.read(served.reads.account, asked))
    if not authority.may_see_account(reader, one):
        raise Stopped("not_found")
    return await _part(served, request, served.reads.entitlements, asked)


async def movements(served: Served, request: Request) -> Response:
    """An account's statement."""
    reader = await served.known_reader(request)
    asked = intake.path_id(request, "account", "account")
    one = _found(await served.read(served.reads.account, asked))
    if not authority.may_see_account(reader, one):
        raise Stopped("not_found")
    return await _part(served, request, served.reads.movements, asked)


async def instruments(served: Served, request: Request) -> Response:
    """Instruments and money."""
    return await _part(served, request, served.reads.instruments)


async def _part(
    served: Served,
    request: Request,
    question: Callable[..., Part[V]],
    *about: object,
) -> Response:
    limit = intake.rows_wanted(request, served.settings.limits)
    cursor = intake.cursor(request)
    as_at = await served.read(served.reads.stands_at)
    found = await served.read(question, *about, cursor, limit)
    return page([_shown(row) for row in found.rows], found.next, as_at)


async def instrument(served: Served, request: Request) -> Response:
    """One instrument with its terms."""
    return json(_shown(await _instrument(served, request)))


async def _instrument(served: Served, request: Request) -> InstrumentView:
    asked = intake.path_id(request, "asset", "asset")
    return _found(await served.read(served.reads.instrument, asked))


async def holders(served: Served, request: Request) -> Response:
    """The register of holders."""
    reader = await served.known_reader(request)
    one = await _instrument(served, request)
    if not authority.may_see_holders(reader, one):
        raise Stopped("not_permitted")
    return await _part(served, request, served.reads.holders, one.asset)


async def bound_money(served: Served, request: Request) -> Response:
    """One envelope of purpose-bound money, open or over."""
    reader = await served.known_reader(request)
    asked = intake.path_id(request, "envelope", "envelope")
    one = _found(await served.read(served.reads.bound_money, asked))
    if not authority.may_see_bound_money(reader, one):
        raise Stopped("not_found")
    return json(_shown(one))


async def proposals(served: Served, request: Request) -> Response:
    """Proposals: who must agree to what is public, the commands themselves are not."""
    return await _part(served, request, served.reads.proposals)


async def proposal(served: Served, request: Request) -> Response:
    """One proposal, open or ended."""
    reader = await served.reader(request)
    asked = intake.path_id(request, "proposal", "proposal")
    one = _found(await served.read(served.reads.proposal, asked))
    if not authority.may_see_carried_command(reader, one):
        one = msgspec.structs.replace(one, carried=None)
    return json(_shown(one))


async def requirements(served: Served, request: Request) -> Response:
    """Who must agree to which command."""
    return await _part(served, request, served.reads.requirements)


async def checkpoint(served: Served, _request: Request) -> Response:
    """A signed checkpoint of the log and the state as they stand."""
    async with served.within():
        note = await served.link.checkpoint()
    return Response(note, 200, NO_STORE, media_type=TEXT)


async def tile(served: Served, request: Request) -> Response:
    """A hash tile; bundles of entries are not published, since receipts are not public."""
    data = _found(await served.read(served.reads.tile, intake.path_tile(request)))
    return Response(data, 200, FOREVER, media_type=BYTES)


async def refusals(_served: Served, _request: Request) -> Response:
    """The whole table of refusals."""
    return json(refusal_rows())


async def commands(_served: Served, _request: Request) -> Response:
    """The catalogue of commands."""
    return json(command_rows())


async def openapi(served: Served, _request: Request) -> Response:
    """The description of all this."""
    return json(document(served.settings.hub_version))


async def metrics(served: Served, _request: Request) -> Response:
    """Counters; nothing in them names a party."""
    served.metrics.entry.set(await served.read(served.reads.stands_at))
    text = generate_latest(served.metrics.registry)
    return Response(text, 200, {**NO_STORE, "Content-Type": CONTENT_TYPE_LATEST})


def _found(thing: T | None) -> T:
    if thing is None:
        raise Stopped("not_found")
    return thing


def _shown(view: msgspec.Struct) -> object:
    return form_of(type(view)).show(view)


HANDLERS: Final = {
    "account": account,
    "bound_money": bound_money,
    "checkpoint": checkpoint,
    "commands": commands,
    "entries": entries,
    "entry": entry,
    "entry_evidence": entry_evidence,
    "evidence": evidence,
    "genesis": genesis,
    "entitlements": entitlements,
    "holders": holders,
    "instrument": instrument,
    "instruments": instruments,
    "metrics": metrics,
    "movements": movements,
    "openapi": openapi,
    "parties": parties,
    "party": party,
    "proposal": proposal,
    "proposals": proposals,
    "receipt": receipt,
    "refusals": refusals,
    "requirements": requirements,
    "status": status,
    "tile": tile,
}
