# SPDX-License-Identifier: Apache-2.0
"""Every kind of rule, and how its parameters become a test."""

from collections.abc import Callable
from typing import Any

from lejar.domain.policy.kinds import figures, holdings, lists, persons, timing, trading, windows
from lejar.domain.policy.kinds.form import Names, Spec, Test

STATELESS: dict[type[Spec], Callable[[Any, Names], Test]] = {
    persons.Credential: persons.credential,
    persons.InvestorClass: persons.investor_class,
    persons.Knowledge: persons.knowledge,
    persons.CountryAllow: persons.country_allow,
    persons.CountryDeny: persons.country_deny,
    persons.LookThrough: persons.look_through,
    lists.DenyList: lists.deny_list,
    lists.AllowList: lists.allow_list,
    holdings.HoldingCap: holdings.holding_cap,
    holdings.HolderCap: holdings.holder_cap,
    holdings.ForeignCap: holdings.foreign_cap,
    holdings.SupplyCap: holdings.supply_cap,
    timing.LockUp: timing.lock_up,
    timing.Hours: timing.hours,
    trading.Ticket: trading.ticket,
    trading.SettlementAsset: trading.settlement_asset,
    trading.PurposeBound: trading.purpose_bound,
    trading.Approval: trading.approval,
    trading.Switch: trading.switch,
    trading.PriceTick: trading.price_tick,
    figures.Figure: figures.figure_limit,
    figures.FigureShare: figures.figure_share,
    figures.FigureAny: figures.figure_any,
}
"""Kinds whose answer needs nothing that the rule itself has counted."""

COUNTING: dict[type[Spec], Callable[[Any, Names, str], Test]] = {
    holdings.Concentration: holdings.concentration,
    windows.InvestmentCap: windows.investment_cap,
    windows.Velocity: windows.velocity,
    windows.FundRaising: windows.fund_raising,
    timing.Moratorium: timing.moratorium,
    timing.CoolingOff: timing.cooling_off,
}
"""Kinds that count under the rule's own name."""


def test_of(spec: Spec, names: Names, rule_id: str) -> Test | None:
    """Fill in a kind's parameters; none for a kind that charges instead of judging."""
    counting = COUNTING.get(type(spec))
    if counting is not None:
        return counting(spec, names, rule_id)
    stateless = STATELESS.get(type(spec))
    return None if stateless is None else stateless(spec, names)
