# SPDX-License-Identifier: Apache-2.0
"""The auditor's second reading of settlement: instructions from the first word to the last."""

import datetime
from typing import Any, Final

from lejar.node.simulation.books import (
    DAY,
    HORIZON_DAYS,
    MINUTE,
    Books,
    Doing,
    HoldPage,
    InstructionPage,
    Move,
    No,
    Unexpected,
)
from lejar.node.simulation.reading import Reading

EPOCH_ORDINAL: Final = datetime.date(1970, 1, 1).toordinal()
VALUE_DATE: Final = "settlement.value_date_comes"


def instruct(books: Books, command: Any, doing: Doing) -> None:
    """Both sides today: settles.  Both sides for later: matched.  One side: alleged."""
    legs = command.legs
    parties = _between(books, legs)
    now = books.today(doing.at)
    day = command.value_date or now
    _settles_on(books, day, doing.at)
    affirmed = tuple(one for one in parties if one in doing.signers)
    if not affirmed:
        raise No("not a party")
    if affirmed == parties and day == now:
        moves = _moves(books, legs)
        _check(books, legs, moves, doing.at)
        doing.accepted()
        doing.once("settlement.instruction_settled")
        books.post(doing, moves)
        return
    if affirmed == parties:
        doing.accepted()
        name = doing.once("settlement.instruction_matched")[0]
        _open(
            books,
            name,
            InstructionPage(legs, day, parties, affirmed, "matched", _start(books, day)),
        )
        return
    due = _start(books, day) + DAY
    page = InstructionPage(legs, day, parties, affirmed, "alleged", due)
    theirs = [leg for leg in legs if books.accounts[leg.source].owner in affirmed]
    moves = _moves(books, theirs) if day == now else []
    for move in moves:
        if books.free(move.asset, move.source) < move.amount:
            raise No("too little to set aside")
    doing.accepted()
    page.holds = _set_aside(books, moves, doing)
    _open(books, doing.once("settlement.instruction_alleged")[0], page)


def affirm(books: Books, command: Any, doing: Doing) -> None:
    """The last to agree settles it today, or lets it wait for its day."""
    page, signed = _known(books, command, doing)
    if all(one in page.affirmed for one in signed):
        raise No("affirmed already")
    affirmed = tuple(one for one in page.parties if one in page.affirmed or one in signed)
    if affirmed == page.parties and page.day == books.today(doing.at):
        _must_be_before_cut_off(books, doing.at)
        _settle(books, command.instruction, doing)
        return
    doing.accepted()
    page.affirmed = affirmed
    if affirmed == page.parties:
        doing.once("settlement.instruction_matched")
        del books.agenda[page.due, command.instruction]
        page.stage, page.due = "matched", _start(books, page.day)
        books.agenda[page.due, command.instruction] = VALUE_DATE


def cancel(books: Books, command: Any, doing: Doing) -> None:
    """Alone while alleged; later only together."""
    page, signed = _known(books, command, doing)
    if page.stage != "alleged":
        if all(one in page.cancelling for one in signed):
            raise No("asked already")
        asking = tuple(one for one in page.parties if one in page.cancelling or one in signed)
        if asking != page.parties:
            doing.accepted()
            doing.once("settlement.cancellation_asked")
            page.cancelling = asking
            return
    doing.accepted()
    doing.once("settlement.instruction_cancelled")
    close(books, command.instruction)


def retry(books: Books, command: Any, doing: Doing) -> None:
    """A failed one, on a business day, before the cut-off."""
    page, _ = _known(books, command, doing)
    if page.stage != "failed":
        raise No("not failed")
    _settles_on(books, books.today(doing.at), doing.at)
    _settle(books, command.instruction, doing)


def value_date_comes(books: Books, name: bytes, doing: Doing) -> None:
    """What was agreed settles or fails; what was not lapses."""
    page = close(books, name)
    if page.stage == "alleged":
        doing.once("settlement.instruction_lapsed")
        return
    try:
        moves = _moves(books, page.legs)
        _check(books, page.legs, moves, doing.at)
    except No:
        doing.once("settlement.instruction_failed")
        page.stage, page.due = "failed", 0
        books.instructions[name] = page
        return
    doing.once("settlement.instruction_settled")
    books.post(doing, moves)


