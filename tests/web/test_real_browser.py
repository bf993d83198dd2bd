# SPDX-License-Identifier: Apache-2.0
"""The real hub's pages in a real Chromium: they fit, can be read, and a reader can sign in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lejar.node.tickets import TicketFolder
from lejar.web.pages import site_app
from tests.web.real_hub import SITE, RealHub, party, real_hub, shown
from tests.web.serving import served
from tests.web.test_browser import HEIGHT, MEASURES, TEXTS_MIN, WIDTHS, listening

pytestmark = pytest.mark.browser


class HubTickets:
    """The tickets of a folder, at the hub's time."""

    def __init__(self, hub: RealHub, home: Path) -> None:
        self.hub = hub
        self.folder = TicketFolder(home)

    def redeem(self, ticket: str) -> str | None:
        """Take a ticket."""
        return self.folder.redeem(ticket, self.hub.now)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> RealHub:
    """Play the market once."""
    return real_hub(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def tickets(hub: RealHub, tmp_path_factory: pytest.TempPathFactory) -> HubTickets:
    """Give a folder of tickets."""
    return HubTickets(hub, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def address(hub: RealHub, tickets: HubTickets) -> Iterator[str]:
    """Serve the real hub's pages."""
    with served(site_app(SITE, hub.reads(), tickets=tickets)) as found:
        yield found


def paths(hub: RealHub) -> list[str]:
    """Give a page of each kind, and receipts of each kind of command."""
    commands = {receipt.command: receipt.number for receipt in hub.receipts}
    return [
        "/",
        "/entries",
        "/parties",
        "/instruments",
        "/instructions",
        "/queue",
        "/settlement-day",
        "/money",
        "/packs",
        "/packs/sg",
        "/rules/my.bursa.board_lot",
        "/rules/my.aml.sanctions_report",
        "/cohorts",
        f"/cohorts/{shown('cohort', hub.ids['cohort ended'])}",
        "/obligations",
        f"/explain?asset={shown('asset', hub.ids['share'])}&amount=100&total=100.00",
        f"/receipts/{hub.numbers['odd lot']}",
        "/proposals",
        "/requirements",
        *(
            f"/proposals/{shown('proposal', hub.ids[f'proposal {name}'])}"
            for name in ("waiting", "enacted")
        ),
        "/verify",
        "/sign-in?ticket=abc",
        "/receipts/99999",
        *(f"/instruments/{shown('asset', hub.ids[name])}" for name in ("myr", "sukuk", "bond")),
        *(
            f"/instructions/{shown('instruction', hub.ids[name])}"
            for name in ("settled", "alleged", "matched", "short", "behind", "by hand", "linked")
        ),
        *(f"/parties/{shown('party', party(name))}" for name in ("bank a", "stranger", "node")),
        *(f"/receipts/{number}" for number in commands.values()),
        f"/receipts/{hub.numbers['refused']}",
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "ms"])
@pytest.mark.parametrize(("theme", "reader"), [("light", "regulator"), ("dark", None)])
def test_real_pages_fit_and_can_be_read(
    browser: Browser,
    hub: RealHub,
    address: str,
    theme: str,
    reader: str | None,
    language: str,
    width: int,
) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": HEIGHT}, locale=language
    )
    cookies = {"lejar_theme": theme, "lejar_language": language}
    if reader is not None:
        cookies["lejar_pass"] = hub.pass_of(reader)
    context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
    )
    page = context.new_page()
    complaints = listening(page)
    found: dict[str, list[str]] = {}
    for path in paths(hub):
        page.goto(path)
        measured = page.evaluate(MEASURES)
        assert measured["measured"] >= TEXTS_MIN
        if measured["faults"]:
            found[path] = measured["faults"]
    context.close()
    assert found == {}
    assert [one for one in complaints if "404" not in one] == []


def test_a_link_from_the_command_line_signs_in_once_and_out_again(
    browser: Browser, hub: RealHub, address: str, tickets: HubTickets
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    path = f"/parties/{shown('party', party('bank a'))}"
    page.goto(path)
    expect(page.get_by_text("The accounts of a party are shown to itself")).to_be_visible()
    word = tickets.folder.issue(hub.pass_of("bank a"), hub.now)
    page.goto(f"/sign-in?ticket={word}&next={path}")
    page.get_by_role("button", name="Sign in").first.click()
    expect(page).to_have_url(f"{address}{path}")
    expect(page.get_by_text("13,943 units of CENGAL")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto(path)
    expect(page.get_by_text("13,943 units")).to_have_count(0)
    page.goto(f"/sign-in?ticket={word}")
    page.get_by_role("button", name="Sign in").first.click()
    expect(page.get_by_text("You are not signed in")).to_be_visible()
    context.close()
