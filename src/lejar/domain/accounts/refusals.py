# SPDX-License-Identifier: Apache-2.0
"""Why an account or an authority is refused, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class AccountRefusal(RefusalTable):
    """Accounts are opened by their owners, or by a bank or custodian for its clients."""

    NOT_THE_OWNER = row(
        "Only the account's owner may do this.",
        "Hanya pemilik akaun boleh melakukan ini.",
        remedy="Have the owner sign.",
        remedy_ms="Dapatkan tandatangan pemilik.",
    )
    PURPOSE_RESERVED = row(
        "An account with this purpose is opened by the hub's own processes, not by hand.",
        "Akaun bagi tujuan ini dibuka oleh proses hab sendiri, bukan secara manual.",
        remedy="Choose own, client, custody or fees.",
        remedy_ms="Pilih own, client, custody atau fees.",
    )
    CASH_ACCOUNT_UNFIT = row(
        "The cash account must be a bank's client account.",
        "Akaun tunai mestilah akaun pelanggan sebuah bank.",
        remedy="Name a client account of the settlement bank.",
        remedy_ms="Namakan akaun pelanggan bank penyelesaian.",
    )
    BENEFICIARY_UNFIT = row(
        "Only a client or custody account has a beneficiary, and that is not its owner.",
        "Hanya akaun pelanggan atau jagaan mempunyai benefisiari, iaitu bukan pemiliknya.",
        remedy="Choose client or custody and name another party; or name no beneficiary.",
        remedy_ms="Pilih client atau custody dan namakan pihak lain; atau tiada benefisiari.",
    )
    BENEFICIARY_MUST_SIGN = row(
        "The beneficiary has not signed: nobody is made to count for an account unasked.",
        "Benefisiari belum menandatangani: tiada sesiapa dikira bagi akaun tanpa persetujuannya.",
        remedy="Have the beneficiary sign the same envelope.",
        remedy_ms="Dapatkan tandatangan benefisiari pada sampul yang sama.",
        basis="Mandate between nominee or custodian and client",
    )
    AUTHORITY_MISSING = row(
        "The settlement bank has given this account no authority to use its client money.",
        "Bank penyelesaian belum memberi akaun ini kebenaran menggunakan wang pelanggannya.",
        remedy="Ask the bank for a standing authority.",
        remedy_ms="Minta kebenaran tetap daripada bank.",
        basis="Standing authority between bank and client",
    )
    AUTHORITY_EXCEEDED = row(
        "The amount is above what the bank's standing authority allows at once.",
        "Jumlah melebihi had sekali guna dalam kebenaran tetap bank.",
        remedy="Use smaller amounts, or ask the bank for a higher limit.",
        remedy_ms="Gunakan jumlah lebih kecil, atau minta had lebih tinggi daripada bank.",
        basis="Standing authority between bank and client",
    )
    AUTHORITY_UNFIT = row(
        "The account does not name a client account of the signing bank.",
        "Akaun itu tidak menamakan akaun pelanggan bank yang menandatangani.",
        remedy="Name this bank as the account's settlement bank first.",
        remedy_ms="Namakan bank ini sebagai bank penyelesaian akaun itu dahulu.",
    )
    AUTHORITY_UNKNOWN = row(
        "There is no standing authority for this account.",
        "Tiada kebenaran tetap bagi akaun ini.",
        remedy="Nothing needs to be withdrawn.",
        remedy_ms="Tiada apa yang perlu ditarik balik.",
    )
