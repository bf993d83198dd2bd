# SPDX-License-Identifier: Apache-2.0
"""Intraday liquidity against collateral: what the module of money joins into its own."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.identity import Role
from lejar.domain.money.intraday import commands, events, handlers
from lejar.domain.money.intraday.invariants import for_all
from lejar.domain.money.intraday.model import COLLATERAL, CREDITS, FACILITIES, Credit, Form
from lejar.domain.money.intraday.refusals import IntradayRefusal as No
from lejar.domain.money.intraday.unwinding import CLOSES, intraday_closes
from lejar.domain.money.refusals import MoneyRefusal as Money
from lejar.domain.policy import No as Policy
from lejar.kernel.module import Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "COLLATERAL",
    "CREDITS",
    "DUE",
    "EVENTS",
    "FACILITIES",
    "TABLES",
    "VERBS",
    "Credit",
    "Form",
    "No",
    "for_all",
]

TABLES = (COLLATERAL, FACILITIES, CREDITS)
DUE = ((CLOSES, intraday_closes),)
EVENTS = (
    events.CollateralSet,
    events.FacilityOpened,
    events.FacilityClosed,
    events.IntradayDrawn,
    events.CollateralGiven,
    events.CollateralReturned,
    events.SecuritiesSold,
    events.BuyBackPromised,
    events.BuyBackMade,
    events.IntradayRepaid,
    events.IntradayOverdue,
    events.MarginCalled,
)

_CENTRAL_BANKS = (Ledger.ASSET_UNKNOWN, Money.NOT_MONEY, Money.NOT_THE_CENTRAL_BANK)
_FROZEN = (Policy.SOURCE_FROZEN, Policy.TARGET_FROZEN, Policy.ASSET_FROZEN)

VERBS = (
    Verb(
        commands.SetCollateral,
        handlers.set_collateral,
        Role.OPERATE,
        (*_CENTRAL_BANKS, No.COLLATERAL_UNFIT, Policy.OVER_ALREADY),
    ),
    Verb(
        commands.OpenFacility,
        handlers.open_facility,
        Role.OPERATE,
        (*_CENTRAL_BANKS, Ledger.ACCOUNT_UNKNOWN, No.FACILITY_ACCOUNT_UNFIT),
    ),
    Verb(
        commands.CloseFacility,
        handlers.close_facility,
        Role.OPERATE,
        (*_CENTRAL_BANKS, No.FACILITY_NOT_OPEN),
    ),
    Verb(
        commands.DrawIntraday,
        handlers.draw_intraday,
        Role.OPERATE,
        (
            No.FACILITY_NOT_OPEN,
            Ledger.ACCOUNT_UNKNOWN,
            No.NOT_A_BANKS_OWN,
            Accounts.NOT_THE_OWNER,
            No.FORM_NOT_OFFERED,
            No.FORM_NOT_FOR_ISLAMIC_BANK,
            No.CREDIT_OVERDUE,
            No.COLLATERAL_REPEATED,
            No.COLLATERAL_NOT_TAKEN,
            No.COLLATERAL_NOT_ISLAMIC,
            Ledger.AMOUNT_TOO_LARGE,
            No.COLLATERAL_SHORT,
            No.FACILITY_LIMIT,
            Policy.TARGET_SUSPENDED,
            *_FROZEN,
            Policy.MARKET_HALTED,
            Policy.TARGET_INELIGIBLE,
            Policy.LOCK_UP,
            Policy.REGISTER_CLOSED,
            Policy.HOLDING_CAP,
            Ledger.FUNDS_INSUFFICIENT,
        ),
    ),
    Verb(
        commands.RepayIntraday,
        handlers.repay_intraday,
        Role.OPERATE,
        (
            No.CREDIT_UNKNOWN,
            Accounts.NOT_THE_OWNER,
            No.OWED_IS_LESS,
            No.SALE_IS_WHOLE,
            Policy.TARGET_SUSPENDED,
            *_FROZEN,
            Policy.MARKET_HALTED,
            Policy.TARGET_INELIGIBLE,
            Policy.REGISTER_CLOSED,
            Policy.HOLDING_CAP,
            Ledger.FUNDS_INSUFFICIENT,
        ),
    ),
    Verb(
        commands.SubstituteCollateral,
        handlers.substitute_collateral,
        Role.OPERATE,
        (
            No.CREDIT_UNKNOWN,
            Accounts.NOT_THE_OWNER,
            No.SALE_IS_WHOLE,
            No.COLLATERAL_REPEATED,
            No.COLLATERAL_NOT_TAKEN,
            Policy.SOURCE_SUSPENDED,
            Policy.TARGET_SUSPENDED,
            *_FROZEN,
            Policy.MARKET_HALTED,
            Policy.TARGET_INELIGIBLE,
            Policy.LOCK_UP,
            Policy.REGISTER_CLOSED,
            Policy.HOLDING_CAP,
            Ledger.FUNDS_INSUFFICIENT,
            No.COLLATERAL_MISSING,
            No.COLLATERAL_SHORT,
        ),
    ),
)
