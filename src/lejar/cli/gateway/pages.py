# SPDX-License-Identifier: Apache-2.0
"""The pages, over the read models, the tiles and the writer's checkpoints."""

from pathlib import Path
from typing import Final

from starlette.types import ASGIApp

from lejar import __version__
from lejar.cli.gateway.proofs import PageProofs
from lejar.kernel import identifiers
from lejar.kernel.genesis import Genesis
from lejar.node.clock import system_clock
from lejar.node.config import Config
from lejar.node.names import Names
from lejar.node.tickets import TicketFolder
from lejar.projections import Projections
from lejar.proofs.checkpoint import VerifierKey
from lejar.web.pages import site_app
from lejar.web.reading import SqlReads
from lejar.web.reading.explained import Explainer
from lejar.web.views import Site

LIVE_SOURCE: Final = "/v1/events"


class TicketsNow:
    """The data folder's tickets, by this machine's clock."""

    def __init__(self, home: Path) -> None:
        self._folder = TicketFolder(home)

    def redeem(self, ticket: str) -> str | None:
        """Take a ticket and give its pass; none when it is not there (any more)."""
        return self._folder.redeem(ticket, system_clock())


def pages(
    config: Config,
    genesis: Genesis,
    projections: Projections,
    proofs: PageProofs,
    keys: tuple[VerifierKey, ...],
    explainer: Explainer | None = None,
) -> ASGIApp:
    """Make the site."""
    site = Site(
        name=genesis.name,
        network=identifiers.show("network", genesis.network),
        version=__version__,
        is_demonstration=genesis.kind == "demonstration",
        live_source=LIVE_SOURCE,
    )
    reads = SqlReads(
        projections,
        network=genesis.network,
        now=system_clock,
        proofs=proofs,
        keys=keys,
        names=Names(config.home),
        explainer=explainer,
    )
    hosts = frozenset(config.gateway.names)
    return site_app(site, reads, hosts=hosts, tickets=TicketsNow(config.home))
