# SPDX-License-Identifier: Apache-2.0
"""The queue as arithmetic: what is available, and what each waiting instruction would change.

Instructions of one pool are one item, which stands where the last of them stands; a pool that is
not complete is no item yet.  Those that name a reference and a number belong together when one
party is a side of all of them: it has affirmed each, so nobody else can add to a pool or stop it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from lejar.domain.settlement import limits, reserves
from lejar.domain.settlement.limits import LIMITS
from lejar.domain.settlement.model import INSTRUCTIONS, Priority
from lejar.domain.settlement.queue import BALANCE, RANKS, WAITING, Waiting, instruction_at
from lejar.domain.settlement.reserves import RESERVES
from lejar.domain.settlement.saving import Item
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.state import Reader
from lejar.ledger.balances import balance

UNRESERVED: Final = b"N"
"""The balance less what is kept for urgent instructions."""
Line: TypeAlias = Item[bytes, bytes]
"""Something that settles alone; its id is the first instruction's."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Everything that could settle now, in the order of the queue."""

    items: list[Line]
    members: dict[bytes, tuple[bytes, ...]]
    """The instructions of each item."""
    available: dict[bytes, int]


def lines(reader: Reader, without: Mapping[bytes, None]) -> Lines:
    """Read the queue, but for what is left out this time."""
    kept = any(True for _ in RESERVES.scan(reader))
    limited = any(True for _ in LIMITS.scan(reader))
    found = Lines([], {}, {})
    for places in _together(reader):
        first = instruction_at(places[0][0])
        if first in without:
            continue
        changes: dict[bytes, int] = {}
        for place, waiting in places:
            for resource, change in _changes(reader, place, waiting, kept=kept, limited=limited):
                changes[resource] = changes.get(resource, 0) + change
        for resource in changes:
            if resource not in found.available:
                found.available[resource] = _available(reader, resource)
        found.members[first] = tuple([instruction_at(place) for place, _ in places])
        found.items.append(
            Item(
                first,
                tuple([(key, change) for key, change in changes.items() if change]),
                sum([waiting.value for _, waiting in places]),
                len(places),
            )
        )
    return found


def _together(reader: Reader) -> Iterable[list[tuple[bytes, Waiting]]]:
    """Give who settles together, each where the last of them stands."""
    pools: dict[tuple[bytes, int, bytes], list[tuple[bytes, Waiting]]] = {}
    for place, waiting in WAITING.scan(reader):
        if not waiting.pool:
            yield [(place, waiting)]
            continue
        for party in INSTRUCTIONS.require(reader, instruction_at(place)).parties:
            pool = (waiting.pool, waiting.pool_number, party)
            members = pools.setdefault(pool, [])
            members.append((place, waiting))
            if len(members) == waiting.pool_number:
                yield members
                _take_out(pools, members)
                break


def _take_out(
    pools: dict[tuple[bytes, int, bytes], list[tuple[bytes, Waiting]]],
    complete: list[tuple[bytes, Waiting]],
) -> None:
    """Let nobody be in two pools: who is in a complete one completes no other."""
    gone = {place: None for place, _ in complete}
    for pool, members in pools.items():
        pools[pool] = [one for one in members if one[0] not in gone]


def _changes(
    reader: Reader, place: bytes, waiting: Waiting, *, kept: bool, limited: bool
) -> Iterable[tuple[bytes, int]]:
    """Give what an instruction takes of balances, of what is not reserved, and of limits."""
    yield from waiting.changes
    if kept:
        urgent = RANKS[place[0]] is Priority.URGENT
        for resource, change in waiting.changes:
            if change > 0 or not urgent:
                yield UNRESERVED + resource[1:], change
    if limited:
        yield from limits.limit_changes(reader, waiting.flows).items()


def _available(reader: Reader, resource: bytes) -> int:
    """Say how much there is of a resource; what has no limit has more than can be asked for."""
    kind, asset, account = resource[:1], resource[1:17], resource[17:]
    if kind == BALANCE:
        return balance(reader, asset, account).free + reserves.reserved(reader, asset, account)
    if kind == UNRESERVED:
        return balance(reader, asset, account).free
    left = limits.available(reader, resource)
    return AMOUNT_MAX if left is None else left
