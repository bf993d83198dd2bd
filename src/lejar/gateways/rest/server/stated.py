# SPDX-License-Identifier: Apache-2.0
"""Statements of accounts: their address, and how the projections' answer looks in this room."""

import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from lejar.gateways.rest import authority, statement_views, views
from lejar.gateways.rest.codec import form_of, scalars
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.server import intake
from lejar.gateways.rest.server.answers import json, page
from lejar.gateways.rest.server.served import Served
from lejar.kernel.failure import Malformed
from lejar.projections import Snapshot, Wanted
from lejar.projections.privileged import account_statements as told


async def statements(served: Served, request: Request) -> Response:
    """The days on which something of an asset moved on an account."""
    account = await _seen_account(served, request)
    asset = _asset(request)
    limit = intake.rows_wanted(request, served.settings.limits)
    before = intake.cursor(request)
    as_at = await served.read(served.reads.stands_at)
    behind = None if before is None else _day(before)
    if before is not None and behind is None:
        raise Malformed("A cursor is handed back as it was - at `$query.after`")
    found = await served.read(served.reads.statement_days, account, asset, behind, limit)
    rows: list[object] = [form_of(statement_views.StatementDayView).show(row) for row in found.rows]
    return page(rows, found.next, as_at)


async def statement(served: Served, request: Request) -> Response:
    """One day of an account: opening, what moved, closing."""
    account = await _seen_account(served, request)
    day = _day(request.path_params["day"])
    if day is None:
        raise Stopped("not_found")
    asset = _asset(request)
    limit = intake.rows_wanted(request, served.settings.limits)
    cursor = intake.cursor(request)
    found = await served.read(served.reads.statement, account, asset, day, cursor, limit)
    if found is None:
        raise Stopped("not_found")
    return json(form_of(statement_views.StatementView).show(found))


def days_part(
    snapshot: Snapshot, account: bytes, asset: bytes, before: datetime.date | None, limit: int
) -> views.Part[statement_views.StatementDayView]:
    """Give some days, the newest first; the cursor of the rest is the last of them."""
    size = min(limit, told.DAYS_MAX)
    found = told.statement_days(snapshot, account, asset, before, size)
    rows = tuple(
        statement_views.StatementDayView(one.day.isoformat(), one.movements) for one in found
    )
    return views.Part(rows, rows[-1].day if len(rows) == size else None)


def statement_view(
    snapshot: Snapshot,
    account: bytes,
    asset: bytes,
    day: datetime.date,
    wanted: Wanted,
) -> statement_views.StatementView | None:
    """Give one day, as far as a page goes."""
    found = told.statement(snapshot, account, asset, day, wanted)
    if found is None:
        return None
    return statement_views.StatementView(
        account=account,
        asset=asset,
        code=found.code,
        day=day.isoformat(),
        final=found.is_final,
        opening=found.opening,
        closing=found.closing,
        came_in=found.came_in,
        went_out=found.went_out,
        movements=found.movements,
        lines=tuple(_line(one) for one in found.entries),
        next=found.next,
        as_at=snapshot.standing.entry,
    )


def _line(one: told.StatementLine) -> statement_views.StatementLineView:
    return statement_views.StatementLineView(
        one.entry,
        one.ordinal,
        one.at,
        one.command,
        one.reference,
        one.amount,
        one.counterparty,
        one.directive,
    )


async def _seen_account(served: Served, request: Request) -> bytes:
    reader = await served.known_reader(request)
    asked = intake.path_id(request, "account", "account")
    found = await served.read(served.reads.account, asked)
    if found is None or not authority.may_see_account(reader, found):
        raise Stopped("not_found")
    return asked


def _asset(request: Request) -> bytes:
    named = request.query_params.get("asset")
    if named is None:
        raise Malformed("Say of which asset - at `$query.asset`")
    return scalars.read_id(("asset",), named, "$query.asset")


def _day(text: str) -> datetime.date | None:
    """Read a day; none for what cannot be one."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


HANDLERS: Final = {"statement": statement, "statements": statements}