SETTLEMENT: Final[dict[str, Reading]] = {
    "settlement.instruct": instruct,
    "settlement.affirm": affirm,
    "settlement.cancel": cancel,
    "settlement.retry": retry,
}


def _between(books: Books, legs: tuple[Any, ...]) -> tuple[bytes, ...]:
    """Give the two parties, if the legs are a delivery against a payment."""
    if any(leg.source == leg.target for leg in legs):
        raise No("a leg to itself")
    for leg in legs:
        if leg.asset not in books.assets:
            raise No("no such asset")
        if leg.source not in books.accounts or leg.target not in books.accounts:
            raise No("no such account")
        ends = (books.accounts[leg.source], books.accounts[leg.target])
        if any(end.purpose == "issuance" for end in ends):
            raise No("an issuance account")
    one, other = legs
    giver, receiver = books.accounts[one.source].owner, books.accounts[one.target].owner
    if (
        books.assets[one.asset].is_money is books.assets[other.asset].is_money
        or giver == receiver
        or books.accounts[other.source].owner != receiver
        or books.accounts[other.target].owner != giver
    ):
        raise No("not a delivery versus payment")
    return tuple(sorted((giver, receiver)))


def _settles_on(books: Books, day: Any, at: int) -> None:
    now = books.today(at)
    if day < now or (day - now).days > HORIZON_DAYS or not books.is_business_day(day):
        raise No("the day cannot be met")
    if day == now:
        _must_be_before_cut_off(books, at)


def _must_be_before_cut_off(books: Books, at: int) -> None:
    minute = (at + books.offset_minutes * MINUTE) % DAY // MINUTE
    if books.cut_off is not None and minute >= books.cut_off:
        raise No("past the cut-off")


def _moves(books: Books, legs: Any) -> list[Move]:
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


def _check(books: Books, legs: Any, moves: list[Move], at: int) -> None:
    """Ask about the accounts that are named, and then about those that move."""
    for leg in legs:
        books.check_ends(leg.source, leg.target)
        books.check_asset(leg.asset, halts=True)
    books.check(moves, at, holders=True)


def _set_aside(books: Books, moves: list[Move], doing: Doing) -> tuple[bytes, ...]:
    told = doing.told("ledger.hold_placed")
    if len(told) != len(moves):
        raise Unexpected(f"{len(moves)} holds were expected, were {len(told)}")
    for event, move in zip(told, moves, strict=True):
        if event[1:4] != [move.asset, move.source, move.amount]:
            raise Unexpected("another hold was placed than the instruction needs")
        page = HoldPage(move.asset, move.source, move.amount, directive=False)
        books.place_hold(event[0], page)
    return tuple(event[0] for event in told)


def _known(books: Books, command: Any, doing: Doing) -> tuple[InstructionPage, tuple[bytes, ...]]:
    page = books.instructions.get(command.instruction)
    if page is None:
        raise No("no such instruction")
    signed = tuple(one for one in page.parties if one in doing.signers)
    if not signed:
        raise No("not a party")
    return page, signed


def _open(books: Books, name: bytes, page: InstructionPage) -> None:
    books.instructions[name] = page
    books.agenda[page.due, name] = VALUE_DATE


def close(books: Books, name: bytes) -> InstructionPage:
    """End an open instruction, and whatever of its holds no directive took."""
    page = books.instructions.pop(name)
    books.agenda.pop((page.due, name), None)
    for hold_id in page.holds:
        if hold_id in books.holds:
            books.release_hold(hold_id)
    page.holds = ()
    return page


def _settle(books: Books, name: bytes, doing: Doing) -> None:
    """Settle now what is open; when that is refused, it stays as it was."""
    page = books.instructions[name]
    kept = {one: books.holds[one] for one in page.holds if one in books.holds}
    due, holds = page.due, page.holds
    close(books, name)
    try:
        moves = _moves(books, page.legs)
        _check(books, page.legs, moves, doing.at)
    except No:
        page.holds = holds
        for hold_id, hold in kept.items():
            books.place_hold(hold_id, hold)
        books.instructions[name] = page
        if due:
            books.agenda[due, name] = VALUE_DATE
        raise
    doing.accepted()
    doing.once("settlement.instruction_settled")
    books.post(doing, moves)


def _start(books: Books, day: Any) -> int:
    """Give the moment at which a local day begins."""
    days: int = day.toordinal() - EPOCH_ORDINAL
    return days * DAY - books.offset_minutes * MINUTE
