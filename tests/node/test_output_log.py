# SPDX-License-Identifier: Apache-2.0
"""The output log may lose its end, and no reader is ever misled by it."""

from contextlib import suppress
from random import Random

import pytest

from lejar.node.batch import encode_batch
from lejar.node.failures import DiskFull, Fenced, OutputDamaged, OutputRewound
from lejar.node.outlog import (
    BLOCKS_NAME,
    ENTRIES_NAME,
    STATE_NAME,
    OutputLog,
    begin_output_log,
    open_output_log,
)
from lejar.node.outreader import BEGINNING, Cursor, OutputReader
from lejar.node.simulation.disk import Faults, PowerLost, SimulatedDisk

NETWORK = bytes(range(16))


def records_of(block: int, history: int = 0) -> list[bytes]:
    return [b"%d/%d/%d" % (history, block, index) * (index + 1) for index in range(block % 4)]


def fill(log: OutputLog, count: int, history: int = 0) -> None:
    for _ in range(count):
        block = log.block + 1
        log.append(block, records_of(block, history), b"seal %d" % block)


def all_blocks(reader: OutputReader) -> list[int]:
    blocks = []
    while (batch := reader.next_batch()) is not None:
        assert list(batch.records) == records_of(batch.block)
        assert batch.seal == b"seal %d" % batch.block
        blocks.append(batch.block)
    return blocks


def new_disk(blocks: int, seed: int = 1) -> SimulatedDisk:
    disk = SimulatedDisk(Random(seed))
    log = open_output_log(disk, NETWORK)
    fill(log, blocks)
    log.close()
    return disk


def test_a_reader_follows_the_end() -> None:
    disk = SimulatedDisk(Random(1))
    log = open_output_log(disk, NETWORK)
    reader = OutputReader(disk, NETWORK)
    assert reader.next_batch() is None
    fill(log, 3)
    assert all_blocks(reader) == [1, 2, 3]
    fill(log, 2)
    assert all_blocks(reader) == [4, 5]
    assert all_blocks(OutputReader(disk, NETWORK, reader.cursor)) == []


def test_any_entry_and_block_is_found_by_its_number() -> None:
    reader = OutputReader(new_disk(40), NETWORK)
    number = 0
    for block in range(1, 41):
        assert list(reader.read_block(block).records) == records_of(block)
        for record in records_of(block):
            number += 1
            assert reader.read_entry(number) == record
    for absent in (0, number + 1):
        with pytest.raises(LookupError):
            reader.read_entry(absent)
    with pytest.raises(LookupError):
        reader.read_block(41)


def test_it_is_opened_again_where_it_ended() -> None:
    disk = new_disk(9)
    log = open_output_log(disk, NETWORK)
    assert (log.block, log.entry, log.cut_bytes) == (9, sum(b % 4 for b in range(10)), 0)
    fill(log, 3)
    assert all_blocks(OutputReader(disk, NETWORK)) == list(range(1, 13))


@pytest.mark.parametrize("seed", range(60))
def test_after_a_power_loss_what_is_kept_is_whole_and_readers_go_on(seed: int) -> None:
    random = Random(seed)
    disk = SimulatedDisk(random)
    read = BEGINNING
    settled = 0
    for _ in range(5):
        log = open_output_log(disk, NETWORK)
        assert log.block >= settled
        disk.crash_at = disk.operations + random.randrange(1, 60)
        with suppress(PowerLost):
            while True:
                fill(log, 1)
                if random.randrange(12) == 0:
                    log.settle()
                    settled = log.block
        disk.kill()
        read = follow(disk, read)
        disk.crash()
    fill(open_output_log(disk, NETWORK), 200)
    assert follow(disk, read).block >= 200


def follow(disk: SimulatedDisk, cursor: Cursor) -> Cursor:
    reader = OutputReader(disk, NETWORK, cursor)
    blocks = all_blocks(reader)
    assert blocks == list(range(cursor.block + 1, cursor.block + 1 + len(blocks)))
    return reader.cursor


def test_a_reader_waits_while_the_same_blocks_are_written_again() -> None:
    disk = new_disk(6)
    reader = OutputReader(disk, NETWORK)
    all_blocks(reader)
    begin_output_log(disk, NETWORK)
    log = open_output_log(disk, NETWORK)
    fill(log, 5)
    assert reader.next_batch() is None
    fill(log, 2)
    assert reader.next_batch() is None or reader.cursor.block == 7
    all_blocks(reader)
    assert reader.cursor.block == 7


