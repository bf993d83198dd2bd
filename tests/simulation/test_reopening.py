# SPDX-License-Identifier: Apache-2.0
"""A failed sync may leave in memory what no disk will ever hold; a start must not build on it."""

from random import Random

import pytest

from lejar.node.failures import Fenced, SlotsDamaged
from lejar.node.outlog import open_output_log
from lejar.node.outreader import OutputReader
from lejar.node.simulation.disk import Faults, SimulatedDisk
from lejar.node.slots import create_slots, open_slots, read_slots

NETWORK = bytes(16)
FAILING = Faults(sync_error=1.0)


def test_a_record_that_failed_to_sync_is_made_durable_before_the_other_is_touched() -> None:
    lost = []
    for seed in range(60):
        disk = SimulatedDisk(Random(seed))
        create_slots(disk, "journal/small", b"first")
        slots = open_slots(disk, "journal/small", write=True)
        slots.write(b"second")
        disk.faults = FAILING
        with pytest.raises(OSError, match="Input/output error"):
            slots.settle()
        disk.faults = Faults()
        disk.kill()
        open_slots(disk, "journal/small", write=True).write(b"third")
        disk.crash()
        try:
            assert read_slots(disk, "journal/small") in {b"first", b"second", b"third"}
        except SlotsDamaged:
            lost.append(seed)
    assert not lost


def test_an_output_log_that_failed_to_sync_is_written_again_when_it_is_opened() -> None:
    for seed in range(40):
        disk = SimulatedDisk(Random(seed))
        log = open_output_log(disk, NETWORK)
        for block in range(1, 6):
            log.append(block, [b"entry" * 300], b"seal")
        disk.faults = FAILING
        with pytest.raises(Fenced):
            log.settle()
        disk.faults = Faults()
        disk.kill()
        found = open_output_log(disk, NETWORK).block
        disk.crash()
        reader = OutputReader(disk, NETWORK)
        for block in range(1, found + 1):
            assert reader.read_block(block).records == (b"entry" * 300,)
