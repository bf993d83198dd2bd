# SPDX-License-Identifier: Apache-2.0
"""What the command about an account's limits does; the gate reads what it writes down."""

from lejar.domain.money.centre import currency_of_signer
from lejar.domain.money.limits import commands, events
from lejar.domain.money.refusals import MoneyRefusal
from lejar.domain.policy import limit_account
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.ledger.accounts import Purpose, known_account


def set_account_limit(draft: Draft, command: commands.SetAccountLimit) -> None:
    """Write an account's limits down, in place of those it had."""
    currency_of_signer(draft, command.currency)
    if known_account(draft, command.account).purpose is Purpose.ISSUANCE:
        raise Refused(MoneyRefusal.ACCOUNT_IS_ISSUANCE, account=command.account)
    limit_account(
        draft, command.currency, command.account, command.holding_max, command.daily_out_max
    )
    draft.emit(
        events.AccountLimitSet(
            command.account, command.currency, command.holding_max, command.daily_out_max
        )
    )
