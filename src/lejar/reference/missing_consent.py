# SPDX-License-Identifier: Apache-2.0
"""Who must still agree, in words: what `consent_missing` means for whoever is refused.

Console, HTTP interface and pages say it from here, each with the names that it has for parties.
"""

from collections.abc import Callable, Mapping
from typing import Final

Facts = Mapping[str, str | int | None]

CODE: Final = "consent_missing"


def missing_consent(facts: Facts, named: Callable[[str], str] = str) -> tuple[str, str]:
    """Say in English and Malay which parties and officers are missing, or until when to wait."""
    english, malay = [], []
    parties = ", ".join(named(one) for one in str(facts.get("missing") or "").split())
    if parties:
        english.append(f"Must still agree: {parties}.")
        malay.append(f"Masih perlu bersetuju: {parties}.")
    count = facts.get("officers")
    if isinstance(count, int) and count > 0:
        owner = named(str(facts.get("owner")))
        more = "one more officer" if count == 1 else f"{count} more officers"
        english.append(f"{owner} must sign with {more}.")
        malay.append(f"{owner} perlu menandatangani dengan {count} pegawai lagi.")
    until = facts.get("notice_until")
    if until is not None:
        english.append(f"A notice must run, at least until {until}; only a proposal gives it.")
        malay.append(f"Notis mesti berjalan, sekurang-kurangnya hingga {until}; hanya cadangan "
                     "memberinya.")  # fmt: skip
    return " ".join(english), " ".join(malay)
