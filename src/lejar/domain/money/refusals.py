# SPDX-License-Identifier: Apache-2.0
"""Why wholesale money is not issued or redeemed, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class MoneyRefusal(RefusalTable):
    """Central-bank money is issued only by its central bank, only to banks."""

    CURRENCY_EXISTS = row(
        "This currency exists already.",
        "Mata wang ini telah pun wujud.",
        remedy="Issue into the existing currency.",
        remedy_ms="Terbitkan dalam mata wang yang sedia ada.",
    )
    NOT_MONEY = row(
        "The asset is not money.",
        "Aset itu bukan wang.",
        remedy="Name a currency.",
        remedy_ms="Namakan satu mata wang.",
    )
    NOT_THE_CENTRAL_BANK = row(
        "Only the currency's own central bank may do this.",
        "Hanya bank pusat bagi mata wang itu boleh melakukan ini.",
        remedy="Ask the central bank.",
        remedy_ms="Minta bank pusat.",
    )
    ACCOUNT_IS_ISSUANCE = row(
        "Money is issued to, and redeemed from, a holder's account; this is an issuance account.",
        "Wang diterbitkan kepada, dan ditebus daripada, akaun pemegang; ini akaun terbitan.",
        remedy="Name an account that holds money.",
        remedy_ms="Namakan akaun yang memegang wang.",
    )
    ACCOUNT_HOLDS_DEPOSITS = row(
        "The account holds a bank's deposits in place of this currency.",
        "Akaun ini memegang deposit sebuah bank sebagai ganti mata wang ini.",
        remedy="Issue to the bank's own account, and have the bank credit its customer.",
        remedy_ms="Terbitkan ke akaun bank itu sendiri, dan minta bank mengkreditkan pelanggannya.",
    )
    REFERENCE_USED = row(
        "This RTGS reference has been used already.",
        "Rujukan RTGS ini telah pun digunakan.",
        remedy="Check whether the first command did what you want.",
        remedy_ms="Semak sama ada arahan pertama telah melakukan yang dikehendaki.",
    )
