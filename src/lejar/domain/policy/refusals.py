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
