# SPDX-License-Identifier: Apache-2.0
"""Limits on one account: how much of a money it may hold, and how much it may send in a day.

While no account has a limit, the gate finds that out with one look-up, as with halts.  What comes
in and goes out in one command is netted first.  What goes back to the issuance account, and
payments on instruments, use up no day's limit.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from lejar.domain.policy.limit_refusals import LimitRefusal
from lejar.domain.policy.model import Allowance, Movement, MovePurpose
from lejar.domain.policy.netting import account_gains, hubs_day, told_of_room
from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table, Writer
from lejar.ledger.balances import balance


class AccountLimit(Record, frozen=True):
    """The limits of an account, and what it has sent on the day on which it last sent.

    Asset and account are the key.
    """

    holding_max: int | None
    daily_out_max: int | None
    day: int = 0
    """Local day since 1970."""
    sent: int = 0


class Limited(Record, frozen=True):
    """How many accounts have a limit; under a key of its own."""

    accounts: int


ACCOUNT_LIMITS: Table[AccountLimit] = Table(0x26, "account_limits", AccountLimit)
LIMITED: Table[Limited] = Table(0x27, "limited_accounts", Limited)
ANY: Final = b"any"
_ANY_KEY: Final = LIMITED.prefix + ANY


def limit_account(
    draft: Writer, asset: bytes, account: bytes, holding_max: int | None, daily_out_max: int | None
) -> None:
    """Set an account's limits; none and none takes them away, and the day's count with them."""
    key = asset + account
    before = ACCOUNT_LIMITS.get(draft, key)
    if holding_max is None and daily_out_max is None:
        if before is not None:
            ACCOUNT_LIMITS.remove(draft, key)
            _count(draft, -1)
        return
    if before is None:
        _count(draft, 1)
        before = AccountLimit(None, None)
    after = msgspec.structs.replace(before, holding_max=holding_max, daily_out_max=daily_out_max)
    ACCOUNT_LIMITS.put(draft, key, after)


def accounts_keep_their_limits(
    reader: Reader, leg: Movement, legs: Sequence[Movement]
) -> Allowance | None:
    """Both accounts of a leg stay within their limits; gives the tighter answer.

    Basis: the limits that the currency's central bank has set on the accounts.
    """
    if reader.get(_ANY_KEY) is None:
        return None
    holds, sends = account_may_hold(reader, leg, legs), _may_send(reader, leg, legs)
    if holds is None or sends is None:
        return holds or sends
    return holds if holds.at_most <= sends.at_most else sends


def account_may_hold(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> Allowance | None:
    """The receiving account stays within the limit on what it holds.

    Basis: the limit that the currency's central bank has set on the account.
    """
    if reader.get(_ANY_KEY) is None:
        return None
    limit = ACCOUNT_LIMITS.get(reader, leg.asset + leg.target)
    if limit is None or limit.holding_max is None:
        return None
    gains = account_gains(leg.target, leg.asset, legs)
    if gains <= 0:
        return None
    has = balance(reader, leg.asset, leg.target).total
    room = max(limit.holding_max - has - (gains - leg.amount), 0)
    facts = told_of_room(reader, leg.target, leg.receiver.owner, room)
    return Allowance(LimitRefusal.ACCOUNT_HOLDING_LIMIT, room, facts)


def note_sent(draft: Writer, legs: Sequence[Movement], purpose: MovePurpose) -> None:
    """Count what limited accounts have sent today, once it was admitted."""
    if draft.get(_ANY_KEY) is None or purpose is not MovePurpose.SETTLEMENT:
        return
    today = hubs_day(draft)
    sides = dict.fromkeys((leg.asset, leg.source) for leg in legs)
    for asset, account in sides:
        limit = ACCOUNT_LIMITS.get(draft, asset + account)
        sends = -account_gains(account, asset, legs)
        if limit is None or sends <= 0:
            continue
        sent = sends + (limit.sent if limit.day == today else 0)
        after = msgspec.structs.replace(limit, day=today, sent=sent)
        ACCOUNT_LIMITS.put(draft, asset + account, after)


def _may_send(reader: Reader, leg: Movement, legs: Sequence[Movement]) -> Allowance | None:
    limit = ACCOUNT_LIMITS.get(reader, leg.asset + leg.source)
    if limit is None or limit.daily_out_max is None:
        return None
    sends = -account_gains(leg.source, leg.asset, legs)
    if sends <= 0:
        return None
    sent = limit.sent if limit.day == hubs_day(reader) else 0
    room = max(limit.daily_out_max - sent - (sends - leg.amount), 0)
    facts = told_of_room(reader, leg.source, leg.giver.owner, room)
    return Allowance(LimitRefusal.ACCOUNT_DAILY_LIMIT, room, facts)


def _count(draft: Writer, change: int) -> None:
    before = LIMITED.get(draft, ANY)
    accounts = (0 if before is None else before.accounts) + change
    if accounts:
        LIMITED.put(draft, ANY, Limited(accounts))
    else:
        LIMITED.remove(draft, ANY)
