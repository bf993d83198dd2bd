# SPDX-License-Identifier: Apache-2.0
"""The auditor's second reading of passes through the queue: judged by their outcome.

How a pass goes about it is its own affair.  What it settled must be allowed by every rule and leave
nobody short; nobody may have been overtaken; and what is left must be something of which nothing
could settle in order.  The greatest set is found here by taking out the last one again and again.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from lejar.node.simulation.books import Books, Doing, InstructionPage, Move, No, Pair, net
from lejar.node.simulation.claim import claim
from lejar.node.simulation.settling import (
    check_rules,
    close,
    close_has_come,
    fail,
    limit_changes,
    limit_room,
    note_sent,
    report_settled,
    reserved,
    wake,
)

SECOND: Final = 1_000_000
TRIES: Final = 8
SETTLED_MAX: Final = 1_000
SETTLED: Final = "settlement.instruction_settled"
FAILED: Final = "settlement.instruction_failed"
Resource = tuple[Any, ...]


class Line:
    """Instructions of the queue that settle together, and what they change of each resource."""

    def __init__(self, books: Books, members: Sequence[tuple[bytes, InstructionPage]]) -> None:
        self.members = tuple(name for name, _ in members)
        self.count = len(members)
        self.changes: dict[Resource, int] = {}
        self.value = 0
        self.legs = [leg for _, page in members for leg in page.legs]
        for _, page in members:
            self._add(books, page)
        self.takes = [resource for resource, change in self.changes.items() if change < 0]

    def _add(self, books: Books, page: InstructionPage) -> None:
        changes = net(page.moves)
        found: dict[Resource, int] = {("balance", *key): n for key, n in changes.items() if n}
        if books.reserves:
            for key, n in changes.items():
                if n > 0 or (n < 0 and page.place[0] != 0):
                    found["unreserved", *key] = n
        for limit, n in limit_changes(books, page.moves).items():
            found["limit", *limit] = n
        for resource, n in found.items():
            self.changes[resource] = self.changes.get(resource, 0) + n
        self.value += sum(m.amount for m in page.moves if books.assets[m.asset].is_money)


def lines(books: Books) -> list[Line]:
    """Read the queue in its order; a pool stands where its last member does, once it is whole."""
    found: list[Line] = []
    seen: list[tuple[bytes, InstructionPage]] = []
    """Members of pools that are not whole yet."""
    waiting = sorted((page.place, name) for name, page in books.instructions.items() if page.place)
    for _, name in waiting:
        page = books.instructions[name]
        if page.pool is None:
            found.append(Line(books, [(name, page)]))
            continue
        seen.append((name, page))
        members = next(filter(None, (_whole_pool(seen, page, one) for one in page.parties)), None)
        if members is not None:
            found.append(Line(books, members))
            seen = [one for one in seen if one not in members]
    return found


def _whole_pool(
    seen: Sequence[tuple[bytes, InstructionPage]], page: InstructionPage, party: bytes
) -> list[tuple[bytes, InstructionPage]] | None:
    """Give the members of a page's pool to all of which a party is a side, if none is missing."""
    members = [one for one in seen if one[1].pool == page.pool and party in one[1].parties]
    return members if page.pool is not None and len(members) == page.pool[1] else None


def available(books: Books, resource: Resource, at: int) -> int:
    """Give how much there is of a resource."""
    kind, one, other = resource[:3]
    if kind == "limit":
        page = books.limits.get((one, other))
        room = None if page is None else limit_room(books, page, resource[3], at)
        return 2**63 if room is None else room
    free = books.free(one, other)
    return free + reserved(books, one, other) if kind == "balance" else free


def greatest(books: Books, items: Sequence[Line], at: int) -> list[Line]:
    """Find the greatest set in order that can settle together."""
    stays = list(items)
    while True:
        ends: dict[Resource, int] = {}
        for line in stays:
            for resource, change in line.changes.items():
                ends[resource] = ends.get(resource, available(books, resource, at)) + change
        short = {resource for resource, end in ends.items() if end < 0}
        last = next((x for x in reversed(stays) if any(one in short for one in x.takes)), None)
        if last is None:
            return stays
        stays = _without(items, stays, last)


def _without(items: Sequence[Line], stays: Sequence[Line], leaving: Line) -> list[Line]:
    """Take one out, and every later one that would overtake somebody who is out."""
    out: dict[Resource, None] = {}
    found = []
    staying = {id(line) for line in stays} - {id(leaving)}
    for line in items:
        if id(line) in staying and not any(resource in out for resource in line.takes):
            found.append(line)
        else:
            out.update(dict.fromkeys(line.takes))
    return found


def queue_passes(books: Books, _name: bytes, doing: Doing) -> None:
    """Settle what can settle; look again while somebody waits."""
    books.passes_at = 0
    if books.is_paused or close_has_come(books, doing.at) or books.past_cut_off(doing.at):
        return
    settled = pass_through(books, doing)
    if any(page.place for page in books.instructions.values()):
        wake(books, doing.at + (SECOND if settled < SETTLED_MAX else 0))


def pass_through(books: Books, doing: Doing) -> int:
    """Follow what a pass did, in its order, and judge it; gives how many settled."""
    before = lines(books)
    there = {resource: available(books, resource, doing.at) for x in before for resource in x.takes}
    told = [event for event in doing.events or () if event[0] in (SETTLED, FAILED)]
    settled: dict[bytes, InstructionPage] = {}
    failed: list[bytes] = []
    for event in told:
        page = books.instructions.get(event[1])
        if page is None or not page.place:
            break  # what the close itself does comes after the pass
        if event[0] == FAILED:
            if not _fails_by_rule(books, event[1], page, doing):
                break
            failed.append(event[1])
        else:
            settled[event[1]] = page
            _settle(books, event[1], page, doing)
    _reported(books, doing, settled)
    _judge(books, before, there, settled, failed, doing)
    return len(settled)


