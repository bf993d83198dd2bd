# SPDX-License-Identifier: Apache-2.0
"""The one door: every movement of every asset passes here, all legs or none.

A dry run (`judge`) and an execution (`move`) are the same function, so they cannot disagree.  A
purpose names a list of the hub's own rules, and the packs that were adopted name theirs; there is
no flag that turns rules off.
"""

from collections.abc import Iterable, Sequence

from lejar.domain.policy.charges import Charge, charges
from lejar.domain.policy.counting import count
from lejar.domain.policy.freezes import asset_is_not_frozen
from lejar.domain.policy.halts import market_is_not_halted
from lejar.domain.policy.kinds.trading import PurposeBound
from lejar.domain.policy.limits import note_sent
from lejar.domain.policy.model import (
    PROFILES,
    Allowance,
    AssetKind,
    AssetProfile,
    Leg,
    Movement,
    MovePurpose,
)
from lejar.domain.policy.program import (
    NOTHING_ASKED,
    Asked,
    Compiled,
    Program,
    compiled,
    program_in,
    status_asset,
)
from lejar.domain.policy.refusing import first_failing, passes, refused_by
from lejar.domain.policy.retail import note_paid
from lejar.domain.policy.rules import (
    FORCED,
    PRIMARY,
    SEIZED,
    SIDES,
    TRANSFER,
    MovementRule,
    is_clear,
)
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Observer, Reader
from lejar.ledger.accounts import Account, Purpose, known_account
from lejar.ledger.balances import Change, Plan, planned, post
from lejar.ledger.refusals import LedgerRefusal

RULES: dict[MovePurpose, tuple[MovementRule, ...]] = {
    MovePurpose.SETTLEMENT: TRANSFER,
    MovePurpose.ISSUE: PRIMARY,
    MovePurpose.SERVICING: PRIMARY,
    MovePurpose.DIRECTIVE: FORCED,
    MovePurpose.SEIZURE: SEIZED,
}

UNASKED = (MovePurpose.DIRECTIVE, MovePurpose.SEIZURE)
"""What an authority orders is judged by the rules above; packs only count its holders."""
HOLDERS_COUNTED = Program(tallies=True)

_OF_LEGS = {
    purpose: tuple(rule for rule in rules if rule not in SIDES) for purpose, rules in RULES.items()
}


def move(draft: Draft, legs: Iterable[Leg], purpose: MovePurpose) -> None:
    """Judge all legs together; post them all, or refuse with the tightest rule's reason."""
    move_resolved(draft, [resolved(draft, leg) for leg in legs], purpose)


def move_resolved(
    draft: Draft,
    movements: Sequence[Movement],
    purpose: MovePurpose,
    named: Sequence[Movement] | None = None,
) -> None:
    """Do the same with legs whose facts the caller has already read.

    `named` are the legs as their parties agreed them, where settlement banks move in their place:
    packs judge the persons, the hub's own rules judge whose balance moves.
    """
    observer = draft.state.observer
    if observer is None:
        judged = _judged(draft, movements, purpose, named)
    else:
        judged = _watched(observer, draft, movements, purpose, named)
    post(draft, judged.plan)
    note_paid(draft, movements, purpose)
    note_sent(draft, movements, purpose)
    for charge in judged.charges:
        draft.emit(charge.event())
    for leg, program in judged.programs:
        count(draft, leg, program)


def _watched(
    observer: Observer,
    draft: Draft,
    movements: Sequence[Movement],
    purpose: MovePurpose,
    named: Sequence[Movement] | None,
) -> "Judged":
    """Judge, and let an observer see the legs and the answer before anything is posted."""
    legs = movements if named is None else named
    try:
        judged = _judged(draft, movements, purpose, named)
    except Refused as refused:
        observer.judged(draft, legs, purpose, refused)
        raise
    observer.judged(draft, legs, purpose, None)
    return judged


def judge(reader: Reader, legs: Iterable[Leg], purpose: MovePurpose) -> None:
    """Refuse exactly when `move` would, and change nothing."""
    judge_resolved(reader, [resolved(reader, leg) for leg in legs], purpose)


