# SPDX-License-Identifier: Apache-2.0
"""The auditor's second reading of what is done to waiting instructions and to the queue itself."""

from typing import Any, Final

from lejar.node.simulation.books import Books, Doing, HoldPage, LimitPage, No, net
from lejar.node.simulation.closing import settle_part
from lejar.node.simulation.exchanging import Leg, known
from lejar.node.simulation.passing import available, greatest, lines
from lejar.node.simulation.reading import Reading
from lejar.node.simulation.settling import (
    RANKS,
    as_if_ended,
    check_rules,
    close,
    enter,
    place_for,
    plan_close,
    report_settled,
    settle,
    settle_quietly,
    try_soon,
    wake,
    why_it_waits,
)


def settle_by_hand(books: Books, command: Any, doing: Doing) -> None:
    """What waits for a party's word goes on; of what is queued, a part settles."""
    page, _ = known(books, command, doing)
    name = command.instruction
    if page.stage == "queued" and page.terms.partial_from is not None:
        with as_if_ended(books, name):  # the rest must be allowed as well, to wait on
            check_rules(books, page.legs, doing.at)
        place = page.place
        if not _stands_first(books, page) or not settle_part(books, name, page, doing):
            raise No("others are before it, or no part is there")
        doing.accepted()
        enter(books, name, page, doing, place)
        return
    if page.stage not in ("matched", "failed") or not page.by_hand:
        raise No("it does not wait for that")
    doing.accepted()
    page.by_hand = False
    try_soon(books, name, page, doing)


def hold(books: Books, command: Any, doing: Doing) -> None:
    """A party keeps it back; it leaves the queue."""
    page, signed = known(books, command, doing)
    if page.stage == "alleged" or all(one in page.held_by for one in signed):
        raise No("nothing to hold")
    doing.accepted()
    doing.takes("settlement.instruction_held", command.instruction)
    page.held_by = tuple(dict.fromkeys((*page.held_by, *signed)))
    page.place = b""
    if page.stage == "queued":
        page.stage = "matched"


def release(books: Books, command: Any, doing: Doing) -> None:
    """A party lets it go."""
    page, signed = known(books, command, doing)
    if not any(one in page.held_by for one in signed):
        raise No("nothing to release")
    doing.accepted()
    doing.takes("settlement.instruction_released", command.instruction)
    page.held_by = tuple(one for one in page.held_by if one not in signed)
    try_soon(books, command.instruction, page, doing)


def prioritise(books: Books, command: Any, doing: Doing) -> None:
    """A giver changes the priority; in the queue it then stands last of it."""
    page = _of_givers(books, command, doing)
    if RANKS.index(str(command.priority)) < RANKS.index(page.priority):
        _all_givers_say_so(books, page, doing)
    if page.stage == "alleged" or page.priority == str(command.priority):
        raise No("nothing to change")
    doing.accepted()
    page.priority = str(command.priority)
    _move(books, command.instruction, page, doing, first=False)


def reorder(books: Books, command: Any, doing: Doing) -> None:
    """A giver moves it to an end of its priority."""
    page = _of_givers(books, command, doing)
    if str(command.to) == "first":
        _all_givers_say_so(books, page, doing)
    if page.stage != "queued":
        raise No("it does not wait in the queue")
    doing.accepted()
    _move(books, command.instruction, page, doing, first=str(command.to) == "first")


def set_sender_limit(books: Books, command: Any, doing: Doing) -> None:
    """A party limits what it sends, or does so no longer."""
    if command.party not in doing.signers:
        raise No("not the party")
    _money(books, command.asset)
    other = command.counterparty
    if other is not None and other not in books.parties:
        raise No("no such party")
    doing.accepted()
    doing.takes("settlement.sender_limit_set")
    key = (command.party, command.asset)
    page = books.limits.setdefault(key, LimitPage(None, {}, books.today(doing.at)))
    if other is None:
        page.to_all = command.amount
    else:
        page.to_one.pop(other, None)
        if command.amount is not None:
            page.to_one[other] = command.amount
    if page.to_all is None and not page.to_one:
        del books.limits[key]
    wake(books, doing.at)


def reserve(books: Books, command: Any, doing: Doing) -> None:
    """An owner keeps money for urgent instructions, in place of what was kept before."""
    page = books.accounts.get(command.account)
    if page is None or page.owner not in doing.signers:
        raise No("no such account, or another's")
    _money(books, command.asset)
    key = (command.asset, command.account)
    before = books.reserves.get(key)
    kept = books.holds[before].amount if before in books.holds else 0
    if books.free(*key) + kept < command.amount:
        raise No("funds insufficient")
    doing.accepted()
    doing.takes("settlement.money_reserved", command.account)
    books.reserves.pop(key, None)
    if before is not None and before in books.holds:
        books.release_hold(before)
    if command.amount:
        name = doing.once("ledger.hold_placed")[0]
        books.place_hold(name, HoldPage(*key, command.amount, directive=False, reserve=True))
        books.reserves[key] = name
    wake(books, doing.at)


def pause(books: Books, command: Any, doing: Doing) -> None:
    """Nothing settles until it is resumed."""
    books.with_power(doing, "run_settlement")
    if books.is_paused:
        raise No("paused already")
    doing.accepted()
    doing.takes("settlement.paused")
    books.is_paused = True


