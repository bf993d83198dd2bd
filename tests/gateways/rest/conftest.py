# SPDX-License-Identifier: Apache-2.0
"""A hub behind the gateway, once with the state read directly and once through the projections."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lejar.gateways.rest.server.projected import ProjectedReads
from lejar.gateways.rest.server.proving import Proving
from lejar.projections import Projections, Projector
from tests.gateways.rest import market as hub


@contextmanager
def over_projections(folder: Path) -> Iterator[hub.Market]:
    """A market whose reads come from a database that a projector keeps."""
    url = f"sqlite:///{folder / 'projections.db'}"
    projector = Projector(url, hub.founding())
    projections = Projections(url)

    def reads_of(world: hub.World) -> ProjectedReads:
        world.listeners.append(lambda sealed: projector.fold(sealed.seal, sealed.entries))
        keys = (hub.LOG.public,)
        return ProjectedReads(projections, hub.founding(), Proving(projections, keys))

    try:
        yield hub.Market(reads_of)
    finally:
        projections.close()
        projector.close()


@pytest.fixture
def projected(tmp_path: Path) -> Iterator[hub.Market]:
    with over_projections(tmp_path) as market:
        yield market


@pytest.fixture(params=["state", "projections"])
def market(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[hub.Market]:
    """The same gateway must say the same over both."""
    if request.param == "state":
        yield hub.Market()
        return
    with over_projections(tmp_path) as projected:
        yield projected


@pytest.fixture
def founded(market: hub.Market) -> hub.Founded:
    return hub.open_for_business(market)