def judge_resolved(
    reader: Reader,
    movements: Sequence[Movement],
    purpose: MovePurpose,
    named: Sequence[Movement] | None = None,
) -> None:
    """Do the same with legs whose facts the caller has already read."""
    _judged(reader, movements, purpose, named)


def screened(
    reader: Reader,
    movements: Sequence[Movement],
    purpose: MovePurpose,
    named: Sequence[Movement] | None = None,
) -> list[Movement]:
    """Ask every rule but the balances; gives what is charged besides the legs."""
    judged, _ = _asked(reader, movements, purpose, named)
    return [charge.movement for charge in judged.charges]


def admit_listing(reader: Reader, asset: bytes, profile: AssetProfile) -> None:
    """Refuse an instrument that an adopted pack does not let come to the hub."""
    issuer = Account(profile.issuer, Purpose.ISSUANCE, reader.at, None)
    _admit(reader, asset, profile, issuer, MovePurpose.LISTING)


def admit_status(reader: Reader, party: bytes, status: str, jurisdictions: tuple[str, ...]) -> None:
    """Refuse a status for which an adopted pack asks more of a party."""
    profile = AssetProfile(
        AssetKind.SECURITY, b"", b"", (), None, None, jurisdictions=jurisdictions
    )
    holder = Account(party, Purpose.OWN, reader.at, None)
    _admit(reader, status_asset(status), profile, holder, MovePurpose.STATUS)


def _admit(
    reader: Reader, asset: bytes, profile: AssetProfile, party: Account, purpose: MovePurpose
) -> None:
    """Ask the packs about an act of one party, as if it gave itself one unit."""
    packs = compiled(reader)
    if packs is not None:
        leg = Movement(asset, b"", b"", 1, profile, party, party)
        _ask_packs(Judged(), packs, reader, (leg,), purpose)


def allowed(reader: Reader, leg: Leg, purpose: MovePurpose) -> Allowance | None:
    """Give the hub's own tightest answer for one leg, or none when only the balance limits it."""
    movement = resolved(reader, leg)
    answers = [rule(reader, movement, (movement,)) for rule in RULES[purpose]]
    return min((a for a in answers if a is not None), key=lambda a: a.at_most, default=None)


def resolved(reader: Reader, leg: Leg) -> Movement:
    """Read what the rules ask about a leg; refuses an asset or account that does not exist."""
    return Movement(
        leg.asset,
        leg.source,
        leg.target,
        leg.amount,
        known_profile(reader, leg.asset),
        known_account(reader, leg.source),
        known_account(reader, leg.target),
    )


def refuse_unless_clear(reader: Reader, leg: Movement) -> None:
    """Refuse a leg that is stopped as it is named, although another account moves in its place."""
    clear = is_clear(reader, leg.source, leg.giver) and is_clear(reader, leg.target, leg.receiver)
    for rule in (*(() if clear else SIDES), asset_is_not_frozen, market_is_not_halted):
        answer = rule(reader, leg, (leg,))
        if answer is not None:
            raise Refused(answer.reason, asset=leg.asset, **dict(answer.facts))


def known_profile(reader: Reader, asset: bytes) -> AssetProfile:
    """Give an asset's profile, or refuse."""
    found = PROFILES.get(reader, asset)
    if found is None:
        raise Refused(LedgerRefusal.ASSET_UNKNOWN, asset=asset)
    return found


class Judged:
    """What the door found: what to post, what it costs, and by which programs it was judged."""

    __slots__ = ("charges", "plan", "programs")

    def __init__(self) -> None:
        self.programs: list[tuple[Movement, Program]] = []
        self.charges: list[Charge] = []
        self.plan: Plan


def _judged(
    reader: Reader,
    movements: Sequence[Movement],
    purpose: MovePurpose,
    named: Sequence[Movement] | None,
) -> Judged:
    """Ask every rule about every leg, then the balances; gives what is to be posted."""
    judged, changes = _asked(reader, movements, purpose, named)
    judged.plan = planned(reader, changes)
    return judged


