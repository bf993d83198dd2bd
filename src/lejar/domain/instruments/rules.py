# SPDX-License-Identifier: Apache-2.0
"""What must hold of the commands on instruments, each named as its sentence."""

from typing import Final

from lejar.domain.calendar import today
from lejar.domain.identity import Power, has_power
from lejar.domain.instruments.cashflows import income_per_sen, redemption
from lejar.domain.instruments.commands import Jurisdictions
from lejar.domain.instruments.identifiers import isin_is_valid
from lejar.domain.instruments.instrument import Instrument, InstrumentStage, asset_of_isin
from lejar.domain.instruments.model import DebtTerms
from lejar.domain.instruments.refusals import InstrumentRefusal
from lejar.domain.instruments.soundness import defects
from lejar.domain.policy import AssetClass
from lejar.kernel.draft import Draft
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Purpose, known_account

NOT_PLAIN: Final = (
    AssetClass.MONEY,
    AssetClass.DEPOSIT,
    AssetClass.STABLECOIN,
    AssetClass.BOND,
    AssetClass.SUKUK,
)
"""Classes that have commands of their own, today or later."""


def approver_beside(draft: Draft, issuer: bytes) -> bytes:
    """Give the signer who approves the issue, who is never the issuer; or refuse.

    Basis: four eyes.
    """
    for party in draft.signers:
        if party != issuer and has_power(draft, party, Power.APPROVE_ISSUES):
            return party
    raise Refused(InstrumentRefusal.APPROVER_MISSING, power=str(Power.APPROVE_ISSUES))


def terms_are_sound(terms: DebtTerms) -> Refused | None:
    """No field of the terms disagrees with another; the first defect by precedence is named."""
    found = defects(terms)
    return Refused(InstrumentRefusal[found[0].name], isin=terms.isin) if found else None


def payments_can_be_counted(terms: DebtTerms) -> Refused | None:
    """All that the paper ever pays, taken together, is an amount the ledger can hold."""
    whole_life = income_per_sen(terms, terms.accrual_start, terms.maturity)
    if redemption(terms, terms.issue_amount) + terms.issue_amount * whole_life > AMOUNT_MAX:
        return Refused(InstrumentRefusal.PAYMENTS_TOO_LARGE, largest=AMOUNT_MAX)
    return None


def class_is_for_plain_units(asset_class: AssetClass) -> Refused | None:
    """The class is neither money nor a paper that pays by its terms.

    Basis: rules of the hub; money is created by who may issue it, and a debt says what it pays.
    """
    if asset_class not in NOT_PLAIN:
        return None
    return Refused(InstrumentRefusal.ASSET_CLASS_UNFIT, asset_class=str(asset_class))


def isin_is_sound(isin: str | None) -> Refused | None:
    """The ISIN, where there is one, has the right check digit."""
    if isin is None or isin_is_valid(isin):
        return None
    return Refused(InstrumentRefusal.ISIN_CHECK_DIGIT, isin=isin)


def jurisdictions_are_named_once(jurisdictions: Jurisdictions) -> Refused | None:
    """No jurisdiction is named twice."""
    if len(jurisdictions) == len(dict.fromkeys(jurisdictions)):
        return None
    return Refused(InstrumentRefusal.JURISDICTION_REPEATED)


def isin_is_new(reader: Reader, isin: str | None) -> Refused | None:
    """No instrument on the hub has this ISIN."""
    standing = None if isin is None else asset_of_isin(reader, isin)
    if standing is None:
        return None
    return Refused(InstrumentRefusal.ISIN_TAKEN, asset=standing, isin=isin)


def is_live(instrument: Instrument) -> Refused | None:
    """The instrument's register has not been closed."""
    if instrument.stage is InstrumentStage.LIVE:
        return None
    return Refused(InstrumentRefusal.INSTRUMENT_CLOSED, stage=str(instrument.stage))


def terms_that_pay(instrument: Instrument) -> DebtTerms:
    """Give the figures by which an instrument pays, or refuse: plain units promise no payment."""
    if instrument.debt is None:
        raise Refused(InstrumentRefusal.TERMS_PAY_NOTHING)
    return instrument.debt


def today_is_within_issue_dates(reader: Reader, instrument: Instrument) -> Refused | None:
    """Today lies from a debt's issue date, included, to its maturity, excluded.

    Basis: terms of issue.  A unit issued on the day of maturity would have no life.  Plain units
    have no such dates.
    """
    terms = instrument.debt
    if terms is None:
        return None
    if terms.accrual_start <= today(reader) < terms.maturity:
        return None
    return Refused(
        InstrumentRefusal.OUTSIDE_ISSUE_DATES,
        first=terms.accrual_start.isoformat(),
        maturity=terms.maturity.isoformat(),
    )


def issue_amount_is_kept(instrument: Instrument, units: int) -> Refused | None:
    """Units ever issued stay within what the terms allow, and within what can be counted."""
    left = (instrument.units_max or AMOUNT_MAX) - instrument.issued
    if units <= left:
        return None
    return Refused(InstrumentRefusal.ISSUE_AMOUNT_EXCEEDED, allowed=left)


def account_is_a_holders(reader: Reader, account: bytes) -> Refused | None:
    """The account is not an issuance account."""
    if known_account(reader, account).purpose is not Purpose.ISSUANCE:
        return None
    return Refused(InstrumentRefusal.HOLDER_ACCOUNT_UNFIT, account=account)
