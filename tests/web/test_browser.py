# SPDX-License-Identifier: Apache-2.0
"""The pages in a real Chromium: nothing sticks out, text stands out, keyboard and script work."""

import importlib
import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.example_app import example_app
from tests.web.example_market import CHECKPOINT_ROOT, RECEIPT_ID
from tests.web.example_reads import PAGES
from tests.web.serving import served

pytestmark = pytest.mark.browser

MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")
WIDTHS = (1280, 375)
HEIGHT = 900
TEXTS_MIN = 10
FOCUS_STEPS = 30
AXE = "axe_playwright_python"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the example hub on a free port of this machine."""
    with served(example_app()) as found:
        yield found


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Give a reader with a fresh profile."""
    context = browser.new_context(base_url=address, viewport={"width": WIDTHS[0], "height": HEIGHT})
    yield context
    context.close()


def listening(page: Page) -> list[str]:
    """Return the list that a page's complaints will be written to."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    return complaints


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "ms"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_fit_and_can_be_read(
    browser: Browser, address: str, theme: str, language: str, width: int
) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": HEIGHT}, locale=language
    )
    cookies = {"lejar_theme": theme, "lejar_language": language}
    context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
    )
    page = context.new_page()
    complaints = listening(page)
    found: dict[str, list[str]] = {}
    for name, path in PAGES.items():
        page.goto(path)
        measured = page.evaluate(MEASURES)
        assert measured["measured"] >= TEXTS_MIN
        if measured["faults"]:
            found[name] = measured["faults"]
    context.close()
    assert found == {}
    assert complaints == []


def test_the_measure_sees_what_is_wrong(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/verify")
    page.evaluate("""() => {
        document.querySelector("h1").style.color = "#dddddd";
        document.querySelector("h2").style.width = "2000px";
    }""")
    faults = " ".join(page.evaluate(MEASURES)["faults"])
    assert "contrast" in faults
    assert "sticks out: H2" in faults


def test_every_step_of_the_keyboard_is_seen(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    unseen = []
    for _ in range(FOCUS_STEPS):
        page.keyboard.press("Tab")
        focus = page.evaluate("""() => {
            const style = getComputedStyle(document.activeElement);
            const box = document.activeElement.getBoundingClientRect();
            return [document.activeElement.outerHTML.slice(0, 60), style.outlineStyle !== "none"
                && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.bottom > 0];
        }""")
        if not focus[1]:
            unseen.append(focus[0])
    assert unseen == []


def test_the_first_step_of_the_keyboard_skips_to_the_content(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/entries")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_without_script_every_choice_still_works(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/entries?outcome=refused")
    page.get_by_role("button", name="Bahasa Melayu").click()
    expect(page).to_have_url(f"{address}/entries?outcome=refused")
    expect(page.locator("html")).to_have_attribute("lang", "ms")
    page.get_by_role("button", name="Gelap").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"/receipts/{RECEIPT_ID}")
    page.locator(".digest summary").first.click()
    expect(page.locator(".digest__text").first).to_be_visible()
    context.close()


def test_a_page_follows_new_entries(context: BrowserContext) -> None:
    page = context.new_page()
    complaints = listening(page)
    with page.expect_response(
        lambda answer: answer.request.headers.get("lejar-block") == "rows"
    ) as answered:
        page.goto("/entries")
        page.evaluate("document.querySelector('#rows').replaceChildren('old')")
    assert answered.value.status == 200
    expect(page.locator("#rows table")).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-live-state", "open")
    assert complaints == []


def test_a_digest_can_be_copied(context: BrowserContext, address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = context.new_page()
    page.goto("/")
    page.locator("aside .digest summary").click()
    page.get_by_role("button", name="Copy: Root of the log").click()
    expect(page.locator("aside .digest__copy")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == CHECKPOINT_ROOT


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(context: BrowserContext, name: str) -> None:
    if importlib.util.find_spec(AXE) is None:
        sentence = "this test needs axe-playwright-python, which is not installed"
        pytest.fail(sentence) if os.environ.get("LEJAR_CI") == "1" else pytest.skip(sentence)
    # The design page shows several navigations beside each other; no other page may.
    options = {"rules": {"landmark-unique": {"enabled": name != "design"}}}
    page = context.new_page()
    page.goto(PAGES[name])
    axe = importlib.import_module(f"{AXE}.sync_playwright").Axe()
    found = axe.run(page, options=options).response["violations"]
    assert [(rule["id"], [node["html"][:90] for node in rule["nodes"]]) for rule in found] == []