def _asked(
    reader: Reader,
    movements: Sequence[Movement],
    purpose: MovePurpose,
    named: Sequence[Movement] | None,
) -> tuple[Judged, list[Change]]:
    """Ask every rule about every leg; gives what was found and what balances would change.

    A side that is clear in one leg is clear in all: rules about sides are asked one by one only
    to find the reason when a side is not clear.
    """
    clear: dict[bytes, bool] = {}
    for leg in movements:
        tightest = _tightest(reader, leg, movements, purpose, clear)
        if tightest is not None:
            raise Refused(tightest.reason, asset=leg.asset, **dict(tightest.facts))
    judged = Judged()
    packs = compiled(reader)
    if packs is not None:
        _ask_packs(judged, packs, reader, movements if named is None else named, purpose)
        _ask_about_charges(judged, packs, reader, purpose, clear)
    changes: list[Change] = []
    for leg in (*movements, *(charge.movement for charge in judged.charges)):
        changes.append((leg.asset, leg.source, leg.giver, -leg.amount))
        changes.append((leg.asset, leg.target, leg.receiver, leg.amount))
    return judged, changes


def _tightest(
    reader: Reader,
    leg: Movement,
    movements: Sequence[Movement],
    purpose: MovePurpose,
    clear: dict[bytes, bool],
) -> Allowance | None:
    """Give the hub's own rule that allows least, or none when all allow the leg."""
    sides_are_clear = _is_clear(reader, clear, leg.source, leg.giver) and _is_clear(
        reader, clear, leg.target, leg.receiver
    )
    tightest: Allowance | None = None
    for rule in (_OF_LEGS if sides_are_clear else RULES)[purpose]:
        answer = rule(reader, leg, movements)
        if (
            answer is not None
            and not answer.allows(leg.amount)
            and (tightest is None or answer.at_most < tightest.at_most)
        ):
            tightest = answer
    return tightest


def _ask_packs(
    judged: Judged,
    packs: Compiled,
    reader: Reader,
    legs: Sequence[Movement],
    purpose: MovePurpose,
) -> None:
    """Ask every adopted rule about every leg; work out what the movement costs."""
    for leg in legs:
        if purpose in UNASKED:
            if program_in(packs, reader, leg, MovePurpose.SETTLEMENT).tallies:
                judged.programs.append((leg, HOLDERS_COUNTED))
            continue
        program = program_in(packs, reader, leg, purpose)
        if program is NOTHING_ASKED:
            continue
        _ask_program(program, reader, leg, legs)
        if program.leaves_traces:
            judged.programs.append((leg, program))
    if judged.programs:
        judged.charges = charges(reader, judged.programs)


def _ask_program(program: Program, reader: Reader, leg: Movement, legs: Sequence[Movement]) -> None:
    """Ask every rule of a program about a leg; spelt out, for it is asked of every movement."""
    amount = leg.amount
    for in_scope, room, one in program.rooms:
        if in_scope is None or in_scope(reader, leg):
            largest = room(reader, leg, legs)
            if largest is not None and largest < amount:
                _refuse(program, one, reader, leg, legs)
    for one in program.shaped:
        if not passes(one, reader, leg, legs):
            _refuse(program, one, reader, leg, legs)


def _ask_about_charges(
    judged: Judged,
    packs: Compiled,
    reader: Reader,
    purpose: MovePurpose,
    clear: dict[bytes, bool],
) -> None:
    """Ask the hub's own rules about what is charged, and what the money is bound to.

    A charge is a movement like any other; but what a pack limits is the trade, not its cost.
    """
    for charge in judged.charges:
        leg = charge.movement
        tightest = _tightest(reader, leg, (leg,), purpose, clear)
        if tightest is not None:
            raise Refused(tightest.reason, asset=leg.asset, **dict(tightest.facts))
        program = program_in(packs, reader, leg, purpose)
        for one in program.asked:
            if isinstance(one.rule.spec, PurposeBound) and not passes(one, reader, leg, (leg,)):
                _refuse(program, one, reader, leg, (leg,))


def _refuse(
    program: Program, one: Asked, reader: Reader, leg: Movement, legs: Sequence[Movement]
) -> None:
    """Refuse with the rule that allows least; `one` is known to say no."""
    tightest = first_failing(program, reader, leg, legs) or one
    raise refused_by(tightest, program, reader, leg, legs)


def _is_clear(reader: Reader, clear: dict[bytes, bool], account: bytes, record: Account) -> bool:
    known = clear.get(account)
    if known is None:
        known = clear[account] = is_clear(reader, account, record)
    return known
