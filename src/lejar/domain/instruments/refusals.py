# SPDX-License-Identifier: Apache-2.0
"""Why an instrument is not created, issued or retired, in order of precedence.

The rows from `ISIN_CHECK_DIGIT` to `ASSUMED_UNKNOWN_FIELD` are the defects of `soundness`, name by
name, so that a defect found by a reader of packs and one found by the hub say the same sentence.
"""

from lejar.domain.instruments.soundness import SENTENCES, Defect
from lejar.kernel.refusal import RefusalTable, row

_TERMS = "Terms of issue, as the hub reads them"


class InstrumentRefusal(RefusalTable):
    """Terms must be sound, approved by a second party, and issued within their amount."""

    APPROVER_MISSING = row(
        "Nobody beside the issuer who may approve issues has signed.",
        "Tiada pihak selain penerbit yang berkuasa meluluskan terbitan telah menandatangani.",
        remedy="Have the approving agency sign the same envelope; an issuer never approves itself.",
        remedy_ms="Dapatkan tandatangan agensi pelulus pada sampul sama; bukan penerbit sendiri.",
        basis="Four eyes: issuer and approver are two parties",
    )
    ASSET_CLASS_UNFIT = row(
        "Money, and papers that pay by their terms, are not created as plain units.",
        "Wang, dan kertas yang membayar mengikut syaratnya, tidak diwujudkan sebagai unit biasa.",
        remedy="Use the command for money, or for a bond or sukuk; or choose another class.",
        remedy_ms="Guna arahan bagi wang, atau bagi bon atau sukuk; atau pilih kelas lain.",
    )
    ISIN_CHECK_DIGIT = row(
        SENTENCES[Defect.ISIN_CHECK_DIGIT],
        "Digit semak ISIN itu salah.",
        remedy="Compare the ISIN with the numbering agency's notice.",
        remedy_ms="Bandingkan ISIN dengan notis agensi penomboran.",
        basis="ISO 6166",
    )
    ISIN_STOCK_CODE = row(
        SENTENCES[Defect.ISIN_STOCK_CODE],
        "ISIN itu bukan yang dibentuk oleh RENTAS daripada kod saham.",
        remedy="Correct the stock code or the ISIN; leave the code out for a paper outside RENTAS.",
        remedy_ms="Betulkan kod saham atau ISIN; tinggalkan kod bagi kertas di luar RENTAS.",
        basis=_TERMS,
    )
    DATES_OUT_OF_ORDER = row(
        SENTENCES[Defect.DATES_OUT_OF_ORDER],
        "Mula akruan, bayaran pertama, tarikh tetap terakhir dan matang mesti berturutan.",
        remedy="Correct the dates.",
        remedy_ms="Betulkan tarikh-tarikh itu.",
        basis=_TERMS,
    )
    LIFE_OUT_OF_RANGE = row(
        SENTENCES[Defect.LIFE_OUT_OF_RANGE],
        "Tempoh hayat mesti paling lama 100 tahun, antara tahun 1900 dan 9000.",
        remedy="Correct the dates.",
        remedy_ms="Betulkan tarikh-tarikh itu.",
        basis=_TERMS,
    )
    FREQUENCY_UNEVEN = row(
        SENTENCES[Defect.FREQUENCY_UNEVEN],
        "Bilangan bayaran setahun mesti membahagi dua belas bulan dengan tepat.",
        remedy="Use 1, 2, 3, 4, 6 or 12 payments a year.",
        remedy_ms="Gunakan 1, 2, 3, 4, 6 atau 12 bayaran setahun.",
        basis=_TERMS,
    )
    FIRST_PAYMENT_OFF_ROLL = row(
        SENTENCES[Defect.FIRST_PAYMENT_OFF_ROLL],
        "Bayaran pertama mesti jatuh pada hari gulungan bulannya.",
        remedy="Correct the first payment or the roll day.",
        remedy_ms="Betulkan bayaran pertama atau hari gulungan.",
        basis=_TERMS,
    )
    LAST_REGULAR_OFF_ROLL = row(
        SENTENCES[Defect.LAST_REGULAR_OFF_ROLL],
        "Tarikh tetap terakhir mesti jatuh genap tempoh selepas yang pertama.",
        remedy="Correct the last regular date, or leave it out.",
        remedy_ms="Betulkan tarikh tetap terakhir, atau tinggalkan.",
        basis=_TERMS,
    )
    ISSUE_AMOUNT_NOT_IN_UNITS = row(
        SENTENCES[Defect.ISSUE_AMOUNT_NOT_IN_UNITS],
        "Jumlah terbitan mestilah bilangan unit yang genap.",
        remedy="Correct the issue amount or the nominal of a unit.",
        remedy_ms="Betulkan jumlah terbitan atau nominal seunit.",
        basis=_TERMS,
    )
    ASSUMED_UNKNOWN_FIELD = row(
        SENTENCES[Defect.ASSUMED_UNKNOWN_FIELD],
        "Medan andaian mestilah nama syarat, tersusun, setiap satu sekali.",
        remedy="List the assumed fields by their names, sorted.",
        remedy_ms="Senaraikan medan andaian dengan namanya, tersusun.",
        basis=_TERMS,
    )
    PAYMENTS_TOO_LARGE = row(
        "What the paper would pay over its life passes the largest amount the ledger can hold.",
        "Jumlah bayaran sepanjang hayat kertas melebihi jumlah terbesar yang boleh disimpan lejar.",
        remedy="Use a smaller issue amount, or several issues.",
        remedy_ms="Gunakan jumlah terbitan lebih kecil, atau beberapa terbitan.",
    )
    JURISDICTION_REPEATED = row(
        "A jurisdiction is named twice.",
        "Satu bidang kuasa dinamakan dua kali.",
        remedy="Name each jurisdiction once.",
        remedy_ms="Namakan setiap bidang kuasa sekali sahaja.",
    )
    ISIN_TAKEN = row(
        "An instrument with this ISIN exists already.",
        "Instrumen dengan ISIN ini telah pun wujud.",
        remedy="Use the instrument named in the facts.",
        remedy_ms="Gunakan instrumen yang dinamakan dalam fakta.",
    )
    INSTRUMENT_UNKNOWN = row(
        "There is no such instrument.",
        "Instrumen tersebut tidak wujud.",
        remedy="Check the instrument id; money is no instrument.",
        remedy_ms="Semak id instrumen; wang bukan instrumen.",
    )
    NOT_THE_ISSUER = row(
        "Only the instrument's issuer may do this.",
        "Hanya penerbit instrumen boleh melakukan ini.",
        remedy="Have the issuer sign.",
        remedy_ms="Dapatkan tandatangan penerbit.",
    )
    INSTRUMENT_CLOSED = row(
        "The instrument is being redeemed, or has been.",
        "Instrumen ini sedang ditebus, atau telah ditebus.",
        remedy="Nothing more is issued, retired or announced for it.",
        remedy_ms="Tiada lagi yang diterbitkan, ditarik balik atau diumumkan baginya.",
    )
    TERMS_PAY_NOTHING = row(
        "These units have no terms that pay.",
        "Unit ini tiada syarat yang membayar.",
        remedy="Announce payments on bonds and sukuk only.",
        remedy_ms="Umumkan bayaran bagi bon dan sukuk sahaja.",
    )
    OUTSIDE_ISSUE_DATES = row(
        "Units are issued from the issue date to the day before maturity.",
        "Unit diterbitkan dari tarikh terbitan hingga sehari sebelum matang.",
        remedy="Issue within the dates in the facts.",
        remedy_ms="Terbitkan dalam tempoh tarikh yang ada dalam fakta.",
        basis="Terms of issue: accrual start and maturity",
    )
    ISSUE_AMOUNT_EXCEEDED = row(
        "More units would have been issued than the terms allow.",
        "Unit yang diterbitkan akan melebihi yang dibenarkan oleh syarat.",
        remedy="Issue at most the units named in the facts.",
        remedy_ms="Terbitkan paling banyak unit yang dinamakan dalam fakta.",
        basis="Terms of issue: issue amount, or largest number of units",
    )
    HOLDER_ACCOUNT_UNFIT = row(
        "Units stand on holders' accounts, never on an issuance account.",
        "Unit disimpan dalam akaun pemegang, bukan dalam akaun terbitan.",
        remedy="Name the issuer's own account, or an underwriter's.",
        remedy_ms="Namakan akaun penerbit sendiri, atau akaun penaja jamin.",
    )
