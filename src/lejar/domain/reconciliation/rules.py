# SPDX-License-Identifier: Apache-2.0
"""What must hold, each named as its sentence."""

from datetime import date

from lejar.domain.calendar import today
from lejar.domain.consent import person_behind
from lejar.domain.reconciliation.commands import RecordStatement, UnmatchedItem
from lejar.domain.reconciliation.model import (
    BREAKS,
    COUNTERPARTS,
    COUNTERPARTS_MAX,
    STATEMENTS,
    Break,
    BreakKind,
    BreakStage,
    Counterpart,
)
from lejar.domain.reconciliation.refusals import ReconciliationRefusal as No
from lejar.kernel.draft import Draft
from lejar.kernel.identifiers import NOBODY
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader

AMBIGUOUS_MIN = 2


def counterpart_is_new(reader: Reader, wanted: Counterpart) -> Refused | None:
    """No counterpart is the same ledger for the same account, and there is room for one more."""
    known = list(COUNTERPARTS.scan(reader))
    for key, one in known:
        if _mirror(one) == _mirror(wanted):
            return Refused(No.COUNTERPART_EXISTS, counterpart=key)
    if len(known) >= COUNTERPARTS_MAX:
        return Refused(No.COUNTERPARTS_FULL, allowed=COUNTERPARTS_MAX)
    return None


def _mirror(one: Counterpart) -> tuple[str, bytes, bytes, bytes, bytes]:
    return (one.kind, one.keeper, one.account, one.asset, one.reference)


def side_has_signed(draft: Draft, counterpart: Counterpart) -> bytes:
    """The keeper or the account's owner has signed; gives which, or refuses."""
    for party in draft.signers:
        if party in counterpart.sides:
            return party
    raise Refused(No.NOT_A_SIDE, keeper=counterpart.keeper, owner=counterpart.owner)


def statement_is_new(
    reader: Reader, counterpart: Counterpart, asked: RecordStatement
) -> Refused | None:
    """None that is kept has its id, its file, or its number."""
    for _, kept in STATEMENTS.scan(reader, asked.counterpart):
        if asked.reference == kept.reference or asked.file == kept.file:
            return Refused(No.STATEMENT_DUPLICATE, day=kept.day.isoformat())
    if asked.sequence <= counterpart.sequence:
        return Refused(No.STATEMENT_OUT_OF_SEQUENCE, sequence=counterpart.sequence)
    return None


def statement_follows(counterpart: Counterpart, sequence: int, day: date) -> Refused | None:
    """Its number is the next, and its day is later; the first one may have any number."""
    if counterpart.stated_until is None:
        return None
    if sequence > counterpart.sequence + 1:
        return Refused(No.STATEMENT_GAP, expected_sequence=counterpart.sequence + 1)
    if day <= counterpart.stated_until:
        return Refused(No.STATEMENT_OUT_OF_SEQUENCE, day=counterpart.stated_until.isoformat())
    return None


def day_has_ended(reader: Reader, day: date) -> Refused | None:
    """The statement is of a day before today."""
    now = today(reader)
    return None if day < now else Refused(No.STATEMENT_DAY_OPEN, today=now.isoformat())


def item_is_sound(item: UnmatchedItem) -> bool:
    """An item has the amounts that its kind speaks of; the hub compares closing balances itself."""
    here, there = item.ours is not None, item.theirs is not None
    match item.kind:
        case BreakKind.OURS_ONLY:
            sound = here and not there
        case BreakKind.THEIRS_ONLY:
            sound = there and not here
        case BreakKind.AMBIGUOUS:
            sound = there and not here and item.candidates >= AMBIGUOUS_MIN
        case BreakKind.AMOUNT:
            sound = here and there and item.ours != item.theirs
        case BreakKind.DATE:
            sound = here and there and item.ours == item.theirs
        case BreakKind.CLOSING:
            sound = False
    return sound and (item.kind is BreakKind.AMBIGUOUS or not item.candidates)


def stands_at(found: Break, *stages: BreakStage) -> Refused | None:
    """The break stands at one of these stages."""
    if found.stage in stages:
        return None
    return Refused(No.BREAK_STAGE_WRONG, stage=str(found.stage))


def persons_signing(draft: Draft, party: bytes) -> tuple[bytes, ...]:
    """Give the natural persons behind a party's signatures, in their order; nobody for unknown."""
    keys = [one.key for one in draft.signatures if one.party == party]
    return tuple(dict.fromkeys(person_behind(draft, party, key) for key in keys))


def checker_is_another(draft: Draft, found: Break, checker: bytes) -> bool:
    """Maker and checker are never the same: another party, or at least another known person."""
    persons = persons_signing(draft, checker)
    if any(one != NOBODY and one in found.explained_persons for one in persons):
        return False
    if checker != found.explained_by:
        return True
    return NOBODY not in found.explained_persons and NOBODY not in persons


def open_breaks(reader: Reader, counterpart: bytes) -> int:
    """Count the breaks of a counterpart that are not resolved; only an audit walks them all."""
    return sum(
        one.counterpart == counterpart and one.stage is not BreakStage.RESOLVED
        for _, one in BREAKS.scan(reader)
    )
