# SPDX-License-Identifier: Apache-2.0
"""What the commands about accounts do, and the verbs that higher modules use."""

from lejar.domain.accounts import commands, events
from lejar.domain.accounts.model import AUTHORITIES, Authority
from lejar.domain.accounts.refusals import AccountRefusal
from lejar.domain.accounts.rules import beneficiary_fits, cash_account_is_a_banks_pool
from lejar.domain.identity import known_party
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused, refuse_if
from lejar.ledger.accounts import ACCOUNTS, Account, Purpose, known_account

_BY_HAND = (Purpose.OWN, Purpose.CLIENT, Purpose.CUSTODY, Purpose.FEES)


def open_account(draft: Draft, command: commands.OpenAccount) -> None:
    """Open an account for its owner."""
    known_party(draft, command.owner)
    if command.owner not in draft.signers:
        raise Refused(AccountRefusal.NOT_THE_OWNER, owner=command.owner)
    if command.purpose not in _BY_HAND:
        raise Refused(AccountRefusal.PURPOSE_RESERVED, purpose=str(command.purpose))
    if command.cash_account is not None:
        refuse_if(cash_account_is_a_banks_pool(draft, command.cash_account))
    if command.beneficiary is not None:
        known_party(draft, command.beneficiary)
        refuse_if(beneficiary_fits(command))
        if command.beneficiary not in draft.signers:
            raise Refused(AccountRefusal.BENEFICIARY_MUST_SIGN, beneficiary=command.beneficiary)
    opened(draft, command.owner, command.purpose, command.cash_account, command.beneficiary)


def opened(
    draft: Draft,
    owner: bytes,
    purpose: Purpose,
    cash_account: bytes | None,
    beneficiary: bytes | None = None,
) -> bytes:
    """Open an account and say so; gives its id."""
    account = draft.new_id("account")
    ACCOUNTS.put(draft, account, Account(owner, purpose, draft.at, cash_account, beneficiary))
    draft.emit(events.AccountOpened(account, owner, purpose, cash_account, beneficiary))
    return account


def grant_authority(draft: Draft, command: commands.GrantAuthority) -> None:
    """Record a bank's standing authority; granting again replaces it."""
    bank = _bank_of(draft, command.account)
    AUTHORITIES.put(draft, command.account, Authority(bank, command.amount_max, draft.at))
    draft.emit(events.AuthorityGranted(command.account, bank, command.amount_max))


def withdraw_authority(draft: Draft, command: commands.WithdrawAuthority) -> None:
    """Remove a bank's standing authority."""
    bank = _bank_of(draft, command.account)
    if AUTHORITIES.get(draft, command.account) is None:
        raise Refused(AccountRefusal.AUTHORITY_UNKNOWN, account=command.account)
    AUTHORITIES.remove(draft, command.account)
    draft.emit(events.AuthorityWithdrawn(command.account, bank))


def _bank_of(draft: Draft, account: bytes) -> bytes:
    """Give the bank that keeps an account's cash; it must have signed."""
    cash = known_account(draft, account).cash_account
    bank = None if cash is None else known_account(draft, cash).owner
    if bank is None or bank not in draft.signers:
        raise Refused(AccountRefusal.AUTHORITY_UNFIT, account=account)
    return bank
