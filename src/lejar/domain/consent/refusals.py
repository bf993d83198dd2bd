# SPDX-License-Identifier: Apache-2.0
"""Why a requirement, an officer or a proposal is refused, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class ConsentRefusal(RefusalTable):
    """The first two are asked with the signers, for every command that needs consent."""

    MAKER_IS_CHECKER = row(
        "One natural person stands behind the word of two parties on the same matter.",
        "Seorang individu yang sama berada di sebalik persetujuan dua pihak "
        "dalam perkara yang sama.",
        remedy="Have another officer sign for one of the parties.",
        remedy_ms="Dapatkan tandatangan pegawai lain bagi salah satu pihak.",
    )
    CONSENT_MISSING = row(
        "The command needs consent that this envelope does not show.",
        "Arahan ini memerlukan persetujuan yang tidak ditunjukkan oleh sampul ini.",
        remedy="Propose it to those who must agree, or collect all signatures on one envelope; "
        "where a notice is asked for, only a proposal will do.",
        remedy_ms="Cadangkan kepada pihak yang mesti bersetuju, atau kumpul semua tandatangan "
        "pada satu sampul; jika notis diperlukan, hanya cadangan boleh digunakan.",
    )
    REQUIREMENT_UNFIT = row(
        "The requirement could not be met: each party stands once, the owner has officers enough, "
        "and proposals themselves need none.",
        "Syarat ini tidak dapat dipenuhi: setiap pihak dinamakan sekali, pemilik mempunyai cukup "
        "pegawai, dan cadangan sendiri tidak memerlukannya.",
        remedy="Name each party once, and no more officers than the owner has.",
        remedy_ms="Namakan setiap pihak sekali, dan pegawai tidak melebihi yang ada pada pemilik.",
    )
    OFFICER_KEY_FOREIGN = row(
        "The key is not in the agency's key ring.",
        "Kunci itu tiada dalam gelang kunci agensi.",
        remedy="Add the key to the agency's keys first.",
        remedy_ms="Tambah kunci itu kepada kunci agensi dahulu.",
    )
    OFFICER_ALREADY = row(
        "The key has an officer already.",
        "Kunci itu telah pun mempunyai pegawai.",
        remedy="Dismiss the officer first.",
        remedy_ms="Gugurkan pegawai itu dahulu.",
    )
    OFFICER_UNKNOWN = row(
        "The key has no officer.",
        "Kunci itu tiada pegawai.",
        remedy="Check the agency and the key.",
        remedy_ms="Semak agensi dan kunci itu.",
    )
    COMMAND_UNFIT = row(
        "The proposal carries no command that could be carried out.",
        "Cadangan itu tidak membawa arahan yang boleh dilaksanakan.",
        remedy="Put in the canonical bytes of one command of this hub that carries no other.",
        remedy_ms="Masukkan bait kanonik satu arahan hab ini yang tidak membawa arahan lain.",
    )
    REQUIREMENT_MISSING = row(
        "The command needs nobody's consent.",
        "Arahan itu tidak memerlukan persetujuan sesiapa.",
        remedy="Send it directly.",
        remedy_ms="Hantar terus.",
    )
    PROPOSAL_UNKNOWN = row(
        "There is no such open proposal.",
        "Tiada cadangan terbuka sedemikian.",
        remedy="Check the id; the proposal may have ended.",
        remedy_ms="Semak id; cadangan itu mungkin sudah tamat.",
    )
    NOT_CONCERNED = row(
        "None of the signers is the matter's owner or a party that must agree.",
        "Tiada penandatangan yang merupakan pemilik perkara atau pihak yang mesti bersetuju.",
        remedy="Have the owner or a concurring party sign.",
        remedy_ms="Dapatkan tandatangan pemilik atau pihak yang turut bersetuju.",
    )
    EXPIRY_UNFIT = row(
        "The proposal would end before it could take force, or too late.",
        "Cadangan itu akan tamat sebelum boleh berkuat kuasa, atau terlalu lewat.",
        remedy="Let it end after its effect and its notice, and within 366 days.",
        remedy_ms="Tetapkan tamatnya selepas kuat kuasa dan notisnya, dalam 366 hari.",
    )
    PROPOSALS_TOO_MANY = row(
        "Too many proposals of this command on this subject are open.",
        "Terlalu banyak cadangan arahan ini bagi perkara ini masih terbuka.",
        remedy="Withdraw one, or wait until one ends.",
        remedy_ms="Tarik balik satu, atau tunggu sehingga satu tamat.",
    )
    AGREEMENT_ALREADY = row(
        "These keys have agreed already.",
        "Kunci-kunci ini telah pun bersetuju.",
        remedy="Ask another officer, or another party that must agree.",
        remedy_ms="Minta pegawai lain, atau pihak lain yang mesti bersetuju.",
    )