def _fails_by_rule(books: Books, name: bytes, page: InstructionPage, doing: Doing) -> bool:
    """Let one fail that a rule refuses alone; says whether one does."""
    del books.instructions[name]
    try:
        check_rules(books, page.legs, doing.at)
        refused = False
    except No:
        refused = True
    books.instructions[name] = page
    if refused:
        fail(books, name, page, doing)
    return refused


def _settle(books: Books, name: bytes, page: InstructionPage, doing: Doing) -> None:
    moves = page.moves
    close(books, name)
    for leg in page.legs:
        books.check_ends(leg.source, leg.target)
        books.check_asset(leg.asset, halts=True)
    books.post(doing, moves)
    note_sent(books, moves, doing.at)
    report_settled(books, name, page, doing)


def _reported(books: Books, doing: Doing, settled: dict[bytes, InstructionPage]) -> None:
    """What the pass says of itself adds up, and reserves gave no more than urgent ones needed."""
    told = doing.told("settlement.queue_settled")
    doing.events = [one for one in doing.events or () if one[0] != "settlement.queue_settled"]
    value = sum(
        move.amount
        for page in settled.values()
        for move in page.moves
        if books.assets[move.asset].is_money
    )
    claim(
        [sum(one[0] for one in told), sum(one[1] for one in told)] == [len(settled), value],
        "A pass says how many settled and what they were worth.",
        f"{told} against {len(settled)} worth {value}",
    )
    urgent = [
        key
        for page in settled.values()
        if page.priority == "urgent"
        for key, change in net(page.moves).items()
        if change < 0
    ]
    _follow_reserves(books, doing, urgent)


def _follow_reserves(books: Books, doing: Doing, urgent: Collection[Pair]) -> None:
    """Take over what reserves have given, and only to urgent instructions."""
    for key, name in list(books.reserves.items()):
        released = [one for one in doing.told("ledger.hold_released") if one[0] == name]
        placed = [one for one in doing.told("ledger.hold_placed") if one[0] == name]
        for place, one in enumerate(released):
            left = placed[place][3] if place < len(placed) else 0
            claim(key in urgent, "Only urgent instructions draw on a reserve.", f"{one}")
            books.lessen_hold(name, one[3] - left)


def _judge(
    books: Books,
    before: Sequence[Line],
    there: dict[Resource, int],
    settled: dict[bytes, InstructionPage],
    failed: Sequence[bytes],
    doing: Doing,
) -> None:
    told = f"settled {[name.hex()[:8] for name in settled]}"
    for line in before:
        parts = {name in settled for name in line.members}
        claim(len(parts) == 1, "A pool settles as a whole or not at all.", told)
    done = [line for line in before if line.members[0] in settled]
    claim(
        sum(line.count for line in done) == len(settled),
        "Only what could settle alone, or with its whole pool, has settled.",
        told,
    )
    _nobody_is_short(books, there, done, told)
    _within_caps(books, [move for page in settled.values() for move in page.moves], told)
    _in_order(books, before, done, failed, told)
    rest = greatest(books, lines(books), doing.at)
    claim(
        not rest
        or len(failed) >= TRIES
        or len(settled) >= SETTLED_MAX
        or any(_may_be_stopped_together(books, line) for line in rest),
        "A pass leaves nothing behind that could settle in order.",
        f"{told}; left {[[name.hex()[:8] for name in line.members] for line in rest]}",
    )


def _nobody_is_short(
    books: Books, there: dict[Resource, int], done: Iterable[Line], told: str
) -> None:
    ends = dict(there)
    for line in done:
        for resource, change in line.changes.items():
            if resource in ends:
                ends[resource] += change
    taken = {resource for line in done for resource in line.takes}
    short = [resource for resource in taken if ends[resource] < 0]
    claim(not short, "Nobody falls short, within balances, limits and reserves.", f"{told} {short}")
    below = [key for key in books.held if books.free(*key) < 0]
    claim(not below, "Nothing that is held was spent.", f"{told} {below}")


def _within_caps(books: Books, moves: Sequence[Move], told: str) -> None:
    gained = {(m.asset, books.accounts[m.target].person) for m in moves}
    for asset, person in gained:
        cap = books.assets[asset].cap
        if cap is not None and person != books.assets[asset].issuer:
            has = books.owned(asset, person) + books.pending(asset, person)
            sold = sum(m.amount for m in moves if m.asset == asset)
            claim(has <= cap + sold, "A pass brings nobody above a cap.", told)


def _in_order(
    books: Books, before: Sequence[Line], done: Sequence[Line], failed: Sequence[bytes], told: str
) -> None:
    settled = {id(line) for line in done}
    passed: dict[Resource, Line] = {}
    for line in before:
        if id(line) in settled:
            late = [passed[one] for one in line.takes if one in passed]
            claim(
                not late,
                "Nobody's later instruction overtakes an earlier one that waits.",
                f"{told}; overtaken {[[name.hex()[:8] for name in one.members] for one in late]}",
            )
        elif not any(name in failed for name in line.members) and not _may_be_stopped_together(
            books, line
        ):
            passed.update(dict.fromkeys(line.takes, line))


def _may_be_stopped_together(books: Books, line: Line) -> bool:
    """A cap may stop together what it would not stop alone; such are left out of a pass."""
    return any(books.assets[leg.asset].cap is not None for leg in line.legs)
