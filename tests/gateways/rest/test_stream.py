# SPDX-License-Identifier: Apache-2.0
"""Server-sent events: nothing missed, nothing twice, and an end to every stream."""

import json

import pytest

from tests.gateways.rest.market import BANK, Founded, Market, open_for_business


@pytest.fixture
def market() -> Market:
    return Market(stream_seconds=0.05, poll_seconds=0.01, heartbeat_seconds=0.0)


@pytest.fixture
def founded(market: Market) -> Founded:
    return open_for_business(market)


def told(text: str) -> list[dict[str, object]]:
    return [
        json.loads(line.removeprefix("data: "))
        for line in text.splitlines()
        if line.startswith("data: ")
    ]


def test_a_stream_tells_every_entry_after_a_number(market: Market, founded: Founded) -> None:
    answer = market.get("/v1/events", params={"after_entry": 1})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [row["number"] for row in told(answer.text)] == [2, 3, 4]
    assert "id: 4\nevent: entry\ndata: {" in answer.text


def test_a_listener_that_comes_back_goes_on_where_it_was(market: Market, founded: Founded) -> None:
    headers = {"Last-Event-ID": "3"}
    answer = market.get("/v1/events", params={"after_entry": 0}, headers=headers)
    assert [row["number"] for row in told(answer.text)] == [4]


def test_a_new_listener_hears_only_what_is_new_and_a_heartbeat(
    market: Market, founded: Founded
) -> None:
    text = market.get("/v1/events").text
    assert told(text) == []
    assert ": as at entry 4" in text


def test_a_stream_shows_receipts_to_the_involved_alone(market: Market, founded: Founded) -> None:
    public = told(market.get("/v1/events", params={"after_entry": 3}).text)
    own = told(market.get("/v1/events", BANK, params={"after_entry": 3}).text)
    assert public[0]["receipt"] is None
    assert own[0]["receipt"]


def test_streams_have_a_bound(founded: Founded) -> None:
    full = Market(streams=0)
    answer = full.get("/v1/events")
    assert (answer.status_code, answer.json()["code"]) == (503, "streams_full")


@pytest.mark.parametrize("last", ["x", "-1", "1.5", "9" * 30])
def test_a_place_that_is_none_is_named(market: Market, last: str) -> None:
    answer = market.get("/v1/events", headers={"Last-Event-ID": last})
    assert (answer.status_code, answer.json()["place"]) == (400, "$header.Last-Event-ID")


def test_an_ended_stream_is_counted_out(market: Market) -> None:
    market.get("/v1/events")
    assert "lejar_streams_open 0.0" in market.get("/metrics").text
