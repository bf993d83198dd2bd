# SPDX-License-Identifier: Apache-2.0
"""Prepare, submit, resend, dry run: what a sender is told."""

import base64

import pytest

from lejar.gateways.rest.codec import json_of
from lejar.gateways.rest.endpoints import ENVELOPE
from lejar.gateways.rest.mapping import envelope_of
from lejar.kernel import identifiers
from lejar.kernel.envelope import PREFIX, read_body
from lejar.kernel.signature import public_key_of
from tests.gateways.rest.market import (
    BANK,
    CENTRE,
    HOUR,
    OTHER,
    Founded,
    Market,
    issue,
    reference,
)

CURRENCY = {"code": "MYR", "required": ["bank"]}


def test_what_is_prepared_is_what_is_signed(market: Market) -> None:
    said = market.prepare("money.create_currency", **CURRENCY)
    body = base64.b64decode(said["body"])
    decoded = read_body(body)
    assert base64.b64decode(said["signed_bytes"]) == PREFIX + body
    assert decoded.network == market.network
    assert said["readable"]["arguments"] == CURRENCY | {"decimals": 2}
    assert said["readable"]["command_id"] == said["command_id"]
    assert said["readable"]["salt"] == decoded.salt.hex()
    assert decoded.valid_until == market.world.now + HOUR
    assert said["role"] == "operate"


def test_what_the_caller_chooses_is_kept(market: Market) -> None:
    chosen = {
        "command": "money.create_currency",
        "arguments": CURRENCY,
        "valid_until": "2026-09-22T00:00:00+08:00",
        "command_id": "cmd_aeaqcaibaeaqcaibaeaqcaibae",
        "salt": "ab" * 32,
    }
    said = market.call("POST", "/v1/commands/prepare", json=chosen).json()["readable"]
    assert said["valid_until"] == "2026-09-21T16:00:00.000000Z"
    assert said["command_id"] == chosen["command_id"]
    assert said["salt"] == chosen["salt"]


def test_two_preparations_never_share_an_id_or_a_salt(market: Market) -> None:
    one, other = (market.prepare("money.create_currency", **CURRENCY) for _ in range(2))
    assert one["command_id"] != other["command_id"]
    assert one["readable"]["salt"] != other["readable"]["salt"]


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"command": "money.print"}, "command_unknown", None),
        ({"arguments": {}}, "malformed", "$.arguments"),
        ({"arguments": {**CURRENCY, "more": 1}}, "malformed", "$.arguments"),
        ({"arguments": {**CURRENCY, "code": "ringgit"}}, "malformed", "$.arguments.code"),
        ({"arguments": {**CURRENCY, "code": "MYR\n"}}, "malformed", None),
        ({"arguments": {**CURRENCY, "required": [1]}}, "malformed", "$.arguments.required[0]"),
        ({"valid_until": "2026-09-22T00:00:00"}, "malformed", "$.valid_until"),
        ({"valid_until": "1960-01-01T00:00:00Z"}, "malformed", "$.valid_until"),
        ({"command_id": "cmd_1"}, "malformed", "$.command_id"),
        ({"command_id": "cmd_aeaqcaibaeaqcaibaeaqcaibaf"}, "malformed", "$.command_id"),
        ({"salt": "ab"}, "malformed", "$.salt"),
        ({"more": 1}, "malformed", "$"),
    ],
)
def test_a_command_that_is_not_one_is_named_with_its_place(
    market: Market, change: dict[str, object], code: str, place: str | None
) -> None:
    request = {"command": "money.create_currency", "arguments": CURRENCY, **change}
    answer = market.call("POST", "/v1/commands/prepare", json=request)
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["code"] == code
    if place is not None:
        assert problem.get("place", "$") == place, problem


def test_an_accepted_command_is_answered_with_its_receipt(market: Market) -> None:
    answer = market.send(CENTRE, command="money.create_currency", **CURRENCY)
    receipt = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/receipts/{receipt['command_id']}"
    assert receipt["outcome"] == "accepted"
    assert receipt["signers"] == [CENTRE.text]
    assert market.get(answer.headers["location"], CENTRE).json()["receipt"] == receipt


def test_a_resend_gets_the_first_answer_and_no_second_entry(market: Market) -> None:
    message = market.message(market.prepare("money.create_currency", **CURRENCY), CENTRE)
    first = market.call("POST", "/v1/envelopes", json=message)
    again = market.call("POST", "/v1/envelopes", json=message)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert len(market.world.entries) == 1


