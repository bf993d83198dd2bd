# SPDX-License-Identifier: Apache-2.0
"""What this gateway itself says no to, with its HTTP status, in English and Malay.

The hub's own refusals come from the modules' tables; both are shown in one form (RFC 9457).
"""

from dataclasses import dataclass
from typing import Final

from lejar.kernel.refusal import Row, row

BASIS: Final = "HTTP interface of the hub"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its HTTP status and its sentences."""

    status: int
    row: Row


def _kind(status: int, en: str, ms: str, *, remedy: tuple[str, str]) -> Kind:
    return Kind(status, row(en, ms, remedy=remedy[0], remedy_ms=remedy[1], basis=BASIS))


_AGAIN = (
    "Send the same envelope again; its command id keeps it from running twice.",
    "Hantar semula sampul yang sama; id arahannya menghalang ia dijalankan dua kali.",
)
_NEW_PASS = ("Sign a new pass.", "Tandatangan pas baharu.")
_COMPARE = (
    "Compare the request with /v1/openapi.json at the place named.",
    "Bandingkan permintaan dengan /v1/openapi.json di tempat yang dinyatakan.",
)
_SMALLER = ("Send less at once.", "Hantar kurang dalam satu permintaan.")

KINDS: Final[dict[str, Kind]] = {
    "malformed": _kind(
        400, "The request is not in the form it should have.",
        "Permintaan tidak dalam bentuk yang sepatutnya.", remedy=_COMPARE,
    ),
    "signature_invalid": _kind(
        400, "A signature does not match the bytes, the key, or both.",
        "Tandatangan tidak sepadan dengan bait, kunci, atau kedua-duanya.",
        remedy=(
            "Sign the exact `signed_bytes` that prepare gives, with the key named beside.",
            "Tandatangan tepat `signed_bytes` yang diberi prepare, dengan kunci yang dinamakan.",
        ),
    ),
    "network_foreign": _kind(
        400, "The envelope was signed for another network.",
        "Sampul ini ditandatangani untuk rangkaian lain.",
        remedy=(
            "Read the network id from /v1/status and sign again.",
            "Baca id rangkaian daripada /v1/status dan tandatangan semula.",
        ),
    ),
    "command_unknown": _kind(
        400, "There is no command of this name.", "Tiada arahan dengan nama ini.",
        remedy=("Choose one from /v1/commands.", "Pilih satu daripada /v1/commands."),
    ),
    "command_id_taken": _kind(
        409, "This command id belongs to another envelope that was ordered before.",
        "Id arahan ini milik sampul lain yang telah disusun sebelum ini.",
        remedy=(
            "Use a new random id for a new command.",
            "Gunakan id rawak baharu untuk arahan baharu.",
        ),
    ),
    "pass_missing": _kind(
        401, "This needs a pass: a party must say who it is.",
        "Ini memerlukan pas: pihak mesti menyatakan identitinya.",
        remedy=(
            "Send `Authorization: Bearer` with a pass signed by the party's key.",
            "Hantar `Authorization: Bearer` dengan pas yang ditandatangani kunci pihak itu.",
        ),
    ),
    "pass_invalid": _kind(
        401, "The pass is not well formed or not well signed.",
        "Pas tidak sempurna bentuk atau tandatangannya.", remedy=_NEW_PASS,
    ),
    "pass_foreign": _kind(
        401, "The pass is for another network.", "Pas ini untuk rangkaian lain.",
        remedy=_NEW_PASS,
    ),
    "pass_expired": _kind(
        401, "The pass has ended.", "Pas telah tamat tempoh.", remedy=_NEW_PASS,
    ),
    "pass_too_long": _kind(
        401, "A pass is valid for at most 12 hours.", "Pas sah selama 12 jam paling lama.",
        remedy=_NEW_PASS,
    ),
    "pass_key_unknown": _kind(
        401, "The pass was not signed with a current key of an open party.",
        "Pas tidak ditandatangani dengan kunci semasa pihak yang aktif.", remedy=_NEW_PASS,
    ),
    "not_permitted": _kind(
        403, "This party may not see this.", "Pihak ini tidak dibenarkan melihat ini.",
        remedy=(
            "Ask as the issuer, or as an agency that supervises.",
            "Mohon sebagai pengeluar, atau agensi yang menyelia.",
        ),
    ),
    "origin_foreign": _kind(
        403, "A page of another origin may not send this.",
        "Halaman dari asal lain tidak boleh menghantar ini.",
        remedy=(
            "Send it from a program, or from this hub's own pages.",
            "Hantar daripada program, atau daripada halaman hab ini.",
        ),
    ),
    "not_found": _kind(
        404, "There is no such thing here, or it is not for you to see.",
        "Perkara ini tiada di sini, atau bukan untuk tatapan anda.",
        remedy=("Check the address and the id.", "Semak alamat dan id."),
    ),
    "method_unknown": _kind(
        405, "This address does not answer that method.",
        "Alamat ini tidak menjawab kaedah tersebut.",
        remedy=("Use a method that `Allow` names.", "Gunakan kaedah yang dinamakan `Allow`."),
    ),
    "body_slow": _kind(
        408, "The request's body took too long to arrive.",
        "Kandungan permintaan terlalu lambat tiba.", remedy=_AGAIN,
    ),
    "body_too_large": _kind(
        413, "The request's body is larger than this address takes.",
        "Kandungan permintaan melebihi had alamat ini.", remedy=_SMALLER,
    ),
    "target_too_long": _kind(
        414, "The address is longer than this hub reads.",
        "Alamat lebih panjang daripada yang dibaca hab ini.", remedy=_SMALLER,
    ),
    "media_type_unknown": _kind(
        415, "This address does not take that media type or content encoding.",
        "Alamat ini tidak menerima jenis media atau pengekodan itu.", remedy=_COMPARE,
    ),
    "host_unknown": _kind(
        421, "This hub does not answer to that host name.",
        "Hab ini tidak menjawab nama hos tersebut.",
        remedy=(
            "Use the hub's own address; its operator lists the names it answers to.",
            "Gunakan alamat hab; pengendalinya menyenaraikan nama yang dijawab.",
        ),
    ),
    "headers_too_large": _kind(
        431, "The request's headers are larger than this hub reads.",
        "Pengepala permintaan melebihi had hab ini.", remedy=_SMALLER,
    ),
    "broken": _kind(
        500, "The gateway made a mistake of its own, so the outcome is not known yet.",
        "Gerbang membuat kesilapan sendiri; hasilnya belum diketahui.",
        remedy=_AGAIN,
    ),
    "busy": _kind(
        503, "The hub has as much to do as it can take.", "Hab sedang sibuk sepenuhnya.",
        remedy=_AGAIN,
    ),
    "closed": _kind(
        503, "The hub orders no new commands now; reads still work.",
        "Hab tidak menyusun arahan baharu sekarang; bacaan masih berfungsi.", remedy=_AGAIN,
    ),
    "streams_full": _kind(
        503, "As many streams are open as this hub serves.",
        "Bilangan strim yang terbuka telah mencapai had.",
        remedy=("Read /v1/entries instead, or come back.", "Baca /v1/entries, atau cuba lagi."),
    ),
    "unavailable": _kind(
        503, "The hub did not answer in time, so the outcome is not known yet.",
        "Hab tidak menjawab dalam masa yang ditetapkan; hasilnya belum diketahui.",
        remedy=_AGAIN,
    ),
}  # fmt: skip


class Stopped(Exception):
    """The request ends here with a problem of this gateway."""

    def __init__(self, code: str, detail: str = "", **more: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.headers = more
