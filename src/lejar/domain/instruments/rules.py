# SPDX-License-Identifier: Apache-2.0
"""What must hold of the commands on instruments, each named as its sentence."""

from lejar.domain.calendar import today
from lejar.domain.identity import Power, has_power
from lejar.domain.instruments.cashflows import income_per_sen, redemption
from lejar.domain.instruments.instrument import Instrument, InstrumentStage, asset_of_isin
from lejar.domain.instruments.model import DebtTerms
from lejar.domain.instruments.refusals import InstrumentRefusal
from lejar.domain.instruments.soundness import defects
from lejar.kernel.draft import Draft
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Purpose, known_account


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


def isin_is_new(reader: Reader, terms: DebtTerms) -> Refused | None:
    """No instrument on the hub has this ISIN."""
    standing = asset_of_isin(reader, terms.isin)
    if standing is None:
        return None
    return Refused(InstrumentRefusal.ISIN_TAKEN, asset=standing, isin=terms.isin)


def is_live(instrument: Instrument) -> Refused | None:
    """The instrument's register has not been closed."""
    if instrument.stage is InstrumentStage.LIVE:
        return None
    return Refused(InstrumentRefusal.INSTRUMENT_CLOSED, stage=str(instrument.stage))


def today_is_within_issue_dates(reader: Reader, terms: DebtTerms) -> Refused | None:
    """Today lies from the issue date, included, to maturity, excluded.

    Basis: terms of issue.  A unit issued on the day of maturity would have no life.
    """
    if terms.accrual_start <= today(reader) < terms.maturity:
        return None
    return Refused(
        InstrumentRefusal.OUTSIDE_ISSUE_DATES,
        first=terms.accrual_start.isoformat(),
        maturity=terms.maturity.isoformat(),
    )


def issue_amount_is_kept(instrument: Instrument, units: int) -> Refused | None:
    """Units ever issued, times their nominal, stay within the issue amount."""
    left = instrument.debt.issue_amount // instrument.debt.unit_nominal - instrument.issued
    if units <= left:
        return None
    return Refused(InstrumentRefusal.ISSUE_AMOUNT_EXCEEDED, allowed=left)


def account_is_a_holders(reader: Reader, account: bytes) -> Refused | None:
    """The account is not an issuance account."""
    if known_account(reader, account).purpose is not Purpose.ISSUANCE:
        return None
    return Refused(InstrumentRefusal.HOLDER_ACCOUNT_UNFIT, account=account)