@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [("", 422, "command_duplicate"), ("raced", 409, "command_id_taken")],
)
def test_another_envelope_with_the_same_id_is_told_so(
    market: Market, trouble: str, status: int, code: str
) -> None:
    def message(code: str) -> dict[str, object]:
        wanted = {
            "command": "money.create_currency",
            "arguments": {"code": code, "required": []},
            "command_id": "cmd_aeaqcaibaeaqcaibaeaqcaibae",
        }
        prepared = market.call("POST", "/v1/commands/prepare", json=wanted).json()
        return market.message(prepared, CENTRE)

    market.call("POST", "/v1/envelopes", json=message("MYR"))
    market.world.trouble = trouble  # type: ignore[assignment]  # a parameter of the test
    answer = market.call("POST", "/v1/envelopes", json=message("SGD"))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_raw_bytes_and_json_are_the_same_envelope(market: Market) -> None:
    message = market.message(market.prepare("money.create_currency", **CURRENCY), CENTRE)
    raw = envelope_of(json_of(message))
    first = market.call("POST", "/v1/envelopes", content=raw, headers={"Content-Type": ENVELOPE})
    again = market.call("POST", "/v1/envelopes", json=message)
    assert (first.status_code, again.status_code) == (201, 200)


def test_a_refusal_says_the_rule_the_fact_and_the_remedy(market: Market, founded: Founded) -> None:
    answer = issue(market, founded.myr, founded.account, 1)
    problem = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "en"
    assert problem["code"] == "reference_used"
    assert problem["rule"] == "money.reference_used"
    assert problem["facts"] == {"reference": reference(1)}
    assert problem["remedy"]
    assert problem["basis"]
    told = market.get(problem["receipt"]).json()
    assert told["number"] == problem["entry"]
    assert told["code"] == "reference_used"


def test_a_refusal_speaks_malay_when_asked(market: Market, founded: Founded) -> None:
    arguments = {
        "asset": founded.myr, "account": founded.account, "amount": "5",
        "reference": reference(1),
    }  # fmt: skip
    answer = market.send(
        CENTRE, command="money.issue_money", headers={"Accept-Language": "ms-MY"}, **arguments
    )
    assert answer.headers["content-language"] == "ms"
    assert answer.headers["vary"] == "Accept-Language"
    assert "Rujukan" in answer.json()["title"]


def test_a_refused_resend_is_refused_with_the_same_words(market: Market, founded: Founded) -> None:
    arguments = {
        "asset": founded.myr, "account": founded.account, "amount": "5",
        "reference": reference(1),
    }  # fmt: skip
    message = market.message(market.prepare("money.issue_money", **arguments), CENTRE)
    first, again = (market.call("POST", "/v1/envelopes", json=message) for _ in range(2))
    assert first.status_code == again.status_code == 422
    assert first.content == again.content


def test_a_wrong_signature_is_called_that(market: Market) -> None:
    message = market.message(market.prepare("money.create_currency", **CURRENCY), CENTRE)
    message["signatures"][0]["key"] = public_key_of(BANK.seed).hex()
    answer = market.call("POST", "/v1/envelopes", json=message)
    assert (answer.status_code, answer.json()["code"]) == (400, "signature_invalid")
    assert market.world.entries == []


def test_an_envelope_for_another_network_is_called_that(market: Market) -> None:
    prepared = market.prepare("money.create_currency", **CURRENCY)
    body = base64.b64decode(prepared["body"]).replace(market.network, b"n" * 16)
    prepared["body"] = base64.b64encode(body).decode()
    answer = market.call("POST", "/v1/envelopes", json=market.message(prepared, CENTRE))
    assert (answer.status_code, answer.json()["code"]) == (400, "network_foreign")


def test_an_expired_envelope_is_refused_in_an_entry(market: Market) -> None:
    message = market.message(market.prepare("money.create_currency", **CURRENCY), CENTRE)
    market.world.now += 2 * HOUR
    answer = market.call("POST", "/v1/envelopes", json=message)
    problem = answer.json()
    market.send(CENTRE, command="money.create_currency", **CURRENCY)
    assert (answer.status_code, problem["code"]) == (422, "command_expired")
    assert problem["facts"]["ordered_at"].endswith("Z")


