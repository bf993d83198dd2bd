# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - JSON has no narrower type
"""`POST /v1/explanations`: for the buyer and supervisors, from the writer's own state."""

from typing import Any

import httpx
import pytest

from tests.gateways.rest.market import BANK, CENTRE, OTHER, Actor, Founded, Market


def ask(market: Market, reader: Actor | None, **fields: Any) -> httpx.Response:
    question = {
        "paid": None,
        "currency": None,
        "seller": None,
        "from_issuer": False,
        "amount": "100",
        **fields,
    }
    who = {} if reader is None else {"Authorization": f"Bearer {market.pass_of(reader)}"}
    return market.call("POST", "/v1/explanations", json=question, headers=who)


def test_a_buyer_is_told_what_the_rules_allow(market: Market, founded: Founded) -> None:
    answer = ask(market, BANK, account=founded.account, asset=founded.myr)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["allowed"], told["largest"]) == ("100", None)
    assert told["entry"] == market.world.hub.state.entry
    assert told["question"]["account"] == founded.account


@pytest.mark.parametrize(("reader", "status"), [(None, 401), (OTHER, 404), (CENTRE, 200)])
def test_a_supervisor_is_told_and_nobody_else(
    market: Market, founded: Founded, reader: Actor | None, status: int
) -> None:
    assert ask(market, reader, account=founded.account, asset=founded.myr).status_code == status


def test_what_does_not_exist_is_not_found(market: Market, founded: Founded) -> None:
    nothing = founded.myr[:-20] + "a" * 20
    assert ask(market, BANK, account=founded.account, asset=nothing).status_code == 404
    assert ask(market, BANK, account=founded.account, asset="instr_x").status_code == 400
    assert (
        ask(market, BANK, account=founded.account, asset=founded.myr, amount="0").status_code == 400
    )
