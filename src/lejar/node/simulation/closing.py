# SPDX-License-Identifier: Apache-2.0
"""The auditor's second reading of the end of the day: parts, fails, and what failing costs."""

import math
from typing import Any, Final

from lejar.node.simulation.books import (
    Books,
    Doing,
    InstructionPage,
    No,
    PenaltyPage,
    Unexpected,
)
from lejar.node.simulation.exchanging import Leg, prices
from lejar.node.simulation.passing import pass_through
from lejar.node.simulation.settling import (
    CLOSE,
    CLOSE_ID,
    ONE_DAY,
    as_if_ended,
    check_rules,
    close,
    count,
    current_day,
    fail,
    moves_of,
    next_close,
    settle,
    wake,
    why_it_waits,
)

SWEPT_PER_BLOCK: Final = 256
MILLION: Final = 1_000_000


def day_closes(books: Books, _name: bytes, doing: Doing) -> None:
    """A last pass; then whatever is still open of today fails, some in each block."""
    on_its_day = books.today(doing.at) == current_day(books, doing.at)
    if not books.swept and not books.is_paused and on_its_day:
        pass_through(books, doing)
        waiting = sorted((page.place, n) for n, page in books.instructions.items() if page.place)
        for _, name in waiting:
            settle_part(books, name, books.instructions[name], doing)
    names = sorted(name for name in books.instructions if name > books.swept)[:SWEPT_PER_BLOCK]
    for name in names:
        books.swept_failed += _closes(books, name, doing)
    if len(names) == SWEPT_PER_BLOCK:
        books.swept = names[-1]
        books.agenda[doing.at, CLOSE_ID] = CLOSE
        return
    failed, swept = books.swept_failed, books.swept
    books.swept, books.swept_failed = b"", 0
    books.closes_at = next_close(books, doing.at) if failed or swept else 0
    if books.closes_at:
        books.agenda[books.closes_at, CLOSE_ID] = CLOSE
    told = doing.takes("settlement.day_closed")
    if told[1] != failed:
        raise Unexpected(f"{failed} stand failed, the hub says {told[1]}")
    if any(page.place for page in books.instructions.values()):
        wake(books, doing.at)


def _closes(books: Books, name: bytes, doing: Doing) -> bool:
    page = books.instructions[name]
    if page.stage == "alleged" or page.day > current_day(books, doing.at):
        return False
    if page.stage != "failed":
        fail(books, name, page, doing)
    _accrue(books, name, page, doing)
    return True


def settle_part(books: Books, name: bytes, page: InstructionPage, doing: Doing) -> bool:
    """Settle the largest part that there is enough for; says whether there was one."""
    if page.terms.partial_from is None or page.pool is not None:
        return False
    try:
        part = _part(books, page)
        if part is None:
            return False
        with as_if_ended(books, name):
            moves = check_rules(books, part, doing.at)
            why = why_it_waits(books, moves, page.priority, doing.at, in_turn=False)
    except No:
        return False
    if why is not None:
        return False
    close(books, name)
    settle(books, moves, page.priority, doing)
    told = doing.takes("settlement.instruction_partly_settled", name)
    if [leg[3] for leg in told[1]] != [leg.amount for leg in part]:
        raise Unexpected("another part was settled than the books expect")
    count(books, "settled", part)
    page.legs = tuple(
        Leg(leg.asset, leg.source, leg.target, leg.amount - gone.amount)
        for leg, gone in zip(page.legs, part, strict=True)
    )
    page.stage, page.due = "matched", 0
    books.instructions[name] = page
    return True


def _part(books: Books, page: InstructionPage) -> list[Any] | None:
    shares = math.gcd(*[leg.amount for leg in page.legs])
    there = shares
    for leg in page.legs:
        for move in moves_of(books, [leg]):
            there = min(there, books.free(move.asset, move.source) * shares // leg.amount)
    papers = [leg for leg in page.legs if not books.assets[leg.asset].is_money]
    first = (papers or list(page.legs))[0]
    if not 0 < there < shares or first.amount // shares * there < page.terms.partial_from:
        return None
    return [
        Leg(leg.asset, leg.source, leg.target, leg.amount // shares * there) for leg in page.legs
    ]


def _accrue(books: Books, name: bytes, page: InstructionPage, doing: Doing) -> None:
    """A day of failing costs the side that cannot give what it promised."""
    place = _failing(books, page)
    if place is None or page.failed_on is None:
        return
    leg = page.legs[place]
    rate, free_days = books.fail_rules.get(leg.asset, (None, 0))
    day, days = page.failed_on, 1
    while day < books.today(doing.at):
        day += ONE_DAY
        days += books.is_business_day(day)
    owed = _owed(books, page, place)
    if rate is None or days <= free_days or owed is None:
        return
    payer, payee, asset, value = owed
    amount = value * rate // MILLION
    if not amount:
        return
    before = books.penalties.get(name)
    total = amount + (0 if before is None else before.amount)
    books.penalties[name] = PenaltyPage(payer, payee, asset, total, books.today(doing.at))
    told = doing.takes("settlement.penalty_accrued", name)
    if told[1:6] != [payer, payee, asset, amount, total]:
        raise Unexpected("another penalty accrued than the books expect")


def _failing(books: Books, page: InstructionPage) -> int | None:
    for place, leg in enumerate(page.legs):
        if books.accounts[leg.source].owner in page.held_by:
            return place
    for place, leg in enumerate(page.legs):
        try:
            moves = moves_of(books, [leg])
        except No:
            return place
        if any(books.free(move.asset, move.source) < move.amount for move in moves):
            return place
    return None


def _owed(
    books: Books, page: InstructionPage, place: int
) -> tuple[bytes, bytes, bytes, int] | None:
    """Say which account owes which, in which money, on what amount."""
    leg = page.legs[place]
    if books.assets[leg.asset].is_money:
        return leg.source, leg.target, leg.asset, leg.amount
    seller, buyer = (books.accounts[one].owner for one in (leg.source, leg.target))
    for money in page.legs:
        ends = (books.accounts[money.source].owner, books.accounts[money.target].owner)
        if books.assets[money.asset].is_money and ends == (buyer, seller):
            value = prices(books, page.legs).get(place, 0) or money.amount
            return money.target, money.source, money.asset, value
    return None
