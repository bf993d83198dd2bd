# SPDX-License-Identifier: Apache-2.0
"""Batches: one outcome for each envelope, in its place, whatever the others are."""

import msgspec

from lejar.gateways.rest.codec import json_of
from lejar.gateways.rest.endpoints import ENVELOPES, OUTCOMES
from lejar.gateways.rest.mapping import envelope_of
from lejar.kernel.signature import public_key_of
from tests.gateways.rest.market import BANK, CENTRE, Founded, Market, reference


def message(market: Market, founded: Founded, number: int) -> dict[str, object]:
    prepared = market.prepare(
        "money.issue_money", asset=founded.myr, account=founded.account, amount="7",
        reference=reference(number),
    )  # fmt: skip
    return market.message(prepared, CENTRE)


def sent_raw(market: Market, items: list[bytes]) -> object:
    answer = market.call(
        "POST", "/v1/envelopes/batch", content=msgspec.msgpack.encode(items),
        headers={"Content-Type": ENVELOPES},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == OUTCOMES
    return msgspec.msgpack.decode(answer.content)


def mixed(market: Market, founded: Founded) -> list[dict[str, object]]:
    """Accepted, refused, wrongly signed, accepted, and the first again."""
    good, refused, wrong, late = (message(market, founded, n) for n in (11, 1, 12, 13))
    wrong["signatures"][0]["key"] = public_key_of(BANK.seed).hex()  # type: ignore[index]
    return [good, refused, wrong, late, good]


def test_each_envelope_of_a_batch_has_its_own_outcome(market: Market, founded: Founded) -> None:
    before = len(market.world.entries)
    raw = [envelope_of(json_of(one)) for one in mixed(market, founded)]
    raw.insert(2, b"\xc1")
    assert sent_raw(market, raw) == [
        ["accepted", before + 1, None],
        ["refused", before + 2, "reference_used"],
        ["malformed", None, "malformed"],
        ["malformed", None, "signature_invalid"],
        ["accepted", before + 3, None],
        ["accepted", before + 1, None],
    ]


def test_a_json_batch_has_the_same_outcomes(market: Market, founded: Founded) -> None:
    before = len(market.world.entries)
    messages = mixed(market, founded)
    answer = market.call("POST", "/v1/envelopes/batch", json=messages)
    rows = [tuple(one.values()) for one in answer.json()["outcomes"]]
    assert rows == [
        ("accepted", before + 1, None),
        ("refused", before + 2, "reference_used"),
        ("malformed", None, "signature_invalid"),
        ("accepted", before + 3, None),
        ("accepted", before + 1, None),
    ]


def test_an_item_that_cannot_be_read_does_not_spoil_the_others(
    market: Market, founded: Founded
) -> None:
    bad, good = (message(market, founded, n) for n in (11, 12))
    bad["body"] = "!"
    answer = market.call("POST", "/v1/envelopes/batch", json=[bad, good])
    assert [one["outcome"] for one in answer.json()["outcomes"]] == ["malformed", "accepted"]


def test_an_empty_batch_has_no_outcomes(market: Market) -> None:
    assert sent_raw(market, []) == []


def test_a_batch_has_at_most_five_hundred(market: Market) -> None:
    answer = market.call(
        "POST", "/v1/envelopes/batch", content=msgspec.msgpack.encode([b""] * 501),
        headers={"Content-Type": ENVELOPES},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_a_busy_hub_says_so_for_each_and_when_to_come_back(
    market: Market, founded: Founded
) -> None:
    raw = [envelope_of(json_of(message(market, founded, n))) for n in (11, 12)]
    market.world.trouble = "busy"
    answer = market.call(
        "POST", "/v1/envelopes/batch", content=msgspec.msgpack.encode(raw),
        headers={"Content-Type": ENVELOPES},
    )  # fmt: skip
    assert msgspec.msgpack.decode(answer.content) == [["busy", None, "busy"]] * 2
    assert "retry-after" in answer.headers


def test_another_envelope_with_a_known_id_is_told_apart(market: Market, founded: Founded) -> None:
    def with_id(amount: str) -> bytes:
        wanted = {
            "command": "money.issue_money",
            "arguments": {
                "asset": founded.myr, "account": founded.account, "amount": amount,
                "reference": reference(21),
            },
            "command_id": "cmd_aeaqcaibaeaqcaibaeaqcaibae",
        }  # fmt: skip
        prepared = market.call("POST", "/v1/commands/prepare", json=wanted).json()
        return envelope_of(json_of(market.message(prepared, CENTRE)))

    market.world.trouble = "raced"
    rows = sent_raw(market, [with_id("1"), with_id("2")])
    assert rows[1] == ["refused", None, "command_id_taken"]  # type: ignore[index]
