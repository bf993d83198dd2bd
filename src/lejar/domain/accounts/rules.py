# SPDX-License-Identifier: Apache-2.0
"""What must hold of the commands about accounts, each named as its sentence."""

from lejar.domain.accounts.commands import OpenAccount
from lejar.domain.accounts.refusals import AccountRefusal
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Purpose, known_account

_FOR_OTHERS = (Purpose.CLIENT, Purpose.CUSTODY)


def cash_account_is_a_banks_pool(reader: Reader, account: bytes) -> Refused | None:
    """The cash account is a bank's account for all its clients: it stands on none, and for none.

    What stands on an account with a beneficiary is one person's, and pays for nobody else.
    """
    cash = known_account(reader, account)
    is_pool = cash.purpose is Purpose.CLIENT and cash.beneficiary is None
    if is_pool and cash.cash_account is None:
        return None
    return Refused(AccountRefusal.CASH_ACCOUNT_UNFIT, account=account)


def beneficiary_fits(command: OpenAccount) -> Refused | None:
    """Only an account that is kept for others has a beneficiary, who is not its owner.

    Basis: rules of the hub; one account, one person behind it, so that a limit counts that person.
    """
    if command.purpose in _FOR_OTHERS and command.beneficiary != command.owner:
        return None
    return Refused(
        AccountRefusal.BENEFICIARY_UNFIT,
        purpose=str(command.purpose),
        beneficiary=command.beneficiary,
    )