def resume(books: Books, command: Any, doing: Doing) -> None:
    """Settlement goes on."""
    books.with_power(doing, "run_settlement")
    if not books.is_paused:
        raise No("not paused")
    doing.accepted()
    doing.takes("settlement.resumed")
    books.is_paused = False
    wake(books, doing.at)


def settle_set(books: Books, command: Any, doing: Doing) -> None:
    """A set in free order: feasible, and worth no less than the greatest one in order."""
    books.with_power(doing, "run_settlement")
    named = dict.fromkeys(command.instructions)
    waiting = lines(books)
    chosen = [line for line in waiting if all(one in named for one in line.members)]
    meant = [one for line in chosen for one in line.members]
    if books.is_paused or len(named) < len(command.instructions) or len(meant) < len(named):
        raise No("paused, or no such set")
    ends: dict[Any, int] = {}
    for line in chosen:
        for resource, change in line.changes.items():
            ends[resource] = ends.get(resource, available(books, resource, doing.at)) + change
    if any(ends[one] < 0 for line in chosen for one in line.takes):
        raise No("somebody would fall short")
    own = greatest(books, waiting, doing.at)
    value = sum(line.value for line in chosen)
    least = (sum(line.value for line in own), sum(line.count for line in own))
    if (value, len(meant)) < least or command.bound < value:
        raise No("worse than the queue's own, or above its bound")
    pages = {one: books.instructions.pop(one) for one in meant}
    try:
        legs = [leg for page in pages.values() for leg in page.legs]
        moves = check_rules(books, legs, doing.at)
    finally:
        books.instructions.update(pages)
    doing.accepted()
    for one in meant:
        close(books, one)
    urgent = any(page.priority == "urgent" for page in pages.values())
    settle_quietly(books, moves, "urgent" if urgent else "normal", doing)
    for one, page in pages.items():
        report_settled(books, one, page, doing)
    told = doing.takes("settlement.queue_settled")
    if told != [len(meant), value, command.bound]:
        raise No("the hub counts otherwise")


def set_fail_rules(books: Books, command: Any, doing: Doing) -> None:
    """Whoever runs settlement says what failing costs."""
    books.with_power(doing, "run_settlement")
    if command.asset not in books.assets:
        raise No("no such asset")
    doing.accepted()
    doing.takes("settlement.fail_rules_set", command.asset)
    books.fail_rules[command.asset] = (command.daily_rate, command.free_days)
    if any(page.stage == "failed" for page in books.instructions.values()):
        plan_close(books, doing.at)


def charge_penalty(books: Books, command: Any, doing: Doing) -> None:
    """Whoever is owed it charges it, from the day after it was shown."""
    page = books.penalties.get(command.instruction)
    if page is None or books.accounts[page.payee].owner not in doing.signers:
        raise No("nothing accrued, or for another")
    if books.today(doing.at) <= page.shown_on:
        raise No("not shown yet")
    moves = check_rules(books, [Leg(page.asset, page.payer, page.payee, page.amount)], doing.at)
    why = why_it_waits(books, moves, "normal", doing.at, in_turn=False)
    if why is not None:
        raise No(why)
    doing.accepted()
    doing.takes("settlement.penalty_charged", command.instruction)
    settle(books, moves, "normal", doing)
    del books.penalties[command.instruction]


OPERATING: Final[dict[str, Reading]] = {
    "settlement.settle": settle_by_hand,
    "settlement.hold": hold,
    "settlement.release": release,
    "settlement.prioritise": prioritise,
    "settlement.reorder": reorder,
    "settlement.set_sender_limit": set_sender_limit,
    "settlement.reserve": reserve,
    "settlement.pause": pause,
    "settlement.resume": resume,
    "settlement.settle_set": settle_set,
    "settlement.set_fail_rules": set_fail_rules,
    "settlement.charge_penalty": charge_penalty,
}


def _stands_first(books: Books, page: Any) -> bool:
    """Whether nobody before it takes of what it takes."""
    needs = [key for key, change in net(page.moves).items() if change < 0]
    return not any(
        other.place and other.place < page.place and net(other.moves).get(key, 0) < 0
        for other in books.instructions.values()
        for key in needs
    )


def _all_givers_say_so(books: Books, page: Any, doing: Doing) -> None:
    if not all(books.accounts[leg.source].owner in doing.signers for leg in page.legs):
        raise No("not all who give say so")


def _of_givers(books: Books, command: Any, doing: Doing) -> Any:
    page, _ = known(books, command, doing)
    if not any(books.accounts[leg.source].owner in doing.signers for leg in page.legs):
        raise No("not a giver")
    return page


def _move(books: Books, name: bytes, page: Any, doing: Doing, *, first: bool) -> None:
    """Stand at an end of the priority, where it stands in the queue at all."""
    told = doing.takes("settlement.instruction_moved", name)
    if page.stage == "queued":
        books.queue_first -= first
        position = books.queue_first if first else books.queue_next
        books.queue_next += not first
        page.place = place_for(page.priority, position, name)
        wake(books, doing.at)
    if told[1:] != [page.place, page.priority]:
        raise No("it stands elsewhere than the books expect")


def _money(books: Books, asset: bytes) -> None:
    if asset not in books.assets or not books.assets[asset].is_money:
        raise No("not money")
