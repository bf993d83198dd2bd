# SPDX-License-Identifier: Apache-2.0
"""Accounts by hand and standing authorities: the face that other modules see."""

from lejar.domain.accounts import commands, events, handlers
from lejar.domain.accounts.handlers import opened
from lejar.domain.accounts.model import (
    AUTHORITIES,
    Authority,
    paying_account,
    receiving_account,
)
from lejar.domain.accounts.refusals import AccountRefusal as No
from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.kernel.module import Module, Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "AUTHORITIES",
    "MODULE",
    "Authority",
    "No",
    "opened",
    "paying_account",
    "receiving_account",
]

MODULE = Module(
    name="accounts",
    tables=(AUTHORITIES,),
    refusals=(No,),
    events=(events.AccountOpened, events.AuthorityGranted, events.AuthorityWithdrawn),
    verbs=(
        Verb(
            commands.OpenAccount,
            handlers.open_account,
            Role.OPERATE,
            (
                Identity.PARTY_UNKNOWN,
                No.NOT_THE_OWNER,
                No.PURPOSE_RESERVED,
                Ledger.ACCOUNT_UNKNOWN,
                No.CASH_ACCOUNT_UNFIT,
                No.BENEFICIARY_UNFIT,
                No.BENEFICIARY_MUST_SIGN,
            ),
        ),
        Verb(
            commands.GrantAuthority,
            handlers.grant_authority,
            Role.OPERATE,
            (Ledger.ACCOUNT_UNKNOWN, No.AUTHORITY_UNFIT),
        ),
        Verb(
            commands.WithdrawAuthority,
            handlers.withdraw_authority,
            Role.OPERATE,
            (Ledger.ACCOUNT_UNKNOWN, No.AUTHORITY_UNFIT, No.AUTHORITY_UNKNOWN),
        ),
    ),
)