def test_a_reader_is_told_when_another_history_was_written() -> None:
    disk = new_disk(6)
    reader = OutputReader(disk, NETWORK)
    all_blocks(reader)
    begin_output_log(disk, NETWORK)
    fill(open_output_log(disk, NETWORK), 9, history=1)
    with pytest.raises(OutputRewound, match="block 6"):
        reader.next_batch()
    with pytest.raises(OutputRewound):
        OutputReader(disk, NETWORK, reader.cursor)


def test_a_batch_with_another_history_does_not_follow() -> None:
    disk = new_disk(6)
    reader = OutputReader(disk, NETWORK)
    all_blocks(reader)
    head, body, _ = encode_batch(
        7, reader.read_block(6).first_entry + 2, [b"x"], b"", previous=bytes(32)
    )
    disk.put(ENTRIES_NAME, disk.content(ENTRIES_NAME) + head + body)
    with pytest.raises(OutputRewound):
        reader.next_batch()
    log = open_output_log(disk, NETWORK)
    assert (log.block, log.cut_bytes) == (6, len(head) + len(body))
    assert reader.next_batch() is None


def test_a_log_may_begin_behind_a_snapshot() -> None:
    disk = SimulatedDisk(Random(1))
    begin_output_log(disk, NETWORK, first_block=100, first_entry=1000)
    fill(open_output_log(disk, NETWORK), 4)
    reader = OutputReader(disk, NETWORK, Cursor(99, BEGINNING.link))
    assert all_blocks(reader) == [100, 101, 102, 103]
    assert reader.read_entry(1000) == records_of(101)[0]
    with pytest.raises(LookupError):
        reader.read_entry(999)
    with pytest.raises(OutputRewound):
        OutputReader(disk, NETWORK, BEGINNING)


def test_no_changed_byte_is_ever_given_out_as_an_entry() -> None:
    disk = new_disk(8)
    for offset in range(len(disk.content(ENTRIES_NAME))):
        disk.flip(ENTRIES_NAME, offset)
        reader = OutputReader(disk, NETWORK)
        with suppress(OutputRewound):
            assert len(all_blocks(reader)) < 8
        disk.flip(ENTRIES_NAME, offset)


def test_a_damaged_batch_cannot_be_read_and_the_others_can() -> None:
    disk = new_disk(3)
    disk.flip(ENTRIES_NAME, 5)
    reader = OutputReader(disk, NETWORK)
    with pytest.raises(OutputDamaged, match="Block 1"):
        reader.read_block(1)
    assert list(reader.read_block(3).records) == records_of(3)


def test_a_lost_durable_part_or_state_is_told() -> None:
    for name in (ENTRIES_NAME, BLOCKS_NAME, STATE_NAME):
        disk = new_disk(3)
        disk.remove(name)
        with pytest.raises(OutputDamaged):
            open_output_log(disk, NETWORK)
    disk = new_disk(3)
    disk.put(ENTRIES_NAME, disk.content(ENTRIES_NAME)[:-1])
    with pytest.raises(OutputDamaged, match="was durable"):
        open_output_log(disk, NETWORK)
    with pytest.raises(OutputDamaged, match="network"):
        open_output_log(new_disk(3), bytes(16))


def test_a_full_disk_loses_nothing() -> None:
    disk = SimulatedDisk(Random(1))
    log = open_output_log(disk, NETWORK)
    disk.capacity_bytes = 8000
    with pytest.raises(DiskFull):
        fill(log, 1000)
    reached = log.block
    assert all_blocks(OutputReader(disk, NETWORK)) == list(range(1, reached + 1))
    disk.capacity_bytes = None
    fill(log, 3)
    assert all_blocks(OutputReader(disk, NETWORK)) == list(range(1, reached + 4))


def test_a_failed_sync_fences() -> None:
    disk = SimulatedDisk(Random(1))
    log = open_output_log(disk, NETWORK)
    fill(log, 2)
    disk.faults = Faults(sync_error=1.0)
    with pytest.raises(Fenced):
        log.settle()
    disk.faults = Faults()
    with pytest.raises(Fenced):
        fill(log, 1)
