# SPDX-License-Identifier: Apache-2.0
"""The journal keeps what was acknowledged, whatever happens to the disk."""

from contextlib import suppress
from hashlib import sha256
from random import Random

import pytest

from lejar.node.blocks import open_blocks
from lejar.node.failures import DiskFull, Fenced, JournalCorrupt
from lejar.node.frame import FRAME_OVERHEAD_BYTES, SEGMENT_HEADER_BYTES, encode_frame
from lejar.node.journal import Journal, JournalOptions, open_journal
from lejar.node.simulation.disk import Faults, PowerLost, SimulatedDisk
from lejar.node.survey import segment_name, segment_names

NETWORK = bytes(range(16))
FIRST_SEGMENT = segment_name(1)
ACKNOWLEDGED = "journal/acknowledged"


def options(segment_bytes: int = 1 << 14) -> JournalOptions:
    salts = Random(1)
    return JournalOptions(NETWORK, lambda: salts.randbytes(16), segment_bytes)


def payload_of(number: int) -> bytes:
    return sha256(b"payload %d" % number).digest() * (1 + number % 5)


def parent_of(number: int) -> bytes:
    return sha256(b"parent %d" % number).digest()


def fill(journal: Journal, count: int, *, sync_each: bool = True) -> None:
    for _ in range(count):
        number = journal.last + 1
        journal.append(number, payload_of(number), parent_of(number))
        if sync_each:
            journal.sync()


def kept(journal: Journal) -> list[tuple[int, bytes, bytes]]:
    return [(frame.number, frame.payload, frame.parent) for frame in journal.stream()]


def expected(last: int) -> list[tuple[int, bytes, bytes]]:
    return [(number, payload_of(number), parent_of(number)) for number in range(1, last + 1)]


def written_disk(count: int, segment_bytes: int = 1 << 14) -> SimulatedDisk:
    disk = SimulatedDisk(Random(7))
    journal = open_journal(disk, options(segment_bytes))
    fill(journal, count)
    journal.close()
    return disk


def used(disk: SimulatedDisk, name: str) -> int:
    return len(disk.content(name).rstrip(b"\0"))


def test_what_is_appended_is_read_again_after_opening_again() -> None:
    disk = written_disk(300, segment_bytes=4096)
    journal = open_journal(disk, options(4096))
    assert journal.last == journal.synced == 300
    assert journal.torn is None
    assert kept(journal) == expected(300)
    assert len(segment_names(disk)) > 5


def test_any_block_is_read_by_its_number() -> None:
    journal = open_journal(written_disk(300, segment_bytes=20_000), options(20_000))
    for number in (1, 63, 64, 65, 128, 299, 300):
        assert journal.read(number).payload == payload_of(number)
    assert [frame.number for frame in journal.stream(190, 195)] == [190, 191, 192, 193, 194, 195]
    with pytest.raises(LookupError):
        journal.read(301)


def test_another_process_reads_up_to_what_was_acknowledged() -> None:
    disk = SimulatedDisk(Random(7))
    journal = open_journal(disk, options(4096))
    fill(journal, 200)
    fill(journal, 3, sync_each=False)
    blocks, last = open_blocks(disk, NETWORK)
    assert last == 200
    assert [frame.number for frame in blocks.stream(1, last + 3)] == list(range(1, 201))
    assert blocks.read(150).payload == payload_of(150)


def test_a_block_out_of_order_is_not_taken() -> None:
    journal = open_journal(SimulatedDisk(Random(7)), options())
    fill(journal, 2)
    for number in (1, 2, 4):
        with pytest.raises(ValueError, match="Block 3"):
            journal.append(number, b"", parent_of(number))


def test_a_block_larger_than_a_segment_gets_a_segment_of_its_size() -> None:
    disk = SimulatedDisk(Random(7))
    journal = open_journal(disk, options(4096))
    fill(journal, 1)
    journal.append(2, bytes(100_000), parent_of(2))
    journal.append(3, b"small", parent_of(3))
    journal.close()
    journal = open_journal(disk, options(4096))
    assert [len(frame.payload) for frame in journal.stream()] == [64, 100_000, 5]


def cut(disk: SimulatedDisk, name: str, size: int, *, zeros: bool) -> None:
    """Lose the end of a file: the file is shorter, or the reserved space was never written."""
    content = disk.content(name)
    disk.put(name, content[:size] + (bytes(len(content) - size) if zeros else b""))


