# SPDX-License-Identifier: Apache-2.0
"""The words: same keys and facts in both languages, all used, and the choice of language."""

import re
from string import Formatter

import pytest

from lejar.web.assets import ROOM
from lejar.web.language import Language, catalogue, chosen_language, flattened

USED = re.compile(r"""(?:\bt|\bwords|\.several)\(\s*f?["']([a-z_0-9.{}]+)["']""")
FAMILIES = (
    "break_cause.",
    "authority.", "command.", "component.", "convention.", "country.", "credential.",
    "day_count.", "event.", "fact.", "intraday_form.",
    "kind.", "life.", "on_shortfall.", "payment.", "power.", "principle.", "priority.", "purpose.",
    "role.", "rounding.",
    "rule_kind.", "topic.",
)  # fmt: skip
COMPOSED = (
    "error.", "explain.", "outcome.", "receipt.side_", "receipt.leaf_check",
    "receipt.inclusion_check", "receipt.signature_check", "verify.", "side.", "site.theme_",
    "source.", "state.",
    "sign_in.", "term.", "timeline.", "value.", "nav.", "entries.all", "proof.", "duration.",
    "matter.", "step.",
)  # fmt: skip


def facts(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


def test_both_languages_have_the_same_keys_and_facts() -> None:
    english, malay = catalogue(Language.EN).messages, catalogue(Language.MS).messages
    assert english.keys() == malay.keys()
    assert [key for key in english if facts(english[key]) != facts(malay[key])] == []


def test_no_message_is_empty_or_left_in_english() -> None:
    english, malay = catalogue(Language.EN).messages, catalogue(Language.MS).messages
    same_by_right = {
        "date.zone", "kind.sukuk", "kind.bond", "role.bank", "life.issued", "credential.resident",
        "state.draft", "instrument.total", "credential.bank", "fact.bank", "fact.isin",
            "principle.ijarah", "principle.mudharabah", "principle.murabahah",
            "principle.wakalah", "authority.bnm", "authority.bot", "country.my", "country.pk",
            "country.th", "intraday_form.repo", "money.bank", "rule_kind.moratorium", "topic.sukuk",
    }  # fmt: skip
    assert all(message.strip() for message in malay.values())
    alike = {key for key in english if english[key] == malay[key]}
    assert alike <= same_by_right


def test_every_key_that_is_named_exists_and_every_key_is_named() -> None:
    sources = [*ROOM.rglob("*.html"), *ROOM.rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = {key for key in USED.findall(text) if not key.endswith((".", "_")) and "{" not in key}
    known = set(catalogue(Language.EN).messages)
    assert named - known == set()
    loose = {key for key in known - named if not key.startswith(FAMILIES + COMPOSED)}
    assert {key for key in loose if f'"{key}"' not in text} == set()


def test_months_are_twelve_in_each_language() -> None:
    for language in Language:
        assert len(catalogue(language).several("date.months")) == 12
        assert len(catalogue(language).several("date.months_short")) == 12


def test_a_catalogue_holds_text_only() -> None:
    with pytest.raises(TypeError, match=r"expected text at nav\.home, was int"):
        flattened({"nav": {"home": 1}})


@pytest.mark.parametrize(
    ("cookie", "header", "expected"),
    [
        (None, "", "en"),
        ("ms", "en", "ms"),
        ("xx", "ms-MY,ms;q=0.9,en;q=0.8", "ms"),
        (None, "fr, en;q=0.5, ms;q=0.7", "ms"),
        (None, "ms;q=0, en", "en"),
        (None, "ms;q=nonsense", "en"),
        (None, ";;;,,,q=", "en"),
    ],
)
def test_the_cookie_decides_then_the_browser_then_english(
    cookie: str | None, header: str, expected: str
) -> None:
    assert chosen_language(cookie, header) == expected
