# SPDX-License-Identifier: Apache-2.0
"""Why a deposit is not created, kept, issued, redeemed or paid with, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class DepositRefusal(RefusalTable):
    """A deposit is its bank's claim: the bank makes it, and a customer asks for it."""

    NOT_A_CURRENCY = row(
        "A deposit is kept in a currency; this asset is none.",
        "Deposit disimpan dalam mata wang; aset ini bukan mata wang.",
        remedy="Name a currency of a central bank.",
        remedy_ms="Namakan mata wang sebuah bank pusat.",
    )
    SETTLEMENT_ACCOUNT_UNFIT = row(
        "The bank's settlement account must be its own and hold the currency itself.",
        "Akaun penyelesaian bank mestilah miliknya sendiri dan memegang mata wang itu sendiri.",
        remedy="Name an account that the bank keeps for itself.",
        remedy_ms="Namakan akaun yang disimpan oleh bank untuk dirinya sendiri.",
    )
    NOT_A_BANK = row(
        "Only who may hold the currency itself issues deposits in it.",
        "Hanya pihak yang boleh memegang mata wang itu sendiri menerbitkan deposit dalamnya.",
        remedy="Obtain the credentials that the currency asks of its holders.",
        remedy_ms="Dapatkan kelayakan yang dikehendaki oleh mata wang itu daripada pemegangnya.",
    )
    DEPOSIT_TOKEN_EXISTS = row(
        "The bank has a deposit in this currency already.",
        "Bank ini telah mempunyai deposit dalam mata wang ini.",
        remedy="Use the existing one.",
        remedy_ms="Gunakan yang sedia ada.",
    )
    DEPOSIT_CODE_TAKEN = row(
        "Another bank's deposit has this code.",
        "Deposit bank lain menggunakan kod ini.",
        remedy="Choose another code.",
        remedy_ms="Pilih kod lain.",
    )
    NOT_A_DEPOSIT = row(
        "The asset is not a bank's deposit.",
        "Aset itu bukan deposit sebuah bank.",
        remedy="Name a deposit.",
        remedy_ms="Namakan satu deposit.",
    )
    NOT_THE_BANK = row(
        "The bank whose deposit this is has not signed.",
        "Bank yang empunya deposit ini belum menandatangani.",
        remedy="Have the bank sign.",
        remedy_ms="Dapatkan tandatangan bank itu.",
    )
    KEEPING_UNFIT = row(
        "This account cannot hold a bank's deposit.",
        "Akaun ini tidak boleh memegang deposit sebuah bank.",
        remedy="Name a customer's account that stands on no bank's client account.",
        remedy_ms="Namakan akaun pelanggan yang tidak bersandar pada akaun pelanggan bank.",
    )
    DEPOSIT_STILL_HELD = row(
        "The account still holds money in the form that it would give up.",
        "Akaun ini masih memegang wang dalam bentuk yang akan ditinggalkan.",
        remedy="Pay out what it holds first.",
        remedy_ms="Keluarkan dahulu wang yang dipegang.",
    )
    DEPOSIT_NOT_KEPT = row(
        "The account does not hold this bank's deposits: nobody becomes a depositor unasked.",
        "Akaun ini tidak memegang deposit bank ini: tiada sesiapa menjadi pendeposit tanpa rela.",
        remedy="Have the customer and the bank agree on it first.",
        remedy_ms="Dapatkan persetujuan pelanggan dan bank dahulu.",
    )
    DEPOSIT_BANK_STOPPED = row(
        "The bank that keeps the deposit is suspended or frozen, so that it pays nobody.",
        "Bank yang menyimpan deposit ini digantung atau dibekukan, maka ia tidak membayar.",
        remedy="Wait until the bank may act again, or ask the authority.",
        remedy_ms="Tunggu sehingga bank itu boleh bertindak semula, atau tanya pihak berkuasa.",
    )
