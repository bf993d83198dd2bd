# SPDX-License-Identifier: Apache-2.0
"""A snapshot is used only if every byte of it verifies."""

from contextlib import suppress
from random import Random

import pytest

from lejar.node import snapshot as snapshots
from lejar.node.failures import SnapshotDamaged
from lejar.node.simulation.disk import PowerLost, SimulatedDisk
from lejar.node.snapshot import (
    Item,
    SnapshotHeader,
    newest_good,
    read_items,
    snapshot_name,
    snapshot_names,
    verify_snapshot,
    write_snapshot,
)

NETWORK = bytes(range(16))


def header_of(entry: int) -> SnapshotHeader:
    return SnapshotHeader(
        network=NETWORK, block=entry // 2, entry=entry, seal=b"seal", extras=(("log", b"edge"),)
    )


def items_of(count: int) -> list[Item]:
    return [(b"%08d" % n, b"value %d" % n, b"salt" * 4) for n in range(count)]


def test_what_is_written_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "CHUNK_BYTES", 1000)
    disk = SimulatedDisk(Random(1))
    for count in (0, 1, 500):
        written = write_snapshot(disk, header_of(10 + count), items_of(count))
        verified = verify_snapshot(disk, written.name, NETWORK)
        assert verified == written
        assert verified.items == count
        assert verified.header == header_of(10 + count)
        assert list(read_items(disk, verified)) == items_of(count)


def test_any_changed_or_missing_byte_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "CHUNK_BYTES", 300)
    disk = SimulatedDisk(Random(1))
    name = write_snapshot(disk, header_of(4), items_of(30)).name
    content = disk.content(name)
    for offset in range(len(content)):
        disk.flip(name, offset)
        with pytest.raises(SnapshotDamaged):
            verify_snapshot(disk, name, NETWORK)
        disk.put(name, content[:offset])
        with pytest.raises(SnapshotDamaged):
            verify_snapshot(disk, name, NETWORK)
        disk.put(name, content)
    disk.put(name, content + b"\0")
    with pytest.raises(SnapshotDamaged):
        verify_snapshot(disk, name, NETWORK)


def test_a_snapshot_under_another_name_or_network_is_seen() -> None:
    disk = SimulatedDisk(Random(1))
    name = write_snapshot(disk, header_of(4), items_of(3)).name
    with pytest.raises(SnapshotDamaged, match="network"):
        verify_snapshot(disk, name, bytes(16))
    disk.put(snapshot_name(6), disk.content(name))
    with pytest.raises(SnapshotDamaged, match="entry 4"):
        verify_snapshot(disk, snapshot_name(6), NETWORK)


def test_the_newest_good_one_is_chosen_and_the_others_are_reported() -> None:
    disk = SimulatedDisk(Random(1))
    for entry in (2, 4, 6):
        write_snapshot(disk, header_of(entry), items_of(entry))
    disk.flip(snapshot_name(6), 100)
    choice = newest_good(disk, NETWORK)
    assert choice.snapshot is not None
    assert choice.snapshot.header.entry == 4
    assert [rejected.name for rejected in choice.rejected] == [snapshot_name(6)]
    choice = newest_good(disk, NETWORK, block_max=1)
    assert choice.snapshot is not None
    assert choice.snapshot.header.entry == 2
    assert newest_good(SimulatedDisk(Random(1)), NETWORK).snapshot is None


def test_the_last_three_are_kept() -> None:
    disk = SimulatedDisk(Random(1))
    for entry in range(1, 7):
        write_snapshot(disk, header_of(entry), items_of(2))
    assert snapshot_names(disk) == [snapshot_name(entry) for entry in (6, 5, 4)]


def test_keys_out_of_order_are_not_written() -> None:
    disk = SimulatedDisk(Random(1))
    for keys in ((b"b", b"a"), (b"a", b"a")):
        with pytest.raises(ValueError, match="ascending"):
            write_snapshot(disk, header_of(4), [(key, b"", b"") for key in keys])
    assert disk.files("snapshots") == ()


def test_no_space_leaves_the_older_snapshot_and_nothing_else() -> None:
    disk = SimulatedDisk(Random(1))
    write_snapshot(disk, header_of(2), items_of(10))
    disk.capacity_bytes = len(disk.content(snapshot_name(2))) + 500
    with pytest.raises(OSError, match="space"):
        write_snapshot(disk, header_of(4), items_of(100))
    assert disk.files("snapshots") == (snapshot_name(2),)


def test_a_power_loss_in_any_operation_leaves_a_good_snapshot() -> None:
    for crash_at in range(1, 12):
        disk = SimulatedDisk(Random(crash_at))
        for entry in (2, 4, 6):
            write_snapshot(disk, header_of(entry), items_of(50))
        disk.crash_at = disk.operations + crash_at
        with suppress(PowerLost):
            write_snapshot(disk, header_of(8), items_of(50))
        disk.crash()
        choice = newest_good(disk, NETWORK)
        assert choice.snapshot is not None
        assert choice.snapshot.header.entry in {6, 8}
        assert choice.rejected == ()
        assert list(read_items(disk, choice.snapshot)) == items_of(50)
