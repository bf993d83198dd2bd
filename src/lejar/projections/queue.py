# SPDX-License-Identifier: Apache-2.0
"""The queue as the core would read it: the same records, put together from the tables.

`domain.settlement.pool` reads the state through a protocol, so what the tables say is laid out as
state and read by that very code.  There is one reading of what may settle with what.

It is neither public nor anybody's: what is told of it, and to whom, is for those who ask here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from lejar.domain.calendar import CALENDAR, Calendar
from lejar.domain.calendar.model import ONLY as ONLY_CALENDAR
from lejar.domain.settlement import INSTRUCTIONS, Instruction, Priority, Stage
from lejar.domain.settlement.day import next_close
from lejar.domain.settlement.limits import LIMITS, SenderLimits
from lejar.domain.settlement.pool import Lines, lines
from lejar.domain.settlement.queue import RANKS, WAITING, Waiting, instruction_at
from lejar.domain.settlement.reserves import RESERVES, Reserve
from lejar.kernel.codec import Record, decode
from lejar.kernel.moment import local_date
from lejar.kernel.state import State
from lejar.ledger.holds import HOLDS, Hold, HoldPurpose
from lejar.ledger.model import BALANCES, Balance
from lejar.projections.known import PARTY
from lejar.projections.queue_schema import (
    reserves,
    sender_flows,
    sender_limits,
    settlement_state,
    waiting,
)
from lejar.projections.schema import balances, holds, instruction_parties
from lejar.projections.snapshot import Snapshot

ACCOUNTS_PER_QUESTION = 500
"""Databases bound how many values one question may name."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One instruction that stands in the queue."""

    instruction: bytes
    position: int
    """Its place, counted from 1."""
    priority: Priority
    cause: str
    since_at: int
    entry: int
    waiting: Waiting


def waiting_lines(snapshot: Snapshot) -> tuple[WaitingLine, ...]:
    """Give all that stands in the queue, in its order."""
    c = waiting.c
    query = select(c.instruction, c.place, c.cause, c.since_at, c.entry, c.record)
    rows = snapshot.connection.execute(query.order_by(c.place))
    return tuple(
        WaitingLine(
            row.instruction,
            position,
            RANKS[row.place[0]],
            row.cause,
            row.since_at,
            row.entry,
            decode(row.record, Waiting),
        )
        for position, row in enumerate(rows, 1)
    )


def pool_of(snapshot: Snapshot) -> Lines:
    """Give what could settle, in order, and what is available, as the core would read it."""
    return lines(state_of(snapshot), {})


def closes_at(snapshot: Snapshot) -> int:
    """Give the next moment at which the day closes."""
    state = _state(snapshot, [])
    return next_close(state)


def calendar_of(snapshot: Snapshot) -> Calendar:
    """Give the calendar that the genesis brought."""
    found = snapshot.connection.execute(select(settlement_state.c.calendar)).scalar_one()
    return decode(found, Calendar)


def state_of(snapshot: Snapshot) -> State:
    """Lay the tables out as far as the queue is read."""
    c = waiting.c
    rows = snapshot.connection.execute(select(c.place, c.record)).all()
    records = [(bytes(row.place), decode(row.record, Waiting)) for row in rows]
    items: list[tuple[bytes, Record]] = []
    accounts: dict[bytes, None] = {}
    for place, record in records:
        items.append((WAITING.prefix + place, record))
        accounts.update(dict.fromkeys(resource[17:] for resource, _ in record.changes))
        if record.pool:
            items.append(_sides(snapshot, instruction_at(place)))
    items.extend(_balances(snapshot, list(accounts)))
    items.extend(_reserves(snapshot))
    items.extend(_limits(snapshot))
    return _state(snapshot, items)


def _sides(snapshot: Snapshot, instruction: bytes) -> tuple[bytes, Record]:
    """Give an instruction of a pool with its parties: which others it belongs to goes by them."""
    c = instruction_parties.c
    query = select(c.party).where(c.instruction == instruction, c.role == PARTY).order_by(c.party)
    parties = tuple(snapshot.connection.execute(query).scalars())
    day = local_date(snapshot.standing.at, 0)
    one = Instruction((), day, parties, parties, (), Stage.QUEUED, 0, 0)
    return INSTRUCTIONS.prefix + instruction, one


def _state(snapshot: Snapshot, items: list[tuple[bytes, Record]]) -> State:
    state = State()
    state.at = snapshot.standing.at
    state.load([*items, (CALENDAR.prefix + ONLY_CALENDAR, calendar_of(snapshot))])
    return state


def _balances(snapshot: Snapshot, accounts: list[bytes]) -> Iterator[tuple[bytes, Record]]:
    c = balances.c
    for start in range(0, len(accounts), ACCOUNTS_PER_QUESTION):
        some = accounts[start : start + ACCOUNTS_PER_QUESTION]
        query = select(c.asset, c.account, c.total, c.held).where(c.account.in_(some))
        for asset, account, total, held in snapshot.connection.execute(query):
            yield BALANCES.prefix + asset + account, Balance(total, held)


def _reserves(snapshot: Snapshot) -> Iterator[tuple[bytes, Record]]:
    """Give what is set aside; one that was drawn to nothing has no hold any more."""
    c, found = holds.c, dict[tuple[bytes, bytes], bytes]()
    query = select(c.id, c.asset, c.account, c.amount).where(c.purpose == str(HoldPurpose.RESERVE))
    for id_, asset, account, amount in snapshot.connection.execute(query):
        held = Hold(asset, account, amount, HoldPurpose.RESERVE, account, None)
        found[asset, account] = id_
        yield HOLDS.prefix + id_, held
    for asset, account in snapshot.connection.execute(select(reserves.c.asset, reserves.c.account)):
        yield RESERVES.prefix + asset + account, Reserve(found.get((asset, account), b""))


def limits_of(snapshot: Snapshot) -> dict[bytes, SenderLimits]:
    """Give every party's limits with what it has sent today; party and asset are the key."""
    c, f = sender_limits.c, sender_flows.c
    day = local_date(snapshot.standing.at, calendar_of(snapshot).offset_minutes)
    found: dict[bytes, SenderLimits] = {}
    since: dict[bytes, int] = {}
    rows = snapshot.connection.execute(
        select(c.party, c.asset, c.counterparty, c.amount, c.since).order_by(c.counterparty)
    )
    for party, asset, counterparty, amount, began in rows:
        key = bytes(party + asset)
        before = found.get(key, SenderLimits(None, (), day))
        since[key] = began
        if counterparty:
            ones = (*before.to_one, (bytes(counterparty), int(amount)))
            found[key] = SenderLimits(before.to_all, ones, day)
        else:
            found[key] = SenderLimits(int(amount), before.to_one, day)
    sent: dict[bytes, list[tuple[bytes, int]]] = {}
    flows = select(f.party, f.asset, f.since, f.counterparty, f.net).where(f.day == day.isoformat())
    for party, asset, began, counterparty, net in snapshot.connection.execute(
        flows.order_by(f.counterparty)
    ):
        if since.get(party + asset) == began:
            sent.setdefault(party + asset, []).append((bytes(counterparty), int(net)))
    return {
        key: SenderLimits(one.to_all, one.to_one, day, tuple(sent.get(key, ())))
        for key, one in found.items()
    }


def _limits(snapshot: Snapshot) -> Iterator[tuple[bytes, Record]]:
    for key, one in limits_of(snapshot).items():
        yield LIMITS.prefix + key, one