def test_signatures_may_come_in_any_order(market: Market, founded: Founded) -> None:
    arguments = {
        "asset": founded.myr, "account": founded.account, "amount": "5",
        "reference": reference(9),
    }  # fmt: skip
    message = market.message(market.prepare("money.redeem_money", **arguments), BANK, CENTRE)
    assert market.call("POST", "/v1/envelopes", json=message).status_code == 201


@pytest.mark.parametrize(
    ("trouble", "code"),
    [("busy", "busy"), ("closed", "closed"), ("gone", "unavailable"), ("silent", "unavailable")],
)
def test_a_hub_that_cannot_order_says_when_to_come_back(trouble: str, code: str) -> None:
    market = Market(answer_seconds=0.05)
    message = market.message(market.prepare("money.create_currency", **CURRENCY), CENTRE)
    market.world.trouble = trouble  # type: ignore[assignment]  # a parameter of the test
    answer = market.call("POST", "/v1/envelopes", json=message)
    assert (answer.status_code, answer.json()["code"]) == (503, code)
    assert int(answer.headers["retry-after"]) > 0
    market.world.trouble = ""
    assert market.call("POST", "/v1/envelopes", json=message).status_code == 201


def test_a_closed_hub_gives_its_reason_and_still_reads(market: Market) -> None:
    message = market.message(market.prepare("money.create_currency", **CURRENCY), CENTRE)
    market.world.trouble = "closed"
    assert market.call("POST", "/v1/envelopes", json=message).json()["detail"] == (
        "The disk is full."
    )
    status = market.get("/v1/status").json()
    assert (status["accepting"], status["reason"]) == (False, "The disk is full.")


def test_our_own_mistake_shows_nothing_of_the_program(market: Market) -> None:
    message = market.message(market.prepare("money.create_currency", **CURRENCY), CENTRE)
    market.world.trouble = "wrong"
    answer = market.call("POST", "/v1/envelopes", json=message)
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_dry_run_says_what_would_be_and_keeps_nothing(market: Market, founded: Founded) -> None:
    before = len(market.world.entries)
    arguments = {
        "asset": founded.myr, "account": founded.account, "amount": "5",
        "reference": reference(1),
    }  # fmt: skip
    good = {**arguments, "reference": reference(2)}
    asked = [
        market.message(market.prepare("money.issue_money", **each), CENTRE)
        for each in (arguments, good)
    ]
    refused, accepted = (market.call("POST", "/v1/dry-runs", json=one).json() for one in asked)
    assert (refused["would"], refused["problem"]["code"]) == ("refused", "reference_used")
    assert "receipt" not in refused["problem"]
    assert (accepted["would"], accepted["problem"]) == ("accepted", None)
    assert len(market.world.entries) == before


def test_an_instruction_is_prepared_with_readable_legs(market: Market, founded: Founded) -> None:
    leg = {
        "asset": founded.myr, "source": founded.account, "target": founded.other,
        "amount": "9223372036854775807",
    }  # fmt: skip
    said = market.prepare("settlement.instruct", legs=[leg, leg], value_date="2026-09-22")
    readable = said["readable"]["arguments"]
    assert readable["legs"] == [leg | {"pays_for": None}] * 2
    assert readable["value_date"] == "2026-09-22"
    assert readable["promises"] == []
    assert readable["terms"]["on_shortfall"] == "refuse", "what was left out is shown as signed"


def test_an_amount_is_a_string(market: Market, founded: Founded) -> None:
    arguments = {
        "asset": founded.myr, "account": founded.account, "amount": 5,
        "reference": reference(1),
    }  # fmt: skip
    request = {"command": "money.issue_money", "arguments": arguments}
    problem = market.call("POST", "/v1/commands/prepare", json=request).json()
    assert problem["place"] == "$.arguments.amount"


def test_the_node_goes_on_after_a_signer_it_does_not_know(market: Market) -> None:
    assert identifiers.show("party", OTHER.party) == OTHER.text
    prepared = market.prepare("money.create_currency", **CURRENCY)
    message = market.message(prepared, OTHER)
    message["signatures"][0]["party"] = identifiers.show("party", b"?" * 16)
    answer = market.call("POST", "/v1/envelopes", json=message)
    assert (answer.status_code, answer.json()["code"]) == (422, "signer_unknown")
    assert answer.json()["facts"]["signer"].startswith("party_")
