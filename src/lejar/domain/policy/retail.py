# SPDX-License-Identifier: Apache-2.0
"""Retail tiers: persons who hold a currency itself without being banks, each within caps.

All of it stands behind a switch of the market.  While nobody ever turned the switch, the gate finds
that out with one look-up.  When it is off again, retail holders may still pay, but receive nothing.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from lejar.domain.policy.market_switches import SWITCHES, is_on
from lejar.domain.policy.model import Allowance, Movement, MovePurpose
from lejar.domain.policy.netting import hubs_day, person_gains, told_of_room
from lejar.domain.policy.retail_refusals import RetailRefusal
from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table, Writer
from lejar.ledger.balances import owned


class RetailTier(Record, frozen=True):
    """The caps of a tier, in the currency's smallest unit; asset and the tier's name are the key.

    Defined anew, it binds everybody in it from then on; who holds more keeps it, and adds nothing.
    """

    holding_max: int
    payment_max: int
    daily_max: int


class RetailHolder(Record, frozen=True):
    """The tier of a person, over all its accounts, and what it has paid on the day it last paid.

    Asset and person are the key.
    """

    tier: str
    day: int = 0
    """Local day since 1970."""
    paid: int = 0


RETAIL_TIERS: Table[RetailTier] = Table(0x25, "retail_tiers", RetailTier)
RETAIL_HOLDERS: Table[RetailHolder] = Table(0x67, "retail_holders", RetailHolder)
RETAIL_SWITCH: Final = "retail_money"
_HOLDER: Final = RETAIL_HOLDERS.prefix
_SWITCH_KEY: Final = SWITCHES.prefix + RETAIL_SWITCH.encode()


def retail_is_on(reader: Reader) -> bool:
    """Say whether the market lets persons who are no banks hold a currency itself."""
    return is_on(reader, RETAIL_SWITCH)


def may_hold_as_retail(reader: Reader, asset: bytes, person: bytes) -> bool:
    """Say whether a person without a currency's credentials may receive it all the same."""
    return retail_is_on(reader) and reader.get(_HOLDER + asset + person) is not None


def join_tier(draft: Writer, asset: bytes, person: bytes, tier: str) -> None:
    """Put a person into a tier; what it has paid today stays counted when it changes tiers."""
    before = RETAIL_HOLDERS.get(draft, asset + person) or RetailHolder(tier)
    RETAIL_HOLDERS.put(draft, asset + person, msgspec.structs.replace(before, tier=tier))


def target_stays_within_tier(
    reader: Reader, leg: Movement, legs: Sequence[Movement]
) -> Allowance | None:
    """The receiver, over all accounts and with what is on its way in, stays within its tier's cap.

    Basis: the caps that the currency's central bank has set on the tier.
    """
    caps = _caps(reader, leg.asset, leg.receiver.person)
    if caps is None:
        return None
    net_in = person_gains(leg.receiver.person, leg.asset, legs)
    if net_in <= 0:
        return None
    has = owned(reader, leg.asset, leg.receiver.person)
    room = max(caps.holding_max - has.total - has.pending_in - (net_in - leg.amount), 0)
    facts = told_of_room(reader, leg.target, leg.receiver.owner, room)
    return Allowance(RetailRefusal.TIER_HOLDING_CAP, room, facts)


def source_stays_within_tier(
    reader: Reader, leg: Movement, legs: Sequence[Movement]
) -> Allowance | None:
    """The payer, over all accounts, pays no more at once and in a local day than its tier lets it.

    Basis: the caps that the currency's central bank has set on the tier.
    """
    person = leg.giver.person
    caps = _caps(reader, leg.asset, person)
    if caps is None:
        return None
    net_out = -person_gains(person, leg.asset, legs)
    if net_out <= 0:
        return None
    others = net_out - leg.amount
    at_once = max(caps.payment_max - others, 0)
    today = max(caps.daily_max - _paid_today(reader, leg.asset, person) - others, 0)
    room = min(at_once, today)
    reason = RetailRefusal.TIER_PAYMENT_CAP if at_once <= today else RetailRefusal.TIER_DAILY_CAP
    return Allowance(reason, room, told_of_room(reader, leg.source, leg.giver.owner, room))


def note_paid(draft: Writer, legs: Sequence[Movement], purpose: MovePurpose) -> None:
    """Count what retail holders have paid today, once it was admitted."""
    if draft.get(_SWITCH_KEY) is None or purpose is not MovePurpose.SETTLEMENT:
        return
    for asset, person in dict.fromkeys((leg.asset, leg.giver.person) for leg in legs):
        holder = RETAIL_HOLDERS.get(draft, asset + person)
        pays = -person_gains(person, asset, legs)
        if holder is None or pays <= 0:
            continue
        paid = pays + _paid_today(draft, asset, person)
        after = msgspec.structs.replace(holder, day=hubs_day(draft), paid=paid)
        RETAIL_HOLDERS.put(draft, asset + person, after)


def _caps(reader: Reader, asset: bytes, person: bytes) -> RetailTier | None:
    if reader.get(_SWITCH_KEY) is None:
        return None
    holder: RetailHolder | None = reader.get(_HOLDER + asset + person)
    return None if holder is None else RETAIL_TIERS.require(reader, asset + holder.tier.encode())


def _paid_today(reader: Reader, asset: bytes, person: bytes) -> int:
    holder = RETAIL_HOLDERS.require(reader, asset + person)
    return holder.paid if holder.day == hubs_day(reader) else 0
