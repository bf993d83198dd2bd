# SPDX-License-Identifier: Apache-2.0
"""The fields of a paper as a pack writes them, and the terms that they make.

Why texts for decimals: TOML's decimals are floats, and no figure of ours passes through a float. A
rate of "3.950" per cent becomes 39 500 millionths by moving the point, or is refused.
"""

from calendar import monthrange
from datetime import date
from typing import Final

import msgspec

from lejar.domain.instruments import SENTENCES, DebtTerms, Defect, Source, defects
from lejar.reference.pack_files import PackFile


class Fields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of a paper; absent is null.

    Rates and prices are in per cent, amounts in whole units of the currency with at most two
    decimals, all as texts.
    """

    isin: str | None = None
    stock_code: str | None = None
    short_name: str | None = None
    issuer_name: str | None = None
    currency: str | None = None
    principle: str | None = None
    unit_nominal: str | None = None
    issue_amount: str | None = None
    rate_percent: str | None = None
    accrual_start: date | None = None
    first_payment: date | None = None
    last_regular: date | None = None
    maturity: date | None = None
    payments_per_year: int | None = None
    roll_day: int | None = None
    day_count: str | None = None
    business_day: str | None = None
    redemption_price: str | None = None
    ex_days: int | None = None
    rounding: str | None = None

    def names(self) -> tuple[str, ...]:
        """Names of the fields that have a value, in order."""
        return tuple(name for name in FIELD_NAMES if getattr(self, name) is not None)


FIELD_NAMES: Final = Fields.__struct_fields__

_DECIMALS: Final = {
    "unit_nominal": 2,
    "issue_amount": 2,
    "rate_percent": 4,
    "redemption_price": 6,
}
"""Places between a field's text and the integer in the terms."""

_IN_TERMS: Final = {"rate_percent": "rate_millionths"}
"""Fields whose name in the terms is another."""

_WRITTEN: Final = {target: field for field, target in _IN_TERMS.items()}
"""The same, the other way round."""

_FIELD_OF: Final = {
    Defect.ISIN_CHECK_DIGIT: "isin",
    Defect.ISIN_STOCK_CODE: "stock_code",
    Defect.DATES_OUT_OF_ORDER: "maturity",
    Defect.LIFE_OUT_OF_RANGE: "maturity",
    Defect.FREQUENCY_UNEVEN: "payments_per_year",
    Defect.FIRST_PAYMENT_OFF_ROLL: "first_payment",
    Defect.LAST_REGULAR_OFF_ROLL: "last_regular",
    Defect.ISSUE_AMOUNT_NOT_IN_UNITS: "issue_amount",
    Defect.ASSUMED_UNKNOWN_FIELD: "isin",
}
"""Where to point for each defect."""

_SHORTEST_LONG_MONTH: Final = 31


def overlaid(*layers: Fields) -> Fields:
    """One set of fields in which a later layer's value stands before an earlier one's."""
    values = {name: getattr(layer, name) for layer in layers for name in layer.names()}
    return msgspec.convert(values, Fields)


def debt_terms(
    file: PackFile, fields: Fields, *, source: Source, assumed: tuple[str, ...]
) -> DebtTerms:
    """The terms that `fields` make; `assumed` are names of fields.

    Raises PackError with line and key for a field of the wrong shape, or for terms not sound.
    """
    figures = _figures(file, fields)
    figures["source"] = list(msgspec.structs.astuple(source))
    figures["assumed"] = sorted(_IN_TERMS.get(name, name) for name in assumed)
    terms = file.record(DebtTerms, figures, _WRITTEN)
    for defect in defects(terms):
        raise file.error(_FIELD_OF[defect], SENTENCES[defect])
    return terms


def scaled_fields(file: PackFile, fields: Fields) -> dict[str, int]:
    """The decimal texts of `fields` as integers of their last place. Raises PackError."""
    return {
        name: file.scaled(name, getattr(fields, name), places)
        for name, places in _DECIMALS.items()
        if getattr(fields, name) is not None
    }


def _figures(file: PackFile, fields: Fields) -> dict[str, object]:
    """Values under the terms' names, decimals as integers, the roll day filled in."""
    values = {name: getattr(fields, name) for name in FIELD_NAMES}
    values |= scaled_fields(file, fields)
    if fields.roll_day is None and fields.maturity is not None:
        values["roll_day"] = _roll_day(file, fields.maturity)
    return {_IN_TERMS.get(name, name): value for name, value in values.items()}


def _roll_day(file: PackFile, maturity: date) -> int:
    """The day of maturity, unless it ends a short month and may stand for a later day."""
    last = monthrange(maturity.year, maturity.month)[1]
    if maturity.day == last < _SHORTEST_LONG_MONTH:
        raise file.error("maturity", "ends a short month: say the roll_day, 31 for the month's end")
    return maturity.day
