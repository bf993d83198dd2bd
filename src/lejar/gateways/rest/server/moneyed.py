# SPDX-License-Identifier: Apache-2.0
"""What can be read of money: claims and terms for everyone, credits and limits for their sides."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from lejar.gateways.rest.server.ruled import listed, wanted
from lejar.gateways.rest.server.served import Served


async def deposits(served: Served, _request: Request) -> Response:
    """Banks' claims."""
    return await listed(served, await served.read(served.reads.deposits))


async def facilities(served: Served, _request: Request) -> Response:
    """What banks may draw by themselves."""
    return await listed(served, await served.read(served.reads.facilities))


async def collateral(served: Served, _request: Request) -> Response:
    """At which terms securities are taken."""
    return await listed(served, await served.read(served.reads.collateral))


async def tiers(served: Served, _request: Request) -> Response:
    """The caps of retail tiers."""
    return await listed(served, await served.read(served.reads.tiers))


async def intraday(served: Served, request: Request) -> Response:
    """The reader's credits, those in its currency, or all."""
    party = await _side(served, request)
    limit, cursor = wanted(served, request)
    found = await served.read(served.reads.intraday, party, cursor, limit)
    return await listed(served, found.rows, found.next)


async def account_limits(served: Served, request: Request) -> Response:
    """Limits of the reader's accounts, those in its currency, or all."""
    party = await _side(served, request)
    limit, cursor = wanted(served, request)
    found = await served.read(served.reads.account_limits, party, cursor, limit)
    return await listed(served, found.rows, found.next)


async def _side(served: Served, request: Request) -> bytes | None:
    """Give whose things are read; none: everybody's, for a supervisor."""
    reader = await served.known_reader(request)
    return None if reader.supervises else reader.party


HANDLERS: Final = {
    "account_limits": account_limits,
    "collateral": collateral,
    "deposits": deposits,
    "facilities": facilities,
    "intraday": intraday,
    "tiers": tiers,
}
