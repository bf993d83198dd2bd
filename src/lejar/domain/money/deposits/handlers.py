# SPDX-License-Identifier: Apache-2.0
"""What the commands of tokenised deposits do."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.accounts import opened
from lejar.domain.money.deposits import commands, events, rules
from lejar.domain.money.deposits.model import DEPOSITS, KEPT, Deposit, Kept
from lejar.domain.money.deposits.refusals import DepositRefusal
from lejar.domain.money.rules import reference_is_used_once
from lejar.domain.policy import (
    PROFILES,
    AssetClass,
    AssetKind,
    AssetProfile,
    Leg,
    MovePurpose,
    known_profile,
    move,
)
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused, refuse_if
from lejar.ledger.accounts import Account, Purpose, known_account


def create_deposit_token(draft: Draft, command: commands.CreateDepositToken) -> None:
    """Create a bank's claim with its issuance account."""
    currency = known_profile(draft, command.currency)
    refuse_if(rules.asset_is_a_currency(command.currency, currency))
    account = _signed_account(draft, command.settles_in)
    bank = account.owner
    refuse_if(rules.account_settles(draft, command.settles_in, account, command.currency))
    refuse_if(rules.party_is_a_bank(draft, bank, currency))
    refuse_if(rules.bank_has_no_other(draft, bank, command.currency))
    refuse_if(rules.code_is_free(draft, command.code))
    asset = draft.new_id("asset")
    issuance = opened(draft, bank, Purpose.ISSUANCE, None)
    profile = AssetProfile(
        AssetKind.MONEY, bank, issuance, command.required, None, None, AssetClass.DEPOSIT
    )
    PROFILES.put(draft, asset, profile)
    DEPOSITS.put(draft, asset, Deposit(command.currency, bank, command.settles_in, command.code))
    draft.emit(
        events.DepositTokenCreated(
            asset,
            command.code,
            command.currency,
            bank,
            issuance,
            command.settles_in,
            command.required,
        )
    )


def keep_as_deposit(draft: Draft, command: commands.KeepAsDeposit) -> None:
    """Write down which bank's claim an account holds; another bank's replaces an empty one."""
    deposit = _deposit_of_signer(draft, command.asset)
    account = _signed_account(draft, command.account)
    refuse_if(rules.account_is_a_customers(draft, command.account, account, deposit))
    refuse_if(rules.nothing_is_left_behind(draft, command.account, deposit))
    KEPT.put(draft, command.account + deposit.currency, Kept(command.asset))
    draft.emit(events.DepositKept(command.account, command.asset, deposit.currency))


def issue_deposit(draft: Draft, command: commands.IssueDeposit) -> None:
    """Move a new claim from the bank's issuance account to its customer's account."""
    deposit = _deposit_of_signer(draft, command.asset)
    refuse_if(rules.account_keeps(draft, command.account, command.asset, deposit.currency))
    reference_is_used_once(draft, command.reference, deposit.bank)
    issuance = known_profile(draft, command.asset).issuance_account
    leg = Leg(command.asset, issuance, command.account, command.amount)
    move(draft, (leg,), MovePurpose.ISSUE)
    draft.emit(
        events.DepositIssued(command.asset, command.account, command.amount, command.reference)
    )


def redeem_deposit(draft: Draft, command: commands.RedeemDeposit) -> None:
    """Move a claim back to the bank that owes it."""
    deposit = _deposit_of_signer(draft, command.asset)
    _signed_account(draft, command.account)
    refuse_if(rules.account_keeps(draft, command.account, command.asset, deposit.currency))
    reference_is_used_once(draft, command.reference, deposit.bank)
    issuance = known_profile(draft, command.asset).issuance_account
    leg = Leg(command.asset, command.account, issuance, command.amount)
    move(draft, (leg,), MovePurpose.ISSUE)
    draft.emit(
        events.DepositRedeemed(command.asset, command.account, command.amount, command.reference)
    )


def _signed_account(draft: Draft, account: bytes) -> Account:
    found = known_account(draft, account)
    if found.owner not in draft.signers:
        raise Refused(Accounts.NOT_THE_OWNER, owner=found.owner)
    return found


def _deposit_of_signer(draft: Draft, asset: bytes) -> Deposit:
    deposit = DEPOSITS.get(draft, asset)
    if deposit is None:
        raise Refused(DepositRefusal.NOT_A_DEPOSIT, asset=asset)
    if deposit.bank not in draft.signers:
        raise Refused(DepositRefusal.NOT_THE_BANK, bank=deposit.bank)
    return deposit
