# SPDX-License-Identifier: Apache-2.0
"""Every rule that a message can break: its name, a sentence, and what to do, in two languages.

`xml`, `envelope` and `schema` rules are the standard's own. The others are those by which banks
send such messages to each other across borders (CBPR+) and to a market infrastructure, in our own
words; what a bank may do beside them is a matter of its market practice and not judged here.
"""

from enum import Enum


class Rule(Enum):
    """A rule; its value is its sentence and its remedy, in English and in Malay."""

    XML_EMPTY = (
        "The file is empty.",
        "Fail ini kosong.",
        "Send a message.",
        "Hantar satu mesej.",
    )
    XML_SIZE = (
        "The file is larger than 32 MiB.",
        "Fail ini melebihi 32 MiB.",
        "Split the message.",
        "Pecahkan mesej ini.",
    )
    XML_ENCODING = (
        "The file is not encoded in UTF-8.",
        "Fail ini tidak dikodkan dalam UTF-8.",
        "Send it as UTF-8, and say so in the first line.",
        "Hantar sebagai UTF-8, dan nyatakannya pada baris pertama.",
    )
    XML_DOCTYPE = (
        "The file declares a document type or an entity; no message needs one.",
        "Fail ini mengisytiharkan jenis dokumen atau entiti; tiada mesej memerlukannya.",
        "Leave out the document type.",
        "Buang pengisytiharan jenis dokumen.",
    )
    XML_SYNTAX = (
        "The file is not well-formed XML.",
        "Fail ini bukan XML yang sempurna bentuknya.",
        "Mend it at this line; each element must be closed, and control characters are forbidden.",
        "Betulkan pada baris ini; setiap elemen mesti ditutup dan aksara kawalan dilarang.",
    )
    XML_DEPTH = (
        "Elements are nested more than 64 deep.",
        "Elemen bersarang melebihi 64 aras.",
        "Send the message without needless wrappers.",
        "Hantar mesej tanpa pembungkus yang tidak perlu.",
    )
    ENVELOPE_DOCUMENT = (
        "There is no Document element.",
        "Tiada elemen Document.",
        "Send a Document, alone or beside its AppHdr in a wrapper.",
        "Hantar Document, sendiri atau bersama AppHdr dalam pembungkus.",
    )
    ENVELOPE_ONE = (
        "A file carries one message: one Document, and at most one AppHdr.",
        "Satu fail membawa satu mesej: satu Document, dan paling banyak satu AppHdr.",
        "Send each message in a file of its own.",
        "Hantar setiap mesej dalam fail tersendiri.",
    )
    ENVELOPE_NAMESPACE = (
        "The namespace names no ISO 20022 message.",
        "Ruang nama ini tidak menamakan mesej ISO 20022.",
        "Use urn:iso:std:iso:20022:tech:xsd: and the message's identifier.",
        "Guna urn:iso:std:iso:20022:tech:xsd: dan pengecam mesej.",
    )
    ENVELOPE_MESSAGE = (
        "This message is not among those that the hub understands.",
        "Mesej ini bukan antara yang difahami oleh hab.",
        "See the list of messages in the documentation.",
        "Lihat senarai mesej dalam dokumentasi.",
    )
    ENVELOPE_VERSION = (
        "This version of the message is not accepted.",
        "Versi mesej ini tidak diterima.",
        "Send one of the versions named here.",
        "Hantar salah satu versi yang dinamakan di sini.",
    )
    SCHEMA_UNKNOWN = (
        "The schema has no such element here.",
        "Skema tiada elemen ini di sini.",
        "Remove it, or check its spelling and namespace.",
        "Buang elemen ini, atau semak ejaan dan ruang namanya.",
    )
    SCHEMA_ORDER = (
        "The element stands after one that must follow it.",
        "Elemen ini berada selepas elemen yang sepatutnya mengikutinya.",
        "Put the elements in the schema's order.",
        "Susun elemen mengikut turutan skema.",
    )
    SCHEMA_MISSING = (
        "A required element or attribute is missing.",
        "Elemen atau atribut wajib tiada.",
        "Add what is named here.",
        "Tambah apa yang dinamakan di sini.",
    )
    SCHEMA_REPEATED = (
        "The element occurs too often.",
        "Elemen ini berulang terlalu kerap.",
        "Send it as often as the schema allows.",
        "Hantar sekerap yang dibenarkan oleh skema.",
    )
    SCHEMA_CHOICE = (
        "Exactly one of the alternatives must be given.",
        "Tepat satu pilihan mesti diberi.",
        "Choose one of those named here.",
        "Pilih satu daripada yang dinamakan di sini.",
    )
    SCHEMA_TEXT = (
        "Text stands where only elements may.",
        "Teks berada di tempat yang hanya membenarkan elemen.",
        "Remove the text.",
        "Buang teks itu.",
    )
    SCHEMA_ATTRIBUTE = (
        "The schema has no such attribute here.",
        "Skema tiada atribut ini di sini.",
        "Remove the attribute.",
        "Buang atribut itu.",
    )
    SCHEMA_LENGTH = (
        "The text is shorter or longer than it may be.",
        "Teks lebih pendek atau lebih panjang daripada yang dibenarkan.",
        "Keep to the length named here.",
        "Patuhi panjang yang dinamakan di sini.",
    )
    SCHEMA_PATTERN = (
        "The text has not the required form.",
        "Teks tidak menepati bentuk yang diperlukan.",
        "Use the form named here.",
        "Guna bentuk yang dinamakan di sini.",
    )
    SCHEMA_CODE = (
        "The code is not in the schema's list.",
        "Kod ini tiada dalam senarai skema.",
        "Use a code of the list.",
        "Guna kod dalam senarai.",
    )
    SCHEMA_NUMBER = (
        "This is not a plain decimal number.",
        "Ini bukan nombor perpuluhan biasa.",
        "Write digits and at most one point, without an exponent.",
        "Tulis digit dan paling banyak satu titik, tanpa eksponen.",
    )
    SCHEMA_DIGITS = (
        "The number has too many digits.",
        "Nombor mempunyai terlalu banyak digit.",
        "Keep to the digits named here.",
        "Patuhi bilangan digit yang dinamakan di sini.",
    )
    SCHEMA_RANGE = (
        "The number is smaller than it may be.",
        "Nombor lebih kecil daripada yang dibenarkan.",
        "Amounts are not negative; direction is said by another element.",
        "Amaun tidak negatif; arah dinyatakan oleh elemen lain.",
    )
    SCHEMA_VALUE = (
        "This is not a value of the required kind.",
        "Ini bukan nilai daripada jenis yang diperlukan.",
        "Use the kind named here.",
        "Guna jenis yang dinamakan di sini.",
    )
    HEADER_MESSAGE = (
        "The header names another message than the Document's namespace.",
        "Pengepala menamakan mesej lain daripada ruang nama Document.",
        "Let MsgDefIdr say what the Document is.",
        "Pastikan MsgDefIdr menyatakan jenis Document.",
    )
    HEADER_PARTY = (
        "The header does not say by BIC, clearing member or LEI who sends and who receives.",
        "Pengepala tidak menyatakan penghantar dan penerima melalui BIC, ahli penjelasan atau LEI.",
        "Give Fr and To an identifier.",
        "Beri pengecam kepada Fr dan To.",
    )
    MOMENT_OFFSET = (
        "The moment does not say its offset from UTC.",
        "Masa ini tidak menyatakan ofset daripada UTC.",
        "Write the offset, as in +08:00, or Z.",
        "Tulis ofset, seperti +08:00, atau Z.",
    )
    UETR_MISSING = (
        "The transaction has no UETR.",
        "Transaksi ini tiada UETR.",
        "Give each transaction a UETR, and keep it to the end.",
        "Beri setiap transaksi satu UETR dan kekalkannya hingga akhir.",
    )
    COUNT_WRONG = (
        "The number of transactions is not what the message says.",
        "Bilangan transaksi tidak seperti yang dinyatakan mesej.",
        "Let NbOfTxs count the transactions.",
        "Pastikan NbOfTxs mengira transaksi.",
    )
    SUM_WRONG = (
        "The amounts do not add up to the stated total.",
        "Jumlah amaun tidak sama dengan jumlah yang dinyatakan.",
        "Let the total be the exact sum.",
        "Pastikan jumlah adalah hasil tambah yang tepat.",
    )
    SUM_CURRENCIES = (
        "A total in one currency stands over amounts in another.",
        "Jumlah dalam satu mata wang merangkumi amaun dalam mata wang lain.",
        "Send the currencies in messages of their own, or leave the total out.",
        "Hantar setiap mata wang dalam mesej tersendiri, atau tinggalkan jumlah.",
    )
    CURRENCY_UNKNOWN = (
        "The currency is not an active one of ISO 4217.",
        "Mata wang ini bukan mata wang aktif ISO 4217.",
        "Use the code of a currency in use.",
        "Guna kod mata wang yang masih digunakan.",
    )
    CURRENCY_DECIMALS = (
        "The amount has more decimals than its currency.",
        "Amaun mempunyai lebih tempat perpuluhan daripada mata wangnya.",
        "Round it where it is made; we never do.",
        "Bundarkan di tempat asalnya; kami tidak akan membundarkannya.",
    )
    AMOUNT_ZERO = (
        "The amount or quantity is zero.",
        "Amaun atau kuantiti ini sifar.",
        "Say how much is to move, or send no message.",
        "Nyatakan berapa yang dipindahkan, atau jangan hantar mesej.",
    )
    BIC_FORM = (
        "This is not a BIC: bank, country, place, and perhaps branch.",
        "Ini bukan BIC: bank, negara, tempat, dan mungkin cawangan.",
        "Look the BIC up in the directory.",
        "Cari BIC dalam direktori.",
    )
    LEI_DIGITS = (
        "The LEI's check digits are wrong.",
        "Digit semakan LEI salah.",
        "Look the LEI up with GLEIF.",
        "Cari LEI di GLEIF.",
    )
    ISIN_DIGITS = (
        "The ISIN's check digit is wrong.",
        "Digit semakan ISIN salah.",
        "Look the ISIN up.",
        "Cari ISIN yang betul.",
    )
    IBAN_DIGITS = (
        "The IBAN's check digits or length are wrong.",
        "Digit semakan atau panjang IBAN salah.",
        "Ask the account's holder for the IBAN.",
        "Minta IBAN daripada pemegang akaun.",
    )
    DATE_MISSING = (
        "The transaction has no settlement date.",
        "Transaksi ini tiada tarikh penyelesaian.",
        "Give the date with each transaction, or once in the group header.",
        "Beri tarikh pada setiap transaksi, atau sekali dalam pengepala kumpulan.",
    )
    METHOD_UNSUPPORTED = (
        "The settlement method is not INGA, INDA or CLRG.",
        "Kaedah penyelesaian bukan INGA, INDA atau CLRG.",
        "The cover method settles elsewhere; send the payment itself here.",
        "Kaedah perlindungan diselesaikan di tempat lain; hantar bayaran itu sendiri ke sini.",
    )
    AGENT_UNIDENTIFIED = (
        "An agent has no BIC, clearing membership or LEI.",
        "Ejen tiada BIC, keahlian penjelasan atau LEI.",
        "Identify the agent; a name alone identifies nobody.",
        "Kenal pasti ejen; nama sahaja tidak mencukupi.",
    )
    REFERENCE_SLASH = (
        "A reference may not begin or end with a slash or have two in a row.",
        "Rujukan tidak boleh bermula atau berakhir dengan garis miring atau mengandungi //.",
        "Leave the slashes out.",
        "Buang garis miring itu.",
    )
    CHARACTER_REFERENCE = (
        "A reference has a character outside the FIN-X set.",
        "Rujukan mempunyai aksara di luar set FIN-X.",
        "Use letters, digits, space, and / - ? : ( ) . , ' +",
        "Guna huruf, digit, ruang, dan / - ? : ( ) . , ' +",
    )
    CHARACTER_TEXT = (
        "The text has a character outside the extended Latin set that banks exchange.",
        "Teks mempunyai aksara di luar set Latin lanjutan yang ditukar antara bank.",
        "Write it with unaccented letters, digits and ASCII signs.",
        "Tulis dengan huruf tanpa aksen, digit dan tanda ASCII.",
    )
    TEXT_BLANK = (
        "The text is only spaces, or begins or ends with one.",
        "Teks hanya ruang, atau bermula atau berakhir dengan ruang.",
        "Trim it, or leave the element out.",
        "Buang ruang itu, atau tinggalkan elemen.",
    )
    STATUS_REASON = (
        "A rejection, return or request to cancel gives no reason.",
        "Penolakan, pemulangan atau permohonan batal tanpa sebab.",
        "Give a code of the external reason list.",
        "Beri kod daripada senarai sebab luaran.",
    )
    REASON_TEXT = (
        "The reason NARR needs a narrative beside it.",
        "Sebab NARR memerlukan keterangan.",
        "Say the reason in AddtlInf.",
        "Nyatakan sebab dalam AddtlInf.",
    )
    ORIGINAL_MISSING = (
        "The message does not say which transaction it is about.",
        "Mesej tidak menyatakan transaksi yang dimaksudkan.",
        "Give the original UETR, or the original message and instruction.",
        "Beri UETR asal, atau mesej dan arahan asal.",
    )
    BALANCE_MISSING = (
        "The statement has no opening or no closing booked balance.",
        "Penyata tiada baki pembukaan atau penutup yang dibukukan.",
        "Send OPBD (or PRCD) and CLBD.",
        "Hantar OPBD (atau PRCD) dan CLBD.",
    )
    BALANCE_WRONG = (
        "Opening balance and booked entries do not give the closing balance.",
        "Baki pembukaan dan catatan tidak menghasilkan baki penutup.",
        "Send the statement whole; we do not guess what is missing.",
        "Hantar penyata yang lengkap; kami tidak meneka apa yang tiada.",
    )
    PAYMENT_AMOUNT = (
        "An instruction against payment states no amount, or a free one states one.",
        "Arahan lawan bayaran tanpa amaun, atau arahan bebas dengan amaun.",
        "Let Pmt and SttlmAmt agree.",
        "Pastikan Pmt dan SttlmAmt sepadan.",
    )
    PAYMENT_DIRECTION = (
        "Who receives securities pays, and who delivers is paid: the amount's direction is wrong.",
        "Penerima sekuriti membayar, penyerah dibayar: arah amaun salah.",
        "DELI goes with CRDT, RECE with DBIT.",
        "DELI bersama CRDT, RECE bersama DBIT.",
    )
    INSTRUMENT_MISSING = (
        "The instrument has no ISIN.",
        "Instrumen tiada ISIN.",
        "Give its ISIN.",
        "Beri ISIN.",
    )

    QUANTITY_FORM = (
        "The quantity is not stated as units or face amount.",
        "Kuantiti tidak dinyatakan sebagai unit atau amaun muka.",
        "State it as Unit, FaceAmt, AmtsdVal or DgtlTknUnit.",
        "Nyatakan sebagai Unit, FaceAmt, AmtsdVal atau DgtlTknUnit.",
    )
    QUANTITY_DECIMALS = (
        "The quantity has more than four decimals.",
        "Kuantiti mempunyai lebih daripada empat tempat perpuluhan.",
        "Round it where it is made; we never do.",
        "Bundarkan di tempat asalnya; kami tidak akan membundarkannya.",
    )
    STATUS_UNSUPPORTED = (
        "The status is not one that the hub understands.",
        "Status ini bukan status yang difahami oleh hab.",
        "Say accepted, pending, rejected, cancelled, matched, unmatched or failing.",
        "Nyatakan diterima, menunggu, ditolak, dibatalkan, sepadan, tidak sepadan atau gagal.",
    )

    @property
    def id(self) -> str:
        """The rule's name as people cite it."""
        return self.name.lower().replace("_", "-")

    def sentence(self, lang: str) -> str:
        """What must be, or is wrong."""
        return self.value[1] if lang == "ms" else self.value[0]

    def remedy(self, lang: str) -> str:
        """What to do about it."""
        return self.value[3] if lang == "ms" else self.value[2]
