# SPDX-License-Identifier: Apache-2.0
"""The auditor's second reading of settling: at once, in the queue, in turn, or not at all.

Nothing here is tried and taken back: the books first say whether it can be, and then do it.
"""

import contextlib
import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from lejar.node.simulation.books import (
    DAY,
    MINUTE,
    SHORT,
    Books,
    Doing,
    HoldPage,
    InstructionPage,
    LimitPage,
    Move,
    No,
    Pair,
    Unexpected,
    net,
)

EPOCH_ORDINAL: Final = datetime.date(1970, 1, 1).toordinal()
ONE_DAY: Final = datetime.timedelta(days=1)
VALUE_DATE: Final = "settlement.value_date_comes"
BLOCK: Final = "settlement.block_comes"
PASSES: Final = "settlement.queue_passes"
CLOSE: Final = "settlement.day_closes"
BLOCK_ID: Final = b"settlement.block"
PASS_ID: Final = b"settlement.queue"
CLOSE_ID: Final = b"settlement.close"
RANKS: Final = ("urgent", "high", "normal")
WAITABLE: Final = (SHORT, "the limit is reached", "others wait before it", "settlement is paused")
"""What passes by itself."""


def moves_of(books: Books, legs: Iterable[Any]) -> list[Move]:
    """Say what really moves: a client's money stands on its bank's account."""
    found = []
    for leg in legs:
        source, target = leg.source, leg.target
        if books.assets[leg.asset].is_money:
            payer, payee = books.accounts[leg.source], books.accounts[leg.target]
            if payer.cash is not None:
                authority = books.authorities.get(leg.source)
                if authority is None or leg.amount > authority[1]:
                    raise No("the bank does not stand behind it")
                source = payer.cash
            target = payee.cash or leg.target
        if source != target:
            found.append(Move(leg.asset, source, target, leg.amount))
    return found


def check_rules(books: Books, legs: Iterable[Any], at: int) -> list[Move]:
    """Expect a refusal unless every rule but the balances allows it; gives what moves."""
    moves = moves_of(books, legs)
    for leg in legs:
        books.check_ends(leg.source, leg.target)
        books.check_asset(leg.asset, halts=True)
    books.check(moves, at, holders=True, funds=False)
    return moves


def why_it_waits(
    books: Books, moves: Sequence[Move], priority: str, at: int, *, in_turn: bool
) -> str | None:
    """Say what is missing that may come by itself, or none."""
    if in_turn and _somebody_is_ahead(books, moves, priority):
        return WAITABLE[2]
    if books.is_paused:
        return WAITABLE[3]
    if beyond_limits(books, moves, at):
        return WAITABLE[1]
    for (asset, account), change in net(moves).items():
        there = books.free(asset, account)
        if priority == "urgent":
            there += reserved(books, asset, account)
        if there + change < 0:
            return SHORT
    return None


def settle(books: Books, moves: Sequence[Move], priority: str, doing: Doing) -> None:
    """Move what can, and wake whoever waits for what has come in."""
    settle_quietly(books, moves, priority, doing)
    awaited = takers(books)
    if any((move.asset, move.target) in awaited for move in moves):
        wake(books, doing.at)


def settle_quietly(books: Books, moves: Sequence[Move], priority: str, doing: Doing) -> None:
    """Move what can; draw on what is reserved; count what limits count."""
    if priority == "urgent":
        for (asset, account), change in net(moves).items():
            kept = reserved(books, asset, account)
            if kept and -change > 0:
                books.lessen_hold(books.reserves[asset, account], min(kept, -change))
    books.post(doing, moves)
    note_sent(books, moves, doing.at)


def takers(books: Books) -> dict[Pair, list[str]]:
    """Give the balances for which somebody waits, with the priorities of those who do."""
    found: dict[Pair, list[str]] = {}
    for page in books.instructions.values():
        if page.place:
            for key, change in net(page.moves).items():
                if change < 0:
                    found.setdefault(key, []).append(RANKS[page.place[0]])
    return found


def _somebody_is_ahead(books: Books, moves: Sequence[Move], priority: str) -> bool:
    waiting = takers(books)
    before = RANKS[: RANKS.index(priority) + 1]
    return any(
        rank in before for move in moves for rank in waiting.get((move.asset, move.source), ())
    )


# Limits and reserves.


def reserved(books: Books, asset: bytes, account: bytes) -> int:
    """Give what is kept for urgent instructions."""
    hold = books.holds.get(books.reserves.get((asset, account), b""))
    return 0 if hold is None else hold.amount


def limit_room(books: Books, page: LimitPage, other: bytes | None, at: int) -> int | None:
    """Give what may still go to one, or to all who have no limit of their own."""
    sent = page.sent if page.day == books.today(at) else {}
    if other is not None:
        return page.to_one[other] - sent.get(other, 0)
    if page.to_all is None:
        return None
    return page.to_all - sum(n for one, n in sent.items() if one not in page.to_one)


