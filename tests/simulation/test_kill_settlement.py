# SPDX-License-Identifier: Apache-2.0
"""A node killed at every step of a settlement day: all legs or none, always.

`LEJAR_TEAR_WAYS=11` tries every way to tear at every operation; otherwise the ways take turns.
"""

import os

import pytest

from lejar.node.simulation.claim import ClaimBroken
from lejar.node.simulation.disk import SimulatedDisk
from lejar.node.simulation.tearing import WAYS, tear

WAYS_EACH = int(os.environ.get("LEJAR_TEAR_WAYS", "1"))


@pytest.mark.slow
def test_a_node_killed_anywhere_in_a_settlement_day_has_moved_all_legs_or_none() -> None:
    torn = tear(ways=WAYS_EACH)
    assert torn.kills == torn.operations * WAYS_EACH
    assert torn.operations > 10 * len(WAYS)
    assert torn.settled >= 9
    assert torn.most_legs == 3


def test_the_day_has_what_must_move_as_a_whole() -> None:
    """A day in which nothing waits for others would pass as well."""
    told = tear(every=10**6, ways=1).told
    assert told["settlement.queue_settled"] >= 3
    assert told["settlement.instruction_partly_settled"] == 1
    assert told["settlement.day_closed"] == 1
    assert told["settlement.instruction_failed"] >= 2
    assert told["settlement.money_reserved"] == 1


def test_a_disk_that_lies_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tearing that finds nothing proves nothing until it has been seen to find something."""
    monkeypatch.setattr(SimulatedDisk, "sync", lambda disk, _inode: disk.step())
    with pytest.raises(ClaimBroken):
        tear(every=3, ways=1)
