# SPDX-License-Identifier: Apache-2.0
"""Why a movement may not be, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class PolicyRefusal(RefusalTable):
    """The one door's refusals."""

    SOURCE_SUSPENDED = row(
        "The giver is suspended.",
        "Pemberi digantung.",
        remedy="Wait for the registrar to reinstate the party.",
        remedy_ms="Tunggu pendaftar memulihkan pihak itu.",
    )
    TARGET_SUSPENDED = row(
        "The receiver is suspended.",
        "Penerima digantung.",
        remedy="Wait for the registrar to reinstate the party.",
        remedy_ms="Tunggu pendaftar memulihkan pihak itu.",
    )
    SOURCE_FROZEN = row(
        "The giver or its account is frozen by a directive.",
        "Pemberi atau akaunnya dibekukan oleh suatu arahan pihak berkuasa.",
        remedy="The agency that froze it can thaw it; ask it for the basis and how to appeal.",
        remedy_ms="Agensi yang membekukan boleh mencairkannya; tanya asas dan cara merayu.",
        basis="Directive of the agency named in the facts",
    )
    TARGET_FROZEN = row(
        "The receiver or its account is frozen by a directive.",
        "Penerima atau akaunnya dibekukan oleh suatu arahan pihak berkuasa.",
        remedy="Deliver to another account, or wait until it is thawed.",
        remedy_ms="Serahkan ke akaun lain, atau tunggu sehingga dicairkan.",
        basis="Directive of the agency",
    )
    ASSET_FROZEN = row(
        "The asset is frozen by a directive: nobody may transfer it.",
        "Aset ini dibekukan oleh suatu arahan pihak berkuasa: tiada sesiapa boleh memindahkannya.",
        remedy="Wait until the directive is lifted or expires.",
        remedy_ms="Tunggu sehingga arahan itu ditarik balik atau tamat tempoh.",
        basis="Directive of an authority",
    )
    MARKET_HALTED = row(
        "Exchanges are halted by a directive, for what the facts name.",
        "Pertukaran digantung oleh suatu arahan pihak berkuasa, bagi skop dalam fakta.",
        remedy="Wait until the market resumes; nothing has been cancelled.",
        remedy_ms="Tunggu sehingga pasaran disambung semula; tiada apa yang dibatalkan.",
        basis="Directive of an authority",
    )
    TARGET_INELIGIBLE = row(
        "The receiver lacks a credential that the asset demands.",
        "Penerima tidak mempunyai kelayakan yang dituntut oleh aset.",
        remedy="Obtain or renew the credential named in the facts.",
        remedy_ms="Dapatkan atau perbaharui kelayakan yang dinamakan dalam fakta.",
        basis="Terms of issue: eligible holders",
    )
    LOCK_UP = row(
        "Holders may not transfer this asset yet.",
        "Pemegang belum boleh memindahkan aset ini.",
        remedy="Wait until the lock-up ends.",
        remedy_ms="Tunggu sehingga tempoh kunci tamat.",
        basis="Terms of issue: lock-up",
    )
    REGISTER_CLOSED = row(
        "The asset's register is closed, because it is being redeemed.",
        "Daftar aset ini telah ditutup kerana ia sedang ditebus.",
        remedy="Wait for the redemption payment; this asset can no longer be transferred.",
        remedy_ms="Tunggu bayaran penebusan; aset ini tidak boleh dipindahkan lagi.",
        basis="Terms of issue: redemption",
    )
    HOLDING_CAP = row(
        "The receiver would own more of this asset than one person may.",
        "Penerima akan memiliki aset ini melebihi had bagi seorang.",
        remedy="Reduce the amount to what the facts allow.",
        remedy_ms="Kurangkan jumlah kepada yang dibenarkan dalam fakta.",
        basis="Terms of issue: holding cap",
    )
    SUBJECT_UNKNOWN = row(
        "There is no such party, account or asset.",
        "Pihak, akaun atau aset tersebut tidak wujud.",
        remedy="Check the id.",
        remedy_ms="Semak id.",
    )
    PACK_UNSOUND = row(
        "The pack's rules do not fit together.",
        "Peraturan dalam pek tidak sepadan antara satu sama lain.",
        remedy="Mend the rule and the field named in the facts; `lejar policy check` "
        "says the line.",
        remedy_ms="Baiki peraturan dan medan dalam fakta; `lejar policy check` "
        "menyatakan barisnya.",
    )
    PACK_NOT_LATER = row(
        "A later or equal version of this pack counts already.",
        "Versi pek ini yang sama atau lebih baharu telah pun berkuat kuasa.",
        remedy="Give the pack a later version.",
        remedy_ms="Beri pek versi yang lebih baharu.",
    )
    AGENCY_SILENT = row(
        "An agency whose rule is new, changed or gone has not agreed.",
        "Agensi yang peraturannya baharu, berubah atau hilang belum bersetuju.",
        remedy="Have the agency named in the facts agree to the proposal, or sign the envelope.",
        remedy_ms="Dapatkan persetujuan agensi dalam fakta atas cadangan itu, atau tandatangannya.",
    )
    RULE_UNKNOWN = row(
        "No adopted pack has such a rule.",
        "Tiada pek yang diterima pakai mempunyai peraturan tersebut.",
        remedy="Check the rule's id against the adopted packs.",
        remedy_ms="Semak id peraturan dengan pek yang diterima pakai.",
    )
    LIST_UNKNOWN = row(
        "There is no such list.",
        "Senarai tersebut tidak wujud.",
        remedy="Check the list's name.",
        remedy_ms="Semak nama senarai.",
    )
    LIST_FOREIGN = row(
        "Only the list's keeper may change it.",
        "Hanya penjaga senarai boleh mengubahnya.",
        remedy="Ask the keeper named in the facts.",
        remedy_ms="Minta penjaga yang dinamakan dalam fakta.",
    )
    LIST_NOT_LATER = row(
        "The list has this version or a later one already.",
        "Senarai telah pun mempunyai versi ini atau yang lebih baharu.",
        remedy="Give the update a later version.",
        remedy_ms="Beri kemas kini versi yang lebih baharu.",
    )
    PERSON_NOT_LISTED = row(
        "The person does not stand on the list.",
        "Pihak itu tidak berada dalam senarai.",
        remedy="Check the person's id.",
        remedy_ms="Semak id pihak.",
    )
    MILESTONE_KNOWN = row(
        "The milestone has been recorded already.",
        "Peristiwa itu telah pun direkodkan.",
        remedy="Nothing needs to be done.",
        remedy_ms="Tiada apa yang perlu dilakukan.",
    )
    OVER_ALREADY = row(
        "What is recorded would have ended already.",
        "Apa yang direkodkan sudah tamat tempoh.",
        remedy="Name an end in the future, or none.",
        remedy_ms="Namakan tarikh tamat pada masa hadapan, atau tiada.",
    )
    COHORT_UNKNOWN = row(
        "There is no such open cohort.",
        "Tiada kohort terbuka tersebut.",
        remedy="Check the cohort's id; an ended one is no longer open.",
        remedy_ms="Semak id kohort; yang tamat tidak lagi terbuka.",
    )
    MEMBER_ALREADY = row(
        "The party takes part in a cohort already.",
        "Pihak itu telah pun menyertai sebuah kohort.",
        remedy="Wait for that cohort's end, or leave the party out.",
        remedy_ms="Tunggu kohort itu tamat, atau kecualikan pihak itu.",
    )
    COHORT_UNFIT = row(
        "The cohort cannot be opened as it is written.",
        "Kohort tidak boleh dibuka seperti yang ditulis.",
        remedy="Mend what the facts name.",
        remedy_ms="Baiki apa yang dinamakan dalam fakta.",
    )
    NOT_HAPPENED_YET = row(
        "What would open the obligation lies in the future.",
        "Perkara yang membuka kewajipan itu belum berlaku.",
        remedy="Name the moment at which it happened.",
        remedy_ms="Namakan masa ia berlaku.",
    )
    OBLIGATION_FOREIGN = row(
        "Only the party concerned, or an agency that directs, may say this.",
        "Hanya pihak berkenaan, atau agensi yang mengarah, boleh menyatakan ini.",
        remedy="Have the party or the agency sign.",
        remedy_ms="Dapatkan tandatangan pihak itu atau agensi.",
    )
    OBLIGATION_UNKNOWN = row(
        "There is no such open obligation.",
        "Tiada kewajipan terbuka tersebut.",
        remedy="Check the id; one that was met is no longer open.",
        remedy_ms="Semak id; yang telah dipenuhi tidak lagi terbuka.",
    )
