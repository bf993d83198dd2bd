# SPDX-License-Identifier: Apache-2.0
"""The pages, over the read models."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from lejar import __version__
from lejar.kernel import identifiers
from lejar.kernel.genesis import Genesis
from lejar.projections import Projections
from lejar.proofs.checkpoint import VerifierKey
from lejar.web.pages import Reads, site_app
from lejar.web.security import BrowserRules
from lejar.web.views import Site

READING: Final = "lejar.web.reading"


def pages(
    projections: Projections,
    genesis: Genesis,
    keys: tuple[VerifierKey, ...],
    hosts: frozenset[str],
) -> ASGIApp:
    """Make the site."""
    if find_spec(READING) is None:
        return BrowserRules(Starlette(routes=[Route("/{rest:path}", _not_there)]), hosts=hosts)
    made: Callable[..., Reads] = import_module(READING).reads
    site = Site(
        name=genesis.name,
        network=identifiers.show("network", genesis.network),
        version=__version__,
        is_demonstration=genesis.kind == "demonstration",
        live_source="/v1/events",
    )
    return site_app(site, made(projections, keys), hosts=hosts)


def _not_there(_request: Request) -> Response:
    return PlainTextResponse("The pages are not part of this installation; REST is at /v1.\n")
