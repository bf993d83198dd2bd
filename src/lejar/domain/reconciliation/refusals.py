# SPDX-License-Identifier: Apache-2.0
"""Why reconciliation says no, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class ReconciliationRefusal(RefusalTable):
    """A statement is taken once and in order; a break needs two pairs of eyes."""

    MIRROR_UNFIT = row(
        "This issuance account is not the one of this asset, so nothing outside can mirror it.",
        "Akaun terbitan ini bukan milik aset ini, maka tiada lejar luar boleh mencerminkannya.",
        remedy="Name the asset's own issuance account, or an account that holds it.",
        remedy_ms="Namakan akaun terbitan aset itu sendiri, atau akaun yang memegangnya.",
    )
    COUNTERPART_EXISTS = row(
        "This outside ledger already mirrors the account.",
        "Lejar luar ini telah pun mencerminkan akaun itu.",
        remedy="Use the counterpart that exists.",
        remedy_ms="Gunakan lejar luar yang sedia ada.",
    )
    COUNTERPARTS_FULL = row(
        "The hub compares with as many outside ledgers as it may.",
        "Hab telah membandingkan dengan bilangan lejar luar yang paling banyak dibenarkan.",
        remedy="End a counterpart that is no longer needed.",
        remedy_ms="Tamatkan lejar luar yang tidak lagi diperlukan.",
    )
    COUNTERPART_UNKNOWN = row(
        "There is no such outside ledger.",
        "Tiada lejar luar sedemikian.",
        remedy="Name the counterpart by the id from its receipt.",
        remedy_ms="Namakan lejar luar itu dengan id daripada resitnya.",
    )
    BREAK_UNKNOWN = row(
        "There is no such break, or it was resolved long ago.",
        "Tiada percanggahan sedemikian, atau ia telah lama diselesaikan.",
        remedy="Read the list of breaks.",
        remedy_ms="Baca senarai percanggahan.",
    )
    NOT_A_SIDE = row(
        "Only the outside ledger's keeper and the account's owner may do this.",
        "Hanya penyimpan lejar luar dan pemilik akaun boleh melakukan ini.",
        remedy="Ask one of them.",
        remedy_ms="Minta salah satu daripadanya.",
    )
    BREAKS_UNRESOLVED = row(
        "Breaks with this outside ledger are not resolved yet.",
        "Percanggahan dengan lejar luar ini belum diselesaikan.",
        remedy="Resolve them first.",
        remedy_ms="Selesaikan dahulu percanggahan itu.",
    )
    STATEMENT_OF_OTHER_ASSET = row(
        "The statement is about another asset.",
        "Penyata itu mengenai aset lain.",
        remedy="Name the counterpart that mirrors this asset.",
        remedy_ms="Namakan lejar luar yang mencerminkan aset ini.",
    )
    STATEMENT_DUPLICATE = row(
        "This statement has been recorded already.",
        "Penyata ini telah pun direkodkan.",
        remedy="Read its first receipt.",
        remedy_ms="Baca resit pertamanya.",
    )
    STATEMENT_OUT_OF_SEQUENCE = row(
        "A statement with a later number or day has been recorded already.",
        "Penyata dengan nombor atau hari yang lebih lewat telah pun direkodkan.",
        remedy="Record statements in the order of their numbers and days.",
        remedy_ms="Rekodkan penyata mengikut turutan nombor dan harinya.",
    )
    STATEMENT_GAP = row(
        "A statement in between has not been recorded.",
        "Satu penyata di antaranya belum direkodkan.",
        remedy="Record the missing statement first; ask the keeper to send it again.",
        remedy_ms="Rekodkan dahulu penyata yang tiada; minta penyimpan menghantarnya semula.",
    )
    STATEMENT_DAY_OPEN = row(
        "The day of the statement has not ended.",
        "Hari bagi penyata itu belum berakhir.",
        remedy="Record the statement after the day has ended.",
        remedy_ms="Rekodkan penyata selepas hari itu berakhir.",
    )
    CLOSING_NOT_KEPT = row(
        "The hub does not keep the closing balance of that day.",
        "Hab tidak menyimpan baki penutup bagi hari itu.",
        remedy="Days before the counterpart was named, and old ones, are compared outside.",
        remedy_ms="Hari sebelum lejar luar dinamakan, dan hari lama, dibandingkan di luar.",
    )
    STATEMENT_UNKNOWN = row(
        "No statement with this number is kept.",
        "Tiada penyata dengan nombor ini disimpan.",
        remedy="Record the statement before its matching.",
        remedy_ms="Rekodkan penyata sebelum pemadanannya.",
    )
    MATCHING_DONE = row(
        "Every entry of this statement has been accounted for.",
        "Semua catatan penyata ini telah pun diambil kira.",
        remedy="Read its breaks.",
        remedy_ms="Baca percanggahannya.",
    )
    ITEM_UNSOUND = row(
        "An item does not say what its kind needs: whose entry it is, and with which amounts.",
        "Satu butiran tidak menyatakan apa yang diperlukan jenisnya: milik siapa, dan amaunnya.",
        remedy="Give one amount for an entry of one ledger, two for an entry of both.",
        remedy_ms="Beri satu amaun bagi catatan satu lejar, dua bagi catatan kedua-duanya.",
    )
    MATCHING_TOO_MUCH = row(
        "The statement has fewer entries than were compared.",
        "Catatan dalam penyata kurang daripada yang dibandingkan.",
        remedy="Count each entry of the statement once.",
        remedy_ms="Kira setiap catatan penyata sekali sahaja.",
    )
    MATCHING_INCOMPLETE = row(
        "Entries of the statement are not accounted for.",
        "Ada catatan penyata yang belum diambil kira.",
        remedy="Count every entry as matched or as a break, or say that more parts follow.",
        remedy_ms="Kira setiap catatan sebagai padan atau percanggahan, atau nyatakan ada lagi.",
    )
    BREAK_STAGE_WRONG = row(
        "The break does not stand where this may be done.",
        "Percanggahan itu tidak berada pada peringkat yang membenarkan tindakan ini.",
        remedy="A break is assigned, explained, then resolved; reopen it to begin again.",
        remedy_ms="Agihkan, terangkan, kemudian selesaikan; buka semula untuk bermula lagi.",
    )
    NOT_THE_ASSIGNEE = row(
        "The break is assigned to another party.",
        "Percanggahan itu diagihkan kepada pihak lain.",
        remedy="Let a side assign it to you.",
        remedy_ms="Minta salah satu pihak mengagihkannya kepada anda.",
    )
    SECOND_OFFICER_MISSING = row(
        "Whoever explained a break does not resolve it.",
        "Sesiapa yang menerangkan percanggahan tidak menyelesaikannya.",
        remedy="Let the other side sign, or another officer.",
        remedy_ms="Minta pihak yang satu lagi menandatangani, atau pegawai lain.",
    )
    CORRECTION_UNKNOWN = row(
        "There is no such entry yet.",
        "Catatan itu belum wujud.",
        remedy="Name the entry that put it right, once it is sealed.",
        remedy_ms="Namakan catatan yang membetulkannya, setelah ia dimeterai.",
    )
