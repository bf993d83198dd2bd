# SPDX-License-Identifier: Apache-2.0
"""What the commands of central-bank money do."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.accounts import opened
from lejar.domain.identity import Power, signer_with
from lejar.domain.money import commands, events
from lejar.domain.money.centre import currency_of_signer
from lejar.domain.money.deposits.model import deposit_kept
from lejar.domain.money.model import CURRENCIES, Currency
from lejar.domain.money.refusals import MoneyRefusal
from lejar.domain.money.rules import reference_is_used_once
from lejar.domain.policy import (
    PROFILES,
    AssetClass,
    AssetKind,
    AssetProfile,
    Leg,
    MovePurpose,
    move,
)
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.ledger.accounts import Account, Purpose, known_account


def create_currency(draft: Draft, command: commands.CreateCurrency) -> None:
    """Create a currency with its issuance account."""
    bank = signer_with(draft, Power.ISSUE_MONEY)
    if CURRENCIES.get(draft, command.code.encode()) is not None:
        raise Refused(MoneyRefusal.CURRENCY_EXISTS, code=command.code)
    asset = draft.new_id("asset")
    issuance = opened(draft, bank, Purpose.ISSUANCE, None)
    profile = AssetProfile(
        AssetKind.MONEY, bank, issuance, command.required, None, None, AssetClass.MONEY
    )
    PROFILES.put(draft, asset, profile)
    CURRENCIES.put(draft, command.code.encode(), Currency(asset, bank, command.decimals))
    created = events.CurrencyCreated(asset, command.code, bank, issuance, command.decimals)
    draft.emit(created)


def issue_money(draft: Draft, command: commands.IssueMoney) -> None:
    """Move new money from the issuance account to a bank's."""
    profile = currency_of_signer(draft, command.asset)
    _holders_account(draft, command.account)
    if deposit_kept(draft, command.account, command.asset) is not None:
        raise Refused(MoneyRefusal.ACCOUNT_HOLDS_DEPOSITS, account=command.account)
    reference_is_used_once(draft, command.reference)
    leg = Leg(command.asset, profile.issuance_account, command.account, command.amount)
    move(draft, (leg,), MovePurpose.ISSUE)
    draft.emit(
        events.MoneyIssued(command.asset, command.account, command.amount, command.reference)
    )


def redeem_money(draft: Draft, command: commands.RedeemMoney) -> None:
    """Move money from a bank's account back to the issuance account."""
    profile = currency_of_signer(draft, command.asset)
    owner = _holders_account(draft, command.account).owner
    if owner not in draft.signers:
        raise Refused(Accounts.NOT_THE_OWNER, owner=owner)
    reference_is_used_once(draft, command.reference)
    leg = Leg(command.asset, command.account, profile.issuance_account, command.amount)
    move(draft, (leg,), MovePurpose.ISSUE)
    draft.emit(
        events.MoneyRedeemed(command.asset, command.account, command.amount, command.reference)
    )


def _holders_account(draft: Draft, account: bytes) -> Account:
    """Give an account that holds; what an issuance account owes is not held by anybody."""
    found = known_account(draft, account)
    if found.purpose is Purpose.ISSUANCE:
        raise Refused(MoneyRefusal.ACCOUNT_IS_ISSUANCE, account=account)
    return found
