# SPDX-License-Identifier: Apache-2.0
"""What only the projections bring: evidence that verifies, instructions, and order of parties."""

import pytest

from lejar.gateways.rest.server.projected import ProjectedReads
from lejar.proofs.log import root_of
from lejar.proofs.verify import verify
from tests.gateways.rest.market import BANK, LOG, Founded, Market, issue


@pytest.fixture
def projected(market: Market) -> Market:
    if not isinstance(market.reads, ProjectedReads):
        pytest.skip("the state itself has no evidence")
    return market


def test_evidence_from_here_verifies_offline(projected: Market, founded: Founded) -> None:
    for number in range(2, 40):
        issue(projected, founded.myr, founded.account, number)
    command_id = projected.get("/v1/entries/17").json()["command_id"]
    answer = projected.get(f"/v1/receipts/{command_id}/evidence", BANK)
    assert answer.status_code == 200, answer.text
    assert verify(answer.text, (LOG.public,))


def test_tiles_have_the_log_root(projected: Market, founded: Founded) -> None:
    tile = projected.get("/v1/tile/0/000.p/4").content
    world = projected.world
    assert b"".join(world.log(0, at) for at in range(4)) == tile
    assert root_of(world.log, 4) == world.hub.last.log_root
