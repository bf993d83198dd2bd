# SPDX-License-Identifier: Apache-2.0
"""Why something waits, in words: one sentence for each reason, for API, console and pages."""

from typing import Final

from lejar.reference.wording import About, Said, amount_text

SENTENCES: Final[dict[str, Said]] = {
    "affirmation": Said("Waits until {who} has affirmed.", "Menunggu pengesahan {who}."),
    "held": Said("Kept from settling by {who}.", "Ditahan daripada penyelesaian oleh {who}."),
    "by_hand": Said(
        "Settles when one of its sides says so.",
        "Diselesaikan apabila salah satu pihaknya memintanya.",
    ),
    "promise": Said(
        "Waits for the word of {who} that promise {number} was kept.",
        "Menunggu perakuan {who} bahawa janji {number} telah ditunaikan.",
    ),
    "after": Said("Settles after {which}.", "Diselesaikan selepas {which}."),
    "pool": Said(
        "Settles together with others: {number} of {of} are ready.",
        "Diselesaikan bersama yang lain: {number} daripada {of} sudah sedia.",
    ),
    "block": Said("Settles from block {number} on.", "Diselesaikan mulai blok {number}."),
    "day": Said("Settles on its value date.", "Diselesaikan pada tarikh nilainya."),
    "paused": Said("Settlement is paused.", "Penyelesaian sedang dijeda."),
    "ahead": Said("Stands behind {which}.", "Berada di belakang {which}."),
    "lacks": Said("{who} needs {amount} more.", "{who} memerlukan {amount} lagi."),
    "reserved": Said(
        "{who} needs {amount} more that is not kept for urgent payments.",
        "{who} memerlukan {amount} lagi yang tidak disimpan untuk bayaran segera.",
    ),
    "limit": Said(
        "The limit of {who} is too small by {amount}.", "Had {who} kurang sebanyak {amount}."
    ),
    "others": Said(
        "Waits for what its giver does not have yet.",
        "Menunggu apa yang belum ada pada pemberinya.",
    ),
    "next": Said(
        "Settles when the queue is next gone through.",
        "Diselesaikan apabila barisan disemak seterusnya.",
    ),
}
"""The reasons by name; `who`, `which` and `amount` are written by whoever asks."""
FREED: Final[dict[str, Said]] = {
    "alone": Said("{which} would bring it.", "{which} akan membawanya."),
    "any": Said("Any of {which} would bring it.", "Mana-mana satu daripada {which} membawanya."),
    "together": Said("{which} together would bring it.", "{which} bersama-sama akan membawanya."),
    "nothing": Said("Nothing that waits brings enough.", "Tiada yang menunggu membawa cukup."),
    "hidden": Said("", ""),
}
"""What would free it, after a sentence of what it lacks."""


def waiting_sentence(
    kind: str,
    *,
    who: str = "",
    which: str = "",
    amount: Said | None = None,
    number: int = 0,
    of: int = 0,
    freed: str | None = None,
) -> Said:
    """Write one reason; `freed` says how those named by `which` would free it."""
    told = SENTENCES[kind]
    more = Said("", "") if freed is None else FREED[freed]
    values = {"who": who, "which": which, "number": f"{number:,}", "of": f"{of:,}"}
    en, ms = ("", "") if amount is None else (amount.en, amount.ms)
    return Said(
        f"{told.en} {more.en}".strip().format(**values, amount=en),
        f"{told.ms} {more.ms}".strip().format(**values, amount=ms),
    )


def amount_words(value: int, name: str, decimals: int | None) -> Said:
    """Write an amount of an asset: of money with its decimals, of anything else in units."""
    if decimals is None:
        return amount_text(value, About(asset=name))
    money = About(asset=name, asset_is_money=True, currency=name, decimals=decimals)
    return amount_text(value, money)
