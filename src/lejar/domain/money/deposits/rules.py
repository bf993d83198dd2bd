# SPDX-License-Identifier: Apache-2.0
"""What must hold of tokenised deposits, each named as its sentence."""

from lejar.domain.identity import PARTIES, PartyStatus, has_credential
from lejar.domain.money.deposits.model import DEPOSITS, Deposit, deposit_kept
from lejar.domain.money.deposits.refusals import DepositRefusal
from lejar.domain.policy import AssetClass, AssetProfile, is_frozen
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Account, Purpose
from lejar.ledger.balances import balance

_CUSTOMERS = (Purpose.OWN, Purpose.CLIENT, Purpose.CUSTODY, Purpose.FEES)


def asset_is_a_currency(asset: bytes, profile: AssetProfile) -> Refused | None:
    """The asset is money that a central bank issues, not a claim on it."""
    if profile.asset_class is AssetClass.MONEY:
        return None
    return Refused(DepositRefusal.NOT_A_CURRENCY, asset=asset)


def account_settles(
    reader: Reader, account: bytes, found: Account, currency: bytes
) -> Refused | None:
    """The bank's account is its own, and holds the currency itself."""
    if (
        found.purpose is Purpose.OWN
        and found.cash_account is None
        and deposit_kept(reader, account, currency) is None
    ):
        return None
    return Refused(DepositRefusal.SETTLEMENT_ACCOUNT_UNFIT, account=account)


def party_is_a_bank(reader: Reader, party: bytes, currency: AssetProfile) -> Refused | None:
    """The party holds what the currency asks of its holders; where nothing is asked, none is one.

    Basis: rules of the hub; a bank is who may hold central-bank money.
    """
    if not currency.required:
        return Refused(DepositRefusal.NOT_A_BANK, party=party)
    for wanted in currency.required:
        if not has_credential(reader, party, wanted):
            return Refused(DepositRefusal.NOT_A_BANK, party=party, credential=wanted)
    return None


def bank_has_no_other(reader: Reader, bank: bytes, currency: bytes) -> Refused | None:
    """One bank has one claim in one currency, so that all its depositors rank alike."""
    for asset, deposit in DEPOSITS.scan(reader):
        if deposit.bank == bank and deposit.currency == currency:
            return Refused(DepositRefusal.DEPOSIT_TOKEN_EXISTS, asset=asset)
    return None


def code_is_free(reader: Reader, code: str) -> Refused | None:
    """No other bank's claim has this code."""
    for asset, deposit in DEPOSITS.scan(reader):
        if deposit.code == code:
            return Refused(DepositRefusal.DEPOSIT_CODE_TAKEN, asset=asset)
    return None


def account_is_a_customers(
    reader: Reader, account: bytes, found: Account, deposit: Deposit
) -> Refused | None:
    """The account is a customer's: on no bank's pool, not this bank's, settling no bank's claims.

    What stands on a bank's client account is paid out of it already.
    """
    settles = any(one.settles_in == account for _, one in DEPOSITS.scan(reader))
    is_customers = found.purpose in _CUSTOMERS and found.person != deposit.bank
    if is_customers and found.cash_account is None and not settles:
        return None
    return Refused(DepositRefusal.KEEPING_UNFIT, account=account)


def nothing_is_left_behind(reader: Reader, account: bytes, deposit: Deposit) -> Refused | None:
    """The account holds nothing of the form that it would give up: it would not be paid with."""
    held = deposit_kept(reader, account, deposit.currency) or deposit.currency
    if balance(reader, held, account).total == 0:
        return None
    return Refused(DepositRefusal.DEPOSIT_STILL_HELD, account=account, asset=held)


def account_keeps(reader: Reader, account: bytes, asset: bytes, currency: bytes) -> Refused | None:
    """The account's owner and the bank have agreed that it holds this claim."""
    if deposit_kept(reader, account, currency) == asset:
        return None
    return Refused(DepositRefusal.DEPOSIT_NOT_KEPT, account=account)


def bank_may_act(reader: Reader, bank: bytes) -> bool:
    """Say whether a bank is neither suspended nor frozen."""
    open_ = PARTIES.require(reader, bank).status is PartyStatus.OPEN
    return open_ and not is_frozen(reader, bank)
