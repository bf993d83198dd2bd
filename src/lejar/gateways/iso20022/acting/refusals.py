# SPDX-License-Identifier: Apache-2.0
"""What a channel itself says no to, before anything is asked of the hub; with its outward codes."""

from dataclasses import dataclass
from enum import Enum

from lejar.kernel.refusal import Row, row


@dataclass(frozen=True, slots=True)
class _Kind:
    payment: str
    """The reason in pacs.002 and camt.029."""
    securities: str
    """The reason in sese.024."""
    row: Row


def _kind(payment: str, securities: str, en: str, ms: str, *, remedy: tuple[str, str]) -> "_Kind":
    return _Kind(payment, securities, row(en, ms, remedy=remedy[0], remedy_ms=remedy[1]))


_DIRECTORY = ("Add it to the directory.", "Tambahkannya ke dalam direktori.")


class ChannelRefusal(Enum):
    """Why a message goes no further than the channel."""

    SENDER_UNFIT = _kind(
        "DS0H",
        "OTHR",
        "The message comes from another bank than the one whose key signs here.",
        "Mesej datang daripada bank selain bank yang kuncinya menandatangani di sini.",
        remedy=(
            "Send it through that bank's own channel.",
            "Hantarnya melalui saluran bank itu sendiri.",
        ),
    )
    MESSAGE_UNSUPPORTED = _kind(
        "AG03",
        "OTHR",
        "The hub reads this message, and does nothing upon it.",
        "Hab membaca mesej ini, dan tidak bertindak atasnya.",
        remedy=(
            "Send pacs.008, 009, 004, camt.056, 060 or sese.023.",
            "Hantar pacs.008, 009, 004, camt.056, 060 atau sese.023.",
        ),
    )
    MESSAGE_DUPLICATE = _kind(
        "AM05",
        "REFE",
        "This message, or one with its identifier or UETR, has come before.",
        "Mesej ini, atau yang sama pengecam atau UETR-nya, pernah diterima.",
        remedy=(
            "Say in its header that it may be a duplicate, and the first answer is given again.",
            "Nyatakan dalam kepala bahawa ia mungkin pendua, dan jawapan pertama diberi semula.",
        ),
    )
    BANK_UNKNOWN = _kind(
        "RC01",
        "ICUS",
        "The directory knows no party by what identifies this one.",
        "Direktori tidak mengenali pihak dengan pengecam ini.",
        remedy=_DIRECTORY,
    )
    ACCOUNT_UNNAMED = _kind(
        "AC01",
        "SAFE",
        "The account is neither in the directory nor an id of the hub, or none is named.",
        "Akaun tiada dalam direktori dan bukan id hab, atau tiada yang dinamakan.",
        remedy=_DIRECTORY,
    )
    CURRENCY_UNKNOWN = _kind(
        "AM03",
        "DMON",
        "The hub has no currency of this code, or several.",
        "Hab tiada mata wang dengan kod ini, atau ada beberapa.",
        remedy=("Say in the directory which is meant.", "Nyatakan dalam direktori yang mana."),
    )
    INSTRUMENT_UNKNOWN = _kind(
        "NARR",
        "DSEC",
        "The hub has no instrument of this ISIN.",
        "Hab tiada instrumen dengan ISIN ini.",
        remedy=("Look the ISIN up at the hub.", "Semak ISIN di hab."),
    )
    QUANTITY_UNFIT = _kind(
        "NARR",
        "DQUA",
        "The quantity is not a whole number of the instrument's units.",
        "Kuantiti bukan bilangan bulat unit instrumen.",
        remedy=("State whole units.", "Nyatakan unit bulat."),
    )
    LINK_UNFIT = _kind(
        "NARR",
        "REFE",
        "A linked instruction is not known here, or the link is of a kind that is not offered.",
        "Arahan berkait tidak dikenali di sini, atau jenis kaitan itu tidak ditawarkan.",
        remedy=(
            "Send the other one first; link with WITH or AFTE.",
            "Hantar yang satu lagi dahulu; kait dengan WITH atau AFTE.",
        ),
    )
    ORIGINAL_UNKNOWN = _kind(
        "NOOR",
        "REFE",
        "No payment with this UETR is known here.",
        "Tiada bayaran dengan UETR ini dikenali.",
        remedy=("Check the original UETR.", "Semak UETR asal."),
    )
    ALREADY_SETTLED = _kind(
        "ARDT",
        "REFE",
        "The payment has settled, finally.",
        "Bayaran telah selesai, secara muktamad.",
        remedy=(
            "Ask the receiver to return it by pacs.004.",
            "Minta penerima memulangkannya dengan pacs.004.",
        ),
    )
    ALREADY_ENDED = _kind(
        "NARR",
        "REFE",
        "The payment did not settle, and is not open any more.",
        "Bayaran tidak selesai, dan tidak lagi terbuka.",
        remedy=("Nothing needs to be done.", "Tiada apa yang perlu dilakukan."),
    )
    RETURN_UNFIT = _kind(
        "AM09",
        "DMON",
        "More would go back than came, or in another currency.",
        "Lebih dipulangkan daripada yang diterima, atau dalam mata wang lain.",
        remedy=("Return at most what came.", "Pulangkan paling banyak yang diterima."),
    )
    DAY_UNREADABLE = _kind(
        "DT01",
        "DDAT",
        "The day is missing or is no day of the calendar.",
        "Hari tiada atau bukan hari dalam takwim.",
        remedy=("State the day as 2026-11-02.", "Nyatakan hari seperti 2026-11-02."),
    )

    @property
    def code(self) -> str:
        """The code beside the hub's own."""
        return self.name.lower()

    def sentence(self, lang: str) -> str:
        """Say it in English or Malay."""
        row_of = self.value.row
        return row_of.sentence_ms if lang == "ms" else row_of.sentence


class NotActed(Exception):
    """The channel says no to one transaction."""

    def __init__(self, refusal: ChannelRefusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
