# SPDX-License-Identifier: Apache-2.0
"""The face of `instruments`: terms as data, their arithmetic, and papers on the ledger.

Why exact: a payment must come out to the same sen on every node and in every replay, so nothing
here knows a clock, a library's holiday table or a floating-point number. README.md is the spec.
"""

from lejar.domain.accounts import No as Accounts
from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.domain.instruments import commands, events, handlers
from lejar.domain.instruments.cashflows import (
    CashFlow,
    Consideration,
    Split,
    accrued,
    cash_flows,
    consideration,
    income,
    income_per_sen,
    redemption,
    split,
)
from lejar.domain.instruments.daycount import year_fraction
from lejar.domain.instruments.identifiers import isin_is_valid, rentas_isin, rentas_stock_code
from lejar.domain.instruments.instrument import (
    INSTRUMENTS,
    ISINS,
    Instrument,
    InstrumentStage,
    asset_of_isin,
    closed,
    debt_of,
    known_instrument,
    redeemed_if_none_is_left,
)
from lejar.domain.instruments.model import (
    PAR,
    BusinessDay,
    CurrencyTerms,
    DayCount,
    DebtInstrument,
    DebtTerms,
    FixedCouponBond,
    FixedProfitSukuk,
    PlainUnits,
    Principle,
    Rounding,
    Source,
    SourceClass,
    Terms,
)
from lejar.domain.instruments.refusals import InstrumentRefusal as No
from lejar.domain.instruments.rounding import round_half_up_sen, to_sen, truncate_sen
from lejar.domain.instruments.rules import is_live, terms_that_pay
from lejar.domain.instruments.schedule import Period, period_of, periods
from lejar.domain.instruments.soundness import SENTENCES, Defect, defects
from lejar.domain.policy import No as Policy
from lejar.kernel.module import Module, Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "INSTRUMENTS",
    "ISINS",
    "MODULE",
    "PAR",
    "SENTENCES",
    "BusinessDay",
    "CashFlow",
    "Consideration",
    "CurrencyTerms",
    "DayCount",
    "DebtInstrument",
    "DebtTerms",
    "Defect",
    "FixedCouponBond",
    "FixedProfitSukuk",
    "Instrument",
    "InstrumentStage",
    "No",
    "Period",
    "PlainUnits",
    "Principle",
    "Rounding",
    "Source",
    "SourceClass",
    "Split",
    "Terms",
    "accrued",
    "asset_of_isin",
    "cash_flows",
    "closed",
    "consideration",
    "debt_of",
    "defects",
    "income",
    "income_per_sen",
    "is_live",
    "isin_is_valid",
    "known_instrument",
    "period_of",
    "periods",
    "redeemed_if_none_is_left",
    "redemption",
    "rentas_isin",
    "rentas_stock_code",
    "round_half_up_sen",
    "split",
    "terms_that_pay",
    "to_sen",
    "truncate_sen",
    "year_fraction",
]

_DEFECTS = tuple(No[defect.name] for defect in Defect)

MODULE = Module(
    name="instruments",
    tables=(INSTRUMENTS, ISINS),
    refusals=(No,),
    events=(
        events.InstrumentCreated,
        events.UnitsCreated,
        events.UnitsIssued,
        events.UnitsRetired,
        events.RegisterClosed,
        events.InstrumentRedeemed,
    ),
    verbs=(
        Verb(
            commands.CreateInstrument,
            handlers.create_instrument,
            Role.OPERATE,
            (
                Identity.NOT_THE_PARTY,
                No.APPROVER_MISSING,
                *_DEFECTS,
                No.PAYMENTS_TOO_LARGE,
                No.JURISDICTION_REPEATED,
                No.ISIN_TAKEN,
            ),
        ),
        Verb(
            commands.CreateUnits,
            handlers.create_units,
            Role.OPERATE,
            (
                Identity.NOT_THE_PARTY,
                No.APPROVER_MISSING,
                No.ASSET_CLASS_UNFIT,
                No.ISIN_CHECK_DIGIT,
                No.JURISDICTION_REPEATED,
                No.ISIN_TAKEN,
            ),
        ),
        Verb(
            commands.IssueUnits,
            handlers.issue_units,
            Role.OPERATE,
            (
                No.INSTRUMENT_UNKNOWN,
                No.NOT_THE_ISSUER,
                No.INSTRUMENT_CLOSED,
                No.OUTSIDE_ISSUE_DATES,
                No.ISSUE_AMOUNT_EXCEEDED,
                Ledger.ACCOUNT_UNKNOWN,
                No.HOLDER_ACCOUNT_UNFIT,
                Policy.TARGET_SUSPENDED,
                Policy.SOURCE_FROZEN,
                Policy.TARGET_FROZEN,
                Policy.ASSET_FROZEN,
                Policy.TARGET_INELIGIBLE,
                Policy.HOLDING_CAP,
            ),
        ),
        Verb(
            commands.RetireUnits,
            handlers.retire_units,
            Role.OPERATE,
            (
                No.INSTRUMENT_UNKNOWN,
                No.NOT_THE_ISSUER,
                No.INSTRUMENT_CLOSED,
                Ledger.ACCOUNT_UNKNOWN,
                No.HOLDER_ACCOUNT_UNFIT,
                Accounts.NOT_THE_OWNER,
                Policy.SOURCE_FROZEN,
                Policy.TARGET_FROZEN,
                Policy.ASSET_FROZEN,
                Ledger.FUNDS_INSUFFICIENT,
            ),
        ),
    ),
)
