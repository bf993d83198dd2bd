# SPDX-License-Identifier: Apache-2.0
"""Why a person's retail tier says no, in order of precedence.

Any command that moves money to or from such a person may be answered with one of these.
"""

from lejar.kernel.refusal import RefusalTable, row


class RetailRefusal(RefusalTable):
    """The refusals of the caps that a central bank sets on a tier of retail holders."""

    TIER_HOLDING_CAP = row(
        "The person would hold more of this money than its retail tier lets it.",
        "Individu itu akan memegang wang ini melebihi had peringkat runcitnya.",
        remedy="Send less, or have the person join a higher tier.",
        remedy_ms="Hantar jumlah lebih kecil, atau pilih peringkat lebih tinggi bagi individu itu.",
        basis="Caps that the central bank has set on the tier",
    )
    TIER_PAYMENT_CAP = row(
        "The payment is above what the payer's retail tier lets it pay at once.",
        "Bayaran itu melebihi had sekali bayar bagi peringkat runcit pembayar.",
        remedy="Pay less at once, or join a higher tier.",
        remedy_ms="Bayar jumlah lebih kecil, atau sertai peringkat lebih tinggi.",
        basis="Caps that the central bank has set on the tier",
    )
    TIER_DAILY_CAP = row(
        "The payer would pay more today than its retail tier lets it.",
        "Pembayar itu akan membayar hari ini melebihi had harian peringkat runcitnya.",
        remedy="Pay less, wait until tomorrow, or join a higher tier.",
        remedy_ms="Bayar lebih sedikit, tunggu esok, atau sertai peringkat lebih tinggi.",
        basis="Caps that the central bank has set on the tier",
    )
