# SPDX-License-Identifier: Apache-2.0
"""The queue and the settlement day: the queue for those whom it concerns, the day for everybody."""

from collections.abc import Iterable
from typing import Final

from lejar.kernel import identifiers
from lejar.projections.privileged.instructions import InstructionWhole, instruction_whole
from lejar.projections.privileged.waits import Wait, Waits
from lejar.projections.public.settlement_day import settlement_day
from lejar.projections.queue import WaitingLine, waiting_lines
from lejar.web import views
from lejar.web.readers import Reader, reader_may_see_the_queue
from lejar.web.reading.asked import Asked

ROWS_MAX: Final = 100


def waits_for(asked: Asked, reader: Reader) -> Waits:
    """Give a reader's questions of why things wait."""
    who = None if reader_may_see_the_queue(reader) else reader.party
    return Waits(asked.snapshot, who, lambda party: _called(asked, party))


def _called(asked: Asked, party: bytes) -> str:
    return asked.names.get(party) or identifiers.show("party", party)


def wait_rows(waits: Iterable[Wait]) -> tuple[views.WaitRow, ...]:
    """Give reasons as a page shows them."""
    return tuple(
        views.WaitRow(
            views.Words(one.said.en, one.said.ms),
            tuple(instruction_reference(other) for other in one.instructions[:ROWS_MAX]),
        )
        for one in waits
    )


def instruction_reference(instruction: bytes) -> views.Reference:
    """Name an instruction, with its page."""
    shown = identifiers.show("instruction", instruction)
    return views.Reference(shown, f"/instructions/{shown}")


def kind_of(asked: Asked, whole: InstructionWhole) -> str:
    """Say what an instruction is, from its legs."""
    found = [asked.asset(leg.asset) for leg in whole.legs]
    money = sum(one is not None and one.is_money for one in found)
    if len(found) == 1:
        return "payment" if money else "free"
    if money == len(found):
        return "pvp"
    return "dvp" if money else "exchange"


def queue_view(asked: Asked) -> views.QueueView:
    """Give the page of the queue."""
    reader = asked.reader
    if reader is None:
        return views.QueueView(asked.as_at, None, (), 0)
    waits = waits_for(asked, reader)
    mine: list[tuple[WaitingLine, InstructionWhole]] = []
    for line in waiting_lines(asked.snapshot):
        whole = instruction_whole(asked.snapshot, line.instruction)
        if whole is not None and (waits.reader is None or whole.concerns(reader.party)):
            mine.append((line, whole))
    rows = tuple(_row(asked, waits, line, whole) for line, whole in mine[:ROWS_MAX])
    givers = _givers(asked, [whole for _, whole in mine], waits.reader)
    return views.QueueView(asked.as_at, rows, givers, len(mine))


def _row(asked: Asked, waits: Waits, line: WaitingLine, whole: InstructionWhole) -> views.QueueRow:
    told = waits.reader is None or waits.reader in whole.givers
    receivers = dict.fromkeys(leg.target_owner for leg in whole.legs)
    return views.QueueRow(
        identifiers.show("instruction", line.instruction),
        kind_of(asked, whole),
        line.position if told else None,
        str(line.priority) if told else None,
        line.since_at,
        tuple(asked.amount(leg.asset, leg.amount) for leg in whole.legs),
        asked.parties(whole.givers),
        asked.parties(receivers),
        wait_rows(waits.of(whole)),
    )


def _givers(
    asked: Asked, waiting: Iterable[InstructionWhole], only: bytes | None
) -> tuple[views.GiverRow, ...]:
    """Add up what waits, by who gives it and asset; for one reader, what is its own."""
    sums: dict[tuple[bytes, bytes], list[int]] = {}
    for whole in waiting:
        for leg in whole.legs:
            for party, at in ((leg.source_owner, 1), (leg.target_owner, 2)):
                if only in (None, party):
                    row = sums.setdefault((party, leg.asset), [0, 0, 0])
                    row[0] += at == 1
                    row[at] += leg.amount
    return tuple(
        views.GiverRow(
            asked.party(party), number, asked.amount(asset, gives), asked.amount(asset, gets)
        )
        for (party, asset), (number, gives, gets) in sorted(sums.items())
    )


def settlement_day_view(asked: Asked) -> views.SettlementDayView:
    """Give the page of the day."""
    day = settlement_day(asked.snapshot)
    return views.SettlementDayView(
        asked.as_at,
        day.day,
        day.is_business_day,
        None if day.paused_by is None else asked.party(day.paused_by),
        day.paused_at,
        day.closes_at,
        day.closed_on,
        day.failed_at_close,
        day.settled,
        day.partly,
        day.queued,
        day.failed,
        day.ended,
        day.passed,
        sum(one.number for one in day.waiting),
        tuple(
            views.CurrencyRow(
                asked.amount(one.asset, one.settled), one.legs, asked.amount(one.asset, one.drawn)
            )
            for one in day.currencies
        ),
        tuple(views.PriorityRow(str(one.priority), one.number, one.value) for one in day.waiting),
        tuple(
            views.PassRow(one.entry, one.at, one.settled, one.value, one.bound)
            for one in day.passes
        ),
    )
