# SPDX-License-Identifier: Apache-2.0
"""What may be asked about an account's limits."""

from lejar.kernel.envelope import Command, Id
from lejar.kernel.quantity import Amount


class SetAccountLimit(Command, frozen=True, tag="money.set_account_limit"):
    """Limit what an account may hold of a currency, and send of it in a local day.

    Signed by the currency's central bank; none is no limit.  A limit takes nothing away: an account
    that holds more only receives no more.
    """

    account: Id
    currency: Id
    holding_max: Amount | None
    """In the currency's smallest unit."""
    daily_out_max: Amount | None
    """In the currency's smallest unit; what comes in by the same command is set off first."""
