# SPDX-License-Identifier: Apache-2.0
"""What happened to an account's limits."""

from lejar.kernel.module import Event


class AccountLimitSet(Event, frozen=True, tag="money.account_limit_set"):
    """An account has these limits; none is no limit."""

    account: bytes
    currency: bytes
    holding_max: int | None
    daily_out_max: int | None
