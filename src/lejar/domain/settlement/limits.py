# SPDX-License-Identifier: Apache-2.0
"""Sender limits: how much a party lets go to one counterparty, or to all others together.

A limit is on what was sent less what came back, in one local day.  It is the sender's own word: it
protects what a bank has from being drained before others pay.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from lejar.domain.calendar import today
from lejar.domain.policy import AssetKind, Movement
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader, Table
from lejar.ledger.accounts import Purpose

_MONEY = AssetKind.MONEY
_ISSUANCE = Purpose.ISSUANCE

Flow = tuple[bytes, bytes, bytes, int]
"""Payer and payee as parties, asset, amount."""


class SenderLimits(Record, frozen=True):
    """A party's limits in an asset, and what it has sent on a day; party and asset are the key."""

    to_all: int | None
    """For all counterparties without a limit of their own."""
    to_one: tuple[tuple[bytes, int], ...]
    """Counterparty and limit, in the order of ids."""
    day: datetime.date
    sent: tuple[tuple[bytes, int], ...] = ()
    """Counterparty and what went there on that day, less what came back."""

    def on(self, day: datetime.date) -> dict[bytes, int]:
        """Give what was sent on a day, by counterparty."""
        return dict(self.sent) if self.day == day else {}

    def room(self, day: datetime.date, counterparty: bytes | None) -> int | None:
        """Say how much may still go to a counterparty, or to all others together."""
        sent, ones = self.on(day), dict(self.to_one)
        if counterparty is not None:
            limit = ones.get(counterparty)
            return None if limit is None else limit - sent.get(counterparty, 0)
        if self.to_all is None:
            return None
        return self.to_all - sum(net for party, net in sent.items() if party not in ones)


LIMITS: Table[SenderLimits] = Table(0x4D, "sender_limits", SenderLimits)
_LIMITS = LIMITS.prefix
BILATERAL: Final = b"L"
MULTILATERAL: Final = b"M"


def flows(moving: Iterable[Movement]) -> Iterator[Flow]:
    """Say which money goes from one party to another; what is made or ended goes to nobody."""
    for leg in moving:
        made_or_ended = _ISSUANCE in (leg.giver.purpose, leg.receiver.purpose)
        between = leg.giver.owner != leg.receiver.owner
        if leg.profile.kind is _MONEY and between and not made_or_ended:
            yield leg.giver.owner, leg.receiver.owner, leg.asset, leg.amount


def refuse_beyond(draft: Draft, moving: Sequence[Movement]) -> None:
    """Refuse what would pass a limit; what one command sends and gets back is netted."""
    get = draft.get
    for leg in moving:
        if leg.profile.kind is _MONEY and get(_LIMITS + leg.giver.owner + leg.asset) is not None:
            break
    else:
        return
    changes = limit_changes(draft, tuple(flows(moving)))
    for resource, change in changes.items():
        room = available(draft, resource)
        if change < 0 and room is not None and room + change < 0:
            raise Refused(SettlementRefusal.LIMIT_REACHED, missing=-(room + change))


def limit_changes(reader: Reader, sent: Sequence[Flow]) -> dict[bytes, int]:
    """Say by how much flows use up, or give back, the limits that there are."""
    changes: dict[bytes, int] = {}
    for payer, payee, asset, amount in sent:
        for party, other, sign in ((payer, payee, -amount), (payee, payer, amount)):
            limits = LIMITS.get(reader, party + asset)
            if limits is None:
                continue
            one = any(known == other for known, _ in limits.to_one)
            key = BILATERAL + party + asset + other if one else MULTILATERAL + party + asset
            if one or limits.to_all is not None:
                changes[key] = changes.get(key, 0) + sign
    return changes


def available(reader: Reader, resource: bytes) -> int | None:
    """Say what is left of a limit; none when there is no such limit any more."""
    limits = LIMITS.get(reader, resource[1:33])
    counterparty = resource[33:] or None
    return None if limits is None else limits.room(today(reader), counterparty)


def note(draft: Draft, moving: Sequence[Movement]) -> None:
    """Write down what went from whom to whom, where somebody has a limit."""
    get = draft.get
    for leg in moving:
        if leg.profile.kind is not _MONEY:
            continue
        sides = (leg.giver.owner, leg.receiver.owner)
        if all(get(_LIMITS + side + leg.asset) is None for side in sides):
            continue
        for payer, payee, asset, amount in flows((leg,)):
            _note(draft, payer, payee, asset, amount)
            _note(draft, payee, payer, asset, -amount)


def _note(draft: Draft, party: bytes, other: bytes, asset: bytes, amount: int) -> None:
    limits = LIMITS.get(draft, party + asset)
    if limits is None:
        return
    day = today(draft)
    sent = limits.on(day)
    sent[other] = sent.get(other, 0) + amount
    LIMITS.put(draft, party + asset, msgspec.structs.replace(limits, day=day, sent=_in_order(sent)))


def changed(draft: Draft, key: bytes, counterparty: bytes | None, amount: int | None) -> None:
    """Set, replace or take away one limit; what was sent today stays counted."""
    before = LIMITS.get(draft, key) or SenderLimits(None, (), today(draft))
    if counterparty is None:
        after = msgspec.structs.replace(before, to_all=amount)
    else:
        ones = {party: limit for party, limit in before.to_one if party != counterparty}
        if amount is not None:
            ones[counterparty] = amount
        after = msgspec.structs.replace(before, to_one=_in_order(ones))
    if after.to_all is None and not after.to_one:
        LIMITS.remove(draft, key)
    else:
        LIMITS.put(draft, key, after)


def _in_order(amounts: Mapping[bytes, int]) -> tuple[tuple[bytes, int], ...]:
    return tuple(sorted(amounts.items()))