@pytest.mark.parametrize("zeros", [True, False])
def test_a_journal_cut_at_any_byte_is_the_acknowledged_blocks_or_is_refused(*, zeros: bool) -> None:
    whole = SimulatedDisk(Random(7))
    journal = open_journal(whole, options(4096))
    fill(journal, 6)
    acknowledged = whole.content(ACKNOWLEDGED)
    ends = [journal._segments[-1].end]
    for _ in range(3):
        fill(journal, 1, sync_each=False)
        ends.append(journal._segments[-1].end)
    content = whole.content(FIRST_SEGMENT)
    for size in range(ends[0] - 40, ends[-1] + 1):
        disk = SimulatedDisk(Random(size))
        disk.put(FIRST_SEGMENT, content)
        disk.put(ACKNOWLEDGED, acknowledged)
        cut(disk, FIRST_SEGMENT, size, zeros=zeros)
        if size < ends[0]:
            with pytest.raises(JournalCorrupt, match="block 6"):
                open_journal(disk, options(4096))
            continue
        journal = open_journal(disk, options(4096))
        whole_frames = sum(size >= end for end in ends) - 1
        assert kept(journal) == expected(6 + whole_frames)
        assert (journal.torn is not None) == (size > ends[whole_frames])
        fill(journal, 2)
        journal.close()
        assert kept(open_journal(disk, options(4096))) == expected(8 + whole_frames)


def test_any_changed_byte_of_an_acknowledged_block_is_refused_with_its_place() -> None:
    disk = written_disk(7, segment_bytes=1024)
    names = [name for _, name in segment_names(disk)]
    assert len(names) > 1
    for name in names:
        for offset in range(used(disk, name)):
            disk.flip(name, offset, 1 << (offset % 8))
            with pytest.raises(JournalCorrupt, match=f"{name}, offset [0-9]+, block [0-9]+: "):
                open_journal(disk, options(1024))
            disk.flip(name, offset, 1 << (offset % 8))
    assert open_journal(disk, options(1024)).last == 7


def test_the_refusal_names_file_offset_and_block() -> None:
    disk = written_disk(7)
    offset = SEGMENT_HEADER_BYTES + sum(
        FRAME_OVERHEAD_BYTES + len(payload_of(n)) for n in (1, 2, 3)
    )
    disk.flip(FIRST_SEGMENT, offset + 170)
    before = disk.content(FIRST_SEGMENT)
    with pytest.raises(JournalCorrupt) as caught:
        open_journal(disk, options())
    assert str(caught.value) == (
        f"The journal is damaged at {FIRST_SEGMENT}, offset {offset}, block 4: "
        "the payload does not match its digest. "
        "Block 7 was acknowledged, so this is not a torn tail. Nothing was changed."
    )
    assert disk.content(FIRST_SEGMENT) == before


def test_a_later_frame_testifies_even_if_the_acknowledged_file_lags_behind() -> None:
    disk = SimulatedDisk(Random(7))
    journal = open_journal(disk, options())
    lagging = disk.content(ACKNOWLEDGED)
    ends = []
    for _ in range(6):
        fill(journal, 1)
        ends.append(journal._segments[-1].end)
    for offset in range(SEGMENT_HEADER_BYTES, ends[-2]):
        disk.put(ACKNOWLEDGED, lagging)
        disk.flip(FIRST_SEGMENT, offset)
        with pytest.raises(JournalCorrupt):
            open_journal(disk, options())
        disk.flip(FIRST_SEGMENT, offset)


def test_frames_of_one_unfinished_sync_are_a_torn_tail_in_any_order() -> None:
    disk = SimulatedDisk(Random(7))
    journal = open_journal(disk, options())
    fill(journal, 3)
    end = journal._segments[-1].end
    fill(journal, 3, sync_each=False)
    disk.flip(FIRST_SEGMENT, end + 5)
    disk.kill()
    journal = open_journal(disk, options())
    assert journal.last == 3
    assert journal.torn is not None
    assert (journal.torn.file, journal.torn.offset, journal.torn.block) == (FIRST_SEGMENT, end, 4)


