# SPDX-License-Identifier: Apache-2.0
"""Settlement over HTTP: what waits and why, for whom it is; the day, limits and the pool."""

import json
from typing import Any

import pytest

from lejar.liquidity import settles_freely
from lejar.liquidity.question import read_question
from tests.gateways.rest.market import (
    BANK,
    CENTRE,
    CITIZEN,
    OTHER,
    Actor,
    Founded,
    Market,
    open_for_business,
)

HAS = 100_000
"""What the bank has, in sen; the other bank has nothing."""


@pytest.fixture
def opened(projected: Market) -> Founded:
    return open_for_business(projected)


def pay(
    market: Market, founded: Founded, payer: Actor, amount: int, *, priority: str = "normal"
) -> dict[str, Any]:
    """Pay from one bank to the other; gives the last event that names an instruction."""
    accounts = (founded.account, founded.other)
    source, target = accounts if payer is BANK else accounts[::-1]
    sent = market.send(
        payer, command="settlement.pay", asset=founded.myr, source=source, target=target,
        amount=str(amount), priority=priority, on_shortfall="queue",
    )  # fmt: skip
    assert sent.status_code == 201, sent.text
    named = [one for one in sent.json()["events"] if one["type"].startswith("settlement.instr")]
    found: dict[str, Any] = named[-1]
    return found


def test_a_payment_that_settles_is_seen_by_its_payee(projected: Market, opened: Founded) -> None:
    done = pay(projected, opened, BANK, 40_000)
    assert done["type"] == "settlement.instruction_settled"
    path = f"/v1/instructions/{done['instruction']}"
    for reader in (BANK, OTHER, CENTRE):
        one = projected.get(path, reader).json()
        assert (one["stage"], one["parties"], one["informed"]) == (
            "settled", [BANK.text], [OTHER.text],
        )  # fmt: skip
        assert one["waits"] == []
    assert projected.get(path, CITIZEN).status_code == 404


def test_what_a_payment_lacks_is_told_to_its_payer_alone(
    projected: Market, opened: Founded
) -> None:
    waits = pay(projected, opened, BANK, HAS + 5_000, priority="high")
    assert waits["type"] == "settlement.instruction_queued"
    path = f"/v1/instructions/{waits['instruction']}"
    for reader in (BANK, CENTRE):
        one = projected.get(path, reader).json()
        (why,) = one["waits"]
        assert (why["kind"], why["amount"], why["account"]) == ("lacks", "5000", opened.account)
        assert "RM 50.00 more. Nothing that waits brings enough." in why["en"]
        assert "memerlukan RM 50.00 lagi" in why["ms"]
        assert one["terms"]["priority"] == "high"
    one = projected.get(path, OTHER).json()
    (why,) = one["waits"]
    assert (why["kind"], why["amount"], why["account"]) == ("others", None, None)
    assert one["terms"]["priority"] is None
    (row,) = projected.get("/v1/settlement/queue", OTHER).json()["items"]
    assert (row["position"], row["priority"]) == (None, None)
    (row,) = projected.get("/v1/settlement/queue", BANK).json()["items"]
    assert (row["position"], row["priority"]) == (1, "high")
    assert projected.get("/v1/settlement/queue", CITIZEN).json()["items"] == []
    assert projected.get("/v1/settlement/queue").status_code == 401


def test_who_stands_before_and_what_would_free_it(projected: Market, opened: Founded) -> None:
    first = pay(projected, opened, BANK, HAS + 1)["instruction"]
    second = pay(projected, opened, BANK, 10)["instruction"]
    back = pay(projected, opened, OTHER, HAS + 50)["instruction"]
    rows = projected.get("/v1/settlement/queue", BANK).json()["items"]
    assert [row["instruction"] for row in rows] == [first, second, back]
    lack, ahead = rows[1]["waits"]
    assert (lack["kind"], lack["amount"], lack["instructions"]) == ("lacks", "11", [back])
    assert lack["en"].endswith(f"{back} would bring it.")
    assert (ahead["kind"], ahead["instructions"]) == ("ahead", [first])
    assert [one["kind"] for one in rows[2]["waits"]] == ["others"]
    page = projected.get("/v1/settlement/queue?limit=2", CENTRE).json()
    assert len(page["items"]) == 2
    rest = projected.get(f"/v1/settlement/queue?limit=2&after={page['next']}", CENTRE).json()
    assert [row["instruction"] for row in rest["items"]] == [back]
    assert rest["next"] is None


