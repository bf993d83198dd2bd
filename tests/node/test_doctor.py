# SPDX-License-Identifier: Apache-2.0
"""The doctor says what the node would do, and changes nothing."""

import subprocess
import sys
from pathlib import Path
from random import Random

import msgspec
import pytest

from lejar.node.diagnosis import Diagnosis
from lejar.node.disk import LocalDisk
from lejar.node.doctor import examine
from lejar.node.failures import DataFolderLocked, JournalCorrupt
from lejar.node.journal import JournalOptions, open_journal
from lejar.node.lock import LOCK_NAME, DataFolderLock, lock_holder
from lejar.node.outlog import open_output_log
from lejar.node.snapshot import SnapshotHeader, snapshot_name, write_snapshot
from lejar.node.survey import segment_name

NETWORK = bytes(range(16))
SINCE = "2026-11-24T09:00:00Z"


def options() -> JournalOptions:
    return JournalOptions(NETWORK, lambda: Random(1).randbytes(16), 1 << 16)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound data folder of twenty blocks on the real disk."""
    disk = LocalDisk(tmp_path / "data")
    journal = open_journal(disk, options())
    output = open_output_log(disk, NETWORK)
    for number in range(1, 21):
        journal.append(number, b"payload %d" % number * 20, bytes(32))
        journal.sync()
        output.append(number, [b"one", b"two"], b"seal")
    header = SnapshotHeader(network=NETWORK, block=10, entry=20, seal=b"seal")
    write_snapshot(disk, header, [(b"a", b"1", b"s"), (b"b", b"2", b"s")])
    journal.close()
    output.close()
    return disk.root


def content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def severities(diagnosis: Diagnosis) -> dict[str, str]:
    return {finding.subject: finding.severity for finding in diagnosis.findings}


def flip(path: Path, offset: int) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    path.write_bytes(data)


def test_a_sound_folder_is_described_and_not_changed(folder: Path) -> None:
    before = content(folder)
    diagnosis = examine(folder)
    assert content(folder) == before
    assert diagnosis.can_start
    assert severities(diagnosis)["journal"] == "good"
    assert severities(diagnosis)["output"] == "good"
    assert severities(diagnosis)["snapshots"] == "good"
    assert diagnosis.network == NETWORK.hex()
    assert diagnosis.journal.last_block == diagnosis.journal.acknowledged_block == 20
    assert diagnosis.output is not None
    assert (diagnosis.output.last_block, diagnosis.output.last_entry) == (20, 40)
    assert diagnosis.snapshots[0].items == 2
    assert "All blocks from 1 to 20 check" in diagnosis.as_text()
    assert msgspec.json.decode(msgspec.json.encode(diagnosis), type=Diagnosis) == diagnosis


def test_damage_is_named_with_its_place_and_remedy(folder: Path) -> None:
    path = folder / segment_name(1)
    flip(path, 500)
    diagnosis = examine(folder)
    assert not diagnosis.can_start
    assert diagnosis.journal.damage is not None
    text = diagnosis.as_text()
    with pytest.raises(JournalCorrupt) as caught:
        open_journal(LocalDisk(folder), options())
    assert str(caught.value) in text
    assert "restore the named file" in text


def test_a_torn_tail_is_no_reason_to_worry(folder: Path) -> None:
    path = folder / segment_name(1)
    used = examine(folder).journal.segments[0].used_bytes
    data = bytearray(path.read_bytes())
    data[used : used + 4] = b"LJBK"
    path.write_bytes(data)
    diagnosis = examine(folder)
    assert diagnosis.can_start
    assert diagnosis.journal.torn is not None
    assert (diagnosis.journal.torn.offset, diagnosis.journal.torn.size_bytes) == (used, 4)
    assert severities(diagnosis)["journal"] == "warning"
    journal = open_journal(LocalDisk(folder), options())
    assert journal.torn == diagnosis.journal.torn
    assert journal.last == 20
    journal.close()
    assert severities(examine(folder))["journal"] == "good"


def test_a_journal_that_ends_before_a_snapshot_is_damaged(folder: Path) -> None:
    header = SnapshotHeader(network=NETWORK, block=21, entry=42, seal=b"seal")
    write_snapshot(LocalDisk(folder), header, [])
    diagnosis = examine(folder)
    assert not diagnosis.can_start
    assert "the journal ends with block 20" in diagnosis.as_text()


def test_a_bad_snapshot_and_a_lost_output_log_can_be_made_again(folder: Path) -> None:
    flip(folder / snapshot_name(20), 70)
    (folder / "output/entries").write_bytes(b"")
    diagnosis = examine(folder)
    assert diagnosis.can_start
    assert severities(diagnosis)["output"] == "warning"
    assert [f.severity for f in diagnosis.findings if f.subject == "snapshots"] == [
        "warning",
        "note",
    ]


def test_an_empty_folder_and_no_folder(tmp_path: Path) -> None:
    diagnosis = examine(tmp_path)
    assert diagnosis.can_start
    assert diagnosis.journal.last_block == 0
    assert "It has no block yet." in diagnosis.as_text()
    with pytest.raises(FileNotFoundError):
        examine(tmp_path / "nowhere")


def test_only_one_node_works_in_a_folder(tmp_path: Path) -> None:
    with DataFolderLock(tmp_path, since=SINCE, program="lejar up"):
        holder = lock_holder(tmp_path)
        assert holder is not None
        assert (holder.program, holder.since) == ("lejar up", SINCE)
        with pytest.raises(
            DataFolderLocked, match=f"lejar up, process {holder.pid}, since {SINCE}"
        ):
            DataFolderLock(tmp_path, since=SINCE)
        assert "In use by lejar up" in examine(tmp_path).as_text()
    assert lock_holder(tmp_path) is None
    DataFolderLock(tmp_path, since=SINCE).release()


def test_the_lock_of_a_killed_node_is_free(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib; from lejar.node.lock import DataFolderLock\n"
        f"lock = DataFolderLock(pathlib.Path(sys.argv[1]), since={SINCE!r})\n"
        "os.kill(os.getpid(), 9)"
    )
    arguments = [sys.executable, "-c", program, str(tmp_path)]
    killed = subprocess.run(arguments, check=False)
    assert killed.returncode == -9
    assert b"pid" in (tmp_path / LOCK_NAME).read_bytes()
    assert lock_holder(tmp_path) is None
    DataFolderLock(tmp_path, since=SINCE).release()