def test_a_payload_that_looks_like_a_frame_changes_nothing() -> None:
    disk = SimulatedDisk(Random(7))
    journal = open_journal(disk, options())
    fill(journal, 5)
    copied = disk.content(FIRST_SEGMENT)[SEGMENT_HEADER_BYTES : journal._segments[-1].end]
    other = SimulatedDisk(Random(8))
    salts = Random(99)
    journal = open_journal(other, JournalOptions(NETWORK, lambda: salts.randbytes(16), 1 << 14))
    fill(journal, 1)
    end = journal._segments[-1].end
    journal.append(2, copied, parent_of(2))
    other.flip(FIRST_SEGMENT, end)
    other.kill()
    assert open_journal(other, options()).last == 1


def test_a_frame_with_another_history_does_not_follow() -> None:
    disk = SimulatedDisk(Random(7))
    journal = open_journal(disk, options())
    fill(journal, 3)
    segment = journal._segments[-1]
    head, trailer, _ = encode_frame(
        b"forged",
        segment=segment.header.digest,
        number=4,
        synced=3,
        previous=bytes(32),
        parent=parent_of(4),
    )
    disk.put(FIRST_SEGMENT, disk.content(FIRST_SEGMENT)[: segment.end] + head + b"forged" + trailer)
    disk.kill()
    journal = open_journal(disk, options())
    assert journal.last == 3
    assert journal.torn is not None


def test_a_missing_segment_or_note_is_refused() -> None:
    for lost in (1, 2, 0):
        disk = written_disk(60, segment_bytes=4096)
        names = [name for _, name in segment_names(disk)]
        disk.remove(names[-1] if lost == 0 else names[lost - 1])
        with pytest.raises(JournalCorrupt):
            open_journal(disk, options(4096))
    disk = written_disk(3)
    disk.remove(ACKNOWLEDGED)
    with pytest.raises(JournalCorrupt, match="the file is missing"):
        open_journal(disk, options())


def test_another_network_is_refused() -> None:
    disk = written_disk(3)
    with pytest.raises(JournalCorrupt, match="network"):
        open_journal(disk, JournalOptions(bytes(16), lambda: bytes(16)))


def test_a_proof_from_elsewhere_makes_a_lost_end_visible() -> None:
    disk = written_disk(5)
    with pytest.raises(JournalCorrupt, match="Block 6 was acknowledged"):
        open_journal(disk, options(), synced_at_least=6)


def test_payloads_below_a_snapshot_are_not_read_but_their_chain_is() -> None:
    disk = written_disk(7)
    disk.flip(FIRST_SEGMENT, SEGMENT_HEADER_BYTES + 165)
    journal = open_journal(disk, options(), payloads_from=5)
    assert journal.last == 7
    with pytest.raises(JournalCorrupt, match="payload"):
        journal.read(1)
    disk.flip(FIRST_SEGMENT, SEGMENT_HEADER_BYTES + 40)
    with pytest.raises(JournalCorrupt):
        open_journal(disk, options(), payloads_from=5)


def test_a_failed_sync_fences_and_the_block_is_not_acknowledged() -> None:
    disk = SimulatedDisk(Random(3))
    journal = open_journal(disk, options())
    fill(journal, 4)
    disk.faults = Faults(sync_error=1.0)
    journal.append(5, payload_of(5), parent_of(5))
    with pytest.raises(Fenced, match="could not be synced"):
        journal.sync()
    disk.faults = Faults()
    syncs = disk.syncs
    for action in (journal.sync, journal.settle, journal.try_again):
        with pytest.raises(Fenced):
            action()
    with pytest.raises(Fenced):
        journal.append(6, b"", parent_of(6))
    assert disk.syncs == syncs, "a failed sync must not be tried again"
    assert journal.synced == 4
    assert kept(journal)[:4] == expected(4)


def test_what_survives_a_failed_sync_in_memory_only_is_written_again_when_opened() -> None:
    for seed in range(30):
        disk = SimulatedDisk(Random(seed))
        journal = open_journal(disk, options())
        fill(journal, 4)
        journal.append(5, payload_of(5), parent_of(5))
        disk.faults = Faults(sync_error=1.0)
        with pytest.raises(Fenced):
            journal.sync()
        disk.faults = Faults()
        disk.kill()
        assert open_journal(disk, options()).synced == 5
        disk.crash()
        assert kept(open_journal(disk, options())) == expected(5)


