# SPDX-License-Identifier: Apache-2.0
"""Why a directive or an appeal is refused, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class OversightRefusal(RefusalTable):
    """Directives name what they bear on, and are appealed by those whom they concern."""

    SCOPE_UNCLEAR = row(
        "A halt names an asset, a class, or neither for the whole market, as its scope says.",
        "Penggantungan menamakan aset, kelas, atau tiada bagi seluruh pasaran, menurut skopnya.",
        remedy="Name exactly what the scope asks for.",
        remedy_ms="Namakan tepat apa yang dikehendaki skop.",
    )
    EXPIRY_PAST = row(
        "The directive would have expired already.",
        "Arahan itu sudah tamat tempoh.",
        remedy="Name an end in the future, or none.",
        remedy_ms="Namakan tarikh tamat pada masa hadapan, atau tiada.",
    )
    COURT_ACCOUNT_UNFIT = row(
        "What is seized goes to an account of a court.",
        "Apa yang dirampas pergi ke akaun mahkamah.",
        remedy="Open a court account first, and name it.",
        remedy_ms="Buka akaun mahkamah dahulu, dan namakan akaun itu.",
    )
    DIRECTIVE_UNKNOWN = row(
        "There is no such directive.",
        "Arahan tersebut tidak wujud.",
        remedy="Check the directive's id.",
        remedy_ms="Semak id arahan.",
    )
    DIRECTIVE_UNFIT = row(
        "This command does not lift a directive of this kind.",
        "Perintah ini tidak menarik balik arahan jenis ini.",
        remedy="Thaw a freeze; resume a halt; what was executed cannot be lifted.",
        remedy_ms="Cairkan pembekuan; sambung semula penggantungan; yang dilaksanakan kekal.",
    )
    DIRECTIVE_ENDED = row(
        "The directive is not in force any more.",
        "Arahan itu tidak lagi berkuat kuasa.",
        remedy="Nothing needs to be done.",
        remedy_ms="Tiada apa yang perlu dilakukan.",
    )
    NOT_THE_SUBJECT = row(
        "Only a party that the directive concerns may appeal it.",
        "Hanya pihak yang berkenaan dengan arahan itu boleh merayu.",
        remedy="Have the party sign, or the owner of the account or the issuer of the asset.",
        remedy_ms="Dapatkan tandatangan pihak itu, pemilik akaun atau penerbit aset.",
    )
    APPEALED_ALREADY = row(
        "The directive has been appealed already.",
        "Arahan itu telah pun dirayu.",
        remedy="Wait for the decision; after that, the courts remain.",
        remedy_ms="Tunggu keputusan; selepas itu, mahkamah masih terbuka.",
    )
    APPEAL_NOT_LODGED = row(
        "No appeal against this directive waits for a decision.",
        "Tiada rayuan terhadap arahan ini yang menunggu keputusan.",
        remedy="Check the directive's id and its appeal.",
        remedy_ms="Semak id arahan dan rayuannya.",
    )
    APPEAL_IN_OWN_CAUSE = row(
        "An appeal is not decided by the agency that issued the directive.",
        "Rayuan tidak diputuskan oleh agensi yang mengeluarkan arahan itu.",
        remedy="Ask another agency with the power to direct.",
        remedy_ms="Minta agensi lain yang berkuasa mengarah.",
        basis="Nobody is a judge in its own cause",
    )
