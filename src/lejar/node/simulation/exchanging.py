# SPDX-License-Identifier: Apache-2.0
"""The auditor's second reading of instructions, from the first word to the last."""

import datetime
from collections.abc import Sequence
from typing import Any, Final

from lejar.node.simulation.books import (
    DAY,
    HORIZON_DAYS,
    Books,
    Doing,
    InstructionPage,
    Move,
    No,
)
from lejar.node.simulation.reading import Reading
from lejar.node.simulation.settling import (
    BLOCK,
    BLOCK_ID,
    VALUE_DATE,
    agreed_on,
    as_if_ended,
    check_rules,
    close,
    count,
    end_unsettled,
    enter,
    fail,
    link_is_broken,
    moves_of,
    plan_close,
    report_settled,
    set_aside,
    settle,
    start,
    why_it_waits,
)

LEGS_MAX: Final = 32
LOOK_EVERY: Final = 1_000_000
"""While somebody waits for a block, the hub looks so often whether it has come."""


def instruct(books: Books, command: Any, doing: Doing) -> None:
    """All sides today: settles or waits.  All for later: matched.  Not all: alleged, or matches."""
    legs, terms = command.legs, command.terms
    _legs_are_fit(books, legs)
    _securities_are_paid_for(books, legs, prices(books, legs))
    now = books.today(doing.at)
    day = command.value_date or now
    settles_on(books, day, doing.at)
    parties = _sides(books, legs)
    affirmed = tuple(one for one in parties if one in doing.signers)
    if not affirmed:
        raise No("not a party")
    _terms_are_fit(books, legs, terms, affirmed)
    page = InstructionPage(
        legs,
        day,
        parties,
        affirmed,
        terms,
        str(terms.priority),
        tuple(terms.after),
        terms.by_hand,
        affirmed if terms.on_hold else (),
    )
    if affirmed != parties:
        same = books.alleged.get(agreed_on(page))
        if same and not any(one in books.instructions[same].affirmed for one in affirmed):
            _add_affirmation(books, same, affirmed, doing, held=terms.on_hold)
            return
    name = _begin(books, page, doing)
    for earlier in dict.fromkeys(terms.after):
        if earlier in books.instructions:
            books.instructions[earlier].followers += (name,)


def pay(books: Books, command: Any, doing: Doing) -> None:
    """The payer alone agrees; the rest is as with any instruction."""
    leg = Leg(command.asset, command.source, command.target, command.amount)
    _legs_are_fit(books, (leg,))
    if not books.assets[leg.asset].is_money:
        raise No("not money")
    day = command.value_date or books.today(doing.at)
    settles_on(books, day, doing.at)
    payer = books.accounts[leg.source].owner
    if payer not in doing.signers:
        raise No("not the payer")
    terms = PaymentTerms(str(command.on_shortfall))
    page = InstructionPage(
        (leg,), day, (payer,), (payer,), terms, str(command.priority), (), by_hand=False
    )
    _begin(books, page, doing)


class Leg:
    """One leg, as the auditor makes it of a payment."""

    def __init__(self, asset: bytes, source: bytes, target: bytes, amount: int) -> None:
        self.asset, self.source, self.target, self.amount = asset, source, target, amount


class PaymentTerms:
    """A payment's terms: it waits or not, and nothing else."""

    pool = partial_from = from_block = None

    def __init__(self, on_shortfall: str) -> None:
        self.on_shortfall = on_shortfall


def affirm(books: Books, command: Any, doing: Doing) -> None:
    """The last to agree settles it today, or lets it wait for its day."""
    page, signed = known(books, command, doing)
    if all(one in page.affirmed for one in signed):
        raise No("affirmed already")
    _add_affirmation(books, command.instruction, signed, doing, held=False)


def cancel(books: Books, command: Any, doing: Doing) -> None:
    """Alone while alleged; later only together."""
    page, signed = known(books, command, doing)
    if page.stage != "alleged":
        if all(one in page.cancelling for one in signed):
            raise No("asked already")
        asking = tuple(one for one in page.parties if one in page.cancelling or one in signed)
        if asking != page.parties:
            doing.accepted()
            for one in asking:
                if one not in page.cancelling:
                    doing.takes("settlement.cancellation_asked", command.instruction, one)
            page.cancelling = asking
            return
    doing.accepted()
    doing.takes("settlement.instruction_cancelled", command.instruction)
    end_unsettled(books, command.instruction, doing)


