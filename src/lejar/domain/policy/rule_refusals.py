# SPDX-License-Identifier: Apache-2.0
"""Why a pack's rule says no, in order of precedence where two rules allow equally little.

One reason for each kind of rule; which rule it was, of which version and on which basis, stands in
the facts.  Any command that moves something may be answered with one of these.
"""

from lejar.kernel.refusal import RefusalTable, row


class RuleRefusal(RefusalTable):
    """The adopted packs' refusals."""

    COLLECTOR_UNNAMED = row(
        "A duty is due, but no account is named that collects it.",
        "Duti perlu dibayar, tetapi tiada akaun dinamakan untuk memungutnya.",
        remedy="Ask the agency that keeps the pack to name the collector's account.",
        remedy_ms="Minta agensi yang menjaga pek menamakan akaun pemungut.",
        basis="Pack: the rule named in the facts",
    )
    LISTED = row(
        "A person stands on a list that closes this movement, or the list is not current.",
        "Seorang pihak berada dalam senarai yang menghalang pergerakan ini, "
        "atau senarai itu tidak terkini.",
        remedy="Ask the keeper of the list: it may bring it up to date, or decide that it is "
        "another person.",
        remedy_ms="Tanya penjaga senarai: ia boleh mengemas kini, atau memutuskan "
        "bahawa ia orang lain.",
        basis="Pack: the rule named in the facts",
    )
    NOT_LISTED = row(
        "Only persons on a list may do this, or the list is not current.",
        "Hanya pihak dalam senarai boleh melakukan ini, atau senarai itu tidak terkini.",
        remedy="Ask the keeper of the list to be added.",
        remedy_ms="Minta penjaga senarai menambah anda.",
        basis="Pack: the rule named in the facts",
    )
    COUNTRY_DENIED = row(
        "A person's country is closed to this asset, or nobody has vouched for the country.",
        "Negara pihak itu tidak dibenarkan bagi aset ini, atau tiada sesiapa "
        "mengesahkan negaranya.",
        remedy="Have the country confirmed by a credential; a denied country stays denied.",
        remedy_ms="Dapatkan pengesahan negara melalui kelayakan; negara yang dilarang "
        "kekal dilarang.",
        basis="Pack: the rule named in the facts",
    )
    COUNTRY_NOT_ALLOWED = row(
        "A person's country is not among those allowed, or nobody has vouched for the country.",
        "Negara pihak itu bukan antara yang dibenarkan, atau tiada sesiapa mengesahkan negaranya.",
        remedy="Have a country that is allowed confirmed by a credential.",
        remedy_ms="Dapatkan pengesahan negara yang dibenarkan melalui kelayakan.",
        basis="Pack: the rule named in the facts",
    )
    SWITCHED_OFF = row(
        "This kind of movement is switched off for the whole market.",
        "Pergerakan jenis ini dimatikan bagi seluruh pasaran.",
        remedy="Wait until the agency named in the rule switches it on.",
        remedy_ms="Tunggu sehingga agensi yang dinamakan dalam peraturan menghidupkannya.",
        basis="Pack: the rule named in the facts",
    )
    OUTSIDE_HOURS = row(
        "The market's hours for this have not begun or have ended.",
        "Waktu pasaran untuk ini belum bermula atau telah tamat.",
        remedy="Send it again within the hours in the facts.",
        remedy_ms="Hantar semula dalam waktu yang disebut dalam fakta.",
        basis="Pack: the rule named in the facts",
    )
    CREDENTIAL_MISSING = row(
        "A person lacks a credential that the rules demand, or holds one that excludes it.",
        "Seorang pihak tidak mempunyai kelayakan yang dituntut, atau memegang yang "
        "mengecualikannya.",
        remedy="Obtain or renew the credential named in the facts.",
        remedy_ms="Dapatkan atau perbaharui kelayakan yang dinamakan dalam fakta.",
        basis="Pack: the rule named in the facts",
    )
    INVESTOR_CLASS_UNFIT = row(
        "The receiver does not belong to a class of investors that may hold this.",
        "Penerima bukan dalam kelas pelabur yang boleh memegang ini.",
        remedy="Have the class confirmed by a credential, if you belong to it.",
        remedy_ms="Dapatkan pengesahan kelas melalui kelayakan, jika anda tergolong dalamnya.",
        basis="Pack: the rule named in the facts",
    )
    KNOWLEDGE_MISSING = row(
        "The receiver has not passed the assessment for this product, or too long ago.",
        "Penerima belum lulus penilaian bagi produk ini, atau telah terlalu lama.",
        remedy="Take the assessment named in the facts.",
        remedy_ms="Ambil penilaian yang dinamakan dalam fakta.",
        basis="Pack: the rule named in the facts",
    )
    BENEFICIARY_UNNAMED = row(
        "Nobody knows for whom the receiving account is kept.",
        "Tidak diketahui bagi siapa akaun penerima disimpan.",
        remedy="Open an account that names its beneficiary, and receive there.",
        remedy_ms="Buka akaun yang menamakan penerima manfaat, dan terima di situ.",
        basis="Pack: the rule named in the facts",
    )
    FIGURE_UNFIT = row(
        "A recorded figure does not meet the requirement, or nobody has recorded it.",
        "Angka yang direkodkan tidak memenuhi syarat, atau tiada sesiapa merekodkannya.",
        remedy="Have the authority record the figure named in the facts, with its evidence.",
        remedy_ms="Minta pihak berkuasa merekodkan angka dalam fakta, beserta buktinya.",
        basis="Pack: the rule named in the facts",
    )
    SETTLEMENT_ASSET_UNFIT = row(
        "What is paid may not pay for this asset.",
        "Aset bayaran ini tidak boleh membayar bagi aset tersebut.",
        remedy="Pay with one of the assets named in the facts.",
        remedy_ms="Bayar dengan salah satu aset yang dinamakan dalam fakta.",
        basis="Pack: the rule named in the facts",
    )
    PURPOSE_BOUND = row(
        "This money is bound to a purpose that the receiver does not serve, or its time is over.",
        "Wang ini terikat pada tujuan yang tidak dipenuhi penerima, atau tempohnya telah tamat.",
        remedy="Spend it where its purpose allows, or give it back to its issuer.",
        remedy_ms="Belanjakan di tempat yang dibenarkan tujuannya, atau pulangkan kepada penerbit.",
        basis="Pack: the rule named in the facts",
    )
    LOCKED_BY_RULE = row(
        "Holders may not transfer this asset yet.",
        "Pemegang belum boleh memindahkan aset ini.",
        remedy="Wait for the moment or the milestone named in the facts.",
        remedy_ms="Tunggu masa atau peristiwa yang dinamakan dalam fakta.",
        basis="Pack: the rule named in the facts",
    )
    MORATORIUM = row(
        "The giver may dispose of only a part of its holding until the milestone is reached.",
        "Pemberi hanya boleh melupuskan sebahagian pegangannya sehingga peristiwa itu dicapai.",
        remedy="Reduce the amount to what is allowed, or wait for the milestone in the facts.",
        remedy_ms="Kurangkan jumlah kepada yang dibenarkan, atau tunggu peristiwa dalam fakta.",
        basis="Pack: the rule named in the facts",
    )
    COOLING_OFF = row(
        "What was bought in an offer may not be passed on until the cooling-off period ends.",
        "Apa yang dibeli dalam tawaran tidak boleh dipindahkan sehingga tempoh bertenang tamat.",
        remedy="Wait until it ends; a purchase is withdrawn by giving it back to its issuer.",
        remedy_ms="Tunggu sehingga tamat; pembelian ditarik balik dengan memulangkan "
        "kepada penerbit.",
        basis="Pack: the rule named in the facts",
    )
    APPROVAL_MISSING = row(
        "An amount like this needs an officer's approval first.",
        "Jumlah sebegini memerlukan kelulusan pegawai terlebih dahulu.",
        remedy="Ask for approval, or reduce the amount to what needs none.",
        remedy_ms="Mohon kelulusan, atau kurangkan jumlah kepada yang tidak memerlukannya.",
        basis="Pack: the rule named in the facts",
    )
    TICKET_UNFIT = row(
        "The amount is below the smallest, above the largest, or not in whole lots.",
        "Jumlah di bawah minimum, melebihi maksimum, atau bukan dalam lot penuh.",
        remedy="Choose an amount that the facts allow.",
        remedy_ms="Pilih jumlah yang dibenarkan dalam fakta.",
        basis="Pack: the rule named in the facts",
    )
    PRICE_STEP = row(
        "The price of one unit is not a whole number of the market's steps.",
        "Harga seunit bukan gandaan penuh langkah harga pasaran.",
        remedy="Choose a price that is a multiple of the step in the facts.",
        remedy_ms="Pilih harga yang merupakan gandaan langkah dalam fakta.",
        basis="Pack: the rule named in the facts",
    )
    INVESTMENT_CAP = row(
        "The receiver would pay more within the window than its class of investor may.",
        "Penerima akan membayar melebihi had kelas pelaburnya dalam tempoh itu.",
        remedy="Reduce the amount to what is allowed, or wait until earlier investments leave the "
        "window.",
        remedy_ms="Kurangkan jumlah kepada yang dibenarkan, atau tunggu pelaburan "
        "awal keluar tempoh.",
        basis="Pack: the rule named in the facts",
    )
    FUND_RAISING = row(
        "The issuer would raise more within the window than it may.",
        "Penerbit akan mengumpul dana melebihi hadnya dalam tempoh itu.",
        remedy="Reduce the amount to what is allowed, or wait until earlier sums leave the window.",
        remedy_ms="Kurangkan jumlah kepada yang dibenarkan, atau tunggu jumlah awal keluar tempoh.",
        basis="Pack: the rule named in the facts",
    )
    VELOCITY = row(
        "Too much, or too often, within the window.",
        "Terlalu banyak, atau terlalu kerap, dalam tempoh itu.",
        remedy="Reduce the amount, or wait until the window has moved on.",
        remedy_ms="Kurangkan jumlah, atau tunggu sehingga tempoh beralih.",
        basis="Pack: the rule named in the facts",
    )
    CONCENTRATION = row(
        "The receiver would put too large a share of its means into one issuer.",
        "Penerima akan melabur bahagian terlalu besar daripada asetnya dalam satu penerbit.",
        remedy="Reduce the amount, or have the figure named in the facts recorded anew.",
        remedy_ms="Kurangkan jumlah, atau minta angka dalam fakta direkodkan semula.",
        basis="Pack: the rule named in the facts",
    )
    FOREIGN_OWNERSHIP = row(
        "Persons from other countries would own more of this asset than they may.",
        "Pihak dari negara lain akan memiliki aset ini melebihi had.",
        remedy="Reduce the amount to what is allowed, or sell to a resident.",
        remedy_ms="Kurangkan jumlah kepada yang dibenarkan, atau jual kepada pemastautin.",
        basis="Pack: the rule named in the facts",
    )
    HOLDERS_TOO_MANY = row(
        "As many persons hold this asset as may.",
        "Bilangan pemegang aset ini telah mencapai had.",
        remedy="Deliver to somebody who holds it already.",
        remedy_ms="Serahkan kepada pihak yang sudah memegangnya.",
        basis="Pack: the rule named in the facts",
    )
    SUPPLY_CAP = row(
        "More of this asset would exist than may.",
        "Aset ini akan wujud melebihi had.",
        remedy="Issue no more than the facts allow.",
        remedy_ms="Terbitkan tidak melebihi yang dibenarkan dalam fakta.",
        basis="Pack: the rule named in the facts",
    )
    OWNERSHIP_CAP = row(
        "The receiver would own more of this asset than the rules let one person own.",
        "Penerima akan memiliki aset ini melebihi had seorang menurut peraturan.",
        remedy="Reduce the amount to what is allowed.",
        remedy_ms="Kurangkan jumlah kepada yang dibenarkan.",
        basis="Pack: the rule named in the facts",
    )
