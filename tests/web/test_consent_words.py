# SPDX-License-Identifier: Apache-2.0
"""Proposals in words: lengths of time, matters, and what is next."""

import pytest

from lejar.web.consent_words import duration, proposal_events, proposed_name
from lejar.web.language import Language, catalogue
from tests.web.example_proposals import PROPOSALS, waiting_proposal

SECOND = 1_000_000
HOUR = 3600 * SECOND


@pytest.mark.parametrize(
    ("micros", "english", "malay"),
    [
        (SECOND, "1 second", "1 saat"),
        (90 * SECOND, "1 minute 30 seconds", "1 minit 30 saat"),
        (49 * HOUR, "2 days 1 hour", "2 hari 1 jam"),
        (2_400 * HOUR, "100 days", "100 hari"),
        (0, "0 seconds", "0 saat"),
        (999, "0 seconds", "0 saat"),
    ],
)
def test_a_notice_is_said_in_its_largest_units(micros: int, english: str, malay: str) -> None:
    assert duration(micros, catalogue(Language.EN)) == english
    assert duration(micros, catalogue(Language.MS)) == malay


def test_a_command_about_one_matter_says_so() -> None:
    licence, power = (proposed_name(row, catalogue(Language.EN)) for row in PROPOSALS)
    assert licence.endswith(": Licence")
    assert power == "Grant a power"


def test_what_is_scheduled_is_next() -> None:
    *steps, following = proposal_events(waiting_proposal(whole=False), catalogue(Language.EN))
    assert {one["state"] for one in steps} == {"done"}
    assert (following["title"], following["state"], following["href"]) == (
        "To be carried out", "next", None,
    )  # fmt: skip
    stalled = next(one for one in steps if one["title"].startswith("Stalled"))
    assert "consent" in str(stalled["note"])
