# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - what a request may carry
"""The HTTP channel: a post is answered with a message, and whatever goes wrong in a sentence."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from lejar.cli.messaging.log import Reply
from lejar.cli.messaging.server import Channel, application
from lejar.gateways.iso20022.tree import BYTES_MAX
from tests.cli.messaging.conftest import Two
from tests.cli.messaging.world import pacs_009, said

XML = {"content-type": "application/xml"}


@pytest.fixture
def client(two: Two) -> TestClient:
    app = application(Channel(two.alfa.bank))
    return TestClient(app, base_url="http://127.0.0.1:9000", raise_server_exceptions=False)


def post(client: TestClient, data: bytes, **given: Any) -> Any:
    return client.post("/messages", content=data, **({"headers": XML} | given))


def test_a_posted_payment_is_answered(two: Two, client: TestClient) -> None:
    answer = post(client, pacs_009(1, 2_500))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/xml"
    name = answer.headers["lejar-replies"]
    (status,) = said(Reply(name, "", answer.content))
    assert status.code == "ACSC"
    assert client.get(f"/replies/{name}").content == answer.content
    assert two.balances() == (97_500, 2_500)


def test_later_news_is_among_the_replies(two: Two, client: TestClient) -> None:
    post(client, pacs_009(1, 150_000))
    two.fund(60_000)
    Channel(two.alfa.bank).look()
    items = client.get("/replies?after=1").json()["items"]
    (later,) = [one for one in items if one["name"].startswith("pacs.002")]
    (status,) = said(Reply("", "", client.get(f"/replies/{later['name']}").content))
    assert status.code == "ACSC"


def test_a_harmful_message_is_rejected_and_reaches_no_hub(two: Two, client: TestClient) -> None:
    answer = post(client, b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>')
    (status,) = said(Reply("", "", answer.content))
    assert (status.code, status.reason) == ("RJCT", "FF01")
    assert two.alfa.posted() == []


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"headers": {"content-type": "text/plain"}}, 415),
        ({"headers": XML | {"host": "bank.example"}}, 421),
    ],
)
def test_what_a_browser_could_be_made_to_send_is_not_taken(
    two: Two, client: TestClient, given: dict[str, Any], status: int
) -> None:
    answer = post(client, pacs_009(1, 2_500), **given)
    assert answer.status_code == status
    assert two.alfa.posted() == []


def test_a_body_has_a_bound(client: TestClient) -> None:
    assert post(client, b"<" * (BYTES_MAX + 1)).status_code == 413


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/replies?after=x", 400),
        ("/replies?after=99999999999999999999", 400),
        ("/replies/none.xml", 404),
        ("/nothing", 404),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(
    client: TestClient, path: str, status: int
) -> None:
    assert client.get(path).status_code == status


def test_a_hub_that_is_away_can_be_asked_again(two: Two, client: TestClient) -> None:
    two.market.world.trouble = "gone"
    answer = post(client, pacs_009(1, 2_500))
    assert answer.status_code == 503
    assert "Traceback" not in answer.text
    two.market.world.trouble = ""
    (status,) = said(Reply("", "", post(client, pacs_009(1, 2_500)).content))
    assert status.code == "ACSC"


def test_a_defect_shows_nothing_of_itself(two: Two, client: TestClient) -> None:
    two.alfa.log.close()
    answer = post(client, pacs_009(1, 2_500))
    assert answer.status_code == 500
    assert "sqlite" not in answer.text.lower()
