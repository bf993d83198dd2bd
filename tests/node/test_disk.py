# SPDX-License-Identifier: Apache-2.0
"""The real disk and the simulated one keep the same contract; the latter fails as it should."""

from pathlib import Path
from random import Random

import pytest

from lejar.node.disk import Disk, LocalDisk, replace_file
from lejar.node.failures import SlotsDamaged
from lejar.node.simulation.disk import Faults, SimulatedDisk
from lejar.node.slots import SLOT_OFFSETS, create_slots, open_slots, read_slots


@pytest.fixture(params=["local", "simulated"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Disk:
    return LocalDisk(tmp_path) if request.param == "local" else SimulatedDisk(Random(1))


def test_both_disks_do_the_same(disk: Disk) -> None:
    disk.make_folder("a")
    assert disk.files("a") == ()
    assert not disk.exists("a/one")
    file = disk.open("a/one", create=True, write=True)
    with pytest.raises(FileExistsError):
        disk.open("a/one", create=True, write=True)
    file.write(3, (b"abc", b"", b"def"))
    assert (file.size(), file.read(0, 100), file.read(4, 2)) == (9, b"\0\0\0abcdef", b"bc")
    file.preallocate(20)
    file.preallocate(10)
    assert (file.size(), file.read(8, 100)) == (20, b"f" + bytes(11))
    file.truncate(4)
    assert file.read(0, 100) == b"\0\0\0a"
    file.fdatasync()
    file.fsync()
    file.close()
    reader = disk.open("a/one")
    with pytest.raises(OSError, match=r"Errno"):
        reader.write(0, (b"x",))
    disk.rename("a/one", "a/two")
    replace_file(disk, "a/one", (b"1",))
    replace_file(disk, "a/one", (b"2",))
    assert disk.files("a") == ("a/one", "a/two")
    assert reader.read(3, 1) == b"a"
    disk.remove("a/two")
    assert disk.files("a") == ("a/one",)
    with pytest.raises(FileNotFoundError):
        disk.open("a/two")
    assert disk.free_bytes() > 0


def test_a_name_outside_the_data_folder_is_not_taken(tmp_path: Path) -> None:
    for name in ("../x", "/x", "a/../../x"):
        with pytest.raises(ValueError, match="inside"):
            LocalDisk(tmp_path).exists(name)


def fates(*, synced: bool, fail: bool = False) -> set[bytes]:
    """What is left after a power loss, over many seeds."""
    left = set()
    for seed in range(60):
        disk = SimulatedDisk(Random(seed))
        replace_file(disk, "a/f", (bytes(1536),))
        file = disk.open("a/f", write=True)
        file.write(0, (b"x" * 1536,))
        if fail:
            disk.faults = Faults(sync_error=1.0)
            with pytest.raises(OSError, match=r"Errno"):
                file.fdatasync()
            disk.faults = Faults()
        if synced:
            file.fdatasync()
        assert disk.content("a/f") == b"x" * 1536
        disk.crash()
        with pytest.raises(OSError, match="dead"):
            file.read(0, 1)
        left.add(disk.content("a/f"))
    return left


def test_synced_bytes_survive_and_unsynced_ones_come_to_any_fate() -> None:
    assert fates(synced=True) == {b"x" * 1536}
    left = fates(synced=False)
    assert {bytes(1536), b"x" * 1536} <= left
    assert any(content.startswith(b"\0" * 512 + b"x") for content in left), "sectors are reordered"
    assert any(content.count(b"x") % 512 for content in left), "writes are torn at any byte"


def test_after_a_failed_sync_a_later_sync_saves_nothing() -> None:
    assert len(fates(synced=True, fail=True)) > 2


def test_the_same_seed_gives_the_same_fate() -> None:
    def run(seed: int) -> bytes:
        disk = SimulatedDisk(Random(seed))
        for name in "abcdef":
            replace_file(disk, f"{name}/f", (bytes(600),))
            disk.open(f"{name}/f", write=True).write(0, (name.encode() * 600,))
        disk.crash()
        return b"".join(disk.content(f"{name}/f") for name in "abcdef")

    assert [run(seed) for seed in range(20)] == [run(seed) for seed in range(20)]


def test_a_slot_file_always_has_one_good_copy() -> None:
    for seed in range(200):
        random = Random(seed)
        disk = SimulatedDisk(random)
        create_slots(disk, "a/s", b"%08d" % 0)
        slots = open_slots(disk, "a/s", write=True)
        durable = written = 0
        for _ in range(random.randrange(12)):
            written += 1
            slots.write(b"%08d" % written)
            if random.getrandbits(1):
                slots.settle()
                durable = written
        disk.crash()
        assert durable <= int(read_slots(disk, "a/s")) <= written


def test_two_bad_slots_are_told() -> None:
    disk = SimulatedDisk(Random(1))
    create_slots(disk, "a/s", b"payload")
    disk.flip("a/s", SLOT_OFFSETS[0] + 15)
    assert read_slots(disk, "a/s") == b"payload"
    disk.flip("a/s", SLOT_OFFSETS[1] + 3)
    with pytest.raises(SlotsDamaged):
        read_slots(disk, "a/s")
