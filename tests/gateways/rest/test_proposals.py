# SPDX-License-Identifier: Apache-2.0
"""Proposals over HTTP: who must agree is public, what waits is for those who decide."""

from typing import Any

import pytest

from lejar.domain.basis import LegalBasis
from lejar.domain.consent.commands import Propose
from lejar.domain.consent.events import ProposalMade
from lejar.domain.identity import Power
from lejar.domain.identity.commands import GrantPower
from lejar.gateways.rest.codec import form_of, scalars
from lejar.kernel.codec import decode, encode
from lejar.kernel.envelope import Body, read_body
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


CARRIED: dict[str, Any] = {
    "command": VERB,
    "arguments": {"party": OTHER.text, "power": "issue_credentials"},
}


def proposing(command: object = CARRIED) -> dict[str, Any]:
    """What is asked of `prepare` to propose a command."""
    arguments = {
        "command": command,
        "basis": {"instrument": "Rules of the hub", "clause": "rule 7"},
        "effective_at": None,
        "expires_at": scalars.show_moment(NOW + HOUR),
        "grounds": None,
    }
    return {"command": "consent.propose", "arguments": arguments}


def send_proposal(market: Market) -> str:
    """Propose to let the other bank issue credentials; gives the proposal's id."""
    prepared = market.call("POST", "/v1/commands/prepare", json=proposing())
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


def test_what_is_proposed_is_written_and_shown_as_a_command(market: Market) -> None:
    required(market)
    answer = market.call("POST", "/v1/commands/prepare", json=proposing())
    says(answer, "/v1/commands/prepare", "post")
    assert answer.json()["readable"]["arguments"]["command"] == CARRIED
    body: Body = read_body(scalars.read_base64(answer.json()["body"], "$"))
    signed: Propose = decode(bytes(body.command), Propose)
    assert signed.command == encode(GrantPower(OTHER.party, Power.ISSUE_CREDENTIALS))
    sealed = market.call(
        "POST", "/v1/envelopes", json=market.message(answer.json(), CENTRE)
    )  # whoever signed it reads the receipt whole
    says(sealed, "/v1/envelopes", "post")
    assert sealed.json()["events"][0]["carried"] == CARRIED


@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("93a3", "$.arguments.command"),
        ({"command": "identity.grant_powers", "arguments": {}}, "$.arguments.command.command"),
        ({"command": "consent.propose", "arguments": {}}, "$.arguments.command.command"),
        ({"command": "", "arguments": "k6M="}, "$.arguments.command.command"),
        ({"command": VERB, "arguments": {}}, "$.arguments.command.arguments"),
        (
            {"command": VERB, "arguments": {"party": "party_x", "power": "tick"}},
            "$.arguments.command.arguments.party",
        ),
    ],
)
def test_what_cannot_be_carried_is_named_with_its_place(
    market: Market, command: object, place: str
) -> None:
    answer = market.call("POST", "/v1/commands/prepare", json=proposing(command))
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert answer.json()["place"] == place


def test_a_carried_command_of_another_era_is_shown_as_its_bytes() -> None:
    form = form_of(ProposalMade)
    other = encode(["identity.grant_powers", OTHER.party])
    nested = encode(Propose(other, LegalBasis("An order"), None, NOW, None))
    for data in (other, nested):
        made = ProposalMade(
            b"p" * 16, CENTRE.party, VERB, "", CENTRE.party, (), data,
            LegalBasis("An order"), None, None, NOW,
        )  # fmt: skip
        shown = form.show(made)["carried"]
        assert shown == {"command": "", "arguments": scalars.show_base64(data)}


def test_a_command_without_its_consent_says_who_is_missing(market: Market) -> None:
    required(market)
    answer = market.send(CENTRE, command=VERB, party=OTHER.text, power="tick")
    assert (answer.status_code, answer.json()["code"]) == (422, "consent_missing")
    assert answer.json()["facts"]["missing"] == BANK.text
    assert answer.json()["rule"] == "consent.consent_missing"
    assert answer.json()["detail"] == (
        "The command needs consent that this envelope does not show. "
        f"Must still agree: {BANK.text}."
    )


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
        assert whole(market, proposal, reader)["carried"] == CARRIED


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
