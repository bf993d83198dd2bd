# SPDX-License-Identifier: Apache-2.0
"""What only the projections bring: evidence that verifies, and tiles."""

from lejar.gateways.rest import seams
from lejar.node.link import Link
from lejar.proofs.log import root_of
from lejar.proofs.verify import verify
from tests.gateways.rest.market import BANK, LOG, Market, Reads, issue, open_for_business


def real_link(link: Link) -> seams.Link:
    """The type checker's test: the node's own link fits the seam."""
    return link


def test_evidence_from_here_verifies_offline(projected: Market) -> None:
    founded = open_for_business(projected)
    for number in range(2, 40):
        issue(projected, founded.myr, founded.account, number)
    command_id = projected.get("/v1/entries/17").json()["command_id"]
    answer = projected.get(f"/v1/receipts/{command_id}/evidence", BANK)
    assert answer.status_code == 200, answer.text
    verdict = verify(answer.text, (LOG.public,))
    assert verdict.accepted, verdict.failure
    changed = answer.text.replace("A", "B", 1)
    assert not verify(changed, (LOG.public,)).accepted


def test_evidence_waits_until_the_read_models_have_caught_up(projected: Market) -> None:
    founded = open_for_business(projected)
    projected.world.listeners.clear()
    issue(projected, founded.myr, founded.account, 2)
    command_id = projected.get("/v1/entries/4").json()["command_id"]
    answer = projected.get(f"/v1/receipts/{command_id}/evidence", BANK)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


def test_tiles_have_the_log_root(projected: Market) -> None:
    open_for_business(projected)
    world = projected.world
    tile = projected.get("/v1/tile/0/000.p/4").content
    assert b"".join(world.log(0, at) for at in range(4)) == tile
    assert root_of(world.log, 4) == world.hub.last.log_root


def test_both_ways_of_reading_tell_the_same_entries(projected: Market) -> None:
    open_for_business(projected)
    of_state = Reads(projected.world)
    for number in range(1, 5):
        one, other = of_state.entry(number), projected.reads.entry(number)
        assert one is not None
        assert other is not None
        assert (one.receipt, one.leaf) == (other.receipt, other.leaf)
        assert sorted(one.involved) == sorted(other.involved)
    assert [one.leaf for one in of_state.entries(1, 2)] == [
        one.leaf for one in projected.reads.entries(1, 2)
    ]
