# SPDX-License-Identifier: Apache-2.0
"""Who must still agree is said in both languages, with the names that the speaker has."""

from lejar.domain.consent import No
from lejar.reference.missing_consent import CODE, missing_consent


def test_it_is_the_refusal_of_consent() -> None:
    assert No.CONSENT_MISSING.code == CODE


def test_parties_and_officers_are_named() -> None:
    facts: dict[str, str | int | None] = {
        "owner": "party_a",
        "missing": "party_b party_c",
        "officers": 1,
    }
    names = {"party_a": "Commission", "party_b": "Bank", "party_c": "Registry"}
    english, malay = missing_consent(facts, names.__getitem__)
    assert english == (
        "Must still agree: Bank, Registry. Commission must sign with one more officer."
    )
    assert malay == (
        "Masih perlu bersetuju: Bank, Registry. "
        "Commission perlu menandatangani dengan 1 pegawai lagi."
    )


def test_what_is_not_missing_is_not_said() -> None:
    facts: dict[str, str | int | None] = {"owner": "party_a", "missing": "", "officers": 2}
    assert missing_consent(facts)[0] == "party_a must sign with 2 more officers."
    assert missing_consent({"owner": "party_a", "missing": "party_b", "officers": 0}) == (
        "Must still agree: party_b.", "Masih perlu bersetuju: party_b.",
    )  # fmt: skip


def test_a_notice_is_said_with_its_end() -> None:
    facts: dict[str, str | int | None] = {
        "owner": "party_a", "missing": "", "officers": 0, "notice_until": "2026-11-25T09:00:00Z",
    }  # fmt: skip
    english, malay = missing_consent(facts)
    assert english == (
        "A notice must run, at least until 2026-11-25T09:00:00Z; only a proposal gives it."
    )
    assert malay.startswith("Notis mesti berjalan, sekurang-kurangnya hingga 2026-11-25T09:00:00Z")
