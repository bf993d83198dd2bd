# SPDX-License-Identifier: Apache-2.0
"""Why a payment is not announced, changed, made or claimed, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row

_NOTICE = "Terms of issue: payments to holders of record"


class ServicingRefusal(RefusalTable):
    """Only the issuer and its agent act; holders may claim; the register of the day decides."""

    PAYMENT_UNKNOWN = row(
        "There is no such payment.",
        "Bayaran tersebut tidak wujud.",
        remedy="Check the payment id; a cancelled announcement is gone.",
        remedy_ms="Semak id bayaran; pengumuman yang dibatalkan sudah tiada.",
    )
    NOT_THE_AGENT = row(
        "Only the issuer or the agent it appointed may do this.",
        "Hanya penerbit atau ejen yang dilantiknya boleh melakukan ini.",
        remedy="Have the issuer or its agent sign.",
        remedy_ms="Dapatkan tandatangan penerbit atau ejennya.",
    )
    NOT_THE_HOLDER = row(
        "Only the account's owner, the issuer or its agent may claim.",
        "Hanya pemilik akaun, penerbit atau ejennya boleh menuntut.",
        remedy="Have the account's owner sign.",
        remedy_ms="Dapatkan tandatangan pemilik akaun.",
    )
    PERIOD_UNKNOWN = row(
        "The instrument has no period with this number.",
        "Instrumen ini tiada tempoh dengan nombor tersebut.",
        remedy="Choose a number up to the last one, which is in the facts.",
        remedy_ms="Pilih nombor hingga yang terakhir, yang ada dalam fakta.",
    )
    PERIOD_BEFORE_HUB = row(
        "The period ended before the instrument came to this hub.",
        "Tempoh itu tamat sebelum instrumen ini masuk ke hab.",
        remedy="It was paid, or is owed, elsewhere; announce a later period.",
        remedy_ms="Ia dibayar, atau terhutang, di tempat lain; umumkan tempoh kemudian.",
    )
    PERIOD_ANNOUNCED = row(
        "The payment of this period has been announced already.",
        "Bayaran bagi tempoh ini telah pun diumumkan.",
        remedy="Use the payment named in the facts.",
        remedy_ms="Gunakan bayaran yang dinamakan dalam fakta.",
    )
    PERIOD_OUT_OF_ORDER = row(
        "Payments are announced period by period, and taken back from the last one.",
        "Bayaran diumumkan mengikut urutan tempoh, dan dibatalkan bermula dari yang akhir.",
        remedy="Deal with the period named in the facts first.",
        remedy_ms="Uruskan tempoh yang dinamakan dalam fakta dahulu.",
    )
    PAYMENT_NOT_FAILED = row(
        "Only a failed payment can be retried.",
        "Hanya bayaran yang gagal boleh dicuba semula.",
        remedy="Wait for the payment date.",
        remedy_ms="Tunggu tarikh bayaran.",
    )
    CURRENCY_MISSING = row(
        "This hub has no money in the instrument's currency.",
        "Hab ini tiada wang dalam mata wang instrumen.",
        remedy="The currency's central bank must begin it on this hub first.",
        remedy_ms="Bank pusat mata wang itu perlu memulakannya di hab ini dahulu.",
    )
    PAYING_ACCOUNT_UNFIT = row(
        "This account cannot pay: it is not the issuer's or agent's, or money is held elsewhere.",
        "Akaun ini tidak boleh membayar: bukan milik penerbit atau ejen, atau wang di tempat lain.",
        remedy="Name an ordinary account of the issuer or agent; leave it out when part is paid.",
        remedy_ms="Namakan akaun biasa penerbit atau ejen; tinggalkan jika sebahagian dibayar.",
    )
    RECORD_DATE_REACHED = row(
        "The record date has come: the announcement stands.",
        "Tarikh rekod telah tiba: pengumuman kekal.",
        remedy="Nothing can be changed from the record date on.",
        remedy_ms="Tiada yang boleh diubah mulai tarikh rekod.",
        basis=_NOTICE,
    )
    RECORD_DATE_UNFIT = row(
        "The record date lies from today to the day before payment, and not before the period.",
        "Tarikh rekod ialah antara hari ini dan sehari sebelum bayaran, bukan sebelum tempoh itu.",
        remedy="Choose a day between the two in the facts.",
        remedy_ms="Pilih hari antara dua hari dalam fakta.",
        basis=_NOTICE,
    )
    CLAIMS_UNTIL_UNFIT = row(
        "Claims end after the payment date, and principal is never forfeited.",
        "Tuntutan tamat selepas tarikh bayaran, dan prinsipal tidak boleh dilucuthakkan.",
        remedy="Name a later day; for the payment that redeems, name none.",
        remedy_ms="Namakan hari kemudian; bagi bayaran penebusan, jangan namakan.",
        basis=_NOTICE,
    )
    NOT_PAYING_YET = row(
        "The payment has not been made, so nothing of it can be claimed.",
        "Bayaran belum dibuat, maka tiada yang boleh dituntut.",
        remedy="Wait until the payment has run.",
        remedy_ms="Tunggu sehingga bayaran dijalankan.",
    )
    NOTHING_TO_CLAIM = row(
        "Nothing waits for this account: it was not entitled, or was paid in the run.",
        "Tiada apa menunggu akaun ini: ia tidak berhak, atau telah dibayar.",
        remedy="Compare with the register at the record date and the account's receipts.",
        remedy_ms="Bandingkan dengan daftar pada tarikh rekod dan resit akaun.",
        basis=_NOTICE,
    )
    CLAIMED_ALREADY = row(
        "This account has claimed its part already.",
        "Akaun ini telah pun menuntut bahagiannya.",
        remedy="Read the receipt of the first claim.",
        remedy_ms="Baca resit tuntutan pertama.",
    )
    CLAIMS_EXPIRED = row(
        "The time for claims has ended.",
        "Tempoh tuntutan telah tamat.",
        remedy="Ask the issuer.",
        remedy_ms="Tanya penerbit.",
        basis=_NOTICE,
    )
    NOTHING_UNCLAIMED = row(
        "Nothing of this payment is unclaimed.",
        "Tiada bahagian bayaran ini yang belum dituntut.",
        remedy="Nothing needs to be done.",
        remedy_ms="Tiada apa yang perlu dilakukan.",
    )
    CLAIMS_OPEN = row(
        "Holders may still claim.",
        "Pemegang masih boleh menuntut.",
        remedy="Wait until claims have ended; without an end they never do.",
        remedy_ms="Tunggu sehingga tuntutan tamat; tanpa tarikh akhir ia tidak tamat.",
        basis=_NOTICE,
    )
    UNITS_HELD = row(
        "The units are held, so they cannot be redeemed yet.",
        "Unit sedang dipegang, maka belum boleh ditebus.",
        remedy="Have the hold released, then claim.",
        remedy_ms="Lepaskan pegangan itu, kemudian tuntut.",
        basis="Terms of issue: redemption against delivery of the units",
    )
