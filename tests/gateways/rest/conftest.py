# SPDX-License-Identifier: Apache-2.0
"""A hub behind the gateway, once with the state read directly and once through the projections."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lejar.gateways.rest.server.projected import ProjectedReads
from lejar.gateways.rest.server.proving import Proving
from lejar.projections import Projections, Projector
from tests.gateways.rest import market as hub


@pytest.fixture(params=["state", "projections"])
def market(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[hub.Market]:
    """The same gateway must say the same over both."""
    if request.param == "state":
        yield hub.Market()
        return
    url = f"sqlite:///{tmp_path / 'projections.db'}"
    projector = Projector(url, hub.founding())
    projections = Projections(url)

    def reads_of(world: hub.World) -> ProjectedReads:
        world.listeners.append(lambda sealed: projector.fold(sealed.seal, sealed.entries))
        keys = (hub.LOG.public,)
        return ProjectedReads(projections, hub.founding(), Proving(projections, keys))

    yield hub.Market(reads_of)
    projections.close()
    projector.close()


@pytest.fixture
def founded(market: hub.Market) -> hub.Founded:
    return hub.open_for_business(market)
