# SPDX-License-Identifier: Apache-2.0
"""What the doctor found in a data folder: a record to be printed or encoded."""

from typing import Literal

import msgspec

from lejar.node.lock import Holder
from lejar.node.survey import Place

Severity = Literal["good", "note", "warning", "fatal"]
"""`fatal`: the node will not start, or data is lost.

`warning`: something was lost that can be made again.
"""


class Finding(msgspec.Struct, frozen=True):
    """One thing that was found."""

    severity: Severity
    subject: str
    """The part of the data folder: `journal`, `output`, `snapshots`, `lock` or `disk`."""
    sentence: str
    remedy: str = ""
    """What to do about it, if anything."""


class SegmentFacts(msgspec.Struct, frozen=True):
    """One journal file."""

    name: str
    first_block: int
    last_block: int
    """Below `first_block` when it holds no block yet."""
    used_bytes: int
    size_bytes: int


class JournalFacts(msgspec.Struct, frozen=True):
    """The journal as a whole."""

    segments: tuple[SegmentFacts, ...]
    last_block: int
    """The last block that checks, with all before it."""
    acknowledged_block: int | None
    """What the acknowledged file says; unknown when it cannot be read."""
    synced_block: int
    """The highest block that anything says was synced."""
    torn: Place | None
    damage: Place | None


class OutputFacts(msgspec.Struct, frozen=True):
    """The output log."""

    generation: int
    first_block: int
    last_block: int
    last_entry: int
    durable_block: int


class SnapshotFacts(msgspec.Struct, frozen=True):
    """One snapshot that verifies."""

    name: str
    network: str
    block: int
    entry: int
    items: int
    size_bytes: int


class Diagnosis(msgspec.Struct, frozen=True):
    """The state of a data folder."""

    folder: str
    network: str | None
    """The network id in hexadecimal digits."""
    journal: JournalFacts
    output: OutputFacts | None
    snapshots: tuple[SnapshotFacts, ...]
    holder: Holder | None
    free_bytes: int
    findings: tuple[Finding, ...]

    @property
    def can_start(self) -> bool:
        """Whether a node would start on this folder (leaving aside one that already runs)."""
        return all(finding.severity != "fatal" for finding in self.findings)

    def as_text(self) -> str:
        """The diagnosis for people, a few dozen columns wide, the findings first."""
        lines = [f"Data folder {self.folder}", ""]
        for finding in self.findings:
            lines.append(f"{finding.severity:8}{finding.subject}: {finding.sentence}")
            if finding.remedy:
                lines.append(f"{'':8}-> {finding.remedy}")
        lines += ["", *self._fact_lines()]
        return "\n".join(lines) + "\n"

    def _fact_lines(self) -> list[str]:
        journal = self.journal
        noted = "unknown" if journal.acknowledged_block is None else journal.acknowledged_block
        lines = [f"network         {self.network or 'unknown'}"]
        blocks = f"blocks to {journal.last_block}, acknowledged {noted}"
        lines.append(f"journal         {blocks}, synced {journal.synced_block}")
        for part in journal.segments:
            blocks = f"blocks {part.first_block} to {part.last_block}"
            lines.append(f"  {part.name}  {blocks}, {part.used_bytes} of {part.size_bytes} bytes")
        if self.output is not None:
            blocks = f"blocks {self.output.first_block} to {self.output.last_block}"
            entries = f"entries to {self.output.last_entry}"
            durable = f"durable to block {self.output.durable_block}"
            lines.append(f"output          {blocks}, {entries}, {durable}")
        for snapshot in self.snapshots:
            place = f"block {snapshot.block}, entry {snapshot.entry}"
            size = f"{snapshot.items} items, {snapshot.size_bytes} bytes"
            lines += [f"  {snapshot.name}  {place}, {size}"]
        lines.append(f"free            {self.free_bytes} bytes")
        return lines
