# SPDX-License-Identifier: Apache-2.0
"""An account's days over HTTP: for its owner and supervisors, page by page, and nobody else."""

import datetime

import pytest

from lejar.kernel import identifiers
from lejar.kernel.moment import local_date
from tests.gateways.rest.market import (
    BANK,
    CENTRE,
    CITIZEN,
    OTHER,
    Founded,
    Market,
    issue,
)
from tests.gateways.rest.test_openapi import says

DAYS = "/v1/accounts/{account}/statements"
DAY = "/v1/accounts/{account}/statements/{day}"


def day_of(market: Market) -> str:
    """Give the hub's local day."""
    return local_date(market.world.hub.state.at, 480).isoformat()


def test_a_day_opens_moves_and_closes(market: Market, founded: Founded) -> None:
    issue(market, founded.myr, founded.account, 2, 250)
    today = day_of(market)
    path = f"/v1/accounts/{founded.account}/statements"
    for reader in (BANK, CENTRE):
        days = market.get(path, reader, params={"asset": founded.myr})
        says(days, DAYS, "get")
        assert days.json()["items"] == [{"day": today, "movements": 2}]
        answer = market.get(f"{path}/{today}", reader, params={"asset": founded.myr})
        says(answer, DAY, "get")
        told = answer.json()
        assert (told["opening"], told["closing"], told["final"]) == ("0", "100250", False)
        assert (told["came_in"], told["went_out"], told["movements"]) == ("100250", "0", 2)
        assert [line["amount"] for line in told["lines"]] == ["100000", "250"]
        assert [line["command"] for line in told["lines"]] == ["money.issue_money"] * 2
        assert {line["counterparty"][:5] for line in told["lines"]} == {"acct_"}
        entry = market.get(f"/v1/entries/{told['lines'][0]['entry']}", reader).json()
        assert entry["command_id"] == told["lines"][0]["command_id"]


def test_the_day_after_opens_where_the_day_closed(market: Market, founded: Founded) -> None:
    after = datetime.date.fromisoformat(day_of(market)) + datetime.timedelta(days=1)
    path = f"/v1/accounts/{founded.account}/statements/{after}"
    told = market.get(path, BANK, params={"asset": founded.myr}).json()
    assert (told["opening"], told["closing"], told["lines"]) == ("100000", "100000", [])


def test_a_long_day_is_read_in_pages(market: Market, founded: Founded) -> None:
    for number in range(2, 6):
        issue(market, founded.myr, founded.account, number, number)
    path = f"/v1/accounts/{founded.account}/statements/{day_of(market)}"
    amounts: list[str] = []
    asked = {"asset": founded.myr, "limit": "2"}
    while True:
        told = market.get(path, BANK, params=asked).json()
        assert (told["movements"], told["closing"]) == (5, "100014")
        amounts += [line["amount"] for line in told["lines"]]
        if told["next"] is None:
            break
        asked["after"] = told["next"]
    assert amounts == ["100000", "2", "3", "4", "5"]
    asked["after"] = "changed"
    assert market.get(path, BANK, params=asked).status_code == 400


def test_days_are_read_in_pages(market: Market, founded: Founded) -> None:
    path = f"/v1/accounts/{founded.account}/statements"
    first = market.get(path, BANK, params={"asset": founded.myr, "limit": "1"}).json()
    assert first["next"] == day_of(market)
    rest = {"asset": founded.myr, "after": first["next"]}
    assert market.get(path, BANK, params=rest).json()["items"] == []
    rest["after"] = "20261124"
    assert market.get(path, BANK, params=rest).status_code == 400


@pytest.mark.parametrize("more", ["", "/2026-11-24"])
def test_a_stranger_cannot_tell_an_account_from_none(
    market: Market, founded: Founded, more: str
) -> None:
    path = f"/v1/accounts/{founded.account}/statements{more}"
    nobody = f"/v1/accounts/{identifiers.show('account', b'?' * 16)}/statements{more}"
    asked = {"asset": founded.myr}
    assert market.get(path, params=asked).status_code == 401
    for reader in (OTHER, CITIZEN):
        hidden = market.get(path, reader, params=asked)
        assert hidden.status_code == 404
        assert hidden.content == market.get(nobody, reader, params=asked).content


def test_what_is_no_day_and_no_asset_is_refused(market: Market, founded: Founded) -> None:
    path = f"/v1/accounts/{founded.account}/statements"
    asked = {"asset": founded.myr}
    for wrong in ("today", "2026-13-01", "20261124"):
        assert market.get(f"{path}/{wrong}", BANK, params=asked).status_code == 404
    assert market.get(path, BANK).status_code == 400
    assert market.get(f"{path}/2026-11-24", BANK).status_code == 400
    assert market.get(path, BANK, params={"asset": founded.account}).status_code == 400
    unknown = {"asset": identifiers.show("asset", b"?" * 16)}
    assert market.get(f"{path}/2026-11-24", BANK, params=unknown).status_code == 404
