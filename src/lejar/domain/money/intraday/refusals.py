# SPDX-License-Identifier: Apache-2.0
"""Why intraday liquidity is refused, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class IntradayRefusal(RefusalTable):
    """Money goes out only against securities that the central bank takes, at its price."""

    COLLATERAL_UNFIT = row(
        "Only securities are collateral, and only sukuk or government paper may be marked Islamic.",
        "Hanya sekuriti boleh menjadi cagaran, dan hanya sukuk atau kertas kerajaan boleh "
        "ditanda Islam.",
        remedy="Name a security, or leave the mark out.",
        remedy_ms="Namakan satu sekuriti, atau jangan letak tanda itu.",
    )
    FACILITY_ACCOUNT_UNFIT = row(
        "The facility's account must be the central bank's own.",
        "Akaun kemudahan mestilah akaun bank pusat sendiri.",
        remedy="Open an account with the purpose own for the central bank.",
        remedy_ms="Buka akaun bertujuan own bagi bank pusat.",
    )
    FACILITY_NOT_OPEN = row(
        "The central bank offers no intraday liquidity in this asset now.",
        "Bank pusat tidak menawarkan mudah tunai intrahari dalam aset ini sekarang.",
        remedy="Wait until the central bank opens a facility.",
        remedy_ms="Tunggu sehingga bank pusat membuka kemudahan.",
    )
    FORM_NOT_OFFERED = row(
        "The facility is not open in this form.",
        "Kemudahan ini tidak ditawarkan dalam bentuk tersebut.",
        remedy="Choose a form that the facility offers.",
        remedy_ms="Pilih bentuk yang ditawarkan oleh kemudahan.",
    )
    NOT_A_BANKS_OWN = row(
        "A bank draws for itself: both accounts must be its own, and not the central bank's.",
        "Bank mengambil bagi dirinya: kedua-dua akaun mestilah miliknya, bukan bank pusat.",
        remedy="Name two accounts of the bank with the purpose own.",
        remedy_ms="Namakan dua akaun bank itu yang bertujuan own.",
    )
    FORM_NOT_FOR_ISLAMIC_BANK = row(
        "An Islamic bank draws by sale and buy-back only.",
        "Bank Islam hanya boleh menggunakan jualan dan belian balik.",
        remedy="Choose sale and buy-back, with securities marked Islamic.",
        remedy_ms="Pilih jualan dan belian balik, dengan sekuriti bertanda Islam.",
    )
    CREDIT_OVERDUE = row(
        "The bank owes on a credit that should have been unwound.",
        "Bank itu masih berhutang atas kredit yang sepatutnya telah dileraikan.",
        remedy="Pay the credit named in the facts back first.",
        remedy_ms="Bayar balik dahulu kredit yang dinamakan dalam fakta.",
    )
    CREDIT_UNKNOWN = row(
        "There is no such open credit.",
        "Tiada kredit terbuka tersebut.",
        remedy="Check the id; what is paid back is no longer open.",
        remedy_ms="Semak id; yang telah dibayar balik tidak lagi terbuka.",
    )
    SALE_IS_WHOLE = row(
        "An outright sale is bought back whole, as promised; its securities are not exchanged.",
        "Jualan mutlak dibeli balik sepenuhnya seperti dijanjikan; sekuritinya tidak ditukar.",
        remedy="Buy all of it back, and sell other securities anew.",
        remedy_ms="Beli balik semuanya, dan jual sekuriti lain secara baharu.",
    )
    OWED_IS_LESS = row(
        "Less is owed than that.",
        "Hutang adalah kurang daripada itu.",
        remedy="Pay at most what the facts name.",
        remedy_ms="Bayar selebih-lebihnya jumlah dalam fakta.",
    )
    COLLATERAL_REPEATED = row(
        "A security stands twice in one list.",
        "Satu sekuriti disebut dua kali dalam satu senarai.",
        remedy="Name each security once.",
        remedy_ms="Namakan setiap sekuriti sekali sahaja.",
    )
    COLLATERAL_NOT_TAKEN = row(
        "The central bank does not take this security now: it has set no price, or an old one.",
        "Bank pusat tidak menerima sekuriti ini sekarang: harganya tiada atau telah lapuk.",
        remedy="Give another security, or wait for the central bank's price.",
        remedy_ms="Beri sekuriti lain, atau tunggu harga bank pusat.",
    )
    COLLATERAL_NOT_ISLAMIC = row(
        "The central bank does not take this security in sales and buy-backs.",
        "Bank pusat tidak menerima sekuriti ini bagi jualan dan belian balik.",
        remedy="Give a security that is marked Islamic.",
        remedy_ms="Beri sekuriti bertanda Islam.",
    )
    COLLATERAL_MISSING = row(
        "The credit does not keep so much of this security.",
        "Kredit itu tidak menyimpan sekuriti ini sebanyak itu.",
        remedy="Take at most what the facts name.",
        remedy_ms="Ambil selebih-lebihnya jumlah dalam fakta.",
    )
    COLLATERAL_SHORT = row(
        "After the haircut, the securities do not cover what would be owed.",
        "Selepas potongan nilai, sekuriti tidak meliputi jumlah yang akan terhutang.",
        remedy="Give more securities, or draw less.",
        remedy_ms="Beri lebih banyak sekuriti, atau ambil jumlah lebih kecil.",
    )
    FACILITY_LIMIT = row(
        "One bank may not owe so much at once.",
        "Satu bank tidak boleh berhutang sebanyak itu pada satu masa.",
        remedy="Draw at most what the facts allow, or pay something back first.",
        remedy_ms="Ambil selebih-lebihnya jumlah dalam fakta, atau bayar balik dahulu.",
    )
