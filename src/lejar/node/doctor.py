# SPDX-License-Identifier: Apache-2.0
"""Examine a data folder and say, in sentences, what is well, what is not, and what to do.

The doctor only reads. It uses the same survey that the node uses when it starts, so it cannot be
of another opinion. While a node runs it sees a moving picture: what is being written looks like a
torn tail, and it says so.
"""

from contextlib import closing
from pathlib import Path

from lejar.node.batch import NO_LINK, Batch
from lejar.node.diagnosis import (
    Diagnosis,
    Finding,
    JournalFacts,
    OutputFacts,
    SegmentFacts,
    SnapshotFacts,
)
from lejar.node.disk import NEW_SUFFIX, Disk, LocalDisk
from lejar.node.failures import OutputDamaged, OutputRewound, SnapshotDamaged
from lejar.node.journal import SEGMENT_BYTES, corrupt_sentence
from lejar.node.lock import Holder, lock_holder
from lejar.node.outlog import ENTRIES_NAME, OUTPUT_FOLDER, STATE_NAME, disk_size, read_output_state
from lejar.node.outreader import Cursor, OutputReader
from lejar.node.snapshot import SNAPSHOT_FOLDER, snapshot_names, verify_snapshot
from lejar.node.survey import JOURNAL_FOLDER, Survey, survey_journal

RESTORE = (
    "Stop, keep a copy of the folder, and restore the named file from a backup "
    "or from another node. "
    "Do not delete or edit it: what was acknowledged is in it."
)
COMPUTED_AGAIN = "Nothing to do: the node computes it from the journal when it starts."


def examine(folder: Path) -> Diagnosis:
    """Examine a data folder of this machine; raises `FileNotFoundError` when there is none."""
    if not folder.is_dir():
        message = f"There is no data folder {folder}."
        raise FileNotFoundError(message)
    return examine_disk(LocalDisk(folder), str(folder), lock_holder(folder))


def examine_disk(disk: Disk, folder: str, holder: Holder | None) -> Diagnosis:
    """Examine whatever lies behind `disk`; `folder` is its name for people."""
    snapshots, snapshot_findings = _examine_snapshots(disk)
    # A snapshot proves that its block was synced, to the node and so to the doctor.
    proved = max((snapshot.block for snapshot in snapshots), default=0)
    survey = survey_journal(disk, synced_at_least=proved)
    network = _network(survey)
    output, output_findings = _examine_output(disk, network, survey.last)
    findings = (
        *_lock_findings(holder),
        *_journal_findings(survey, running=holder is not None),
        *output_findings,
        *snapshot_findings,
        *_space_findings(disk),
    )
    return Diagnosis(
        folder=folder,
        network=network.hex() if network else None,
        journal=_journal_facts(survey),
        output=output,
        snapshots=tuple(snapshots),
        holder=holder,
        free_bytes=disk.free_bytes(),
        findings=findings,
    )


def _network(survey: Survey) -> bytes | None:
    if survey.acknowledged is not None:
        return survey.acknowledged.network
    return survey.segments[0].header.network if survey.segments else None


def _lock_findings(holder: Holder | None) -> list[Finding]:
    if holder is None:
        return [Finding("good", "lock", "No node works in this folder.")]
    who = (
        f"{holder.program}, process {holder.pid}, since {holder.since}"
        if holder.pid
        else "An unnamed process"
    )
    return [Finding("note", "lock", f"In use by {who}; what follows may be half-way.")]


def _journal_facts(survey: Survey) -> JournalFacts:
    segments = tuple(
        SegmentFacts(part.name, part.header.first, part.last, part.end, part.size)
        for part in survey.segments
    )
    return JournalFacts(
        segments=segments,
        last_block=survey.last,
        acknowledged_block=survey.acknowledged.number if survey.acknowledged else None,
        synced_block=survey.synced,
        torn=survey.torn,
        damage=survey.damage,
    )


def _journal_findings(survey: Survey, *, running: bool) -> list[Finding]:
    if survey.damage is not None:
        return [
            Finding("fatal", "journal", corrupt_sentence(survey.damage, survey.evidence), RESTORE)
        ]
    if survey.torn is not None:
        return [_torn_finding(survey, running=running)]
    if not survey.last:
        return [Finding("note", "journal", "It has no block yet.")]
    count = len(survey.segments)
    sentence = (
        f"All blocks from 1 to {survey.last} check, in {count} segment{'s' if count > 1 else ''}."
    )
    return [Finding("good", "journal", sentence)]


