# SPDX-License-Identifier: Apache-2.0
"""Why a signer, a party or a credential is refused, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class IdentityRefusal(RefusalTable):
    """The signers' refusals come first: they are asked before any rule of a command."""

    SIGNER_UNKNOWN = row(
        "The envelope names a signer that is not registered.",
        "Sampul menamakan penandatangan yang tidak berdaftar.",
        remedy="Check the party id, or have the party registered first.",
        remedy_ms="Semak id pihak, atau daftarkan pihak itu dahulu.",
    )
    SIGNER_SUSPENDED = row(
        "The signer is suspended.",
        "Penandatangan digantung.",
        remedy="Ask the registrar why, and for reinstatement.",
        remedy_ms="Tanya pendaftar sebabnya, dan mohon dipulihkan.",
    )
    KEY_UNKNOWN = row(
        "The signing key does not belong to the signer, or no longer does.",
        "Kunci tandatangan bukan milik penandatangan, atau tidak lagi.",
        remedy="Sign with a current key; if all are lost, ask for recovery.",
        remedy_ms="Tandatangan dengan kunci semasa; jika semua hilang, mohon pemulihan.",
    )
    ROLE_MISSING = row(
        "The signing key does not have the role that this command needs.",
        "Kunci tandatangan tidak mempunyai peranan yang diperlukan arahan ini.",
        remedy="Sign with a key that has the role.",
        remedy_ms="Tandatangan dengan kunci yang mempunyai peranan itu.",
    )
    THRESHOLD_UNMET = row(
        "Too few of the signer's keys have signed.",
        "Terlalu sedikit kunci penandatangan yang telah menandatangani.",
        remedy="Collect the missing signatures and send one envelope.",
        remedy_ms="Kumpul tandatangan yang kurang dan hantar satu sampul.",
    )
    POWER_MISSING = row(
        "The signer does not have the power that this command needs.",
        "Penandatangan tidak mempunyai kuasa yang diperlukan arahan ini.",
        remedy="Ask the agency that has this power to send the command.",
        remedy_ms="Minta agensi yang mempunyai kuasa ini menghantar arahan.",
    )
    PARTY_UNKNOWN = row(
        "There is no such party.",
        "Pihak tersebut tidak wujud.",
        remedy="Check the party id.",
        remedy_ms="Semak id pihak.",
    )
    NOT_THE_PARTY = row(
        "Only the party itself may do this.",
        "Hanya pihak itu sendiri boleh melakukan ini.",
        remedy="Have the party sign the command.",
        remedy_ms="Dapatkan tandatangan pihak itu.",
    )
    WITNESS_MISSING = row(
        "Two different agencies with the power to recover keys must sign.",
        "Dua agensi berlainan yang berkuasa memulihkan kunci mesti menandatangani.",
        remedy="Have a second agency sign the same envelope.",
        remedy_ms="Dapatkan tandatangan agensi kedua pada sampul yang sama.",
    )
    KEYRING_UNUSABLE = row(
        "The keys could not act: each is named once, and each role needs as many keys as it asks.",
        "Kunci tidak dapat bertindak: setiap satu dinamakan sekali, "
        "dan setiap peranan perlu cukup kunci.",
        remedy="Give every role at least as many keys as its threshold.",
        remedy_ms="Beri setiap peranan sekurang-kurangnya kunci sebanyak ambangnya.",
    )
    STATUS_ALREADY = row(
        "The party already has this status.",
        "Pihak itu telah pun berstatus demikian.",
        remedy="Nothing needs to be done.",
        remedy_ms="Tiada apa yang perlu dilakukan.",
    )
    POWER_ALREADY = row(
        "The party already has this power.",
        "Pihak itu telah pun mempunyai kuasa ini.",
        remedy="No grant is needed.",
        remedy_ms="Pemberian tidak diperlukan.",
    )
    POWER_NOT_HELD = row(
        "The party does not have this power.",
        "Pihak itu tidak mempunyai kuasa ini.",
        remedy="Check the party and the power.",
        remedy_ms="Semak pihak dan kuasanya.",
    )
    POWER_LAST = row(
        "Nobody else who can act has the power to govern, so it cannot be taken back.",
        "Tiada pihak lain yang boleh bertindak mempunyai kuasa mentadbir, "
        "maka ia tidak boleh ditarik balik.",
        remedy="Grant the power to another party first.",
        remedy_ms="Beri kuasa itu kepada pihak lain dahulu.",
    )
    CREDENTIAL_EXPIRED = row(
        "The credential would have expired already.",
        "Kelayakan itu sudah tamat tempoh.",
        remedy="Name an end in the future, or none.",
        remedy_ms="Namakan tarikh tamat pada masa hadapan, atau tiada.",
    )
    CREDENTIAL_IS_STATUS = row(
        "A licence or a class of investor is a status: rules are asked before it is granted.",
        "Lesen atau kelas pelabur ialah status: peraturan disemak sebelum diberikan.",
        remedy="Use the command `policy.grant_status`.",
        remedy_ms="Gunakan arahan `policy.grant_status`.",
    )
    COUNTRY_ALREADY = row(
        "A credential of another country stands.",
        "Kelayakan bagi negara lain masih berkuat kuasa.",
        remedy="Have its issuer revoke that one first.",
        remedy_ms="Minta pengeluarnya membatalkan kelayakan itu dahulu.",
    )
    CREDENTIAL_UNKNOWN = row(
        "The party holds no such credential.",
        "Pihak itu tidak memegang kelayakan tersebut.",
        remedy="Check the credential's type.",
        remedy_ms="Semak jenis kelayakan.",
    )
    CREDENTIAL_FOREIGN = row(
        "Only the credential's issuer may change it.",
        "Hanya pengeluar kelayakan itu boleh mengubahnya.",
        remedy="Ask its issuer.",
        remedy_ms="Minta pengeluarnya.",
    )
