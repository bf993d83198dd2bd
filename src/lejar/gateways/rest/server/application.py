# SPDX-License-Identifier: Apache-2.0
"""The composition of the gateway: the table of endpoints, their handlers, the guard around all."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lejar.gateways.rest.endpoints import ENDPOINTS, Endpoint
from lejar.gateways.rest.problems import Stopped
from lejar.gateways.rest.seams import Link, Reads
from lejar.gateways.rest.server import (
    directives,
    explaining,
    lookups,
    moneyed,
    orders,
    reconciled,
    ruled,
    settling,
    stated,
    stream,
)
from lejar.gateways.rest.server.answers import problem
from lejar.gateways.rest.server.guard import Guard
from lejar.gateways.rest.server.served import Metrics, Served
from lejar.gateways.rest.settings import Settings
from lejar.kernel.failure import Malformed, Unavailable
from lejar.node.door import Door

Handler: TypeAlias = Callable[[Served, Request], Awaitable[Response]]

HANDLERS: Final[dict[str, Handler]] = {
    **orders.HANDLERS,
    **explaining.HANDLERS,
    **lookups.HANDLERS,
    **stated.HANDLERS,
    **ruled.HANDLERS,
    **reconciled.HANDLERS,
    **directives.HANDLERS,
    **settling.HANDLERS,
    **moneyed.HANDLERS,
    **stream.HANDLERS,
}
LOG: Final = logging.getLogger(__name__)


def app(link: Link, door: Door, reads: Reads, settings: Settings) -> Starlette:
    """Make the ASGI application of `/v1` and `/metrics`."""
    served = Served(link, door, reads, settings, Metrics.fresh())
    made = Starlette(
        routes=[_route(served, endpoint) for endpoint in ENDPOINTS],
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={HTTPException: _unrouted},
    )
    made.router.redirect_slashes = False
    return made


def serves(path: str) -> bool:
    """Say whether a path is this gateway's, for a composition with pages beside it."""
    return path in {"/metrics", "/v1"} or path.startswith("/v1/")


def _route(served: Served, endpoint: Endpoint) -> Route:
    handler = HANDLERS[endpoint.name]

    async def answer(request: Request) -> Response:
        began = time.perf_counter()
        response = await _answered(served, endpoint, handler, request)
        served.metrics.requests.labels(endpoint.name, str(response.status_code)).inc()
        served.metrics.seconds.labels(endpoint.name).observe(time.perf_counter() - began)
        return response

    path = endpoint.path.replace("{tile_path}", "{tile_path:path}")
    return Route(path, answer, methods=[endpoint.method], name=endpoint.name)


async def _answered(
    served: Served, endpoint: Endpoint, handler: Handler, request: Request
) -> Response:
    try:
        _only_known_queries(endpoint, request)
        return await handler(served, request)
    except Stopped as stopped:
        return problem(stopped, request)
    except Malformed as malformed:
        return problem(Stopped("malformed", str(malformed)), request)
    except (TimeoutError, Unavailable, OSError, EOFError) as error:
        LOG.warning("%s could not be answered: %s", endpoint.name, type(error).__name__)
        return problem(Stopped("unavailable"), request)


def _only_known_queries(endpoint: Endpoint, request: Request) -> None:
    names = [name for name, _ in request.query_params.multi_items()]
    taken = [name.partition(":")[0] for name in endpoint.query]
    for name in names:
        if name not in taken:
            known = ", ".join(taken) or "none"
            raise Malformed(f"This address has no parameter '{name[:40]}'; it has: {known}.")
    if len(names) != len(dict.fromkeys(names)):
        raise Malformed("A query parameter is named once.")


async def _unrouted(request: Request, error: Exception) -> Response:
    """Answer what no route took: an unknown address, or a method that it does not have."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if status == 405 and request.method == "OPTIONS":  # noqa: PLR2004  # RFC 9110's number
        return Response(status_code=204, headers={**headers, "Cache-Control": "no-store"})
    codes = {404: "not_found", 405: "method_unknown"}
    return problem(Stopped(codes.get(status, "malformed"), **headers), request)