def _torn_finding(survey: Survey, *, running: bool) -> Finding:
    torn = survey.torn
    if torn is None:
        message = "A torn tail was expected."
        raise ValueError(message)
    sentence = (
        f"Behind block {survey.last} lie {torn.size_bytes} bytes of a block that "
        "was never acknowledged "
        f"({torn.sentence()})."
    )
    if running:
        return Finding(
            "note", "journal", sentence, "The running node is probably writing it; look again."
        )
    return Finding(
        "warning", "journal", sentence, "Nothing to do: the node cuts it off when it starts."
    )


def _examine_output(
    disk: Disk, network: bytes | None, last_block: int
) -> tuple[OutputFacts | None, list[Finding]]:
    """Read the output log from its beginning to its end."""
    if network is None or not disk.exists(STATE_NAME):
        return None, [Finding("note", "output", "There is no output log yet.", COMPUTED_AGAIN)]
    try:
        state = read_output_state(disk, network)
        beginning = Cursor(state.first_block - 1, NO_LINK)
        with closing(OutputReader(disk, network, beginning)) as reader:
            last = _read_to_the_end(reader)
    except (OutputDamaged, OutputRewound) as error:
        return None, [Finding("warning", "output", str(error), COMPUTED_AGAIN)]
    facts = OutputFacts(
        generation=state.generation,
        first_block=state.first_block,
        last_block=last.block if last else state.first_block - 1,
        last_entry=(last.first_entry + len(last.records) if last else state.first_entry) - 1,
        durable_block=state.block,
    )
    whole = disk_size(disk, ENTRIES_NAME) >= state.end
    return facts, [_output_finding(facts, last_block, whole=whole)]


def _output_finding(facts: OutputFacts, last_block: int, *, whole: bool) -> Finding:
    """Compare the output log with itself and with the journal."""
    block = facts.last_block
    if block < facts.durable_block or not whole:
        sentence = f"It ends with block {block}, but was durable to block {facts.durable_block}."
        return Finding("warning", "output", sentence, COMPUTED_AGAIN)
    if block > last_block:
        sentence = f"It ends with block {block}, but the journal with block {last_block}."
        return Finding("fatal", "output", sentence, RESTORE)
    if block < last_block:
        sentence = f"It ends with block {block}, the journal with block {last_block}."
        return Finding("note", "output", sentence, COMPUTED_AGAIN)
    sentence = f"All batches check, to block {block} and entry {facts.last_entry}."
    return Finding("good", "output", sentence)


def _read_to_the_end(reader: OutputReader) -> Batch | None:
    last = None
    while (batch := reader.next_batch()) is not None:
        last = batch
    return last


def _examine_snapshots(disk: Disk) -> tuple[list[SnapshotFacts], list[Finding]]:
    """Verify each snapshot as a whole."""
    good: list[SnapshotFacts] = []
    findings = []
    for name in snapshot_names(disk):
        try:
            found = verify_snapshot(disk, name)
        except (SnapshotDamaged, OSError) as error:
            remedy = "Nothing to do: an older snapshot and a longer replay take its place."
            findings.append(Finding("warning", "snapshots", f"{name}: {error}", remedy))
            continue
        header = found.header
        good.append(
            SnapshotFacts(
                name=name,
                network=header.network.hex(),
                block=header.block,
                entry=header.entry,
                items=found.items,
                size_bytes=found.size_bytes,
            )
        )
    if good:
        sentence = (
            f"{len(good)} verify; the newest is of block {good[0].block}, entry {good[0].entry}."
        )
        findings.append(Finding("good", "snapshots", sentence))
    else:
        sentence = "There is none that verifies: a start replays all blocks."
        findings.append(Finding("note", "snapshots", sentence))
    return good, findings


def _space_findings(disk: Disk) -> list[Finding]:
    findings = []
    free = disk.free_bytes()
    if free < 2 * SEGMENT_BYTES:
        sentence = f"Only {free} bytes are free; a journal segment takes {SEGMENT_BYTES}."
        findings.append(
            Finding("warning", "disk", sentence, "Make space: without it no new command is taken.")
        )
    unfinished = [
        name
        for folder in (JOURNAL_FOLDER, OUTPUT_FOLDER, SNAPSHOT_FOLDER)
        for name in disk.files(folder)
        if name.endswith(NEW_SUFFIX)
    ]
    if unfinished:
        sentence = f"A crash left unfinished files: {', '.join(unfinished)}."
        findings.append(Finding("note", "disk", sentence, "Nothing to do: they are not used."))
    return findings