def retry(books: Books, command: Any, doing: Doing) -> None:
    """A failed one today, or for another day if all sign."""
    page, signed = known(books, command, doing)
    if page.stage != "failed":
        raise No("not failed")
    now = books.today(doing.at)
    day = command.value_date or now
    settles_on(books, day, doing.at)
    name = command.instruction
    if day != now:
        if signed != page.parties:
            raise No("not all signed")
        doing.accepted()
        books.agenda.pop((page.due, name), None)
        books.awaited_blocks.pop((page.terms.from_block or 0, name), None)
        page.day, page.cancelling, page.failed_on = day, (), None
        _match(books, name, page, doing)
        return
    awaits_block = page.terms.from_block is not None and books.block < page.terms.from_block
    if page.waits_for_a_word or awaits_block:
        raise No("it waits for a word, or a block")
    why = proceed(books, name, page, doing)
    if why is not None:
        raise No(why)


def value_date_comes(books: Books, name: bytes, doing: Doing) -> None:
    """What was agreed settles, waits or fails; what was not lapses."""
    page = books.instructions.get(name)
    if page is None or page.stage == "queued":
        return
    page.due = 0
    if page.stage == "alleged":
        end_unsettled(books, name, doing)
        doing.takes("settlement.instruction_lapsed", name)
        return
    if proceed(books, name, page, doing) is not None:
        fail(books, name, page, doing)


def block_comes(books: Books, _name: bytes, doing: Doing) -> None:
    """Those whose block has come are tried."""
    come = sorted(key for key in books.awaited_blocks if key[0] <= books.block)
    for key in come:
        del books.awaited_blocks[key]
    if books.awaited_blocks:
        books.agenda[doing.at + LOOK_EVERY, BLOCK_ID] = BLOCK
    for _, name in come:
        value_date_comes(books, name, doing)


def proceed(books: Books, name: bytes, page: InstructionPage, doing: Doing) -> str | None:
    """Settle what all have agreed, or let it wait; gives why it can do neither."""
    if link_is_broken(books, page):
        return "a link is broken"
    if page.waits_for_a_word:
        doing.accepted()
        plan_close(books, doing.at)
        return None
    if page.terms.from_block is not None and books.block < page.terms.from_block:
        doing.accepted()
        if not books.awaited_blocks:
            books.agenda[doing.at + LOOK_EVERY, BLOCK_ID] = BLOCK
        books.awaited_blocks[page.terms.from_block, name] = None
        plan_close(books, doing.at)
        return None
    today = books.today(doing.at)
    late = page.failed_on is None and page.day < today
    if late or not books.is_business_day(today) or books.past_cut_off(doing.at):
        return "too late"
    with as_if_ended(books, name):
        try:
            moves = check_rules(books, page.legs, doing.at)
        except No as no:
            return str(no)
        why = why_it_waits(books, moves, page.priority, doing.at, in_turn=page.may_wait)
    if page.pool is None and why is None:
        doing.accepted()
        close(books, name)
        settle(books, moves, page.priority, doing)
        report_settled(books, name, page, doing)
        return None
    if not page.may_wait:
        return why
    doing.accepted()
    enter(books, name, page, doing)
    plan_close(books, doing.at)
    return None


SETTLEMENT: Final[dict[str, Reading]] = {
    "settlement.instruct": instruct,
    "settlement.pay": pay,
    "settlement.affirm": affirm,
    "settlement.cancel": cancel,
    "settlement.retry": retry,
}


# What an instruction must be.