def limit_changes(
    books: Books, moves: Iterable[Move]
) -> dict[tuple[bytes, bytes, bytes | None], int]:
    """Say by how much moves use up limits: party, asset, counterparty (none: all others)."""
    changes: dict[tuple[bytes, bytes, bytes | None], int] = {}
    for payer, payee, asset, amount in flows(books, moves):
        for one, other, sign in ((payer, payee, -amount), (payee, payer, amount)):
            page = books.limits.get((one, asset))
            if page is not None and (other in page.to_one or page.to_all is not None):
                key = (one, asset, other if other in page.to_one else None)
                changes[key] = changes.get(key, 0) + sign
    return changes


def beyond_limits(books: Books, moves: Iterable[Move], at: int) -> bool:
    """Say whether somebody would send more than it lets go."""
    for (one, asset, other), change in limit_changes(books, moves).items():
        room = limit_room(books, books.limits[one, asset], other, at)
        if change < 0 and room is not None and room + change < 0:
            return True
    return False


def note_sent(books: Books, moves: Iterable[Move], at: int) -> None:
    """Count what was sent today, where somebody has a limit."""
    today = books.today(at)
    for payer, payee, asset, amount in flows(books, moves):
        for one, other, sent in ((payer, payee, amount), (payee, payer, -amount)):
            page = books.limits.get((one, asset))
            if page is not None:
                if page.day != today:
                    page.day, page.sent = today, {}
                page.sent[other] = page.sent.get(other, 0) + sent


def flows(books: Books, moves: Iterable[Move]) -> list[tuple[bytes, bytes, bytes, int]]:
    """Say which money goes from which party to which."""
    return [
        (books.accounts[move.source].owner, books.accounts[move.target].owner, *pair)
        for move in moves
        for pair in [(move.asset, move.amount)]
        if books.assets[move.asset].is_money
        and books.accounts[move.source].owner != books.accounts[move.target].owner
    ]


# The queue and the day.


def enter(
    books: Books, name: bytes, page: InstructionPage, doing: Doing, place: bytes = b""
) -> None:
    """Let it wait at the end of its priority, or where it stood."""
    page.moves = tuple(moves_of(books, page.legs))
    page.place = place or place_for(page.priority, books.queue_next, name)
    books.queue_next += not place
    if page.due:
        books.agenda.pop((page.due, name), None)
    page.stage, page.due = "queued", 0
    books.instructions[name] = page
    told = doing.takes("settlement.instruction_queued", name)
    if told[4] != page.place:
        raise Unexpected("it stands elsewhere in the queue than the books expect")
    wake(books, doing.at)


def place_for(priority: str, position: int, name: bytes) -> bytes:
    """Give a place: bytes that compare as they go."""
    return bytes([RANKS.index(priority)]) + position.to_bytes(8, "big") + name


def wake(books: Books, at: int) -> None:
    """Let the queue be gone through, if nothing earlier is planned."""
    if books.passes_at and books.passes_at <= at:
        return
    books.agenda.pop((books.passes_at, PASS_ID), None)
    books.passes_at = at
    books.agenda[at, PASS_ID] = PASSES


def plan_close(books: Books, at: int) -> None:
    """Let the day close at its cut-off."""
    if not books.closes_at:
        books.closes_at = next_close(books, at)
        books.agenda[books.closes_at, CLOSE_ID] = CLOSE


def next_close(books: Books, at: int) -> int:
    """Give the next cut-off of a business day."""
    day = books.today(at)
    minutes = DAY if books.cut_off is None else books.cut_off * MINUTE
    while not books.is_business_day(day) or start(books, day) + minutes <= at:
        day += ONE_DAY
    return start(books, day) + minutes


def start(books: Books, day: Any) -> int:
    """Give the moment at which a local day begins."""
    days: int = day.toordinal() - EPOCH_ORDINAL
    return days * DAY - books.offset_minutes * MINUTE


def business_day_after(books: Books, day: Any) -> Any:
    """Give the next business day."""
    day += ONE_DAY
    while not books.is_business_day(day):
        day += ONE_DAY
    return day


# The ends that an instruction comes to.


def close(books: Books, name: bytes) -> InstructionPage:
    """Take an instruction out, and whatever of its holds no directive took."""
    page = books.instructions.pop(name)
    if page.due:
        books.agenda.pop((page.due, name), None)
    books.awaited_blocks.pop((page.terms.from_block or 0, name), None)
    for hold_id in page.holds:
        if hold_id in books.holds:
            books.release_hold(hold_id)
    page.holds, page.place = (), b""
    for agreed in [one for one, alleged in books.alleged.items() if alleged == name]:
        del books.alleged[agreed]
    return page


