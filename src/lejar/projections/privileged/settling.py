# SPDX-License-Identifier: Apache-2.0
"""What whoever runs settlement watches, and what a solver outside is asked: the pool as a question.

In the question each account is a party of its own, with what it may give.  Where a party with a
limit pays from several accounts, each of them is given the whole limit: the core counts the answer
anew, and refuses what passes it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from lejar.domain.settlement import Priority
from lejar.domain.settlement.limits import SenderLimits
from lejar.domain.settlement.queue import BALANCE, Waiting
from lejar.kernel.identifiers import ID_BYTES
from lejar.projections.known import MONEY
from lejar.projections.queue import WaitingLine, limits_of, pool_of, waiting_lines
from lejar.projections.queue_schema import fail_rules
from lejar.projections.schema import accounts, assets, holds
from lejar.projections.snapshot import Snapshot

RESERVE: Final = "reserve"
RANK: Final[Mapping[Priority, int]] = {Priority.URGENT: 2, Priority.HIGH: 1, Priority.NORMAL: 0}


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A sender limit with what is left of it today; no counterparty: all others together."""

    party: bytes
    asset: bytes
    counterparty: bytes | None
    amount: int
    room: int


@dataclass(frozen=True, slots=True)
class ReserveLine:
    """What an account keeps for urgent instructions."""

    account: bytes
    owner: bytes
    asset: bytes
    amount: int


@dataclass(frozen=True, slots=True)
class FailRuleLine:
    """What failing to give an asset costs a day, in millionths, and when a buy-in may come."""

    asset: bytes
    daily_rate: int | None
    free_days: int
    buy_in_after: int | None
    buy_in_notice: int | None
    entry: int


@dataclass(frozen=True, slots=True)
class PoolLeg:
    """An amount that goes from one account to another, netted within its instruction."""

    source: bytes
    target: bytes
    asset: bytes
    amount: int


@dataclass(frozen=True, slots=True)
class PoolItem:
    """An instruction that could settle, with what settles together with it."""

    instruction: bytes
    legs: tuple[PoolLeg, ...]
    pool: bytes | None
    priority: int


@dataclass(frozen=True, slots=True)
class PoolLimit:
    """What is left of a limit of an account, to one other or to all."""

    source: bytes
    target: bytes | None
    asset: bytes
    amount: int


@dataclass(frozen=True, slots=True)
class Pool:
    """The question: who has what, what is kept and limited, and what waits in its order."""

    balances: tuple[tuple[bytes, bytes, int], ...]
    """Account, asset, and what it may give, with what is kept for urgent payments."""
    reserved: tuple[tuple[bytes, bytes, int], ...]
    items: tuple[PoolItem, ...]
    limits: tuple[PoolLimit, ...]
    worthless: tuple[bytes, ...]
    """Assets that are no money: an exchange is worth what is paid in it."""


def limits_page(snapshot: Snapshot, party: bytes | None) -> tuple[LimitLine, ...]:
    """Give a party's limits, or everybody's."""
    return tuple(
        line
        for key, one in limits_of(snapshot).items()
        if party in (None, key[:ID_BYTES])
        for line in _lines(key, one)
    )


def _lines(key: bytes, one: SenderLimits) -> Iterator[LimitLine]:
    party, asset, day = key[:ID_BYTES], key[ID_BYTES:], one.day
    named: list[tuple[bytes | None, int | None]] = [(None, one.to_all), *one.to_one]
    for counterparty, amount in named:
        room = one.room(day, counterparty)
        if amount is not None and room is not None:
            yield LimitLine(party, asset, counterparty, amount, room)


def reserves_of(snapshot: Snapshot, party: bytes | None) -> tuple[ReserveLine, ...]:
    """Give what a party keeps for urgent instructions, or what everybody keeps."""
    c = holds.c
    query = (
        select(c.account, accounts.c.owner, c.asset, c.amount)
        .join(accounts, accounts.c.id == c.account)
        .where(c.purpose == RESERVE)
        .order_by(c.account, c.asset)
    )
    if party is not None:
        query = query.where(accounts.c.owner == party)
    return tuple(ReserveLine(*row) for row in snapshot.connection.execute(query))


def fail_rules_of(snapshot: Snapshot) -> tuple[FailRuleLine, ...]:
    """Give what failing costs, by asset: it is public."""
    query = select(*(fail_rules.c[name] for name in FailRuleLine.__dataclass_fields__))
    rows = snapshot.connection.execute(query.order_by(fail_rules.c.asset))
    return tuple(FailRuleLine(*row) for row in rows)


def pool_question(snapshot: Snapshot) -> Pool:
    """Give what waits as a question for a solver."""
    pool = pool_of(snapshot)
    ready = dict.fromkeys(one for members in pool.members.values() for one in members)
    waits = [line for line in waiting_lines(snapshot) if line.instruction in ready]
    reserved = tuple((one.account, one.asset, one.amount) for one in reserves_of(snapshot, None))
    held = tuple(
        (resource[17:], resource[1:17], max(amount, 0))
        for resource, amount in sorted(pool.available.items())
        if resource[:1] == BALANCE
    )
    there = dict.fromkeys((account, asset) for account, asset, _ in held)
    query = select(assets.c.id).where(assets.c.kind.in_(MONEY))
    money = dict.fromkeys(snapshot.connection.execute(query).scalars())
    return Pool(
        held,
        tuple(one for one in reserved if one[:2] in there),
        tuple(_item(line) for line in waits),
        tuple(_limits(snapshot, there)),
        tuple(dict.fromkeys(asset for _, asset, _ in held if asset not in money)),
    )


def _item(line: WaitingLine) -> PoolItem:
    legs = tuple(_legs(line.waiting))
    return PoolItem(line.instruction, legs, line.waiting.pool or None, RANK[line.priority])


def _legs(waiting: Waiting) -> Iterator[PoolLeg]:
    """Turn net changes into legs: each that gives, to those that receive, in their order."""
    gets = {key[1:]: change for key, change in waiting.changes if change > 0}
    for key, change in waiting.changes:
        left, asset = -change, key[1:17]
        for other, rest in list(gets.items()):
            part = min(left, rest) if other[:ID_BYTES] == asset else 0
            if part > 0:
                yield PoolLeg(key[17:], other[ID_BYTES:], asset, part)
                gets[other] -= part
                left -= part


def _limits(snapshot: Snapshot, there: Iterable[tuple[bytes, bytes]]) -> Iterator[PoolLimit]:
    """Give each account in the question the limits of its owner."""
    lines = limits_page(snapshot, None)
    if not lines:
        return
    owners = _owners(snapshot, there)
    by_party: dict[tuple[bytes, bytes], list[bytes]] = {}
    for (account, asset), owner in owners.items():
        by_party.setdefault((owner, asset), []).append(account)
    for line in lines:
        for source in by_party.get((line.party, line.asset), ()):
            room = max(line.room, 0)
            if line.counterparty is None:
                yield PoolLimit(source, None, line.asset, room)
                continue
            for target in by_party.get((line.counterparty, line.asset), ()):
                yield PoolLimit(source, target, line.asset, room)


def _owners(
    snapshot: Snapshot, there: Iterable[tuple[bytes, bytes]]
) -> dict[tuple[bytes, bytes], bytes]:
    found = {}
    for account, asset in there:
        query = select(accounts.c.owner).where(accounts.c.id == account)
        found[account, asset] = bytes(snapshot.connection.execute(query).scalar_one())
    return found
