# SPDX-License-Identifier: Apache-2.0
"""Money back, securities back: by hand, or at the close that the facility states.

Each credit is unwound in an entry of its own, so that one that fails hurts nobody.
"""

import msgspec

from lejar.domain.calendar import Calendar, calendar
from lejar.domain.money.intraday import events, rules
from lejar.domain.money.intraday.keeping import given_back
from lejar.domain.money.intraday.model import CREDITS, Credit, Kept, Piece
from lejar.domain.policy import Leg, MovePurpose, known_profile, move
from lejar.kernel.draft import Draft, UpperDraft
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_MINUTE, micros_into_day
from lejar.kernel.quantity import truncated
from lejar.kernel.refusal import Refused
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.kernel.state import Reader
from lejar.ledger.balances import balance

CLOSES = "money.intraday_closes"


def intraday_closes(draft: Draft, credit_id: bytes) -> None:
    """Unwind a credit at its close, or say what is in the way and try at the next one."""
    credit = CREDITS.require(draft, credit_id)
    upper = UpperDraft(draft)
    try:
        repaid(upper, credit_id, credit, credit.owed)
    except Refused as refused:
        _overdue(draft, credit_id, credit, refused.refusal.code)
    else:
        draft.take(upper)


def repaid(draft: Draft, credit_id: bytes, credit: Credit, amount: int) -> None:
    """Take money back out of existence, and give back what is due for it."""
    issuance = known_profile(draft, credit.currency).issuance_account
    leg = Leg(credit.currency, credit.account, issuance, amount)
    move(draft, (leg,), MovePurpose.ISSUE)
    kept = given_back(draft, credit_id, credit, _due_back(draft, credit, amount))
    owed = credit.owed - amount
    draft.emit(events.IntradayRepaid(credit_id, credit.bank, credit.currency, amount, owed))
    if owed:
        CREDITS.put(draft, credit_id, msgspec.structs.replace(credit, kept=kept, owed=owed))
        return
    CREDITS.remove(draft, credit_id)
    unschedule(draft, credit.closes_at, credit_id)
    if credit.promise is not None:
        draft.emit(events.BuyBackMade(credit.promise, credit_id, credit.currency, amount))


def closes_after(at: int, days: Calendar, minutes: int) -> int:
    """Give the first close after a moment: today's, or tomorrow's once that has passed."""
    close = at - micros_into_day(at, days.offset_minutes) + minutes * MICROS_PER_MINUTE
    return close if close > at else close + MICROS_PER_DAY


def schedule_close(draft: Draft, credit_id: bytes, credit: Credit) -> None:
    """Let a credit be unwound at its close."""
    schedule(draft, credit.closes_at, credit_id, Due(CLOSES, credit_id))


def _due_back(reader: Reader, credit: Credit, amount: int) -> tuple[Piece, ...]:
    """Give what goes back for a payment: in proportion, rounded down for the central bank.

    Nothing does while what would remain does not cover what would still be owed.
    """
    shares = [truncated(one.amount * amount, credit.owed) for one in credit.kept]
    rest = [
        Kept(one.asset, one.amount - share, one.hold)
        for one, share in zip(credit.kept, shares, strict=True)
    ]
    if rules.owed_is_covered(reader, credit.currency, rest, credit.owed - amount) is not None:
        return ()
    return tuple(
        Piece(one.asset, share) for one, share in zip(credit.kept, shares, strict=True) if share
    )


def _overdue(draft: Draft, credit_id: bytes, credit: Credit, cause: str) -> None:
    free = balance(draft, credit.currency, credit.account).free
    since = draft.at if credit.overdue_since is None else credit.overdue_since
    again = closes_after(draft.at, calendar(draft), credit.closing_minutes)
    later = msgspec.structs.replace(credit, overdue_since=since, closes_at=again)
    CREDITS.put(draft, credit_id, later)
    schedule_close(draft, credit_id, later)
    shortfall = max(credit.owed - free, 0)
    draft.emit(
        events.IntradayOverdue(
            credit_id, credit.bank, credit.currency, credit.owed, shortfall, cause
        )
    )
