# SPDX-License-Identifier: Apache-2.0
"""The queue and the settlement day on a real hub: why things wait is told to whom it concerns."""

from pathlib import Path

import pytest
from starlette.types import ASGIApp

from lejar.web.pages import site_app
from tests.web.conversation import ask as ask_example
from tests.web.markup import text_of
from tests.web.real_hub import SITE, RealHub, real_hub, shown
from tests.web.test_real_pages import ask, seen


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> RealHub:
    folder: Path = tmp_path_factory.mktemp("settling")
    return real_hub(folder)


@pytest.fixture(scope="module")
def app(hub: RealHub) -> ASGIApp:
    return site_app(SITE, hub.reads())


def page_of(hub: RealHub, name: str) -> str:
    return f"/instructions/{shown('instruction', hub.ids[name])}"


def test_the_payer_and_the_supervisor_are_told_what_a_payment_lacks(
    hub: RealHub, app: ASGIApp
) -> None:
    for reader in ("bank a", "regulator"):
        for path in (page_of(hub, "short"), "/queue"):
            text = seen(hub, app, path, reader)
            assert "more. Nothing that waits brings enough." in text, (reader, path)
        assert "Stands behind" in seen(hub, app, page_of(hub, "behind"), reader)
        assert "High" in seen(hub, app, page_of(hub, "short"), reader)


def test_the_payee_learns_that_it_waits_and_nothing_more(hub: RealHub, app: ASGIApp) -> None:
    for path in (page_of(hub, "short"), "/queue"):
        text = seen(hub, app, path, "bank b")
        assert "Waits for what its giver does not have yet." in text
        assert "brings enough" not in text
    assert "Priority" not in seen(hub, app, page_of(hub, "short"), "bank b")
    text = seen(hub, app, page_of(hub, "short"), "issuer")
    assert "shown to the two sides" in text


def test_the_queue_is_for_those_who_sign_in(hub: RealHub, app: ASGIApp) -> None:
    assert "Sign in to see what waits for you." in seen(hub, app, "/queue", None)
    assert "Nothing waits." in seen(hub, app, "/queue", "person")
    assert "What waits, by who gives it" in seen(hub, app, "/queue", "bank a")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("on hold", "Kept from settling by"),
        ("by hand", "Settles when one of its sides says so."),
        ("by hand", "Promised outside this hub"),
        ("linked", "Settles after"),
        ("linked", "In parts of at least"),
    ],
)
def test_an_instruction_says_for_whose_word_it_waits(
    hub: RealHub, app: ASGIApp, name: str, said: str
) -> None:
    assert said in seen(hub, app, page_of(hub, name), "bank b")


def test_the_agent_of_a_promise_sees_what_it_attests(hub: RealHub, app: ASGIApp) -> None:
    assert "Promised outside this hub" in seen(hub, app, page_of(hub, "by hand"), "issuer")


def test_the_day_is_public_and_counts(hub: RealHub, app: ASGIApp) -> None:
    text = seen(hub, app, "/settlement-day", None)
    assert "Settlement is open." in text
    assert "RM\xa0" in text
    assert "Nothing came out of the queue today." in text
    answer = ask(app, "/settlement-day?format=json", None)
    day = answer.json()
    assert (day["waiting"], day["queued"]) == (2, 2)
    assert sum(one["number"] for one in day["priorities"]) == 2


def test_a_paused_day_and_what_came_out_of_the_queue_are_said() -> None:
    cookie = {"Cookie": "lejar_pass=the regulator; lejar_language=ms"}
    text = text_of(ask_example("/settlement-day", headers=cookie).text)
    assert "Penyelesaian sedang dijeda" in text or "Penyelesaian dijeda" in text
    assert "Mengikut turutan barisan" in text
    queue = ask_example("/queue", headers=cookie).text
    assert "2 yang pertama daripada 312" in text_of(queue)
    assert queue.count('href="/instructions/inst_') >= 3
