# SPDX-License-Identifier: Apache-2.0
"""Why an account's own limit says no, in order of precedence.

Any command that moves money to or from such an account may be answered with one of these.
"""

from lejar.kernel.refusal import RefusalTable, row


class LimitRefusal(RefusalTable):
    """The refusals of limits that a currency's central bank has set on one account."""

    ACCOUNT_HOLDING_LIMIT = row(
        "The account would hold more of this money than its central bank lets it.",
        "Akaun itu akan memegang wang ini melebihi had yang ditetapkan oleh bank pusat.",
        remedy="Send less, or ask the central bank for a higher limit.",
        remedy_ms="Hantar jumlah lebih kecil, atau minta had lebih tinggi daripada bank pusat.",
        basis="Limit that the central bank has set on the account",
    )
    ACCOUNT_DAILY_LIMIT = row(
        "The account would send more of this money today than its central bank lets it.",
        "Akaun itu akan menghantar wang ini hari ini melebihi had yang ditetapkan bank pusat.",
        remedy="Send less, wait until tomorrow, or ask the central bank for a higher limit.",
        remedy_ms="Hantar lebih sedikit, tunggu esok, atau minta had lebih tinggi.",
        basis="Limit that the central bank has set on the account",
    )