def test_a_full_disk_refuses_and_goes_on_without_loss() -> None:
    disk = SimulatedDisk(Random(3))
    journal = open_journal(disk, options(4096))
    disk.capacity_bytes = 30_000
    with pytest.raises(DiskFull, match="no space"):
        fill(journal, 1000)
    last = journal.last
    assert last > 50
    assert kept(journal) == expected(last)
    with pytest.raises(DiskFull):
        fill(journal, 1)
    with pytest.raises(DiskFull):
        journal.try_again()
    with pytest.raises(DiskFull):
        fill(journal, 1)
    disk.capacity_bytes = None
    journal.try_again()
    fill(journal, 50)
    journal.close()
    assert kept(open_journal(disk, options(4096))) == expected(last + 50)


def test_no_space_inside_reserved_space_leaves_no_half_block() -> None:
    for seed in range(40):
        disk = SimulatedDisk(Random(seed))
        journal = open_journal(disk, options())
        fill(journal, 3)
        disk.faults = Faults(no_space=1.0)
        with pytest.raises(DiskFull):
            fill(journal, 1)
        assert journal.full
        disk.faults = Faults()
        if seed % 2:
            disk.kill()
            journal = open_journal(disk, options())
            assert journal.torn is None
        journal.try_again()
        fill(journal, 2)
        disk.crash()
        assert kept(open_journal(disk, options())) == expected(5)


def test_a_node_starts_for_reading_on_a_full_disk() -> None:
    disk = written_disk(3)
    disk.put(FIRST_SEGMENT, disk.content(FIRST_SEGMENT)[: used(disk, FIRST_SEGMENT)])
    disk.capacity_bytes = 0
    journal = open_journal(disk, options())
    assert journal.full
    assert kept(journal) == expected(3)
    with pytest.raises(DiskFull):
        fill(journal, 1)
    disk.capacity_bytes = None
    journal.try_again()
    fill(journal, 1)


def test_a_write_error_fences() -> None:
    disk = SimulatedDisk(Random(3))
    journal = open_journal(disk, options())
    fill(journal, 2)
    disk.faults = Faults(write_error=1.0)
    with pytest.raises(Fenced, match="could not be written"):
        fill(journal, 1)
    disk.faults = Faults()
    disk.crash()
    assert open_journal(disk, options()).last == 2


def test_a_power_loss_in_any_operation_keeps_the_acknowledged_blocks() -> None:
    """Crash in each operation of a run that fills, rolls over and settles.

    Then again while recovering.
    """
    for crash_at in range(1, 150):
        random = Random(crash_at)
        disk = SimulatedDisk(random)
        disk.crash_at = crash_at
        promised = 0
        with suppress(PowerLost):
            journal = open_journal(disk, options(2048))
            for _ in range(30):
                fill(journal, 1 + random.randrange(2), sync_each=False)
                promised = journal.sync()
                if random.randrange(8) == 0:
                    journal.settle()
        disk.crash()
        disk.crash_at = disk.operations + 1 + random.randrange(6)
        with suppress(PowerLost):
            open_journal(disk, options(2048))
        disk.crash()
        journal = open_journal(disk, options(2048))
        assert journal.last >= promised
        assert kept(journal) == expected(journal.last)


@pytest.mark.parametrize("seed", range(300))
def test_any_run_of_faults_keeps_every_promise(seed: int) -> None:
    """Appends, crashes, kills, full disks and failing syncs at random.

    An auditor keeps what was promised.
    """
    random = Random(seed)
    disk = SimulatedDisk(random)
    quiet = Faults()
    loud = Faults(write_error=0.01, sync_error=0.01, no_space=0.02)
    promised = 0
    for _ in range(8):
        disk.faults = quiet
        journal = open_journal(disk, options(3000))
        assert journal.last >= promised
        assert kept(journal) == expected(journal.last)
        promised = journal.last
        disk.faults = random.choice((quiet, loud))
        disk.crash_at = disk.operations + random.randrange(1, 80)
        try:
            promised = run(journal, random, promised)
        except (PowerLost, Fenced):
            promised = max(promised, journal.synced)
        if random.getrandbits(1):
            disk.crash()
        else:
            disk.kill()


def run(journal: Journal, random: Random, promised: int) -> int:
    for _ in range(25):
        try:
            fill(journal, random.randrange(1, 4), sync_each=False)
        except DiskFull:
            assert journal.full
            try:
                journal.try_again()
            except DiskFull:
                continue
        promised = journal.sync()
        if random.randrange(10) == 0:
            journal.settle()
    return promised
