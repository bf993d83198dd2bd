# SPDX-License-Identifier: Apache-2.0
"""Why a movement may not be, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class PolicyRefusal(RefusalTable):
    """The one door's refusals, and those of freeze and thaw."""

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
    FROZEN_ALREADY = row(
        "The subject is frozen already.",
        "Subjek itu telah pun dibekukan.",
        remedy="Nothing needs to be done; a second directive needs its own command later.",
        remedy_ms="Tiada apa yang perlu dilakukan; arahan kedua memerlukan perintah sendiri kelak.",
    )
    NOT_FROZEN = row(
        "The subject is not frozen.",
        "Subjek itu tidak dibekukan.",
        remedy="Check the party or account id.",
        remedy_ms="Semak id pihak atau akaun.",
    )
    SUBJECT_UNKNOWN = row(
        "There is no such party or account.",
        "Pihak atau akaun tersebut tidak wujud.",
        remedy="Check the id.",
        remedy_ms="Semak id.",
    )
    HOLD_NOT_DIRECTIVE = row(
        "Only a hold placed by a directive can be lifted this way.",
        "Hanya pegangan yang dibuat oleh arahan pihak berkuasa boleh ditarik balik begini.",
        remedy="Settle or cancel what the hold secures instead.",
        remedy_ms="Selesaikan atau batalkan apa yang dijamin oleh pegangan itu.",
    )
