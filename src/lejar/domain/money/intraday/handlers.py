# SPDX-License-Identifier: Apache-2.0
"""What the commands of intraday liquidity do."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.calendar import calendar
from lejar.domain.money.centre import currency_of_signer
from lejar.domain.money.intraday import commands, events, rules
from lejar.domain.money.intraday.keeping import given, given_back, kept_after
from lejar.domain.money.intraday.model import (
    COLLATERAL,
    CREDITS,
    FACILITIES,
    Credit,
    Facility,
    Form,
    Terms,
    open_credits,
)
from lejar.domain.money.intraday.refusals import IntradayRefusal as No
from lejar.domain.money.intraday.unwinding import closes_after, repaid, schedule_close
from lejar.domain.policy import Leg, MovePurpose, known_profile, move
from lejar.domain.policy import No as Policy
from lejar.kernel.draft import Draft
from lejar.kernel.quantity import AMOUNT_MAX, MILLION, truncated
from lejar.kernel.refusal import Refused, refuse_if
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Purpose, known_account
from lejar.ledger.refusals import LedgerRefusal


def set_collateral(draft: Draft, command: commands.SetCollateral) -> None:
    """Record the terms of a security, and call where they no longer cover."""
    currency_of_signer(draft, command.currency)
    refuse_if(rules.collateral_is_fit(known_profile(draft, command.asset), command.terms))
    key = command.currency + command.asset
    if command.terms is None:
        COLLATERAL.remove(draft, key)
    else:
        _refuse_past(draft, command.terms)
        COLLATERAL.put(draft, key, command.terms)
    draft.emit(_said(command))
    for credit_id, credit in open_credits(draft, command.currency):
        if any(kept.asset == command.asset for kept in credit.kept):
            _call_margin(draft, credit_id, credit)


def open_facility(draft: Draft, command: commands.OpenFacility) -> None:
    """Record what banks may draw."""
    profile = currency_of_signer(draft, command.currency)
    account = known_account(draft, command.account)
    if account.purpose is not Purpose.OWN or account.owner != profile.issuer:
        raise Refused(No.FACILITY_ACCOUNT_UNFIT, account=command.account)
    facility = Facility(
        command.forms,
        command.account,
        command.difference,
        command.bank_max,
        command.closing_minutes,
    )
    FACILITIES.put(draft, command.currency, facility)
    draft.emit(
        events.FacilityOpened(
            command.currency,
            command.forms,
            command.account,
            command.closing_minutes,
            command.difference,
            command.bank_max,
        )
    )


def close_facility(draft: Draft, command: commands.CloseFacility) -> None:
    """Forget what banks may draw."""
    currency_of_signer(draft, command.currency)
    _open_facility(draft, command.currency)
    FACILITIES.remove(draft, command.currency)
    draft.emit(events.FacilityClosed(command.currency))


def draw_intraday(draft: Draft, command: commands.DrawIntraday) -> None:
    """Take securities in and put new money out, in one entry."""
    facility = _open_facility(draft, command.currency)
    credit_id = draft.new_id("credit")
    credit = _agreed(draft, command, facility)
    kept = given(draft, credit_id, credit, command.collateral)
    issuance = known_profile(draft, command.currency).issuance_account
    leg = Leg(command.currency, issuance, command.account, command.amount)
    move(draft, (leg,), MovePurpose.ISSUE)
    credit = kept_after(credit, kept)
    CREDITS.put(draft, credit_id, credit)
    schedule_close(draft, credit_id, credit)
    _tell(draft, credit_id, credit)


def repay_intraday(draft: Draft, command: commands.RepayIntraday) -> None:
    """Pay back all or a part."""
    credit = _credit_of_signer(draft, command.credit)
    amount = credit.owed if command.amount is None else command.amount
    if amount > credit.owed:
        raise Refused(No.OWED_IS_LESS, asset=credit.currency, owed=credit.owed)
    if amount < credit.owed and credit.form is Form.SALE_AND_BUY_BACK:
        raise Refused(No.SALE_IS_WHOLE, asset=credit.currency, owed=credit.owed)
    repaid(draft, command.credit, credit, amount)


def substitute_collateral(draft: Draft, command: commands.SubstituteCollateral) -> None:
    """Take securities in and give others back; what remains must cover what is owed."""
    credit = _credit_of_signer(draft, command.credit)
    if credit.form is Form.SALE_AND_BUY_BACK:
        raise Refused(No.SALE_IS_WHOLE, asset=credit.currency, owed=credit.owed)
    for pieces in (command.give, command.take):
        refuse_if(rules.each_is_named_once(pieces))
    refuse_if(rules.each_is_taken(draft, credit.currency, credit.form, command.give))
    kept = given(draft, command.credit, credit, command.give)
    kept = given_back(draft, command.credit, kept_after(credit, kept), command.take)
    refuse_if(rules.owed_is_covered(draft, credit.currency, kept, credit.owed))
    CREDITS.put(draft, command.credit, kept_after(credit, kept))


def _agreed(draft: Draft, command: commands.DrawIntraday, facility: Facility) -> Credit:
    """Check what a bank asks for against the facility; gives the credit, still without paper."""
    currency, form = command.currency, command.form
    central_bank = known_profile(draft, currency).issuer
    bank = known_account(draft, command.account).owner
    refuse_if(
        rules.accounts_are_the_banks_own(
            draft, command.account, command.collateral_account, central_bank
        )
    )
    if bank not in draft.signers:
        raise Refused(Accounts.NOT_THE_OWNER, owner=bank)
    refuse_if(rules.form_is_fit(draft, facility, bank, form))
    refuse_if(rules.nothing_is_overdue(draft, currency, bank))
    refuse_if(rules.each_is_named_once(command.collateral))
    refuse_if(rules.each_is_taken(draft, currency, form, command.collateral))
    owed = _price(facility, command.amount)
    refuse_if(rules.owed_is_covered(draft, currency, command.collateral, owed))
    refuse_if(rules.limit_is_kept(draft, facility, currency, bank, owed))
    return Credit(
        form=form,
        currency=currency,
        bank=bank,
        account=command.account,
        collateral_account=command.collateral_account,
        kept_in=facility.account,
        kept=(),
        drawn=command.amount,
        owed=owed,
        promise=draft.new_id("promise") if form is Form.SALE_AND_BUY_BACK else None,
        closes_at=closes_after(draft.at, calendar(draft), facility.closing_minutes),
        closing_minutes=facility.closing_minutes,
    )


def _tell(draft: Draft, credit_id: bytes, credit: Credit) -> None:
    """Say that money is out; a sale and a promise are said as the two contracts that they are."""
    draft.emit(
        events.IntradayDrawn(
            credit_id,
            credit.form,
            credit.currency,
            credit.bank,
            credit.account,
            credit.drawn,
            credit.owed,
            credit.closes_at,
        )
    )
    if credit.promise is not None:
        buyer = known_account(draft, credit.kept_in).owner
        draft.emit(
            events.SecuritiesSold(credit_id, credit.bank, buyer, credit.currency, credit.drawn)
        )
        draft.emit(
            events.BuyBackPromised(
                credit.promise, credit_id, credit.bank, credit.currency, credit.owed
            )
        )


def _said(command: commands.SetCollateral) -> events.CollateralSet:
    currency, asset, terms = command.currency, command.asset, command.terms
    if terms is None:
        return events.CollateralSet(currency, asset, None, None, None, islamic=False)
    return events.CollateralSet(
        currency, asset, terms.price, terms.haircut, terms.until, terms.islamic
    )


def _price(facility: Facility, amount: int) -> int:
    """Give the price to pay back; the difference is rounded down, for the bank."""
    owed = amount + truncated(amount * (facility.difference or 0), MILLION)
    if owed > AMOUNT_MAX:
        raise Refused(LedgerRefusal.AMOUNT_TOO_LARGE, amount=amount)
    return owed


def _open_facility(reader: Reader, currency: bytes) -> Facility:
    found = FACILITIES.get(reader, currency)
    if found is None:
        raise Refused(No.FACILITY_NOT_OPEN, asset=currency)
    return found


def _credit_of_signer(draft: Draft, credit_id: bytes) -> Credit:
    credit = rules.known_credit(draft, credit_id)
    if credit.bank not in draft.signers:
        raise Refused(Accounts.NOT_THE_OWNER, owner=credit.bank)
    return credit


def _refuse_past(reader: Reader, terms: Terms) -> None:
    if terms.until <= reader.at:
        raise Refused(Policy.OVER_ALREADY, until=terms.until)


def _call_margin(draft: Draft, credit_id: bytes, credit: Credit) -> None:
    value = rules.value_of(draft, credit.currency, credit.kept)
    if value < credit.owed:
        draft.emit(
            events.MarginCalled(
                credit_id,
                credit.bank,
                credit.currency,
                value,
                credit.owed,
                credit.owed - value,
            )
        )