def test_the_pool_is_the_question_of_the_solver(projected: Market, opened: Founded) -> None:
    limit = projected.send(
        BANK, command="settlement.set_sender_limit", party=BANK.text, asset=opened.myr,
        counterparty=OTHER.text, amount="70000",
    )  # fmt: skip
    assert limit.status_code == 201, limit.text
    reserve = projected.send(
        BANK, command="settlement.reserve", account=opened.account, asset=opened.myr, amount="900"
    )
    assert reserve.status_code == 201, reserve.text
    waits = pay(projected, opened, BANK, 80_000)["instruction"]
    pool = projected.get("/v1/settlement/pool", CENTRE).json()
    account, other, myr = opened.account, opened.other, opened.myr
    assert pool == {
        "available": {
            f"balance {myr} {account}": HAS,
            f"balance {myr} {other}": 0,
            f"limit {myr} {BANK.text} {OTHER.text}": 70_000,
            f"unreserved {myr} {account}": HAS - 900,
            f"unreserved {myr} {other}": 0,
        },
        "queue": [
            {
                "id": waits,
                "changes": {
                    f"balance {myr} {account}": -80_000,
                    f"balance {myr} {other}": 80_000,
                    f"limit {myr} {BANK.text} {OTHER.text}": -80_000,
                    f"unreserved {myr} {account}": -80_000,
                    f"unreserved {myr} {other}": 80_000,
                },
                "value": 80_000,
            }
        ],
    }
    question = read_question(json.dumps(pool))
    assert settles_freely(question.available, question.items, 1).settled == ()
    assert projected.get("/v1/settlement/pool", BANK).status_code == 403
    own = projected.get("/v1/settlement/limits", BANK).json()
    assert [(one["amount"], one["room"]) for one in own["limits"]] == [("70000", "70000")]
    assert [one["amount"] for one in own["reserves"]] == ["900"]
    assert projected.get("/v1/settlement/limits", OTHER).json()["limits"] == []
    (row,) = projected.get("/v1/settlement/queue", BANK).json()["items"]
    (why,) = row["waits"]
    assert (why["kind"], why["amount"]) == ("limit", "10000")


def test_of_a_balance_and_its_reserve_only_the_greater_lack_is_told(
    projected: Market, opened: Founded
) -> None:
    def told() -> list[tuple[str, str]]:
        (row,) = projected.get("/v1/settlement/queue", BANK).json()["items"]
        return [(why["kind"], why["amount"]) for why in row["waits"]]

    waits = pay(projected, opened, BANK, HAS + 5)["instruction"]
    assert told() == [("lacks", "5")]
    reserve = projected.send(
        BANK, command="settlement.reserve", account=opened.account, asset=opened.myr, amount="900"
    )
    assert reserve.status_code == 201, reserve.text
    assert told() == [("reserved", "905")]
    urgent = projected.send(
        BANK, command="settlement.prioritise", instruction=waits, priority="urgent"
    )
    assert urgent.status_code == 201, urgent.text
    assert told() == [("lacks", "5")]


def test_the_day_counts_what_was_settled_and_what_waits(projected: Market, opened: Founded) -> None:
    pay(projected, opened, BANK, 30_000)
    pay(projected, opened, OTHER, 10_000)
    pay(projected, opened, BANK, HAS * 2, priority="urgent")
    day = projected.get("/v1/settlement/day").json()
    assert (day["times_settled"], day["queued"], day["paused_by"]) == (2, 1, None)
    (currency,) = day["currencies"]
    assert (currency["code"], currency["amount"], currency["drawn"]) == ("MYR", "40000", "0")
    waiting = {one["priority"]: (one["waiting"], one["value"]) for one in day["queue"]}
    assert waiting == {"urgent": (1, str(HAS * 2)), "high": (0, "0"), "normal": (0, "0")}
    assert projected.send(CENTRE, command="settlement.pause", reason="ab" * 32).status_code == 201
    assert projected.get("/v1/settlement/day").json()["paused_by"] == CENTRE.text
    (row,) = projected.get("/v1/settlement/queue", BANK).json()["items"]
    assert row["waits"][0]["kind"] == "paused"


def test_penalties_are_between_whom_they_are(projected: Market, opened: Founded) -> None:
    assert opened.account
    for reader in (BANK, CENTRE):
        assert projected.get("/v1/settlement/penalties", reader).json()["items"] == []
    assert projected.get("/v1/settlement/penalties").status_code == 401
