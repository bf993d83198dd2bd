# SPDX-License-Identifier: Apache-2.0
"""What a day showed, read from the output log: liquidity, delay, value; nothing asked of the hub.

*Gross* is what all banks together would have needed had each payment been made when it arrived.
*Least* is what they pay net over the day, without which no order of payments would do.  *Used* is
what they did need: the largest net outflow of each since the opening, added up.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from bench.banks import CLOSES_AT, SECOND, Day
from lejar.kernel.entry import Receipt, read_entry, read_receipt
from lejar.node.disk import LocalDisk
from lejar.node.outreader import OutputReader

_event = msgspec.msgpack.Decoder().decode


@dataclass
class _Log:
    """What was seen in the log."""

    entries: int = 0
    blocks: int = 0
    passes: int = 0
    most_waiting: int = 0
    waiting: int = 0
    settled_at: dict[int, int] = field(default_factory=dict)
    """Payment's number to the moment of its settlement."""
    standing: dict[bytes, int] = field(default_factory=dict)
    lowest: dict[bytes, int] = field(default_factory=dict)


def outcome(day: Day, folder: Path) -> dict[str, float]:
    """Give the day's figures."""
    log = _read(day, folder)
    gross, opening = sum(day.gross_need), sum(day.opening)
    used = -sum(log.lowest.values())
    paid = [number for number in log.settled_at if number < len(day.payments)]
    value = sum(one.amount for one in day.payments)
    settled_value = sum(day.payments[number].amount for number in paid)
    return {
        "value": value / 100,
        "value_settled": settled_value / 100,
        "share_settled": len(paid) / len(day.payments),
        "share_of_value_settled": settled_value / value,
        "liquidity_gross": gross / 100,
        "liquidity_there": opening / 100,
        "liquidity_least": sum(max(0, one) for one in day.net_outflow) / 100,
        "liquidity_used": used / 100,
        "used_over_gross": used / gross,
        **_delays(day, log),
        "most_waiting": log.most_waiting,
        "passes": log.passes,
        "entries": log.entries,
        "blocks": log.blocks,
    }


def _delays(day: Day, log: _Log) -> dict[str, float]:
    """Give delays in seconds from arrival to settlement; what never settled waited to the close."""
    delays = [
        max(0, log.settled_at.get(number, CLOSES_AT) - one.at) / SECOND
        for number, one in enumerate(day.payments)
    ]
    weights = [one.amount for one in day.payments]
    weighted = sum(delay * weight for delay, weight in zip(delays, weights, strict=True))
    ordered = sorted(delays)
    return {
        "delay_mean_s": statistics.fmean(delays),
        "delay_weighted_s": weighted / sum(weights),
        "delay_p50_s": ordered[len(ordered) // 2],
        "delay_p95_s": ordered[int(len(ordered) * 0.95)],
        "delay_max_s": ordered[-1],
    }


def _read(day: Day, folder: Path) -> _Log:
    log = _Log()
    instructed: dict[bytes, int] = {}
    reader = OutputReader(LocalDisk(folder), day.genesis.network)
    while (batch := reader.next_batch()) is not None:
        log.blocks += 1
        for record in batch.records:
            log.entries += 1
            receipt: Receipt = read_receipt(read_entry(record).receipt)
            log.passes += receipt.command == "settlement.queue_passes"
            _note_events(log, receipt, instructed)
            if receipt.command.startswith("settlement."):
                _note_postings(log, receipt)
    return log


def _note_events(log: _Log, receipt: Receipt, instructed: dict[bytes, int]) -> None:
    for name, fields in _events(receipt):
        instruction = fields[0]
        if receipt.command == "settlement.pay":
            instructed.setdefault(instruction, len(instructed))
        if name == "settlement.instruction_queued":
            log.waiting += 1
            log.most_waiting = max(log.most_waiting, log.waiting)
        elif name == "settlement.instruction_settled":
            log.waiting -= receipt.command != "settlement.pay"
            log.settled_at[instructed[instruction]] = receipt.at


def _note_postings(log: _Log, receipt: Receipt) -> None:
    """What an entry moves counts netted: within it nobody's balance is ever asked about."""
    net: dict[bytes, int] = {}
    for posting in receipt.postings:
        net[posting.account] = net.get(posting.account, 0) + posting.amount
    for account, amount in net.items():
        standing = log.standing[account] = log.standing.get(account, 0) + amount
        log.lowest[account] = min(log.lowest.get(account, 0), standing)


def _events(receipt: Receipt) -> Iterator[tuple[str, list[Any]]]:
    for event in receipt.events:
        decoded = _event(event)
        yield decoded[0], decoded[1:]
