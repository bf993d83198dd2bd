# SPDX-License-Identifier: Apache-2.0
"""Proposals over HTTP: who must agree is public, what waits is for those who decide."""

from typing import Any

from lejar.domain.identity import Power
from lejar.domain.identity.commands import GrantPower
from lejar.gateways.rest.codec import scalars
from lejar.kernel.codec import encode
from tests.gateways.rest.market import (
    BANK,
    CENTRE,
    CITIZEN,
    HOUR,
    NOW,
    OTHER,
    Actor,
    Market,
)
from tests.gateways.rest.test_openapi import says

VERB = "identity.grant_power"


def required(market: Market) -> None:
    """Let a bank have to agree to what the central bank could do alone."""
    answer = market.send(
        CENTRE, command="consent.set_requirement", verb=VERB, owner=CENTRE.text,
        concurring=[BANK.text], officers=0, notice_micros=0,
    )  # fmt: skip
    assert answer.status_code == 201, answer.text


def send_proposal(market: Market) -> str:
    """Propose to let the other bank issue credentials; gives the proposal's id."""
    arguments = {
        "command": encode(GrantPower(OTHER.party, Power.ISSUE_CREDENTIALS)).hex(),
        "basis": {"instrument": "Rules of the hub", "clause": "rule 7"},
        "effective_at": None,
        "expires_at": scalars.show_moment(NOW + HOUR),
        "grounds": None,
    }
    request = {"command": "consent.propose", "arguments": arguments}
    prepared = market.call("POST", "/v1/commands/prepare", json=request)
    assert prepared.status_code == 200, prepared.text
    message = market.message(prepared.json(), CENTRE)
    answer = market.call("POST", "/v1/envelopes", json=message)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["events"][0]["proposal"])


def test_a_requirement_is_public(market: Market) -> None:
    required(market)
    answer = market.get("/v1/requirements")
    says(answer, "/v1/requirements", "get")
    (one,) = answer.json()["items"]
    assert (one["verb"], one["owner"], one["concurring"]) == (VERB, CENTRE.text, [BANK.text])


def test_a_command_without_its_consent_says_who_is_missing(market: Market) -> None:
    required(market)
    answer = market.send(CENTRE, command=VERB, party=OTHER.text, power="tick")
    assert (answer.status_code, answer.json()["code"]) == (422, "consent_missing")
    assert answer.json()["facts"]["missing"] == BANK.text
    assert answer.json()["rule"] == "consent.consent_missing"


def test_who_agreed_is_public_and_the_command_is_for_those_who_decide(market: Market) -> None:
    required(market)
    proposal = send_proposal(market)
    for reader in (None, CITIZEN, OTHER):
        shown = whole(market, proposal, reader)
        assert (shown["stage"], shown["agreed"]) == ("open", [CENTRE.text])
        assert sorted(shown["parties"]) == sorted([CENTRE.text, BANK.text])
        assert shown["basis"] == "Rules of the hub, rule 7"
        assert shown["carried"] is None
    for reader in (BANK, CENTRE):
        carried = whole(market, proposal, reader)["carried"]
        assert carried["command"] == VERB
        assert carried["arguments"] == {"party": OTHER.text, "power": "issue_credentials"}


def whole(market: Market, proposal: str, reader: Actor | None) -> dict[str, Any]:
    """Read a proposal, as the document describes it."""
    answer = market.get(f"/v1/proposals/{proposal}", reader)
    says(answer, "/v1/proposals/{proposal}", "get")
    found: dict[str, Any] = answer.json()
    return found


def test_what_was_agreed_is_done_and_stays_readable(projected: Market) -> None:
    required(projected)
    proposal = send_proposal(projected)
    agreed = projected.send(BANK, command="consent.agree", proposal=proposal)
    assert [one["type"] for one in agreed.json()["events"]] == [
        "consent.agreement_given", "consent.proposal_agreed",
    ]  # fmt: skip
    projected.send(CENTRE, command="calendar.tick")  # any block lets due work run
    shown = whole(projected, proposal, None)
    assert (shown["stage"], shown["agreed"]) == ("enacted", sorted([CENTRE.text, BANK.text]))
    powers = projected.get(f"/v1/parties/{OTHER.text}", CENTRE).json()["powers"]
    assert powers == ["issue_credentials"]
    done = projected.get(f"/v1/entries/{shown['last']}", BANK).json()
    assert (done["command"], done["outcome"]) == (VERB, "accepted")
    assert done["receipt"]["signers"] == sorted([CENTRE.text, BANK.text])
    says(projected.get("/v1/proposals"), "/v1/proposals", "get")
    assert [one["proposal"] for one in projected.get("/v1/proposals").json()["items"]] == [proposal]


def test_an_unknown_proposal_is_not_found(market: Market) -> None:
    answer = market.get("/v1/proposals/prop_aaaaaaaaaaaaaaaaaaaaaaaaaa")
    assert answer.status_code == 404
