# SPDX-License-Identifier: Apache-2.0
"""The page of money: what exists for everybody, what a bank has and owes for its own sides."""

from collections.abc import Sequence
from typing import Final

from lejar.kernel import identifiers
from lejar.projections.privileged.account_money import central_bank_money
from lejar.projections.privileged.intraday import CreditLine, open_credits
from lejar.projections.public import money as told
from lejar.projections.public.figures import currencies
from lejar.web import views
from lejar.web.readers import reader_is_concerned
from lejar.web.reading.asked import Asked

ROWS_MAX: Final = 100
MINUTES_PER_HOUR: Final = 60


def money_view(asked: Asked) -> views.MoneyView:
    """Give the page."""
    lines = _credits(asked)
    return views.MoneyView(
        as_at=asked.as_at,
        currencies=_currencies(asked),
        claims=tuple(_claim(asked, one) for one in told.deposit_tokens_of(asked.snapshot)),
        facilities=tuple(_facility(asked, one) for one in told.facilities_of(asked.snapshot)),
        collateral=tuple(_collateral(asked, one) for one in told.collateral(asked.snapshot)),
        credits=None if lines is None else tuple(_credit(asked, one) for one in lines[:ROWS_MAX]),
        open_credits=len(lines or ()),
        tiers=tuple(_tier(asked, one) for one in told.tiers(asked.snapshot)),
    )


def _currencies(asked: Asked) -> tuple[views.SupplyRow, ...]:
    return tuple(
        views.SupplyRow(asked.amount(one.asset, one.supply), asked.party(_issuer(asked, one.asset)))
        for one in currencies(asked.snapshot)
    )


def _claim(asked: Asked, line: told.DepositLine) -> views.ClaimRow:
    """Give a bank's claim; claims and reserves both in the currency, for they are at par."""
    concerned = (line.bank, _issuer(asked, line.currency))
    reserves = None
    if reader_is_concerned(asked.reader, concerned):
        held = central_bank_money(asked.snapshot, line.settles_in, line.currency)
        reserves = asked.amount(line.currency, held)
    return views.ClaimRow(
        _reference(asked, line.asset),
        asked.party(line.bank),
        asked.amount(line.currency, line.claims),
        reserves,
    )


def _facility(asked: Asked, line: told.FacilityLine) -> views.FacilityRow:
    hours, minutes = divmod(line.closing_minutes, MINUTES_PER_HOUR)
    most = None if line.bank_max is None else asked.amount(line.currency, line.bank_max)
    return views.FacilityRow(
        _reference(asked, line.currency),
        line.forms,
        f"{hours:02}:{minutes:02}",
        line.difference,
        most,
    )


def _collateral(asked: Asked, line: told.CollateralLine) -> views.CollateralRow:
    return views.CollateralRow(
        _reference(asked, line.asset),
        _reference(asked, line.currency),
        line.price,
        line.haircut,
        line.until,
        line.islamic,
        asked.as_at.at < line.until,
    )


def _credits(asked: Asked) -> Sequence[CreditLine] | None:
    """Give open credits: the reader's own or in its currency, all for a supervisor."""
    reader = asked.reader
    if reader is None:
        return None
    return open_credits(asked.snapshot, None if reader.supervises else reader.party)


def _credit(asked: Asked, line: CreditLine) -> views.CreditRow:
    short, margin = line.shortfall, line.margin_short
    return views.CreditRow(
        identifiers.show("credit", line.id),
        asked.party(line.bank),
        line.form,
        asked.amount(line.currency, line.owed),
        tuple(asked.amount(one.asset, one.amount) for one in line.collateral),
        line.closes_at,
        line.is_overdue,
        asked.amount(line.currency, short) if short else None,
        asked.amount(line.currency, margin) if margin else None,
    )


def _tier(asked: Asked, line: told.TierLine) -> views.TierRow:
    caps = (line.holding_max, line.payment_max, line.daily_max)
    holding, payment, daily = (asked.amount(line.currency, cap) for cap in caps)
    return views.TierRow(line.tier, holding, payment, daily)


def _reference(asked: Asked, asset: bytes) -> views.Reference:
    """Name an asset, with its page."""
    found, shown = asked.asset(asset), identifiers.show("asset", asset)
    return views.Reference(shown if found is None else found.name, f"/instruments/{shown}")


def _issuer(asked: Asked, asset: bytes) -> bytes:
    found = asked.asset(asset)
    return b"" if found is None else found.line.issuer