def end_unsettled(books: Books, name: bytes, doing: Doing) -> InstructionPage:
    """End it for good: what had to settle after it fails."""
    page = close(books, name)
    count(books, "ended", page.legs)
    for one in page.followers:
        follower = books.instructions.get(one)
        if follower is not None and follower.stage != "alleged":
            fail(books, one, follower, doing)
    return page


def close_has_come(books: Books, at: int) -> bool:
    """Whether the day's close has come and is not over."""
    return 0 < books.closes_at <= at


def current_day(books: Books, at: int) -> datetime.date:
    """Give the day that is being settled, also by a close that comes late."""
    return books.today(books.closes_at - 1 if close_has_come(books, at) else at)


def link_is_broken(books: Books, page: InstructionPage) -> bool:
    """Whether something that had to settle before is gone."""
    return any(earlier not in books.instructions for earlier in page.after)


def fail(books: Books, name: bytes, page: InstructionPage, doing: Doing) -> None:
    """Let it stand as failed; what may wait is tried again on the next business day."""
    today = current_day(books, doing.at)
    books.awaited_blocks.pop((page.terms.from_block or 0, name), None)
    if page.due:
        books.agenda.pop((page.due, name), None)
    page.stage, page.place, page.due = "failed", b"", 0
    page.attempts += 1
    page.failed_on = page.failed_on or today
    told = doing.takes("settlement.instruction_failed", name)
    if (told[1] == "link_broken") != link_is_broken(books, page):
        raise Unexpected("it failed for another reason than the books expect")
    if page.may_wait and told[1] != "link_broken":
        page.due = max(start(books, business_day_after(books, today)), doing.at)
        books.agenda[page.due, name] = VALUE_DATE
    if page.may_wait or any(leg.asset in books.fail_rules for leg in page.legs):
        plan_close(books, doing.at)


def report_settled(books: Books, name: bytes, page: InstructionPage, doing: Doing) -> None:
    """It has settled: the hub says so, with its legs; whoever waited for it may go on."""
    told = doing.takes("settlement.instruction_settled", name)
    if [leg[:4] for leg in told[1]] != [[x.asset, x.source, x.target, x.amount] for x in page.legs]:
        raise Unexpected("other legs were settled than were instructed")
    count(books, "settled", page.legs)
    for one in page.followers:
        follower = books.instructions.get(one)
        if follower is not None:
            follower.after = tuple(earlier for earlier in follower.after if earlier != name)
            if follower.stage == "alleged":
                realleged(books, one, follower)
            try_soon(books, one, follower, doing)


def try_soon(books: Books, name: bytes, page: InstructionPage, doing: Doing) -> None:
    """Try it with the next block, if its day has come."""
    agreed = page.stage == "matched" or (page.stage == "failed" and page.may_wait)
    come = page.day <= books.today(doing.at)
    if agreed and not page.waits_for_a_word and come and not page.due:
        page.due = doing.at
        books.agenda[page.due, name] = VALUE_DATE


def realleged(books: Books, name: bytes, page: InstructionPage) -> None:
    """It waits for less than it was alleged with: the other side names it so."""
    for agreed in [one for one, alleged in books.alleged.items() if alleged == name]:
        del books.alleged[agreed]
    books.alleged.setdefault(agreed_on(page), name)


def agreed_on(page: InstructionPage) -> Any:
    """Give what must be the same on both sides, whatever the order of the legs."""
    terms, pool = page.terms, page.pool
    return (
        tuple(sorted((leg.asset, leg.source, leg.target, leg.amount) for leg in page.legs)),
        page.day,
        (str(terms.on_shortfall), terms.partial_from, tuple(page.after), pool),
        (page.by_hand, terms.from_block, terms.mediator, terms.venue, terms.reference),
    )


def count(books: Books, what: str, legs: Iterable[Any]) -> None:
    """Add up amounts of all assets: what was instructed must come to one end or the other."""
    books.instructed[what] = books.instructed.get(what, 0) + sum(leg.amount for leg in legs)


@contextlib.contextmanager
def as_if_ended(books: Books, name: bytes) -> Iterator[None]:
    """Ask something as if an instruction were not open: what it holds is free, nothing awaited."""
    page = books.instructions.pop(name)
    kept = {one: books.release_hold(one) for one in page.holds if one in books.holds}
    try:
        yield
    finally:
        for hold_id, hold in kept.items():
            books.place_hold(hold_id, hold)
        books.instructions[name] = page


def set_aside(books: Books, moves: Sequence[Move], doing: Doing) -> tuple[bytes, ...]:
    """Follow the holds that were placed: exactly those that are needed."""
    names = []
    for move in moves:
        told = doing.takes("ledger.hold_placed")
        if told[1:4] != [move.asset, move.source, move.amount]:
            raise Unexpected("another hold was placed than the instruction needs")
        page = HoldPage(move.asset, move.source, move.amount, directive=False)
        books.place_hold(told[0], page)
        names.append(told[0])
    return tuple(names)
