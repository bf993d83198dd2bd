# SPDX-License-Identifier: Apache-2.0
"""Why a retail tier is not defined or joined, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class TierRefusal(RefusalTable):
    """Retail money exists only where the market's switch is on, and always within caps."""

    RETAIL_OFF = row(
        "Retail money is switched off in this market.",
        "Wang runcit dimatikan dalam pasaran ini.",
        remedy="Ask who sets policy whether it will be switched on.",
        remedy_ms="Tanya penetap dasar sama ada ia akan dihidupkan.",
    )
    TIER_UNSOUND = row(
        "The tier lets a person pay more at once than in a day, or than it may hold.",
        "Peringkat itu membenarkan bayaran sekali yang melebihi had harian atau had pegangan.",
        remedy="Name a cap for one payment that fits into the others.",
        remedy_ms="Namakan had sekali bayar yang tidak melebihi had lain.",
    )
    INTERMEDIARY_MISSING = row(
        "Neither a bank nor the central bank has signed for this person.",
        "Tiada bank atau bank pusat yang menandatangani bagi individu ini.",
        remedy="Have a bank that knows the person sign as well.",
        remedy_ms="Dapatkan tandatangan bank yang mengenali individu itu.",
    )
    RETAIL_ACCOUNT_UNFIT = row(
        "A retail account is its holder's own, on no bank's account, and its holder is no bank.",
        "Akaun runcit milik pemegangnya sendiri, bukan atas akaun bank; pemegangnya bukan bank.",
        remedy="Name an account that the person keeps for itself.",
        remedy_ms="Namakan akaun yang disimpan oleh individu itu sendiri.",
    )
    TIER_UNKNOWN = row(
        "The central bank has defined no such tier.",
        "Bank pusat tidak menetapkan peringkat ini.",
        remedy="Name a tier that exists.",
        remedy_ms="Namakan peringkat yang wujud.",
    )