def _legs_are_fit(books: Books, legs: Sequence[Any]) -> None:
    """Known assets, between known accounts that hold, each way once."""
    if len(legs) > LEGS_MAX or not all(leg.amount for leg in legs):
        raise No("too many legs, or an empty one")
    if any(leg.source == leg.target for leg in legs):
        raise No("a leg to itself")
    if len({(leg.asset, leg.source, leg.target) for leg in legs}) < len(legs):
        raise No("a leg twice")
    for leg in legs:
        if leg.asset not in books.assets:
            raise No("no such asset")
        if leg.source not in books.accounts or leg.target not in books.accounts:
            raise No("no such account")
        ends = (books.accounts[leg.source], books.accounts[leg.target])
        if any(end.purpose == "issuance" for end in ends):
            raise No("an issuance account")


def prices(books: Books, legs: Sequence[Any]) -> dict[int, int]:
    """Say what is paid for each security leg, by its place."""
    found: dict[int, int] = {}
    for money in legs:
        payer, payee = (books.accounts[one].owner for one in (money.source, money.target))
        if not books.assets[money.asset].is_money or payer == payee:
            continue
        meant = [
            place
            for place, leg in enumerate(legs)
            if not books.assets[leg.asset].is_money
            and books.accounts[leg.source].owner == payee
            and books.accounts[leg.target].owner == payer
        ]
        if len(meant) > 1:
            raise No("it is unclear what is paid for")
        for place in meant:
            found[place] = found.get(place, 0) + money.amount
    return found


def _securities_are_paid_for(books: Books, legs: Sequence[Any], paid: dict[int, int]) -> None:
    """Whoever delivers gets something from somebody, or a side may deliver for nothing."""
    owners = [(books.accounts[x.source].owner, books.accounts[x.target].owner) for x in legs]
    gaining = [receiver for giver, receiver in owners if giver != receiver]
    for place, leg in enumerate(legs):
        giver, receiver = owners[place]
        given = not books.assets[leg.asset].is_money and place not in paid
        if given and (giver == receiver or giver not in gaining):
            powers = (*books.powers.get(giver, ()), *books.powers.get(receiver, ()))
            if "free_of_payment" not in powers:
                raise No("delivered for nothing")


def _sides(books: Books, legs: Sequence[Any]) -> tuple[bytes, ...]:
    ends = [one for leg in legs for one in (leg.source, leg.target)]
    return tuple(sorted({books.accounts[one].owner for one in ends}))


def settles_on(books: Books, day: datetime.date, at: int) -> None:
    """A business day, not past, not too far; today only before the cut-off."""
    now = books.today(at)
    if day < now or (day - now).days > HORIZON_DAYS or not books.is_business_day(day):
        raise No("the day cannot be met")
    if day == now and books.past_cut_off(at):
        raise No("past the cut-off")


def _terms_are_fit(
    books: Books, legs: Sequence[Any], terms: Any, affirmed: tuple[bytes, ...]
) -> None:
    if terms.partial_from is not None:
        papers = [leg for leg in legs if not books.assets[leg.asset].is_money]
        one_each = len(legs) - len(papers) == 1 and len(papers) <= 1
        if not one_each or terms.partial_from > (papers or list(legs))[0].amount:
            raise No("no part can be settled")
    for earlier in terms.after:
        page = books.instructions.get(earlier)
        if page is None or not any(one in page.parties for one in affirmed):
            raise No("no link of one's own")


def known(books: Books, command: Any, doing: Doing) -> tuple[InstructionPage, tuple[bytes, ...]]:
    """Give an open instruction, and those of its parties that signed."""
    page = books.instructions.get(command.instruction)
    if page is None:
        raise No("no such instruction")
    signed = tuple(one for one in page.parties if one in doing.signers)
    if not signed:
        raise No("not a party")
    return page, signed


# How it begins.


def _begin(books: Books, page: InstructionPage, doing: Doing) -> bytes:
    """Open it, or settle it in the entry that records it; gives its name."""
    if page.affirmed != page.parties:
        return _allege(books, page, doing)
    if page.day != books.today(doing.at):
        doing.accepted()
        name: bytes = doing.first("settlement.instruction_matched")[0]
        count(books, "instructed", page.legs)
        _match(books, name, page, doing)
        return name
    return _conclude(books, None, page, doing)


