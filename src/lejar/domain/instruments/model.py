# SPDX-License-Identifier: Apache-2.0
"""The nouns: the terms of a currency, a fixed-coupon bond, a fixed-profit sukuk, and plain units.

Why terms and nothing else: what an instrument promises is fixed at issue and public, so it can be
put on the ledger as record bytes and read by anyone. What happened to it since is state, elsewhere.

A bond and a sukuk pay by the same arithmetic and differ in law. They therefore share their figures
by holding a `DebtTerms`, not by inheriting from one another.

Integers only. Amounts are in sen (a hundredth of the currency), rates in millionths (3.950 % is
39 500), prices in millionths of per cent of nominal (par, 100 %, is 100 000 000).
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from msgspec import Meta

from lejar.domain.policy import AssetClass
from lejar.kernel.codec import Record
from lejar.kernel.quantity import AMOUNT_MAX

PAR: Final = 100_000_000
"""A price of 100 per cent of nominal, in millionths of per cent."""

ASSUMED_MAX: Final = 32
"""More names than terms have fields."""

Amount = Annotated[int, Meta(ge=0, le=AMOUNT_MAX)]
"""Smallest units of money or nominal; for the currencies shipped today, sen."""
RateMillionths = Annotated[int, Meta(ge=0, le=1_000_000)]
"""Nominal rate a year in millionths. The bound, 100 %, is ours: it catches a slipped scale."""
PriceMillionths = Annotated[int, Meta(ge=0, le=1_000_000_000)]
"""Per cent of nominal in millionths. The bound, 1000 %, is ours: it catches a slipped scale."""
Isin = Annotated[str, Meta(pattern=r"\A[A-Z]{2}[A-Z0-9]{9}[0-9]\Z")]
"""Shape of ISO 6166; the check digit is a question for `identifiers`."""
StockCode = Annotated[str, Meta(pattern=r"\A[A-Z0-9]{8}\Z")]
"""Eight characters by which RENTAS knows a debt security, such as `UG210240`."""
CurrencyCode = Annotated[str, Meta(pattern=r"\A[A-Z]{3}\Z")]
"""Shape of ISO 4217."""
Name = Annotated[str, Meta(min_length=1, max_length=140)]
"""A public name or title, as printed."""
ShortName = Annotated[str, Meta(pattern=r"\A[!-~]([ -~]{0,38}[!-~])?\Z")]
"""Up to 40 printable characters of ASCII, no space at either end; ISO 18774 needs 35."""
UnitsMax = Annotated[int, Meta(ge=1, le=AMOUNT_MAX)]
"""A number of units."""


class DayCount(StrEnum):
    """How much of a year lies between two dates; the formulas are in `daycount`."""

    ACT_ACT_ICMA = "ACT/ACT ICMA"
    ACT_365 = "ACT/365"


class BusinessDay(StrEnum):
    """What happens to a payment whose date is not a business day."""

    FOLLOWING_UNADJUSTED = "following, unadjusted"
    """Paid on the next business day; the amount is that of the unadjusted date."""


class Rounding(StrEnum):
    """Which whole sen an exact amount becomes; the functions are in `rounding`."""

    HALF_UP_SEN = "half up to the sen"
    TRUNCATE_SEN = "truncated to the sen"


class Principle(StrEnum):
    """The Shariah contract under a sukuk."""

    MURABAHAH = "murabahah"
    IJARAH = "ijarah"
    WAKALAH = "wakalah"
    MUDHARABAH = "mudharabah"


class SourceClass(StrEnum):
    """How good a published source is, best first."""

    PRIMARY = "P"
    LAW_FIRM = "L"
    NEWS = "N"
    WEAK = "W"
    UNVERIFIED = "U"


class Source(Record, frozen=True, kw_only=True):
    """Where terms were read, how good that place is, whether it was read there."""

    reference: Annotated[str, Meta(min_length=1, max_length=500)]
    source_class: SourceClass
    collected: Annotated[str, Meta(pattern=r"\A[0-9]{4}-[0-9]{2}(-[0-9]{2})?\Z")]
    """Month or day on which the page was read, ISO 8601."""
    verified: bool
    """Whether the figures were read on the source itself; never so for classes W and U."""


class CurrencyTerms(Record, frozen=True, kw_only=True, tag="currency"):
    """A currency: its ISO 4217 code, its name, and how many decimals its smallest unit has."""

    code: CurrencyCode
    name: Name
    decimals: Annotated[int, Meta(ge=0, le=6)]


class DebtTerms(Record, frozen=True, kw_only=True):
    """The figures by which a fixed-rate paper pays. Types hold shapes; `defects` asks the rest."""

    isin: Isin
    stock_code: StockCode | None
    short_name: Name
    issuer_name: Name | None
    """The issuer's public name; null when the page printed only a short name."""
    currency: CurrencyCode
    unit_nominal: Annotated[int, Meta(ge=1, le=AMOUNT_MAX)]
    """Sen of nominal in one unit, the smallest amount that can be held."""
    issue_amount: Amount
    """Sen of nominal issued at most."""
    rate_millionths: RateMillionths
    accrual_start: date
    """First day of the first period; the date of issue."""
    first_payment: date
    """End of the first period, before any move to a business day."""
    last_regular: date | None
    """End of the last regular period when the last one is long; null lets the dates decide."""
    maturity: date
    """End of the last period, before any move to a business day."""
    payments_per_year: Annotated[int, Meta(ge=1, le=12)]
    roll_day: Annotated[int, Meta(ge=1, le=31)]
    """Day of the month on which regular periods end; in a shorter month, its last day. 31 is the
    end-of-month rule. Said outright because 28 February could mean 28, 29, 30 or 31."""
    day_count: DayCount
    business_day: BusinessDay
    redemption_price: PriceMillionths
    ex_days: Annotated[int, Meta(ge=0, le=366)]
    """As published. Whether calendar or business days was not readable; 0 needs no answer."""
    rounding: Rounding
    source: Source
    assumed: Annotated[tuple[str, ...], Meta(max_length=ASSUMED_MAX)]
    """Names of the fields above that are our assumption and not a published figure, sorted."""


class FixedCouponBond(Record, frozen=True, kw_only=True, tag="fixed-coupon bond"):
    """A conventional paper that pays a fixed coupon."""

    debt: DebtTerms


class FixedProfitSukuk(Record, frozen=True, kw_only=True, tag="fixed-profit sukuk"):
    """An Islamic paper that distributes a fixed profit."""

    debt: DebtTerms
    principle: Principle | None
    """Null when the page said only that the paper is Islamic."""


class PlainUnits(Record, frozen=True, kw_only=True, tag="units"):
    """Units without debt terms: a share, a digital asset … Nothing of them falls due."""

    asset_class: AssetClass
    short_name: ShortName
    isin: Isin | None
    """Null for units that no numbering agency has numbered."""
    units_max: UnitsMax | None
    """Units ever issued at most; null for units that come and go without end, as a fund's do."""


DebtInstrument: TypeAlias = FixedCouponBond | FixedProfitSukuk
"""What owes money by its terms."""

Terms: TypeAlias = CurrencyTerms | FixedCouponBond | FixedProfitSukuk
"""What a pack's instrument file may say: a tagged union, so one decoder reads all."""
