# SPDX-License-Identifier: Apache-2.0
"""Every page from an example: sound, in both languages, whole or one block, and honest failures."""

import re
from pathlib import Path

import pytest

from lejar.web.assets import address
from lejar.web.pages import local_path
from lejar.web.rendering import LIVE_BLOCKS, TEMPLATES
from tests.web.conversation import ask
from tests.web.example_market import RECEIPT_ID, REFUSED_ID, SUKUK_ID
from tests.web.example_reads import PAGES
from tests.web.markup import faults, text_of


@pytest.mark.parametrize("language", ["en", "ms"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(name: str, language: str) -> None:
    answer = ask(PAGES[name], headers={"Cookie": f"lejar_language={language}"})
    assert answer.status_code == 200
    assert faults(answer.text) == []
    assert f'<html lang="{language}"' in answer.text
    assert answer.text.count("<h1") == 1
    assert not re.search(r"\{[{%#]|[}%#]\}|\bNone\b|Undefined|object at 0x", text_of(answer.text))


@pytest.mark.parametrize(
    "name", [name for name in PAGES if name not in {"design", "sign-in", "sign-in-ticket"}]
)
def test_every_page_says_at_which_entry_it_stands(name: str) -> None:
    assert "As at entry 1\u202f204\u202f331" in text_of(ask(PAGES[name]).text)


def test_a_refusal_shows_sentence_rule_and_remedy_in_both_languages() -> None:
    english = text_of(ask(f"/receipts/{REFUSED_ID}").text)
    malay = text_of(ask(f"/receipts/{REFUSED_ID}", headers={"Accept-Language": "ms"}).text)
    for wanted in ("funds_insufficient", "The free balance is too small.", "free_balance_covers"):
        assert wanted in english
    assert "Baki bebas terlalu kecil." in malay
    assert "Masukkan RM 1,200,000.00 lagi" in malay


def test_what_is_not_known_says_so() -> None:
    text = text_of(ask(f"/instruments/{SUKUK_ID}").text)
    assert re.search(r"Issuer\s+Not known", text)
    assert "Actual/365 (our assumption)" in text


def test_holdings_that_a_reader_may_not_see_are_not_on_the_page() -> None:
    text = text_of(ask(PAGES["instrument-public"]).text)
    assert "shown to the holders themselves" in text
    assert "acct_" not in text


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/receipts/unknown", 404, "There is nothing here"),
        ("/nowhere", 404, "There is nothing here"),
        ("/receipts/away", 503, "What was acknowledged is safe"),
        ("/receipts/broken", 500, "Nothing was changed by it"),
        ("/find?q=nonsense", 404, "There is nothing here"),
    ],
)
def test_failures_are_friendly_and_tell_nothing_of_the_inside(
    path: str, status: int, sentence: str
) -> None:
    answer = ask(path)
    assert answer.status_code == status
    assert sentence in text_of(answer.text)
    assert faults(answer.text) == []
    assert "secret" not in answer.text
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_what_was_searched_is_kept_and_escaped() -> None:
    answer = ask("/find?q=%3Cscript%3E%22x")
    assert 'value="&lt;script&gt;&#34;x"' in answer.text


def test_a_found_record_is_gone_to() -> None:
    answer = ask("/find?q=MYBVO2103476")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/instruments/{SUKUK_ID}")


def test_one_block_is_given_to_a_page_that_follows() -> None:
    answer = ask("/entries", headers={"Lejar-Block": "rows"})
    assert answer.text.startswith('<div id="rows">')
    assert answer.headers["Lejar-Block"] == "rows"
    assert "<html" not in answer.text
    assert faults(answer.text) == []


@pytest.mark.parametrize("block", ["title", "main", "latest", "../base.html", ""])
def test_a_block_that_is_not_live_on_the_page_is_not_given(block: str) -> None:
    assert ask("/entries", headers={"Lejar-Block": block}).status_code == 404


def test_every_live_region_is_a_block_of_its_name() -> None:
    found = set()
    for path in Path(TEMPLATES).glob("*.html"):
        text = path.read_text(encoding="utf-8")
        regions = set(re.findall(r'id="([a-z]+)" data-live', text))
        assert regions <= set(re.findall(r"\{%-? block ([a-z]+)", text)), path.name
        found |= regions
    assert found == LIVE_BLOCKS


def test_choices_are_kept_in_cookies_and_lead_back() -> None:
    form = b"language=ms&theme=dark&next=%2Fentries%3Foutcome%3Drefused"
    answer = ask("/preferences", method="POST", content=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/entries?outcome=refused")
    cookies = answer.headers.get_list("Set-Cookie")
    assert [cookie.split(";")[0] for cookie in cookies] == ["lejar_language=ms", "lejar_theme=dark"]
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in cookies)


@pytest.mark.parametrize("content", [b"theme=purple&language=xx", b"\xff\xfe=%%%", b"a" * 4000])
def test_a_form_that_means_nothing_changes_nothing(content: bytes) -> None:
    answer = ask("/preferences", method="POST", content=content)
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("content", [b"a" * 5000, b"a&" * 2000])
def test_a_form_that_is_too_large_is_refused(content: bytes) -> None:
    assert ask("/preferences", method="POST", content=content).status_code in {400, 413}


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:x", "", "/a\nb"],
)
def test_only_addresses_of_this_hub_are_led_back_to(address: str) -> None:
    assert local_path(address) == "/"


def test_a_theme_that_was_chosen_is_on_the_page() -> None:
    assert 'data-theme="dark"' in ask("/", headers={"Cookie": "lejar_theme=dark"}).text
    assert (
        "data-theme" not in ask("/", headers={"Cookie": "lejar_theme=pink"}).text.split("<body")[0]
    )


def test_filters_stay_in_the_address_of_the_next_page() -> None:
    html = ask("/entries?outcome=refused").text
    assert "/entries?outcome=refused&amp;before=1204322" in html


def test_assets_are_kept_for_ever_under_names_that_change() -> None:
    for name in ("lejar.css", "live.js", "favicon.svg"):
        answer = ask(address(name))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
    assert ask("/static/lejar.css").status_code == 404
    assert ask("/static/..%2fpages.py").status_code == 404


def test_a_receipt_links_to_its_evidence() -> None:
    assert f'href="/v1/evidence/{RECEIPT_ID}"' in ask(f"/receipts/{RECEIPT_ID}").text
