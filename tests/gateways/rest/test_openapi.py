# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - JSON and what hypothesis makes of types have no narrower type
"""The OpenAPI document: valid, complete, and true of what is answered."""

import re
from typing import Any

from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from lejar.assembly import MACHINE
from lejar.gateways.rest.endpoints import ENDPOINTS
from lejar.gateways.rest.openapi import document
from lejar.gateways.rest.server.application import HANDLERS
from tests.gateways.rest.market import BANK, CENTRE, Founded, Market, issue

DOCUMENT = document("0.1.0")


def test_the_document_is_valid() -> None:
    validate(DOCUMENT)


def test_every_address_has_a_handler_and_every_handler_an_address() -> None:
    assert {endpoint.name for endpoint in ENDPOINTS} == set(HANDLERS)


def test_every_command_and_event_is_described() -> None:
    request = DOCUMENT["components"]["schemas"]["PrepareRequest"]["properties"]
    assert request["command"]["enum"] == [verb.name for verb in MACHINE.verbs.values()]
    schema = DOCUMENT["components"]["schemas"]["PrepareRequest"]
    assert len(schema["oneOf"]) == len(MACHINE.verbs)


def test_every_pattern_is_one_that_ecma_knows() -> None:
    def patterns(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["pattern"]] if isinstance(value.get("pattern"), str) else []
            return own + [one for inner in value.values() for one in patterns(inner)]
        if isinstance(value, list):
            return [one for inner in value for one in patterns(inner)]
        return []

    found = patterns(DOCUMENT)
    assert found
    assert not [one for one in found if re.search(r"\\[AZz]|\(\?P", one)]


def test_answers_are_what_the_document_says(market: Market, founded: Founded) -> None:
    refused = issue(market, founded.myr, founded.account, 1)
    says(refused, "/v1/envelopes", "post")
    for path, template, reader in (
        ("/v1/status", "/v1/status", None),
        ("/v1/genesis", "/v1/genesis", None),
        ("/v1/entries", "/v1/entries", CENTRE),
        ("/v1/entries", "/v1/entries", None),
        ("/v1/entries/4", "/v1/entries/{number}", BANK),
        ("/v1/entries/99", "/v1/entries/{number}", BANK),
        ("/v1/parties", "/v1/parties", CENTRE),
        (f"/v1/parties/{BANK.text}", "/v1/parties/{party}", BANK),
        (f"/v1/accounts/{founded.account}", "/v1/accounts/{account}", BANK),
        (f"/v1/accounts/{founded.account}", "/v1/accounts/{account}", None),
        ("/v1/instruments", "/v1/instruments", None),
        (f"/v1/instruments/{founded.myr}", "/v1/instruments/{asset}", None),
        (f"/v1/instruments/{founded.myr}/holders", "/v1/instruments/{asset}/holders", CENTRE),
        (f"/v1/instruments/{founded.myr}/holders", "/v1/instruments/{asset}/holders", BANK),
        ("/v1/commands", "/v1/commands", None),
        ("/v1/refusals", "/v1/refusals", None),
    ):
        says(market.get(path, reader), template, "get")


def says(answer: Any, template: str, method: str) -> None:
    """Check an answer's body against the schema that the document gives for it."""
    given = DOCUMENT["paths"][template][method]["responses"][str(answer.status_code)]
    media = answer.headers["content-type"].partition(";")[0]
    schema = {**given["content"][media]["schema"], "components": DOCUMENT["components"]}
    errors = list(Draft202012Validator(schema).iter_errors(answer.json()))
    assert not errors, f"{template}: {errors[0].message}"