def _conclude(books: Books, name: bytes | None, page: InstructionPage, doing: Doing) -> bytes:
    """Settle today what all have agreed, or let it wait; it is in no book while this is asked."""
    terms = page.terms
    moves: tuple[Move, ...] = ()
    why: str | None = None
    waits = page.waits_for_a_word or terms.pool is not None or terms.from_block is not None
    if not waits:
        moves = tuple(check_rules(books, page.legs, doing.at))
        why = why_it_waits(books, moves, page.priority, doing.at, in_turn=page.may_wait)
        if why is not None and not page.may_wait:
            raise No(why)
    doing.accepted()
    kind = "matched" if waits else "settled" if why is None else "queued"
    if name is None:
        name = doing.first(f"settlement.instruction_{kind}")[0]
        count(books, "instructed", page.legs)
    if waits:
        _match(books, name, page, doing)
    elif why is None:
        settle(books, moves, page.priority, doing)
        report_settled(books, name, page, doing)
    else:
        enter(books, name, page, doing)
        plan_close(books, doing.at)
    return name


def _allege(books: Books, page: InstructionPage, doing: Doing) -> bytes:
    moves = _to_set_aside(books, page, page.affirmed, doing.at)
    doing.accepted()
    name: bytes = doing.takes("settlement.instruction_alleged")[0]
    count(books, "instructed", page.legs)
    page.holds = set_aside(books, moves, doing)
    page.due = start(books, page.day) + DAY
    books.instructions[name] = page
    books.alleged.setdefault(agreed_on(page), name)
    books.agenda[page.due, name] = VALUE_DATE
    return name


def _to_set_aside(
    books: Books, page: InstructionPage, whose: Sequence[bytes], at: int
) -> list[Move]:
    """Say what those who have affirmed must set aside today; refuses what they have not."""
    if page.day != books.today(at) or str(page.terms.on_shortfall) != "refuse":
        return []
    moves = moves_of(books, [x for x in page.legs if books.accounts[x.source].owner in whose])
    needed: dict[tuple[bytes, bytes], int] = {}
    for move in moves:
        key = (move.asset, move.source)
        needed[key] = needed.get(key, 0) + move.amount
    if any(books.free(*key) < amount for key, amount in needed.items()):
        raise No("too little to set aside")
    return moves


def _match(books: Books, name: bytes, page: InstructionPage, doing: Doing) -> None:
    """It waits for its day; today, for a word or for the next block."""
    page.stage, page.due = "matched", max(start(books, page.day), doing.at)
    if page.day == books.today(doing.at) and page.waits_for_a_word:
        page.due = 0
        plan_close(books, doing.at)
    else:
        books.agenda[page.due, name] = VALUE_DATE
    books.instructions[name] = page
    doing.takes("settlement.instruction_matched", name)


def _add_affirmation(
    books: Books, name: bytes, signed: tuple[bytes, ...], doing: Doing, *, held: bool
) -> None:
    page = books.instructions[name]
    affirmed = tuple(one for one in page.parties if one in page.affirmed or one in signed)
    held_by = (*page.held_by, *signed) if held else page.held_by
    today = page.day == books.today(doing.at)
    if today and books.past_cut_off(doing.at):
        raise No("past the cut-off")
    if affirmed != page.parties:
        new = [one for one in affirmed if one not in page.affirmed]
        moves = _to_set_aside(books, page, new, doing.at)
        doing.accepted()
        doing.takes("settlement.instruction_affirmed", name)
        page.affirmed, page.held_by = affirmed, held_by
        page.holds += set_aside(books, moves, doing)
        return
    before = (page.affirmed, page.held_by)
    with as_if_ended(books, name):
        page.affirmed, page.held_by = affirmed, held_by
        try:
            if today and not (page.waits_for_a_word or page.pool or page.terms.from_block):
                moves = check_rules(books, page.legs, doing.at)
                why = why_it_waits(books, moves, page.priority, doing.at, in_turn=page.may_wait)
                if why is not None and not page.may_wait:
                    raise No(why)
        except No:
            page.affirmed, page.held_by = before
            raise
    doing.accepted()
    close(books, name)
    if today:
        _conclude(books, name, page, doing)
    else:
        _match(books, name, page, doing)
