# SPDX-License-Identifier: Apache-2.0
"""Why an instruction is refused, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class SettlementRefusal(RefusalTable):
    """An instruction is a two-sided delivery versus payment, agreed by both."""

    LEG_TO_ITSELF = row(
        "A leg goes from one account to another, not to itself.",
        "Setiap kaki urusan bergerak antara dua akaun, bukan ke akaun yang sama.",
        remedy="Name two different accounts.",
        remedy_ms="Namakan dua akaun yang berlainan.",
    )
    LEG_REPEATED = row(
        "Two legs move the same asset in the same direction between the same accounts.",
        "Dua kaki menggerakkan aset yang sama pada arah dan akaun yang sama.",
        remedy="Put the amounts together in one leg.",
        remedy_ms="Satukan jumlah dalam satu kaki.",
    )
    NOT_DELIVERY_VERSUS_PAYMENT = row(
        "An instruction delivers one security against one payment between the same two parties.",
        "Arahan menyerahkan satu sekuriti lawan satu bayaran antara dua pihak yang sama.",
        remedy="Give one leg of a security and one leg of money in the opposite direction.",
        remedy_ms="Beri satu kaki sekuriti dan satu kaki wang pada arah bertentangan.",
    )
    ISSUANCE_ACCOUNT = row(
        "An issuance account takes part in issue and redemption only, never in an exchange.",
        "Akaun terbitan hanya terlibat dalam terbitan dan penebusan, bukan pertukaran.",
        remedy="Issue to an account that holds, and settle from there.",
        remedy_ms="Terbitkan ke akaun yang memegang, dan selesaikan dari situ.",
    )
    NOT_A_PARTY = row(
        "The signer owns none of the instruction's accounts.",
        "Penandatangan tidak memiliki mana-mana akaun dalam arahan.",
        remedy="Only the owners of the accounts instruct, affirm or cancel.",
        remedy_ms="Hanya pemilik akaun boleh mengarah, mengesah atau membatal.",
    )
    VALUE_DATE_PAST = row(
        "The value date has passed.",
        "Tarikh nilai telah berlalu.",
        remedy="Choose today or a later business day.",
        remedy_ms="Pilih hari ini atau hari perniagaan kemudian.",
    )
    VALUE_DATE_TOO_FAR = row(
        "The value date is more than a year ahead.",
        "Tarikh nilai melebihi setahun dari sekarang.",
        remedy="Choose an earlier value date.",
        remedy_ms="Pilih tarikh nilai yang lebih awal.",
    )
    VALUE_DATE_NOT_BUSINESS = row(
        "The value date is not a business day.",
        "Tarikh nilai bukan hari perniagaan.",
        remedy="Choose the business day named in the facts.",
        remedy_ms="Pilih hari perniagaan yang dinamakan dalam fakta.",
    )
    CUT_OFF_PASSED = row(
        "Today's cut-off for settlement has passed.",
        "Waktu akhir penyelesaian hari ini telah berlalu.",
        remedy="Choose the next business day as the value date.",
        remedy_ms="Pilih hari perniagaan berikutnya sebagai tarikh nilai.",
    )
    INSTRUCTION_UNKNOWN = row(
        "There is no such open instruction.",
        "Tiada arahan terbuka tersebut.",
        remedy="Check the id; a settled or cancelled instruction is no longer open.",
        remedy_ms="Semak id; arahan yang selesai atau batal tidak lagi terbuka.",
    )
    AFFIRMED_ALREADY = row(
        "The party has affirmed already.",
        "Pihak itu telah pun mengesahkan.",
        remedy="Nothing needs to be done.",
        remedy_ms="Tiada apa yang perlu dilakukan.",
    )
    CANCELLED_ALREADY = row(
        "The party has asked to cancel already; the other side has not.",
        "Pihak itu telah memohon pembatalan; pihak lagi satu belum.",
        remedy="Ask the other side to cancel too.",
        remedy_ms="Minta pihak lagi satu turut membatalkan.",
    )
    NOT_FAILED = row(
        "Only a failed instruction can be retried.",
        "Hanya arahan yang gagal boleh dicuba semula.",
        remedy="Wait for its value date.",
        remedy_ms="Tunggu tarikh nilainya.",
    )
