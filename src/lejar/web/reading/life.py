# SPDX-License-Identifier: Apache-2.0
"""A paper's life at a glance: issued, exchanged, paid on, redeemed; and what is still to come.

Everybody sees that exchanges were settled and how many, what was issued, and what all holders
together were paid.  Freezes of amounts are for the issuer and supervisors.
"""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import func, select

from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_HOUR
from lejar.ledger.holds import HoldPurpose
from lejar.projections.public.payments import PaymentLine
from lejar.projections.schema import (
    entries,
    holds,
    instruction_history,
    instruction_legs,
    postings,
)
from lejar.web import views
from lejar.web.readers import reader_may_see_register
from lejar.web.reading.asked import Asked, Asset
from lejar.web.reading.payments import ahead, kind_of, total_of

MALAYSIA_MICROS: Final = 8 * MICROS_PER_HOUR
"""Days are told as `formats` tells them."""
SETTLED: Final = "settled"
EVENTS_MAX: Final = 40
"""A longer life is told by the month, and then by the year."""
DONE, NEXT, DUE = views.LifeStage.DONE, views.LifeStage.NEXT, views.LifeStage.DUE


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry did to the units in existence."""

    entry: int
    at: int
    command: str
    units: int
    """Above zero: issued; below: retired or redeemed."""


def life(
    asked: Asked, asset: Asset, payments: tuple[PaymentLine, ...]
) -> tuple[views.LifeEvent, ...]:
    """Give the timeline, in the order of days."""
    if asset.created is None:
        return ()
    done = [_admitted(asked, asset), *_issues(asked, asset), *_exchanges(asked, asset)]
    done += _freezes(asked, asset)
    done += _paid(asset, payments)
    done.sort(key=lambda event: (event.on, event.entry or 0))
    return (*_told_shorter(done), *_coming(asked, asset, payments))


def changes(asked: Asked, asset: Asset) -> tuple[Change, ...]:
    """Give every change of the units in existence: they are postings of the issuance account."""
    c = postings.c
    query = (
        select(c.entry, entries.c.at, entries.c.command, -func.sum(c.amount))
        .join(entries, entries.c.number == c.entry)
        .where(c.account == asset.line.issuance_account, c.asset == asset.line.id)
        .group_by(c.entry, entries.c.at, entries.c.command)
        .order_by(c.entry)
    )
    return tuple(
        Change(entry, at, command, int(units))
        for entry, at, command, units in asked.snapshot.connection.execute(query)
        if units
    )


def chart(asked: Asked, asset: Asset, payments: tuple[PaymentLine, ...]) -> views.LifeChart | None:
    """Give what is outstanding and what was paid, over the time from first issue to maturity."""
    debt = asset.debt
    found = changes(asked, asset)
    if debt is None or not found:
        return None
    today = asked.day(asked.snapshot.standing.at)
    total = 0
    levels: list[views.Level] = []
    for change in found:
        total += change.units
        level = views.Level(asked.day(change.at), total * debt.unit_nominal)
        if levels and levels[-1].on == level.on:
            levels.pop()
        levels.append(level)
    return views.LifeChart(
        begins_on=levels[0].on,
        ends_on=max(debt.maturity, today, levels[-1].on),
        today=today,
        levels=tuple(levels),
        paid=tuple(_parts_paid(asset, payments)),
    )


def _parts_paid(asset: Asset, payments: tuple[PaymentLine, ...]) -> list[views.PaidOn]:
    """Give what went to holders, by payment date."""
    return [
        views.PaidOn(line.pays_on, line.paid, kind_of(asset, redeems=line.redeems))
        for line in payments
        if line.paid
    ]


def _admitted(asked: Asked, asset: Asset) -> views.LifeEvent:
    line = asset.line
    return _event(asked, "admitted", line.created_at, line.entry)


def _issues(asked: Asked, asset: Asset) -> list[views.LifeEvent]:
    found, told = [], changes(asked, asset)
    for change in told:
        nominal = asset.nominal(abs(change.units))
        if change.units > 0:
            found.append(_event(asked, "issued", change.at, change.entry, nominal))
        elif change.command.startswith("instruments."):
            found.append(_event(asked, "retired", change.at, change.entry, nominal))
    if asset.line.stage == "redeemed" and told:
        found.append(_event(asked, "redeemed", told[-1].at, told[-1].entry))
    return found


def _exchanges(asked: Asked, asset: Asset) -> list[views.LifeEvent]:
    """Give the exchanges that were settled, those of a day in one line that counts them."""
    legs, history = instruction_legs.c, instruction_history.c
    day = (entries.c.at + MALAYSIA_MICROS) // MICROS_PER_DAY
    query = (
        select(func.max(history.entry), func.max(entries.c.at), func.count())
        .select_from(instruction_legs)
        .join(instruction_history, history.instruction == legs.instruction)
        .join(entries, entries.c.number == history.entry)
        .where(legs.asset == asset.line.id, history.what == SETTLED)
        .group_by(day)
        .order_by(day)
    )
    found = []
    for entry, at, count in asked.snapshot.connection.execute(query):
        event = _event(asked, SETTLED, at, entry)
        if count > 1:
            event = replace(event, receipt_id=None, count=count)
        found.append(event)
    return found


def _freezes(asked: Asked, asset: Asset) -> list[views.LifeEvent]:
    """Give the amounts that directives hold now, to those who may see the register."""
    if not reader_may_see_register(asked.reader, asset.line.issuer):
        return []
    c = holds.c
    query = (
        select(c.entry, entries.c.at, c.amount)
        .join(entries, entries.c.number == c.entry)
        .where(c.asset == asset.line.id, c.purpose == str(HoldPurpose.DIRECTIVE))
        .order_by(c.entry)
    )
    return [
        _event(asked, "frozen", at, entry, asset.nominal(amount))
        for entry, at, amount in asked.snapshot.connection.execute(query)
    ]


def _paid(asset: Asset, payments: tuple[PaymentLine, ...]) -> list[views.LifeEvent]:
    """Give what was paid, and what failed and waits for a retry."""
    found = []
    for line in payments:
        kind, amount = kind_of(asset, redeems=line.redeems), line.paid
        if line.stage == "failed":
            kind, amount = "payment_failed", line.outstanding
        if amount:
            found.append(
                views.LifeEvent(kind, line.pays_on, DONE, amount, str(line.entry), line.entry)
            )
    return found


def _coming(asked: Asked, asset: Asset, payments: tuple[PaymentLine, ...]) -> list[views.LifeEvent]:
    """Give the payments to come: each one announced, the next one promised, and the last."""
    coming = [
        views.LifeEvent(
            kind_of(asset, redeems=line.redeems), line.pays_on, DUE, total_of(line), None, None
        )
        for line in payments
        if line.stage in {"announced", "fixed"}
    ]
    promised = ahead(asked, asset, payments)
    for period in promised[:2]:
        redeems = asset.debt is not None and period.end == asset.debt.maturity
        coming.append(
            views.LifeEvent(kind_of(asset, redeems=redeems), period.end, DUE, None, None, None)
        )
    if len(promised) > 2:  # noqa: PLR2004 - the two told above
        left = len(promised) - 3
        if left:
            coming.append(
                views.LifeEvent("more_payments", promised[2].end, DUE, None, None, None, count=left)
            )
        coming.append(
            views.LifeEvent(kind_of(asset, redeems=True), promised[-1].end, DUE, None, None, None)
        )
    if coming:
        coming[0] = replace(coming[0], stage=NEXT)
    return coming


def _event(
    asked: Asked, kind: str, at: int, entry: int, amount_sen: int | None = None
) -> views.LifeEvent:
    return views.LifeEvent(
        kind, asked.day(at), DONE, amount_sen, str(entry) if entry else None, entry
    )


def _told_shorter(events: list[views.LifeEvent]) -> list[views.LifeEvent]:
    """Tell a long life by the month, or by the year: amounts are added up, exchanges counted."""
    for length in (None, 7, 4):
        if length is not None:
            events = _merged(events, length)
        if len(events) <= EVENTS_MAX:
            break
    return events[-EVENTS_MAX:]


def _merged(events: list[views.LifeEvent], length: int) -> list[views.LifeEvent]:
    told: dict[tuple[str, str], views.LifeEvent] = {}
    for event in events:
        key = (event.on.isoformat()[:length], event.kind)
        before = told.get(key)
        if before is None:
            told[key] = event
            continue
        amounts = [one.amount_sen for one in (before, event) if one.amount_sen is not None]
        told[key] = replace(
            event,
            amount_sen=sum(amounts) if amounts else None,
            count=(before.count or 1) + (event.count or 1),
            receipt_id=None,
            entry=None,
        )
    return list(told.values())
